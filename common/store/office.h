/* office.h - units, people, addresses, procedures and calendar days in the
 * store. */
#ifndef STORE_OFFICE_H
#define STORE_OFFICE_H

#include <stdbool.h>

#include "base/err.h"
#include "calendar/calendar.h"
#include "model/directory.h"
#include "model/procedure.h"
#include "store/store.h"

/* What a put did to the row. */
enum put_result { PUT_SAME, PUT_NEW, PUT_CHANGED };

int store_put_unit(struct store *store, const struct unit *unit,
                   enum put_result *result_r, struct err *err);

/* With the person's addresses; an address that changed is no longer marked
 * as refused. */
int store_put_person(struct store *store, const struct person *person,
                     enum put_result *result_r, struct err *err);

/* Everybody and every unit, sealed. */
int store_load_directory(struct store *store, struct directory **directory_r,
                         struct err *err);

/* Mark a person's address as refused by the far side, or clear it. */
int store_refuse_address(struct store *store, const char *person,
                         enum address_kind kind, int64_t at, const char *detail,
                         struct err *err);
int store_clear_refusal(struct store *store, const char *person,
                        enum address_kind kind, struct err *err);

int store_put_procedure(struct store *store, const struct procedure *procedure,
                        enum put_result *result_r, struct err *err);

/* All of them, by code. */
int store_load_procedures(struct store *store, struct procedures *procedures_r,
                          struct err *err);

/* A marked day of a calendar. */
struct calendar_day {
    char *calendar;
    struct date date;
    enum day_mark mark;
    char *sessions; /* "07:30-11:30 ...", or "" */
    char *label;
};

int store_put_calendar_day(struct store *store, const struct calendar_day *day,
                           enum put_result *result_r, struct err *err);

/* Remove the days of a year that its import no longer has; how many. */
int store_drop_calendar_days(struct store *store, const char *calendar,
                             int year, const struct date *kept,
                             size_t kept_count, int *dropped_r,
                             struct err *err);
int store_enter_calendar_year(struct store *store, const char *calendar,
                              int year, bool *new_r, struct err *err);

/* Put the marked days that are kept under a name into a calendar, but for
 * those that it has already: what was put first counts. */
int store_load_days(struct store *store, const char *name,
                    struct calendar *calendar, struct err *err);

/* Put the years that were entered under a name into a calendar. */
int store_load_years(struct store *store, const char *name,
                     struct calendar *calendar, struct err *err);

#endif
