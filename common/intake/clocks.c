#include "intake/clocks.h"

#include "base/mem.h"
#include "base/own.h"

void clocks_done(struct clocks *clocks)
{
    pauses_done(&clocks->pauses);
}

static struct pause *last_of(struct pauses *pauses)
{
    return pauses->count ? &pauses->items[pauses->count - 1] : NULL;
}

/* When a pause begins or ends with the change: at its own instant, but when
 * an older list is taken in afterwards neither inside an earlier pause nor
 * before the one under way began (R9: joined). */
static int64_t joined(const struct pauses *pauses, int64_t at)
{
    for (size_t i = 0; i < pauses->count; i++) {
        const struct pause *pause = &pauses->items[i];
        int64_t least = pause->ended_at == INSTANT_NONE ? pause->started_at
                                                        : pause->ended_at;
        if (least > at)
            at = least;
    }
    return at;
}

/* ---- what is given back ---- */

/* The working time of a pause, from the effective receipt on; INSTANT_NONE
 * while a year is missing. */
static int64_t seconds_of(const struct calendar *calendar,
                          const struct item *item, const struct pause *pause)
{
    int64_t from = pause->started_at, receipt = 0, seconds = 0;
    struct err no_year = {0};

    if (item->received_at != INSTANT_NONE) {
        if (calendar_receipt(calendar, item->received_at, &receipt, &no_year))
            return INSTANT_NONE;
        if (receipt > from)
            from = receipt;
    }
    if (from >= pause->ended_at)
        return 0;
    return calendar_count(calendar, from, pause->ended_at, &seconds, &no_year)
               ? INSTANT_NONE
               : seconds;
}

/* The same that was left, or over, when the clock stopped is left, or over,
 * when it runs again: the deadline moves on by as much (R9). */
static void give_back(const struct calendar *calendar, struct item *item,
                      int64_t seconds)
{
    int64_t deadline = item->due_at + item->given_back, later = 0;
    struct err no_year = {0};

    if (item->due_at == INSTANT_NONE || seconds == 0)
        return;
    if (seconds == INSTANT_NONE ||
        calendar_after_seconds(calendar, deadline, seconds, &later, &no_year))
        item->give_back_waits = true;
    else
        item->given_back = later - item->due_at;
}

/* From all pauses that are over, in place of what was given back so far. */
static void give_back_anew(const struct calendar *calendar, struct item *item,
                           const struct pauses *pauses)
{
    int64_t total = 0;
    bool known = true;

    item->paused_seconds = 0;
    item->given_back = 0;
    item->give_back_waits = false;
    for (size_t i = 0; i < pauses->count; i++) {
        const struct pause *pause = &pauses->items[i];
        if (pause->ended_at == INSTANT_NONE)
            continue;
        bool counted = pause->seconds != INSTANT_NONE;
        item->paused_seconds += counted ? pause->seconds : 0;
        if (pause->contained)
            continue;
        known &= counted;
        total += counted ? pause->seconds : 0;
    }
    give_back(calendar, item, known ? total : INSTANT_NONE);
}

/* A promise that its source moved at or after a pause's beginning contains
 * that pause; one that is computed contains none (R9). */
static void contain(const struct change *change, const struct item *item,
                    struct pauses *pauses)
{
    for (size_t i = 0; i < pauses->count; i++) {
        struct pause *pause = &pauses->items[i];
        pause->contained =
            item->due_origin == DUE_AS_SAID && pause->started_at <= change->at;
    }
}

/* ---- pauses ---- */

static void begin(const struct change *change, struct item *item, int64_t at,
                  struct clocks *clocks)
{
    struct pauses *pauses = &clocks->pauses;

    pauses->items =
        mem_grow(pauses->items, pauses->count + 1, sizeof(*pauses->items));
    pauses->items[pauses->count++] = (struct pause){
        .started_at = at,
        .ended_at = INSTANT_NONE,
        .seconds = INSTANT_NONE,
        .source = str_copy(change->source),
        .end_source = str_copy(""),
    };
    clocks->begins = true;
    item->paused_at = at;
}

static void end(const struct change *change, struct item *item, int64_t at,
                struct clocks *clocks)
{
    struct pause *pause = last_of(&clocks->pauses);

    item->paused_at = INSTANT_NONE;
    if (!pause || pause->ended_at != INSTANT_NONE)
        return;
    owned(str_free) char *source = str_copy(change->source);
    pause->ended_at = at;
    pause->seconds = seconds_of(change->calendar, item, pause);
    str_replace(&pause->end_source, &source);
    clocks->ends = true;
    if (pause->seconds != INSTANT_NONE)
        item->paused_seconds += pause->seconds;
    if (!pause->contained && !item->give_back_waits)
        give_back(change->calendar, item, pause->seconds);
}

/* ---- papers, holders ---- */

static int64_t limit_of(const struct change *change, const struct item *item)
{
    const struct procedure *procedure =
        change->procedures ? procedures_of(change->procedures, item) : NULL;
    struct err no_year = {0};
    int64_t limit = INSTANT_NONE;

    if (procedure && term_is_given(procedure->supplement_limit))
        (void)calendar_term(change->calendar, item->supplement_at,
                            procedure->supplement_limit, procedure->cutoff,
                            &limit, &no_year);
    return limit;
}

static void follow_papers(const struct change *change, const struct item *known,
                          struct item *item, int64_t at)
{
    bool before = known && item_awaits_papers(known);

    if (item_awaits_papers(item) && !before) {
        item->supplement_count++;
        item->supplement_at = at;
        item->supplement_due_at = limit_of(change, item);
    }
    if (!item_awaits_papers(item))
        item->supplement_due_at = INSTANT_NONE;
    if (item->supplement_count > 0 && item->status->clock == CLOCK_RUNS &&
        item->supplement_over_at < item->supplement_at)
        item->supplement_over_at = at;
}

static void follow_holder(const struct change *change, const struct item *known,
                          struct item *item)
{
    bool held = !str_empty(item->assignee);

    if (held)
        item->unassigned_at = INSTANT_NONE;
    else if (!known && item->received_at != INSTANT_NONE &&
             item->received_at < change->at)
        item->unassigned_at = item->received_at;
    else if (!known || !str_empty(known->assignee))
        item->unassigned_at = change->at;
}

/* ---- public ---- */

int clocks_settle(const struct change *change, const struct item *known,
                  struct item *item, struct clocks *clocks_r, struct err *err)
{
    bool before = known && item_is_paused(known);
    bool after = item_is_paused(item);
    struct clocks clocks = {0};

    if (known &&
        store_get_pauses(change->store, known->id, &clocks.pauses, err))
        return -1;
    int64_t at =
        before != after ? joined(&clocks.pauses, change->at) : change->at;
    clocks.moved = known && item->due_at != known->due_at;
    if (!before && after)
        begin(change, item, at, &clocks);
    if (before && !after)
        end(change, item, at, &clocks);
    if (clocks.moved) {
        contain(change, item, &clocks.pauses);
        give_back_anew(change->calendar, item, &clocks.pauses);
    }
    follow_papers(change, known, item, at);
    follow_holder(change, known, item);
    *clocks_r = clocks;
    return 0;
}

int clocks_settle_waiting(const struct change *change, struct item *item,
                          struct clocks *clocks_r, struct err *err)
{
    struct clocks clocks = {.moved = true};

    if (store_get_pauses(change->store, item->id, &clocks.pauses, err))
        return -1;
    for (size_t i = 0; i < clocks.pauses.count; i++) {
        struct pause *pause = &clocks.pauses.items[i];
        if (pause->ended_at != INSTANT_NONE && pause->seconds == INSTANT_NONE)
            pause->seconds = seconds_of(change->calendar, item, pause);
    }
    if (item->give_back_waits)
        give_back_anew(change->calendar, item, &clocks.pauses);
    if (item_awaits_papers(item) && item->supplement_due_at == INSTANT_NONE)
        item->supplement_due_at = limit_of(change, item);
    *clocks_r = clocks;
    return 0;
}

int clocks_write(const struct change *change, const struct item *item,
                 const struct clocks *clocks, struct err *err)
{
    const struct pauses *pauses = &clocks->pauses;

    if (clocks->begins &&
        store_start_pause(change->store, item->id,
                          &pauses->items[pauses->count - 1], err))
        return -1;
    if (clocks->ends && store_end_pause(change->store, item->id,
                                        &pauses->items[pauses->count - 1], err))
        return -1;
    for (size_t i = 0; clocks->moved && i < pauses->count; i++)
        if (store_settle_pause(change->store, item->id, &pauses->items[i], err))
            return -1;
    return 0;
}
