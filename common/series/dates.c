/* The rules are RFC 5545's, and all of our own making: libical's iterator
 * does not return from some that others could write. */
#include "series/dates.h"

#include <libical/ical.h>
#include <stddef.h>

#include "base/own.h"
#include "base/str.h"

enum { LAST_DAY = 31, SHORTEST_MONTH = 28, FEBRUARY = 2, LAST_YEAR = 2199 };

static const int months_of[] = {
    [CYCLE_MONTHLY] = 1, [CYCLE_QUARTERLY] = 3, [CYCLE_YEARLY] = 12};

/* The day that each month has, or its last one up to that. */
static char *month_day_rule(struct date first)
{
    static const char *const days[] = {"28,29;BYSETPOS=-1",
                                       "28,29,30;BYSETPOS=-1"};

    if (first.day <= SHORTEST_MONTH)
        return str_format("%d", first.day);
    return str_copy(
        first.day == LAST_DAY ? "-1" : days[first.day - SHORTEST_MONTH - 1]);
}

static char *rule_of(enum cycle cycle, struct date first)
{
    if (cycle == CYCLE_WEEKLY)
        return str_copy("FREQ=WEEKLY");
    owned(str_free) char *days = cycle == CYCLE_YEARLY &&
                                         first.month == FEBRUARY &&
                                         first.day > SHORTEST_MONTH
                                     ? str_copy("-1")
                                     : month_day_rule(first);
    return str_format("FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=%s",
                      months_of[cycle], days);
}

static void iterator_free(icalrecur_iterator **iterator)
{
    if (*iterator)
        icalrecur_iterator_free(*iterator);
    *iterator = NULL;
}

static icalrecur_iterator *iterator_of(enum cycle cycle, struct date first)
{
    owned(str_free) char *rule = rule_of(cycle, first);
    owned(str_free) char *start =
        str_format("%04d%02d%02d", first.year, first.month, first.day);

    return icalrecur_iterator_new(icalrecurrencetype_from_string(rule),
                                  icaltime_from_string(start));
}

int series_date_after(enum cycle cycle, struct date first, struct date after,
                      struct date *date_r, struct err *err)
{
    owned(iterator_free) icalrecur_iterator *iterator =
        iterator_of(cycle, first);
    struct icaltimetype at = icaltime_null_date();

    while (iterator && at.year <= LAST_YEAR) {
        at = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(at))
            break;
        struct date date = {.year = (int16_t)at.year,
                            .month = (int8_t)at.month,
                            .day = (int8_t)at.day};
        if (date_compare(date, after) > 0 && at.year <= LAST_YEAR) {
            *date_r = date;
            return 0;
        }
    }
    return err_set(err, ERR_NOT_FOUND, "no later day of the series");
}
