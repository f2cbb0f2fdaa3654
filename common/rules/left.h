/* left.h - working time as people read it (R7). */
#ifndef RULES_LEFT_H
#define RULES_LEFT_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"
#include "model/level.h"

/* Days of the ordinary day's length, then hours, then minutes, each rounded
 * down; less than a day, and what is due today, in hours and minutes. */
struct time_left {
    int64_t days;
    int64_t hours;
    int64_t minutes;
    bool by_clock; /* in hours and minutes only */
};

/* seconds of working time, negative when overdue: the sign is dropped. */
struct time_left time_left_of(const struct calendar *calendar, enum level level,
                              int64_t seconds);

#endif
