/* span.h - a length of time in the unit in which people said it. */
#ifndef CALENDAR_SPAN_H
#define CALENDAR_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum span_unit {
    SPAN_HOURS,    /* "8h"      working hours */
    SPAN_DAYS,     /* "2wd"     working days, to the same clock position */
    SPAN_DAYS_END, /* "3wd-end" working days, to the end of the last session */
    SPAN_CALENDAR, /* "10d"     calendar days */
    SPAN_SHARE,    /* "20%"     of the term */
    SPAN_SAME_DAY, /* "same-day", a term only */
};

/* A plain value: thousandths of the unit, never negative; 1.5wd is 1500. */
struct span {
    enum span_unit unit;
    int64_t thousandths;
};

/* Units that a place takes, as bits of 1 << unit. */
#define SPAN_STEP_BEFORE                                                       \
    (1U << SPAN_HOURS | 1U << SPAN_DAYS | 1U << SPAN_CALENDAR |                \
     1U << SPAN_SHARE)
#define SPAN_STEP_AFTER                                                        \
    (1U << SPAN_HOURS | 1U << SPAN_DAYS | 1U << SPAN_CALENDAR)
#define SPAN_TERM                                                              \
    (1U << SPAN_HOURS | 1U << SPAN_DAYS | 1U << SPAN_DAYS_END |                \
     1U << SPAN_CALENDAR | 1U << SPAN_SAME_DAY)

/* Read "1,5wd" or "1.5wd" (at most three digits after the comma or point).
 * The error says what is wrong and lists the units of allowed. */
int span_parse(const char *text, unsigned allowed, struct span *span_r,
               struct err *err);

/* As it is written, into at least 32 bytes. */
void span_format(struct span span, char text[32]);

/* Is a longer than b?  By the ordinary day (seconds); shares compare with
 * shares only: *comparable_r is false for a share against anything else
 * (R5).  Returns <0, 0, >0. */
int span_compare(struct span a, struct span b, int32_t ordinary_day,
                 bool *comparable_r);

#endif
