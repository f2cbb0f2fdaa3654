/* cycle.h - how often a task comes again, as task lists write it. */
#ifndef MODEL_CYCLE_H
#define MODEL_CYCLE_H

#include <stdbool.h>

#include "calendar/date.h"

enum cycle {
    CYCLE_NONE,     /* nothing is written: it is done once */
    CYCLE_STANDING, /* thường xuyên: it has no end and no date */
    CYCLE_WEEKLY,
    CYCLE_MONTHLY,
    CYCLE_QUARTERLY,
    CYCLE_YEARLY,
    CYCLE_UNKNOWN, /* something is written that is none of these */
};

enum { PERIOD_SIZE = 24 };

/* "hằng tuần" (or "hàng tuần", "weekly"), "thường xuyên", "". */
enum cycle cycle_parse(const char *text);

/* Has it dates, one a period? */
bool cycle_recurs(enum cycle cycle);

/* The period of a cycle with dates in which a date lies: "2026-W26" (ISO 8601:
 * a week belongs to the year of its Thursday), "2026-07", "2026-Q3", "2026". */
void cycle_period(enum cycle cycle, struct date date, char text[PERIOD_SIZE]);

#endif
