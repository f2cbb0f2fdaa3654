#include "calendar/calendar.h"

#include <assert.h>
#include <stddef.h>

#include "calendar/calendar_table.h"

/* From where one counts: an instant, the row of its session, and the clock
 * there, 24:00 where a session ends at midnight. */
struct origin {
    int64_t instant;
    int32_t row;
    int32_t clock;
};

/* More days than the years that we compute have, and room to add. */
enum { DAYS_ENOUGH = 1000000 };

static int64_t whole(struct span span)
{
    int64_t number = span.thousandths / 1000;

    return number < DAYS_ENOUGH ? number : DAYS_ENOUGH;
}

static int64_t hours_to_seconds(struct span span)
{
    int64_t most = (int64_t)DAYS_ENOUGH * 24 * 1000;

    return (span.thousandths < most ? span.thousandths : most) * 18 / 5;
}

/* The part of a day that a span has beside whole days, as a share of the
 * ordinary day, rounded down (R2). */
static int64_t fraction_seconds(const struct calendar *calendar,
                                struct span span)
{
    return span.thousandths % 1000 * calendar->ordinary_seconds / 1000;
}

static struct origin origin_at(const struct calendar *calendar, int64_t instant,
                               int32_t row)
{
    struct civil civil = zone_civil(calendar->zone, instant);
    int32_t ahead = date_to_days(civil.date) - (calendar->first_day + row);
    int32_t clock = civil.seconds;

    if (ahead != 0)
        clock = ahead > 0 ? 86400 : 0;
    return (struct origin){instant, row, clock};
}

static int from_receipt(const struct calendar *calendar, int64_t received,
                        struct origin *origin_r, struct err *err)
{
    int64_t receipt = 0;
    int32_t row = 0;

    if (calendar_receipt(calendar, received, &receipt, err) != 0 ||
        table_find(calendar, receipt, &row, err) != 0)
        return -1;
    *origin_r = origin_at(calendar, receipt, row);
    return 0;
}

/* Does a session hold this deadline, as (start, end]? */
static bool find_session(const struct calendar *calendar, int64_t deadline,
                         int32_t *row_r)
{
    struct err unused;
    int32_t row = 0;

    if (table_find(calendar, deadline - 1, &row, &unused) != 0)
        return false;
    int32_t session = table_session(calendar, row, deadline - 1);
    if (calendar->sessions[session].start >= deadline)
        return false;
    *row_r = row;
    return true;
}

/* A deadline outside every session counts onwards from the start of the next
 * one, as a receipt would (R1). */
static int onwards_from(const struct calendar *calendar, int64_t deadline,
                        struct origin *origin_r, struct err *err)
{
    int32_t row = 0;

    if (!find_session(calendar, deadline, &row))
        return from_receipt(calendar, deadline, origin_r, err);
    *origin_r = origin_at(calendar, deadline, row);
    return 0;
}

/* And back from the end of the last session before it (R1). */
static int back_from(const struct calendar *calendar, int64_t deadline,
                     struct origin *origin_r, struct err *err)
{
    int64_t counted = 0;
    int32_t row = 0;

    if (calendar_before_seconds(calendar, deadline, 0, &counted, err) != 0 ||
        table_find(calendar, counted - 1, &row, err) != 0)
        return -1;
    *origin_r = origin_at(calendar, counted, row);
    return 0;
}

/* The same clock position on another day: where nobody works then, the
 * latest instant of a session before, or the first session's start (R2). */
static int64_t clock_position(const struct calendar *calendar, int32_t row,
                              int32_t clock)
{
    int64_t wanted = table_instant(calendar, calendar->first_day + row, clock);
    int32_t session = calendar->rows[row + 1].session - 1;

    while (session > calendar->rows[row].session &&
           calendar->sessions[session].start > wanted)
        session--;
    const struct stretch *found = &calendar->sessions[session];
    if (wanted < found->start)
        return found->start;
    return wanted < found->end ? wanted : found->end;
}

static int step_days(const struct calendar *calendar, struct origin origin,
                     int64_t days, int64_t *instant_r, struct err *err)
{
    int32_t row = 0;

    if (days == 0) {
        *instant_r = origin.instant;
        return 0;
    }
    if (table_walk(calendar, origin.row, days, &row, err) != 0)
        return -1;
    *instant_r = clock_position(calendar, row, origin.clock);
    return 0;
}

static int add_hours(const struct calendar *calendar, struct origin origin,
                     struct span span, int64_t *due_r, struct err *err)
{
    return calendar_after_seconds(calendar, origin.instant,
                                  hours_to_seconds(span), due_r, err);
}

static int add_days(const struct calendar *calendar, struct origin origin,
                    struct span span, int64_t *due_r, struct err *err)
{
    int64_t position = 0;

    if (step_days(calendar, origin, whole(span), &position, err) != 0)
        return -1;
    return calendar_after_seconds(calendar, position,
                                  fraction_seconds(calendar, span), due_r, err);
}

static int add_days_end(const struct calendar *calendar, struct origin origin,
                        struct span span, int64_t *due_r, struct err *err)
{
    bool has_half = span.thousandths % 1000 != 0;
    int32_t row = 0;

    if (table_walk(calendar, origin.row, whole(span) + has_half, &row, err) !=
        0)
        return -1;
    *due_r = has_half ? calendar->sessions[calendar->rows[row].session].end
                      : table_last_end(calendar, row);
    return 0;
}

/* The row so many calendar days away. */
static int step_calendar(const struct calendar *calendar, int32_t row,
                         int64_t days, int32_t *row_r, struct err *err)
{
    struct date date = date_plus(table_date(calendar, row), (int)days);

    return table_find_date(calendar, date, row_r, err);
}

static int add_calendar(const struct calendar *calendar, struct origin origin,
                        struct span span, int64_t *due_r, struct err *err)
{
    int32_t row = 0;

    if (step_calendar(calendar, origin.row, whole(span), &row, err) != 0 ||
        table_walk(calendar, row, 0, &row, err) != 0)
        return -1;
    *due_r = table_last_end(calendar, row);
    return 0;
}

static int same_day(const struct calendar *calendar, struct origin origin,
                    int32_t cutoff, int64_t *due_r, struct err *err)
{
    int32_t row = 0;

    if (table_walk(calendar, origin.row, origin.clock > cutoff, &row, err) != 0)
        return -1;
    *due_r = table_last_end(calendar, row);
    return 0;
}

typedef int add_span(const struct calendar *calendar, struct origin origin,
                     struct span span, int64_t *due_r, struct err *err);

/* How a unit is added; same-day, which is no length, stands apart, and a
 * share is made into hours by whoever knows the term. */
static add_span *adder_of(enum span_unit unit)
{
    static add_span *const adders[] = {
        [SPAN_HOURS] = add_hours,
        [SPAN_DAYS] = add_days,
        [SPAN_DAYS_END] = add_days_end,
        [SPAN_CALENDAR] = add_calendar,
        [SPAN_SHARE] = NULL,
        [SPAN_SAME_DAY] = NULL,
    };
    return adders[unit];
}

int calendar_term(const struct calendar *calendar, int64_t received,
                  struct span term, int32_t cutoff, int64_t *due_r,
                  struct err *err)
{
    struct origin origin = {0};

    assert(SPAN_TERM >> term.unit & 1U);
    if (from_receipt(calendar, received, &origin, err) != 0)
        return -1;
    if (term.unit == SPAN_SAME_DAY)
        return same_day(calendar, origin, cutoff, due_r, err);
    return adder_of(term.unit)(calendar, origin, term, due_r, err);
}

int calendar_after(const struct calendar *calendar, int64_t instant,
                   struct span span, int64_t *after_r, struct err *err)
{
    struct origin origin = {0};

    assert(SPAN_STEP_AFTER >> span.unit & 1U);
    if (span.thousandths == 0) {
        *after_r = instant;
        return 0;
    }
    if (onwards_from(calendar, instant, &origin, err) != 0)
        return -1;
    return adder_of(span.unit)(calendar, origin, span, after_r, err);
}

static int subtract_days(const struct calendar *calendar, struct origin origin,
                         struct span span, int64_t *before_r, struct err *err)
{
    int64_t fraction = fraction_seconds(calendar, span);
    int64_t position = 0;

    if (step_days(calendar, origin, -whole(span), &position, err) != 0)
        return -1;
    if (fraction > 0)
        return calendar_before_seconds(calendar, position, fraction, before_r,
                                       err);
    *before_r = position;
    return 0;
}

/* The end of that calendar day, or of the last working day before it: a
 * reminder that moved on instead could come too late. */
static int subtract_calendar(const struct calendar *calendar,
                             struct origin origin, struct span span,
                             int64_t *before_r, struct err *err)
{
    int32_t row = 0;

    if (step_calendar(calendar, origin.row, -whole(span), &row, err) != 0)
        return -1;
    int back = table_is_working(calendar, row) ? 0 : -1;
    if (table_walk(calendar, row, back, &row, err) != 0)
        return -1;
    *before_r = table_last_end(calendar, row);
    return 0;
}

int calendar_before(const struct calendar *calendar, int64_t instant,
                    struct span span, int64_t *before_r, struct err *err)
{
    struct origin origin = {0};

    assert((SPAN_STEP_AFTER >> span.unit & 1U) && calendar->sealed);
    if (span.unit == SPAN_HOURS || span.thousandths == 0)
        return calendar_before_seconds(calendar, instant,
                                       hours_to_seconds(span), before_r, err);
    if (back_from(calendar, instant, &origin, err) != 0)
        return -1;
    if (span.unit == SPAN_DAYS)
        return subtract_days(calendar, origin, span, before_r, err);
    return subtract_calendar(calendar, origin, span, before_r, err);
}
