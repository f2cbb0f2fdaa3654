#include "calendar/calendar.h"

#include <assert.h>

#include "calendar/calendar_table.h"

/* Session seconds up to an instant of this row, or to the end of the row. */
static int64_t worked_until(const struct calendar *calendar, int32_t row,
                            int64_t instant)
{
    const struct stretch *next =
        &calendar->sessions[table_session(calendar, row, instant)];

    return next->worked + (instant > next->start ? instant - next->start : 0);
}

/* How many sessions begin with less than this worked before them. */
static int32_t sessions_below(const struct calendar *calendar, int64_t worked)
{
    const struct stretch *base = calendar->sessions;
    int32_t count = calendar->session_count;

    /* Halving without a branch that the processor would have to guess. */
    while (count > 1) {
        int32_t half = count / 2;
        base = base[half - 1].worked < worked ? base + half : base;
        count -= half;
    }
    bool below = count == 1 && base->worked < worked;
    return (int32_t)(base - calendar->sessions) + below;
}

int calendar_receipt(const struct calendar *calendar, int64_t instant,
                     int64_t *receipt_r, struct err *err)
{
    int32_t row = 0;

    assert(calendar->sealed);
    if (table_find(calendar, instant, &row, err) != 0)
        return -1;
    int32_t next = table_session(calendar, row, instant);
    if (next == calendar->session_count)
        return table_ends(calendar, row, true, err);
    int64_t start = calendar->sessions[next].start;
    if (start <= instant)
        start = instant;
    else if (table_check_reach(calendar, row, start, err) != 0)
        return -1;
    *receipt_r = start;
    return 0;
}

int calendar_after_seconds(const struct calendar *calendar, int64_t instant,
                           int64_t seconds, int64_t *after_r, struct err *err)
{
    int32_t row = 0;

    assert(calendar->sealed && seconds >= 0);
    if (seconds == 0) {
        *after_r = instant;
        return 0;
    }
    if (table_find(calendar, instant, &row, err) != 0)
        return -1;
    int64_t worked = worked_until(calendar, row, instant);
    if (seconds > calendar->sessions[calendar->session_count].worked - worked)
        return table_ends(calendar, row, true, err);
    /* The earliest instant at which so much is worked: a session's end, not
     * the next one's start. */
    int32_t session = sessions_below(calendar, worked + seconds) - 1;
    const struct stretch *last = &calendar->sessions[session];
    int64_t after = last->start + worked + seconds - last->worked;
    if (table_check_reach(calendar, row, after - 1, err) != 0)
        return -1;
    *after_r = after;
    return 0;
}

/* A deadline in a session is itself; another one counts from the end of the
 * last session before it. */
static int last_worked(const struct calendar *calendar, int32_t row,
                       int64_t instant, int64_t *before_r, struct err *err)
{
    int32_t next = table_session(calendar, row, instant - 1);

    if (calendar->sessions[next].start < instant) {
        *before_r = instant;
        return 0;
    }
    if (next == 0)
        return table_ends(calendar, row, false, err);
    int64_t end = calendar->sessions[next - 1].end;
    if (table_check_reach(calendar, row, end - 1, err) != 0)
        return -1;
    *before_r = end;
    return 0;
}

int calendar_before_seconds(const struct calendar *calendar, int64_t instant,
                            int64_t seconds, int64_t *before_r, struct err *err)
{
    int32_t row = 0;

    assert(calendar->sealed && seconds >= 0);
    if (table_find(calendar, instant - 1, &row, err) != 0)
        return -1;
    if (seconds == 0)
        return last_worked(calendar, row, instant, before_r, err);
    int64_t left = worked_until(calendar, row, instant) - seconds;
    if (left < 0)
        return table_ends(calendar, row, false, err);
    /* The latest instant at which so much is left: a session's start, not
     * the end of the one before. */
    int32_t session = sessions_below(calendar, left + 1) - 1;
    const struct stretch *first = &calendar->sessions[session];
    int64_t before = first->start + left - first->worked;
    if (table_check_reach(calendar, row, before, err) != 0)
        return -1;
    *before_r = before;
    return 0;
}

int calendar_count(const struct calendar *calendar, int64_t from, int64_t to,
                   int64_t *seconds_r, struct err *err)
{
    int32_t first = 0;
    int32_t last = 0;

    assert(calendar->sealed);
    if (from == to) {
        *seconds_r = 0;
        return 0;
    }
    int64_t begin = from < to ? from : to;
    int64_t end = from < to ? to : from;
    if (table_find(calendar, begin, &first, err) != 0 ||
        table_find(calendar, end - 1, &last, err) != 0 ||
        table_check_years(calendar, first, last, err) != 0)
        return -1;
    int64_t seconds = worked_until(calendar, last, end) -
                      worked_until(calendar, first, begin);
    *seconds_r = from < to ? seconds : -seconds;
    return 0;
}

/* How much of a day's sessions lies between two instants. */
static int64_t count_in_day(const struct calendar *calendar, struct date date,
                            int64_t from, int64_t to)
{
    const struct zone *zone = calendar_zone(calendar);
    struct day_plan plan = calendar_day(calendar, date, NULL);
    int64_t seconds = 0;

    for (int i = 0; i < plan.count; i++) {
        int64_t start =
            zone_instant(zone, (struct civil){date, plan.sessions[i].start});
        int64_t end =
            zone_instant(zone, (struct civil){date, plan.sessions[i].end});
        if (start < from)
            start = from;
        if (end > to)
            end = to;
        if (end > start)
            seconds += end - start;
    }
    return seconds;
}

int64_t calendar_count_assumed(const struct calendar *calendar, int64_t from,
                               int64_t to)
{
    const struct zone *zone = calendar_zone(calendar);
    struct date last = zone_civil(zone, to).date;
    int64_t seconds = 0;

    for (struct date date = zone_civil(zone, from).date;
         date_compare(date, last) <= 0; date = date_plus(date, 1))
        seconds += count_in_day(calendar, date, from, to);
    return seconds;
}
