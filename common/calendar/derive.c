#include "calendar/derive.h"

#include <assert.h>

#include "calendar/calendar_table.h"
#include "calendar/derive_steps.h"

/* Where a span of the question's kind would end. */
static int ask(const struct walk *walk, struct span span, int64_t *at_r,
               struct err *err)
{
    switch (walk->way) {
    case AS_DEADLINE:
        return calendar_after(walk->calendar, walk->asked, span, at_r, err);
    case BACKWARDS:
        return calendar_before(walk->calendar, walk->asked, span, at_r, err);
    case AS_RECEIPT:
        break;
    }
    return calendar_term(walk->calendar, walk->asked, span, walk->cutoff, at_r,
                         err);
}

static int ask_whole(const struct walk *walk, int64_t number, int64_t *at_r,
                     struct err *err)
{
    return ask(walk, (struct span){walk->span.unit, 1000 * number}, at_r, err);
}

static int64_t whole(const struct walk *walk)
{
    return walk->span.thousandths / 1000;
}

static bool has_fraction(const struct walk *walk)
{
    return walk->span.thousandths % 1000 != 0;
}

static int direction(const struct walk *walk)
{
    return walk->way == BACKWARDS ? -1 : 1;
}

/* ---- from where one counts ---- */

/* Why an instant of a day is not in a session. */
static enum derive_why why_outside(const struct calendar *calendar, int32_t row,
                                   int64_t instant)
{
    if (!table_is_working(calendar, row))
        return WHY_DAY_OFF;
    if (instant <= table_first_start(calendar, row))
        return WHY_BEFORE_HOURS;
    return instant < table_last_end(calendar, row) ? WHY_BETWEEN
                                                   : WHY_AFTER_HOURS;
}

/* Does a session hold it as a deadline, (start, end]? */
static bool is_deadline(const struct walk *walk)
{
    struct err unused = {0};
    int64_t counted = 0;

    return calendar_before_seconds(walk->calendar, walk->asked, 0, &counted,
                                   &unused) == 0 &&
           counted == walk->asked;
}

/* The instant from which the question counts.  is_end_r: it belongs to the
 * session before it. */
static int find_start(const struct walk *walk, int64_t *start_r, bool *is_end_r,
                      struct err *err)
{
    const struct calendar *calendar = walk->calendar;

    *is_end_r = true;
    if (walk->way != AS_RECEIPT && is_deadline(walk)) {
        *start_r = walk->asked;
        return 0;
    }
    if (walk->way == BACKWARDS)
        return calendar_before_seconds(calendar, walk->asked, 0, start_r, err);
    *is_end_r = false;
    return calendar_receipt(calendar, walk->asked, start_r, err);
}

static int begin(struct walk *walk, struct err *err)
{
    const struct calendar *calendar = walk->calendar;
    bool is_end = false;
    int64_t start = 0;
    int32_t row = 0;

    if (find_start(walk, &start, &is_end, err) != 0 ||
        table_find(calendar, start - is_end, &row, err) != 0)
        return -1;
    walk->at = walk->asked;
    walk->row = row;
    enum derive_why why = WHY_IN_SESSION;
    if (start != walk->asked) {
        if (table_find(calendar, walk->asked, &walk->row, err) != 0)
            return -1;
        why = why_outside(calendar, walk->row, walk->asked);
    }
    derive_note(walk, DERIVE_ASKED, walk->row);
    if (why == WHY_DAY_OFF)
        derive_note_off(walk, walk->row);
    if (row == walk->row)
        derive_note_swap(walk, row);
    derive_cross(walk, row);
    walk->at = start;
    derive_note(walk, DERIVE_START, row);
    derive_last(walk)->why = why;
    walk->out->start = start;
    return 0;
}

/* ---- the units ---- */

static int count_hours(struct walk *walk, struct err *err)
{
    int64_t end = 0;

    if (ask(walk, walk->span, &end, err) != 0)
        return -1;
    if (walk->way == BACKWARDS)
        derive_pieces_back_to(walk, end);
    else
        derive_pieces_to(walk, end);
    return 0;
}

static int count_days(struct walk *walk, struct err *err)
{
    int32_t origin = walk->row;
    int64_t at = 0;
    int32_t row = 0;

    if (walk->way == AS_RECEIPT && whole(walk) > 0)
        derive_note(walk, DERIVE_NOT_COUNTED, origin);
    for (int64_t i = 1; i <= whole(walk); i++) {
        if (table_walk(walk->calendar, origin, direction(walk) * i, &row,
                       err) != 0 ||
            ask_whole(walk, i, &at, err) != 0)
            return -1;
        derive_cross(walk, row);
        if (derive_move(walk, DERIVE_DAY, at, err) != 0)
            return -1;
        derive_last(walk)->number = i;
    }
    return 0;
}

static int count_days_and_part(struct walk *walk, struct err *err)
{
    if (count_days(walk, err) != 0)
        return -1;
    return has_fraction(walk) ? count_hours(walk, err) : 0;
}

/* To the end of a session of a day. */
static int count_to_end(struct walk *walk, int32_t row, struct err *err)
{
    int64_t end = 0;

    if (ask(walk, walk->span, &end, err) != 0)
        return -1;
    derive_cross(walk, row);
    return derive_move(walk, DERIVE_END, end, err);
}

static int count_days_end(struct walk *walk, struct err *err)
{
    int32_t origin = walk->row;
    int32_t row = 0;

    if (count_days(walk, err) != 0)
        return -1;
    if (whole(walk) > 0 && !has_fraction(walk))
        return 0;
    if (whole(walk) == 0 && has_fraction(walk))
        derive_note(walk, DERIVE_NOT_COUNTED, origin);
    if (table_walk(walk->calendar, origin, whole(walk) + has_fraction(walk),
                   &row, err) != 0)
        return -1;
    return count_to_end(walk, row, err);
}

/* The n-th calendar day; on a day off, the working day after it (counting
 * back, before it). */
static int count_calendar(struct walk *walk, struct err *err)
{
    int32_t origin = walk->row;
    int step = direction(walk);
    int64_t end = 0;
    int32_t row = 0;

    if (ask(walk, walk->span, &end, err) != 0)
        return -1;
    if (walk->way == AS_RECEIPT && whole(walk) > 0)
        derive_note(walk, DERIVE_NOT_COUNTED, origin);
    for (int32_t i = 1; i <= whole(walk); i++) {
        derive_note(walk, DERIVE_CALENDAR_DAY, origin + step * i);
        derive_last(walk)->number = i;
    }
    int32_t last = origin + step * (int32_t)whole(walk);
    int back = step < 0 && !table_is_working(walk->calendar, last) ? -1 : 0;
    if (table_walk(walk->calendar, last, back, &row, err) != 0)
        return -1;
    if (whole(walk) > 0)
        walk->row = last - step;
    return count_to_end(walk, row, err);
}

static int count_same_day(struct walk *walk, struct err *err)
{
    int64_t end = 0;
    int32_t row = 0;

    if (ask(walk, walk->span, &end, err) != 0 ||
        table_find(walk->calendar, end - 1, &row, err) != 0)
        return -1;
    derive_note(walk, DERIVE_CUTOFF, walk->row);
    derive_last(walk)->why = row == walk->row ? WHY_IN_TIME : WHY_TOO_LATE;
    return count_to_end(walk, row, err);
}

typedef int count_unit(struct walk *walk, struct err *err);

static int count_all(struct walk *walk, struct err *err)
{
    static count_unit *const counters[] = {
        [SPAN_HOURS] = count_hours,
        [SPAN_DAYS] = count_days_and_part,
        [SPAN_DAYS_END] = count_days_end,
        [SPAN_CALENDAR] = count_calendar,
        [SPAN_SHARE] = NULL,
        [SPAN_SAME_DAY] = count_same_day,
    };

    /* Nothing before a deadline is where one begins to count back. */
    if (walk->way == BACKWARDS && walk->span.thousandths == 0)
        return 0;
    return counters[walk->span.unit](walk, err);
}

static void finish(struct walk *walk)
{
    derive_note(walk, DERIVE_RESULT, walk->row);
    walk->out->result = walk->at;
}

/* Nothing after a deadline is the deadline, wherever it lies. */
static void stay(const struct walk *walk)
{
    struct derive_step step = {
        .kind = DERIVE_ASKED,
        .from = walk->asked,
        .at = walk->asked,
        .date = zone_civil(walk->calendar->zone, walk->asked).date};

    derive_add(walk->out, step);
    step.kind = DERIVE_RESULT;
    derive_add(walk->out, step);
    walk->out->start = walk->out->result = walk->asked;
}

static int derive(struct walk *walk, struct derivation *derivation_r,
                  struct err *err)
{
    struct derivation out = {0};

    assert(walk->calendar->sealed);
    walk->out = &out;
    *derivation_r = (struct derivation){0};
    if (walk->way == AS_DEADLINE && walk->span.thousandths == 0) {
        stay(walk);
    } else if (begin(walk, err) != 0 || count_all(walk, err) != 0) {
        derivation_done(&out);
        return -1;
    } else {
        finish(walk);
    }
    *derivation_r = out;
    return 0;
}

/* ---- pauses ---- */

/* What a pause took of the time after the start. */
static int add_pause(struct walk *walk, struct interval pause, int64_t *took_r,
                     struct err *err)
{
    int64_t from =
        pause.start > walk->out->start ? pause.start : walk->out->start;
    int64_t end = pause.end > from ? pause.end : from;

    if (calendar_count(walk->calendar, from, end, took_r, err) != 0)
        return -1;
    derive_add(walk->out,
               (struct derive_step){
                   .kind = DERIVE_PAUSE,
                   .from = pause.start,
                   .at = pause.end,
                   .seconds = *took_r,
                   .date = zone_civil(walk->calendar->zone, pause.start).date});
    return 0;
}

/* To the day of the result so far, from which the give-back goes on. */
static int resume(struct walk *walk, int64_t *end_r, int64_t seconds,
                  struct err *err)
{
    walk->at = walk->out->result;
    return calendar_after_seconds(walk->calendar, walk->at, seconds, end_r,
                                  err) != 0 ||
                   table_find(walk->calendar, walk->at - 1, &walk->row, err) !=
                       0
               ? -1
               : 0;
}

static int give_back(struct walk *walk, const struct interval *pauses,
                     size_t count, struct err *err)
{
    int64_t given = 0;
    int64_t end = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t took = 0;
        if (add_pause(walk, pauses[i], &took, err) != 0)
            return -1;
        given += took;
    }
    if (resume(walk, &end, given, err) != 0)
        return -1;
    if (given > 0)
        derive_pieces_to(walk, end);
    finish(walk);
    return 0;
}

/* ---- public ---- */

int derive_term(const struct calendar *calendar, int64_t received,
                struct span term, int32_t cutoff,
                struct derivation *derivation_r, struct err *err)
{
    struct walk walk = {.calendar = calendar,
                        .way = AS_RECEIPT,
                        .asked = received,
                        .span = term,
                        .cutoff = cutoff};

    return derive(&walk, derivation_r, err);
}

int derive_after(const struct calendar *calendar, int64_t instant,
                 struct span span, struct derivation *derivation_r,
                 struct err *err)
{
    struct walk walk = {.calendar = calendar,
                        .way = AS_DEADLINE,
                        .asked = instant,
                        .span = span};

    return derive(&walk, derivation_r, err);
}

int derive_before(const struct calendar *calendar, int64_t instant,
                  struct span span, struct derivation *derivation_r,
                  struct err *err)
{
    struct walk walk = {
        .calendar = calendar, .way = BACKWARDS, .asked = instant, .span = span};

    return derive(&walk, derivation_r, err);
}

/* Every session on the way to an instant, which is the result wherever it
 * lies. */
static int between(struct walk *walk, int64_t end,
                   struct derivation *derivation_r, struct err *err)
{
    struct derivation out = {0};
    int64_t seconds = 0;

    walk->out = &out;
    *derivation_r = (struct derivation){0};
    /* Asked for its failure: a year that was not entered. */
    if (calendar_count(walk->calendar, walk->asked, end, &seconds, err) != 0 ||
        begin(walk, err) != 0) {
        derivation_done(&out);
        return -1;
    }
    if (end > walk->at)
        derive_pieces_to(walk, end);
    derive_add(&out, (struct derive_step){
                         .kind = DERIVE_RESULT,
                         .from = end,
                         .at = end,
                         .date = zone_civil(walk->calendar->zone, end).date});
    out.result = end;
    *derivation_r = out;
    return 0;
}

int derive_until(const struct calendar *calendar, int64_t received,
                 int64_t deadline, struct derivation *derivation_r,
                 struct err *err)
{
    struct walk walk = {
        .calendar = calendar, .way = AS_RECEIPT, .asked = received};

    return between(&walk, deadline, derivation_r, err);
}

int derive_onwards(const struct calendar *calendar, int64_t deadline,
                   int64_t later, struct derivation *derivation_r,
                   struct err *err)
{
    struct walk walk = {
        .calendar = calendar, .way = AS_DEADLINE, .asked = deadline};

    return between(&walk, later, derivation_r, err);
}

int derive_pauses(const struct calendar *calendar,
                  const struct interval *pauses, size_t count,
                  struct derivation *derivation, struct err *err)
{
    struct walk walk = {.calendar = calendar, .out = derivation};
    size_t before = derivation->count;

    if (count == 0)
        return 0;
    if (give_back(&walk, pauses, count, err) == 0)
        return 0;
    derivation->count = before;
    return -1;
}
