#include "model/cycle.h"

#include <stddef.h>
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

/* Both spellings of "each" are in use; folded. */
static const struct {
    const char *words;
    enum cycle cycle;
} cycles[] = {
    {"", CYCLE_NONE},
    {"thường xuyên", CYCLE_STANDING},
    {"standing", CYCLE_STANDING},
    {"hằng tuần", CYCLE_WEEKLY},
    {"hàng tuần", CYCLE_WEEKLY},
    {"weekly", CYCLE_WEEKLY},
    {"hằng tháng", CYCLE_MONTHLY},
    {"hàng tháng", CYCLE_MONTHLY},
    {"monthly", CYCLE_MONTHLY},
    {"hằng quý", CYCLE_QUARTERLY},
    {"hàng quý", CYCLE_QUARTERLY},
    {"quarterly", CYCLE_QUARTERLY},
    {"hằng năm", CYCLE_YEARLY},
    {"hàng năm", CYCLE_YEARLY},
    {"yearly", CYCLE_YEARLY},
};

enum cycle cycle_parse(const char *text)
{
    owned(str_free) char *folded = utf8_fold(str_or_empty(text));

    for (size_t i = 0; i < sizeof(cycles) / sizeof(*cycles); i++)
        if (str_equal(cycles[i].words, folded))
            return cycles[i].cycle;
    return CYCLE_UNKNOWN;
}

bool cycle_recurs(enum cycle cycle)
{
    return cycle >= CYCLE_WEEKLY && cycle <= CYCLE_YEARLY;
}

static void week_format(struct date date, char text[PERIOD_SIZE])
{
    enum { THURSDAY = 3, WEEK = 7 };
    struct date thursday = date_plus(date, THURSDAY - date_weekday(date));
    struct date new_year = {.year = thursday.year, .month = 1, .day = 1};
    int week = (date_to_days(thursday) - date_to_days(new_year)) / WEEK + 1;

    (void)snprintf(text, PERIOD_SIZE, "%04d-W%02d", thursday.year, week);
}

void cycle_period(enum cycle cycle, struct date date, char text[PERIOD_SIZE])
{
    switch (cycle) {
    case CYCLE_WEEKLY:
        week_format(date, text);
        break;
    case CYCLE_MONTHLY:
        (void)snprintf(text, PERIOD_SIZE, "%04d-%02d", date.year, date.month);
        break;
    case CYCLE_QUARTERLY:
        (void)snprintf(text, PERIOD_SIZE, "%04d-Q%d", date.year,
                       (date.month + 2) / 3);
        break;
    case CYCLE_NONE:
    case CYCLE_STANDING:
    case CYCLE_YEARLY:
    case CYCLE_UNKNOWN:
        (void)snprintf(text, PERIOD_SIZE, "%04d", date.year);
    }
}
