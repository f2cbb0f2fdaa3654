/* calendar_table.h - a sealed calendar's days and sessions as instants, with
 * running totals; for the files of the calendar only.
 *
 * The table spans whole local years, from the first that was entered to the
 * last.  A year between them that was not entered has days without sessions,
 * and table_check_years() refuses whatever would reach across it.
 */
#ifndef CALENDAR_CALENDAR_TABLE_H
#define CALENDAR_CALENDAR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/calendar.h"

enum { YEAR_FIRST = 1970, YEAR_LAST = 2199 };
enum { YEARS = YEAR_LAST - YEAR_FIRST + 1 };

struct mark {
    int32_t day; /* since 1970-01-01 */
    enum day_mark kind;
    struct day_plan plan;
    char *label;
};

/* A local date.  A last row, after all days, ends what the others begin. */
struct row {
    int64_t midnight; /* its first instant */
    int32_t session;  /* its first session, or whichever comes next */
    int32_t working;  /* how many working days come before it */
};

/* A session as the zone's clock made it.  One more, that never begins,
 * stands at the end. */
struct stretch {
    int64_t start;
    int64_t end;
    int64_t worked; /* session seconds of all before it */
};

struct calendar {
    char *name;
    char *list; /* by which its years are entered */
    const struct zone *zone;
    struct week week;
    struct day_plan ordinary;
    int32_t ordinary_seconds;

    struct mark *marks; /* in order of days */
    size_t mark_count;
    size_t mark_room;
    bool entered[YEARS];

    bool sealed;
    bool has_gap; /* a year is missing between the first and the last */
    int32_t first_day;
    int32_t row_count;
    int32_t session_count;
    int32_t working_count;
    struct row *rows;
    struct stretch *sessions;
    int32_t *working_rows;
};

bool table_has_year(const struct calendar *calendar, int year);

/* The mark of a day, whether its year was entered or not, or NULL. */
const struct mark *table_mark(const struct calendar *calendar, int32_t day);

/* What a day's sessions are, taking its year as entered. */
const struct day_plan *table_plan(const struct calendar *calendar, int32_t day);

/* The instant of a clock time of a day, 24:00 allowed. */
int64_t table_instant(const struct calendar *calendar, int32_t day,
                      int32_t seconds);

void table_build(struct calendar *calendar);
void table_done(struct calendar *calendar);

struct date table_date(const struct calendar *calendar, int32_t row);

/* The row in which an instant lies; ERR_NO_YEAR outside the table or in a
 * year that was not entered. */
int table_find(const struct calendar *calendar, int64_t instant, int32_t *row_r,
               struct err *err);

/* The first session that ends after an instant of this row. */
int32_t table_session(const struct calendar *calendar, int32_t row,
                      int64_t instant);

/* Are all years between two rows entered?  The error names the one that is
 * met first on the way. */
int table_check_years(const struct calendar *calendar, int32_t from, int32_t to,
                      struct err *err);

/* Are all years between a row and the instant that was found from it? */
int table_check_reach(const struct calendar *calendar, int32_t row,
                      int64_t instant, struct err *err);

/* Is any session on this row's day? */
bool table_is_working(const struct calendar *calendar, int32_t row);

/* The row of a date; ERR_NO_YEAR in a year that was not entered. */
int table_find_date(const struct calendar *calendar, struct date date,
                    int32_t *row_r, struct err *err);

/* The working day that is count working days on from a row's, or back when
 * negative.  From a day off, the next working day is number 0 and the one
 * before it number -1. */
int table_walk(const struct calendar *calendar, int32_t row, int64_t count,
               int32_t *row_r, struct err *err);

/* Start of the first, end of the last session of a working day. */
int64_t table_first_start(const struct calendar *calendar, int32_t row);
int64_t table_last_end(const struct calendar *calendar, int32_t row);

/* A search from this row left the table, forwards or backwards.
 * Returns -1. */
int table_ends(const struct calendar *calendar, int32_t row, bool forwards,
               struct err *err);

/* Refuse for want of this year (R8).  Returns -1. */
int table_lacks_year(const struct calendar *calendar, int year,
                     struct err *err);

#endif
