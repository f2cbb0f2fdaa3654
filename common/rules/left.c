#include "rules/left.h"

struct time_left time_left_of(const struct calendar *calendar, enum level level,
                              int64_t seconds)
{
    int64_t day = calendar_ordinary_day(calendar);
    int64_t whole = seconds < 0 ? -seconds : seconds;
    bool by_clock = whole < day || level == LEVEL_DUE_TODAY;
    int64_t days = by_clock ? 0 : whole / day;
    int64_t rest = whole - days * day;

    return (struct time_left){.days = days,
                              .hours = rest / 3600,
                              .minutes = rest % 3600 / 60,
                              .by_clock = by_clock};
}
