#include "store/items.h"

#include <assert.h>

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

int store_get_item(struct store *store, const char *code, struct item *item_r,
                   struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_ITEM);
    owned(str_free) char *missing = str_format("no item has the code %s", code);

    bind_text(&query, code);
    return read_one_item(&query, item_r, missing, err);
}

int store_get_item_by_id(struct store *store, int64_t id, struct item *item_r,
                         struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_GET_ITEM_BY_ID);
    owned(str_free) char *missing =
        str_format("no item has the number %lld", (long long)id);

    bind_int(&query, id);
    return read_one_item(&query, item_r, missing, err);
}

static void bind_texts(struct query *query, const struct item *item)
{
    const char *const texts[] = {
        item->code,
        item->title,
        item->procedure,
        item->field,
        item->unit,
        item->coordinating,
        item->assignee,
        item->assignee_text,
        item->owner,
        item->assigned_by,
        item->document,
        item->recurrence,
        item->output,
        item->priority,
        item->labels,
        item->note,
        item->feed,
        item->finish_moved.source,
        item->original_moved.source,
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        bind_text(query, texts[i]);
}

static void bind_shift(struct query *query, const struct shift *shift)
{
    bool any = shift->times > 0;

    bind_int(query, shift->times);
    bind_instant(query, any ? shift->at : INSTANT_NONE);
    bind_instant(query, any ? shift->from : INSTANT_NONE);
    bind_instant(query, any ? shift->to : INSTANT_NONE);
}

/* What it counts apart from its promise. */
static void bind_clocks(struct query *query, const struct item *item)
{
    bool asked = item->supplement_count > 0;

    bind_int(query, item->paused_seconds);
    bind_instant(query, item_is_paused(item) ? item->paused_at : INSTANT_NONE);
    bind_instant(query, str_empty(item->assignee) ? item->unassigned_at
                                                  : INSTANT_NONE);
    bind_int(query, item->supplement_count);
    bind_instant(query, asked ? item->supplement_at : INSTANT_NONE);
    bind_instant(query, item_awaits_papers(item) ? item->supplement_due_at
                                                 : INSTANT_NONE);
    bind_instant(query, asked ? item->supplement_over_at : INSTANT_NONE);
    bind_shift(query, &item->finish_moved);
    bind_shift(query, &item->original_moved);
}

/* The values of ITEM_DATA and whether the item is open. */
static void bind_item(struct query *query, const struct item *item)
{
    bind_texts(query, item);
    bind_text(query, item_kind_name(item->kind));
    bind_text(query, item->status->code);
    bind_text(query, submission_name(item->submission));
    bind_instant(query, item->received_at);
    bind_instant(query, item->due_at);
    bind_instant(query, item_deadline(item));
    bind_int(query, item->due_by_date);
    bind_instant(query, item->computed_due_at);
    bind_text(query, due_origin_name(item->due_origin));
    bind_instant(query, item->original_due_at);
    bind_instant(query, item->finished_at);
    bind_clocks(query, item);
    bind_int(query, item->gone);
    bind_int(query, item->ours);
    bind_int(query, item_is_open(item));
}

int store_put_item(struct store *store, struct item *item, struct err *err)
{
    owned(query_end) struct query query = query_of(
        store, item->id ? STATEMENT_UPDATE_ITEM : STATEMENT_INSERT_ITEM);

    assert(item->status && item->status->kind == item->kind);
    store->history_item = 0; /* its code may be another now */
    bind_item(&query, item);
    if (item->id)
        bind_int(&query, item->id);
    int found = query_returning(&query, &item->id, err);
    if (found < 0)
        return err_wrap(err, "item %s", str_or_empty(item->code));
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "item %s: no item has its number",
                       str_or_empty(item->code));
    return 0;
}

int store_items_due(struct store *store, int64_t now, size_t limit,
                    struct items *items_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_ITEMS_DUE);

    bind_int(&query, now);
    bind_int(&query, (int64_t)limit);
    return read_items(&query, items_r, err);
}

int store_next_due(struct store *store, int64_t *next_at_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_NEXT_DUE);

    return query_earliest(&query, next_at_r, err);
}

int store_set_next(struct store *store, int64_t item, int64_t next_at,
                   struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_SET_NEXT);

    bind_int(&query, next_at);
    bind_int(&query, item);
    return query_must(&query, err, "no item has the number %lld",
                      (long long)item);
}

/* One that is finished, too, when something of it is still to be told. */
static int wake_held(struct store *store, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_WAKE_HELD);

    return query_run(&query, err);
}

static int wake_open(struct store *store, int kind, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_WAKE_ITEMS);

    bind_text(&query, kind < 0 ? "" : item_kind_name((enum item_kind)kind));
    return query_run(&query, err);
}

int store_wake_items(struct store *store, int kind, struct err *err)
{
    if (wake_open(store, kind, err))
        return -1;
    return kind < 0 ? wake_held(store, err) : 0;
}

int store_wake_item(struct store *store, int64_t item, struct err *err)
{
    return store_set_next(store, item, 0, err);
}
