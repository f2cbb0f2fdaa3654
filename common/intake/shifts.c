#include "intake/shifts.h"

#include "base/own.h"
#include "store/items.h"

static void move(struct shift *shift, int64_t from, int64_t to)
{
    shift->times++;
    shift->from = from;
    shift->to = to;
}

bool shift_original(struct item *item, int64_t said)
{
    struct shift *shift = &item->original_moved;

    if (said == INSTANT_NONE || item->original_due_at == INSTANT_NONE ||
        said == (shift->times ? shift->to : item->original_due_at))
        return false;
    move(shift, item->original_due_at, said);
    return true;
}

/* The last finish that history has; INSTANT_NONE: never any. */
static int last_finish(const struct change *change, int64_t item,
                       int64_t *finish_r, struct err *err)
{
    const struct zone *zone = calendar_zone(change->calendar);
    owned(histories_done) struct histories list = {0};
    struct err unread = {0};
    bool has_time = false;

    *finish_r = INSTANT_NONE;
    if (store_get_history(change->store, item, &list, err))
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct history *row = &list.items[i];
        if (str_equal(row->field, "finished") && *row->after &&
            zone_parse(zone, row->after, finish_r, &has_time, &unread))
            *finish_r = INSTANT_NONE;
    }
    return 0;
}

static int find_finish(const struct change *change, const struct item *known,
                       struct item *item, struct err *err)
{
    int64_t before = known->finished_at;

    if (item->finished_at == INSTANT_NONE ||
        item->finished_at == known->finished_at)
        return 0;
    /* Opened again in between, and then finished earlier than before. */
    if (before == INSTANT_NONE && last_finish(change, item->id, &before, err))
        return -1;
    if (before != INSTANT_NONE && item->finished_at < before)
        move(&item->finish_moved, before, item->finished_at);
    return 0;
}

/* Whether finished work was in time is measured by its promise.  Moved after
 * the finish, or by the very list that brings a late one, it can only change
 * that. */
static bool is_rewritten(const struct item *known, const struct item *item)
{
    if (item->status->clock != CLOCK_STOPPED)
        return false;
    if (known->status->clock == CLOCK_STOPPED)
        return true;
    return item->finished_at > known->due_at && item->due_at > known->due_at;
}

static void find_promise(const struct item *known, struct item *item)
{
    if (known->due_at != INSTANT_NONE &&
        known->due_at == known->original_due_at &&
        known->due_origin == DUE_AS_SAID && item->due_at != INSTANT_NONE &&
        item->due_at != known->due_at && is_rewritten(known, item))
        (void)shift_original(item, item->due_at);
}

static void sign(const struct change *change, struct shift *shift)
{
    char *source = str_copy(change->source);

    shift->at = change->at;
    str_replace(&shift->source, &source);
}

bool shifts_moved_original(const struct item *known, const struct item *item)
{
    return item->original_moved.times >
           (known ? known->original_moved.times : 0);
}

int shifts_settle(const struct change *change, const struct item *known,
                  struct item *item, struct err *err)
{
    if (known) {
        if (find_finish(change, known, item, err))
            return -1;
        find_promise(known, item);
        if (item->finish_moved.times > known->finish_moved.times)
            sign(change, &item->finish_moved);
    }
    if (shifts_moved_original(known, item))
        sign(change, &item->original_moved);
    return 0;
}
