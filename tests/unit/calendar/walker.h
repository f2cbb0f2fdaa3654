/* walker.h - a second counter, of another hand: it knows which minutes are
 * worked and walks over them one by one, and over dates one by one.  Of the
 * room it uses only dates and zones.
 *
 * Every walk answers WALK_OK, or the year for want of which it stopped.
 */
#ifndef TESTS_CALENDAR_WALKER_H
#define TESTS_CALENDAR_WALKER_H

#include "tests/unit/check.h"

#include "base/mem.h"
#include "calendar/calendar.h"

enum { WALK_OK = 0, WALK_MARKS = 40 };

struct walk_mark {
    struct date date;
    struct day_plan plan;
};

/* minutes holds, from the instant begin on, 1 for each minute that is
 * worked. */
struct walker {
    const struct zone *zone;
    struct week week;
    struct walk_mark marks[WALK_MARKS];
    int mark_count;
    int first_year;
    int last_year;
    int missing_year; /* one between them, or 0 */
    int32_t ordinary;
    int64_t begin;
    int64_t end;
    unsigned char *minutes;
};

static inline bool walk_has(const struct walker *walker, int year)
{
    return year >= walker->first_year && year <= walker->last_year &&
           year != walker->missing_year;
}

static inline int64_t walk_clock(const struct walker *walker, struct date date,
                                 int32_t seconds)
{
    if (seconds == 24 * 3600)
        return zone_instant(walker->zone,
                            (struct civil){date_plus(date, 1), 0});
    return zone_instant(walker->zone, (struct civil){date, seconds});
}

/* The sessions of a date, without those that the clock skips. */
static inline struct day_plan walk_plan(const struct walker *walker,
                                        struct date date)
{
    struct day_plan plan = walker->week.days[date_weekday(date)];
    struct day_plan kept = {0};

    for (int i = 0; i < walker->mark_count; i++)
        if (date_compare(walker->marks[i].date, date) == 0)
            plan = walker->marks[i].plan;
    for (int i = 0; i < plan.count; i++)
        if (walk_clock(walker, date, plan.sessions[i].start) <
            walk_clock(walker, date, plan.sessions[i].end))
            kept.sessions[kept.count++] = plan.sessions[i];
    return kept;
}

static inline void walk_work(struct walker *walker, struct date date)
{
    struct day_plan plan = walk_plan(walker, date);

    for (int i = 0; i < plan.count; i++)
        for (int64_t at = walk_clock(walker, date, plan.sessions[i].start);
             at < walk_clock(walker, date, plan.sessions[i].end); at += 60)
            walker->minutes[(at - walker->begin) / 60] = 1;
}

/* Know the minutes; a month stands before and after the years. */
static inline void walk_build(struct walker *walker)
{
    struct date first = {(int16_t)walker->first_year, 1, 1};
    struct date last = {(int16_t)walker->last_year, 12, 31};

    walker->begin = walk_clock(walker, date_plus(first, -31), 0);
    walker->end = walk_clock(walker, date_plus(last, 31), 0);
    walker->minutes =
        mem_zero((size_t)(walker->end - walker->begin) / 60 + 1, 1);
    for (struct date date = first; date_compare(date, last) <= 0;
         date = date_plus(date, 1))
        if (walk_has(walker, date.year))
            walk_work(walker, date);
}

static inline bool walk_works(const struct walker *walker, int64_t instant)
{
    return walker->minutes[(instant - walker->begin) / 60] != 0;
}

static inline struct date walk_date(const struct walker *walker,
                                    int64_t instant)
{
    return zone_civil(walker->zone, instant).date;
}

/* The year for want of which this minute cannot be told, or WALK_OK. */
static inline int walk_lacks(const struct walker *walker, int64_t instant)
{
    int year = walk_date(walker, instant).year;

    return walk_has(walker, year) ? WALK_OK : year;
}

/* The next instant at which a minute begins, or the last one that did. */
static inline int64_t walk_next_minute(int64_t instant)
{
    return instant - instant % 60 + 60;
}

static inline int64_t walk_last_minute(int64_t instant)
{
    return instant % 60 ? instant - instant % 60 : instant - 60;
}

static inline int walk_count(const struct walker *walker, int64_t from,
                             int64_t to, int64_t *seconds)
{
    *seconds = 0;
    while (from < to) {
        int64_t next = walk_next_minute(from);
        if (next > to)
            next = to;
        if (!walk_works(walker, from) && walk_lacks(walker, from))
            return walk_lacks(walker, from);
        if (walk_works(walker, from))
            *seconds += next - from;
        from = next;
    }
    return WALK_OK;
}

static inline int walk_receipt(const struct walker *walker, int64_t *instant)
{
    while (!walk_works(walker, *instant)) {
        if (walk_lacks(walker, *instant))
            return walk_lacks(walker, *instant);
        *instant = walk_next_minute(*instant);
    }
    return WALK_OK;
}

static inline int walk_after(const struct walker *walker, int64_t *instant,
                             int64_t seconds)
{
    while (seconds > 0) {
        if (!walk_works(walker, *instant) && walk_lacks(walker, *instant))
            return walk_lacks(walker, *instant);
        int64_t next = walk_next_minute(*instant);
        if (walk_works(walker, *instant)) {
            if (next - *instant > seconds)
                next = *instant + seconds;
            seconds -= next - *instant;
        }
        *instant = next;
    }
    return WALK_OK;
}

static inline int walk_before(const struct walker *walker, int64_t *instant,
                              int64_t seconds)
{
    while (seconds > 0) {
        int64_t last = walk_last_minute(*instant);
        if (!walk_works(walker, last) && walk_lacks(walker, last))
            return walk_lacks(walker, last);
        if (walk_works(walker, last)) {
            if (*instant - last > seconds)
                last = *instant - seconds;
            seconds -= *instant - last;
        }
        *instant = last;
    }
    return WALK_OK;
}

/* A deadline is in (start, end]: the second before it is worked. */
static inline bool walk_holds(const struct walker *walker, int64_t deadline)
{
    return walk_works(walker, deadline - 1);
}

/* Back to the end of the last session. */
static inline int walk_back(const struct walker *walker, int64_t *deadline)
{
    while (!walk_holds(walker, *deadline)) {
        if (walk_lacks(walker, *deadline - 1))
            return walk_lacks(walker, *deadline - 1);
        *deadline = walk_last_minute(*deadline);
    }
    return WALK_OK;
}

/* To the count-th working day after a date, by days of step 1 or -1. */
static inline int walk_days(const struct walker *walker, struct date *date,
                            int64_t count, int step)
{
    while (count > 0) {
        *date = date_plus(*date, step);
        if (!walk_has(walker, date->year))
            return date->year;
        if (walk_plan(walker, *date).count > 0)
            count--;
    }
    return WALK_OK;
}

/* The date itself when one works on it, else the next one by step. */
static inline int walk_to_work(const struct walker *walker, struct date *date,
                               int step)
{
    if (!walk_has(walker, date->year))
        return date->year;
    if (walk_plan(walker, *date).count > 0)
        return WALK_OK;
    return walk_days(walker, date, 1, step);
}

static inline int64_t walk_day_start(const struct walker *walker,
                                     struct date date)
{
    struct day_plan plan = walk_plan(walker, date);

    return walk_clock(walker, date, plan.sessions[0].start);
}

static inline int64_t walk_first_end(const struct walker *walker,
                                     struct date date)
{
    struct day_plan plan = walk_plan(walker, date);

    return walk_clock(walker, date, plan.sessions[0].end);
}

static inline int64_t walk_day_end(const struct walker *walker,
                                   struct date date)
{
    struct day_plan plan = walk_plan(walker, date);

    return walk_clock(walker, date, plan.sessions[plan.count - 1].end);
}

/* A date and the clock on it. */
struct walk_position {
    struct date date;
    int32_t clock;
};

/* Where an instant stands; 24:00 is the end of its day. */
static inline struct walk_position walk_place(const struct walker *walker,
                                              int64_t instant, bool is_deadline)
{
    struct civil civil = zone_civil(walker->zone, instant);
    struct civil before = zone_civil(walker->zone, instant - 1);

    if (is_deadline && walk_holds(walker, instant) &&
        date_compare(before.date, civil.date) != 0)
        return (struct walk_position){before.date, 24 * 3600};
    return (struct walk_position){civil.date, civil.seconds};
}

/* The same clock position on a working day (R2). */
static inline int64_t walk_reposition(const struct walker *walker,
                                      struct walk_position position)
{
    struct day_plan plan = walk_plan(walker, position.date);
    int32_t clock = plan.sessions[0].start;

    for (int i = 0; i < plan.count; i++) {
        if (position.clock >= plan.sessions[i].start)
            clock = position.clock < plan.sessions[i].end
                        ? position.clock
                        : plan.sessions[i].end;
    }
    return walk_clock(walker, position.date, clock);
}

static inline int64_t walk_fraction(const struct walker *walker,
                                    struct span span)
{
    return span.thousandths % 1000 * walker->ordinary / 1000;
}

/* Whole days from a position, forwards or backwards. */
static inline int walk_whole(const struct walker *walker, int64_t *instant,
                             bool is_deadline, int64_t days, int step)
{
    struct walk_position position = walk_place(walker, *instant, is_deadline);
    int lacks = walk_days(walker, &position.date, days, step);

    if (!lacks && days > 0)
        *instant = walk_reposition(walker, position);
    return lacks;
}

/* A span forwards from where it counts. */
static inline int walk_add(const struct walker *walker, int64_t *instant,
                           bool is_deadline, struct span span)
{
    int64_t days = span.thousandths / 1000;
    bool has_half = span.thousandths % 1000 != 0;
    struct date date = walk_place(walker, *instant, is_deadline).date;
    int lacks = WALK_OK;

    if (span.unit == SPAN_HOURS)
        return walk_after(walker, instant, span.thousandths * 36 / 10);
    if (span.unit == SPAN_DAYS) {
        lacks = walk_whole(walker, instant, is_deadline, days, 1);
        return lacks ? lacks
                     : walk_after(walker, instant, walk_fraction(walker, span));
    }
    if (span.unit == SPAN_DAYS_END) {
        lacks = walk_days(walker, &date, days + has_half, 1);
        if (!lacks)
            *instant = has_half ? walk_first_end(walker, date)
                                : walk_day_end(walker, date);
        return lacks;
    }
    date = date_plus(date, (int)days);
    lacks = walk_to_work(walker, &date, 1);
    if (!lacks)
        *instant = walk_day_end(walker, date);
    return lacks;
}

static inline int walk_term(const struct walker *walker, int64_t *instant,
                            struct span term, int32_t cutoff)
{
    int lacks = walk_receipt(walker, instant);

    if (lacks || term.unit != SPAN_SAME_DAY)
        return lacks ? lacks : walk_add(walker, instant, false, term);
    struct walk_position position = walk_place(walker, *instant, false);
    lacks = walk_days(walker, &position.date, position.clock > cutoff, 1);
    if (!lacks)
        *instant = walk_day_end(walker, position.date);
    return lacks;
}

static inline int walk_step_after(const struct walker *walker, int64_t *instant,
                                  struct span span)
{
    int lacks = WALK_OK;
    bool held = walk_holds(walker, *instant);

    if (span.thousandths == 0)
        return WALK_OK;
    if (!held)
        lacks = walk_receipt(walker, instant);
    return lacks ? lacks : walk_add(walker, instant, held, span);
}

static inline int walk_step_before(const struct walker *walker,
                                   int64_t *instant, struct span span)
{
    int64_t days = span.thousandths / 1000;
    int lacks = walk_back(walker, instant);

    if (lacks || span.thousandths == 0)
        return lacks;
    if (span.unit == SPAN_HOURS)
        return walk_before(walker, instant, span.thousandths * 36 / 10);
    if (span.unit == SPAN_DAYS) {
        lacks = walk_whole(walker, instant, true, days, -1);
        return lacks
                   ? lacks
                   : walk_before(walker, instant, walk_fraction(walker, span));
    }
    struct date date = walk_place(walker, *instant, true).date;
    date = date_plus(date, (int)-days);
    lacks = walk_to_work(walker, &date, -1);
    if (!lacks)
        *instant = walk_day_end(walker, date);
    return lacks;
}

static inline int walk_due_day(const struct walker *walker, int64_t *instant)
{
    struct date date = walk_place(walker, *instant, true).date;
    int lacks = walk_to_work(walker, &date, -1);

    if (!lacks)
        *instant = walk_day_start(walker, date);
    return lacks;
}

#endif
