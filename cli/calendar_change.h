/* calendar_change.h - what a list of calendar days would change, were it
 * imported: days, open items, held alerts.  Nothing is written. */
#ifndef CLI_CALENDAR_CHANGE_H
#define CLI_CALENDAR_CHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "cli/cli.h"
#include "intake/intake.h"
#include "rules/touched.h"

/* A day as a calendar has it. */
struct day_view {
    const char *label; /* NULL: not marked; borrowed */
    bool holiday;
    struct day_plan plan;
};

struct changed_day {
    struct date date;
    struct day_view before;
    struct day_view after;
};

struct changed_item {
    struct item item;
    const struct calendar *before_calendar;
    const struct calendar *after_calendar;
    struct touched touched;
};

struct changed_alert {
    char *code; /* of its item */
    char *recipient;
    char *rule;
    char *step;
    struct touched_alert touched;
};

struct calendar_change {
    struct intake_report report; /* of the list */
    struct store *copy;          /* in which it was imported */
    struct office *after;
    const struct calendar *calendar; /* the named one, as it would be */
    struct changed_day *days;
    size_t day_count;
    struct changed_item *items;
    size_t item_count;
    struct changed_alert *alerts;
    size_t alert_count;
    int64_t open;  /* items that were looked at */
    int64_t held;  /* alerts that were */
    int64_t moved; /* promises that would be others: none ever */
};

/* options: what intake_calendar() needs but for the store; the office is
 * open.  change_r->report is filled even on failure. */
int calendar_change_find(const struct cli *cli,
                         const struct intake_options *options,
                         const char *bytes, size_t length,
                         struct calendar_change *change_r, struct err *err);
void calendar_change_done(struct calendar_change *change);

#endif
