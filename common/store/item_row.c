#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

void items_done(struct items *list)
{
    for (size_t i = 0; i < list->count; i++)
        item_done(&list->items[i]);
    free(list->items);
    *list = (struct items){0};
}

/* Looking a status up folds its text each time; a store has few of them and
 * many items. */
static const struct status *find_status(struct store *store,
                                        enum item_kind kind, const char *code)
{
    for (int i = 0; i < store->status_count; i++)
        if (store->statuses[i]->kind == kind &&
            str_equal(store->statuses[i]->code, code))
            return store->statuses[i];

    const struct status *status = status_find(kind, code);
    if (status && store->status_count < STATUSES_KNOWN)
        store->statuses[store->status_count++] = status;
    return status;
}

static int read_kind_and_status(struct query *query, struct item *item,
                                struct err *err)
{
    const char *path = query->store->path;

    if (item_kind_parse(read_text(query), &item->kind) != 0)
        return err_set(err, ERR_SYSTEM, "%s: item %s is of no known kind", path,
                       item->code);
    item->status = find_status(query->store, item->kind, read_text(query));
    if (!item->status)
        return err_set(err, ERR_SYSTEM, "%s: item %s has no known status", path,
                       item->code);
    return 0;
}

/* The texts stand in the struct in the order of ITEM_DATA. */
static void read_texts(struct query *query, struct item *item)
{
    char **const texts[] = {
        &item->code,
        &item->title,
        &item->procedure,
        &item->field,
        &item->unit,
        &item->coordinating,
        &item->assignee,
        &item->assignee_text,
        &item->owner,
        &item->assigned_by,
        &item->document,
        &item->recurrence,
        &item->output,
        &item->priority,
        &item->labels,
        &item->note,
        &item->feed,
        &item->finish_moved.source,
        &item->original_moved.source,
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        *texts[i] = read_copy(query);
}

/* The promise is before it in the row. */
static void read_deadline(struct query *query, struct item *item)
{
    int64_t deadline = read_instant(query);

    if (item->due_at == INSTANT_NONE)
        return;
    item->give_back_waits = deadline == INSTANT_NONE;
    item->given_back = item->give_back_waits ? 0 : deadline - item->due_at;
}

static void read_shift(struct query *query, struct shift *shift)
{
    shift->times = read_int(query);
    shift->at = read_instant(query);
    shift->from = read_instant(query);
    shift->to = read_instant(query);
}

static void read_clocks(struct query *query, struct item *item)
{
    item->paused_seconds = read_int(query);
    item->paused_at = read_instant(query);
    item->unassigned_at = read_instant(query);
    item->supplement_count = read_int(query);
    item->supplement_at = read_instant(query);
    item->supplement_due_at = read_instant(query);
    item->supplement_over_at = read_instant(query);
    read_shift(query, &item->finish_moved);
    read_shift(query, &item->original_moved);
}

int read_item(struct query *query, struct item *item_r, struct err *err)
{
    owned(item_done) struct item item = {.id = read_int(query)};

    read_texts(query, &item);
    if (read_kind_and_status(query, &item, err) != 0)
        return -1;
    item.submission = submission_named(read_text(query));
    item.received_at = read_instant(query);
    item.due_at = read_instant(query);
    read_deadline(query, &item);
    item.due_by_date = read_int(query) != 0;
    item.computed_due_at = read_instant(query);
    item.due_origin = due_origin_parse(read_text(query));
    item.original_due_at = read_instant(query);
    item.finished_at = read_instant(query);
    read_clocks(query, &item);
    item.gone = read_int(query) != 0;
    item.ours = read_int(query) != 0;
    *item_r = item;
    item = (struct item){0};
    return 0;
}

int read_items(struct query *query, struct items *items_r, struct err *err)
{
    owned(items_done) struct items list = {0};
    int found;

    while ((found = query_row(query, err)) > 0) {
        struct item item = {0};
        if (read_item(query, &item, err) != 0)
            return -1;
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = item;
    }
    if (found < 0)
        return -1;
    *items_r = list;
    list = (struct items){0};
    return 0;
}

int read_one_item(struct query *query, struct item *item_r, const char *missing,
                  struct err *err)
{
    int found = query_row(query, err);

    if (found < 0)
        return -1;
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "%s", missing);
    return read_item(query, item_r, err);
}
