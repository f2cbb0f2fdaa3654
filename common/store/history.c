#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/chain_hash.h"
#include "store/inside.h"
#include "store/items.h"

/* Where the chain ends is read once a transaction: nobody else writes in it. */
static int know_end(struct store *store, struct err *err)
{
    if (store->history_known)
        return 0;
    if (store_chain_end(store, &store->history_end, err))
        return -1;
    store->history_known = true;
    return 0;
}

/* The rows of one item are written one after the other: its code is looked up
 * once for all of them. */
static int know_code(struct store *store, int64_t item, struct err *err)
{
    if (store->history_item == item && item)
        return 0;
    owned(query_end) struct query query =
        query_of(store, STATEMENT_CODE_OF_ITEM);
    bind_int(&query, item);
    int found = query_row(&query, err);
    if (found < 0)
        return -1;
    if (found == 0)
        return err_set(err, ERR_INVALID, "no item has the number %lld",
                       (long long)item);
    owned(str_free) char *code = read_copy(&query);
    str_replace(&store->history_code, &code);
    store->history_item = item;
    return 0;
}

static int insert(struct store *store, const struct chain_row *row,
                  const struct chain_place *place, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ADD_HISTORY);

    bind_int(&query, row->id);
    bind_int(&query, row->item);
    bind_text(&query, row->code.bytes);
    bind_instant(&query, row->happened_at);
    bind_int(&query, row->learnt_at);
    bind_text(&query, row->field.bytes);
    bind_text(&query, row->before.bytes);
    bind_text(&query, row->after.bytes);
    bind_text(&query, row->source.bytes);
    bind_text(&query, row->login.bytes);
    bind_text(&query, row->why.bytes);
    bind_bytes(&query, place->hash, sizeof(place->hash));
    return query_run(&query, err);
}

int store_add_history(struct store *store, const struct history *history,
                      struct err *err)
{
    if (know_end(store, err) || know_code(store, history->item, err))
        return -1;
    struct chain_place place = store->history_end;
    const struct chain_row row = {
        .id = place.rows + 1,
        .item = history->item,
        .code = chain_text(store->history_code),
        .happened_at = history->happened_at,
        .learnt_at = history->learnt_at,
        .field = chain_text(history->field),
        .before = chain_text(history->before),
        .after = chain_text(history->after),
        .source = chain_text(history->source),
        .login = chain_text(history->by),
        .why = chain_text(history->why),
    };
    chain_go(&place, &row);
    if (insert(store, &row, &place, err))
        return -1;
    store->history_end = place;
    return 0;
}

void history_done(struct history *history)
{
    str_free(&history->field);
    str_free(&history->before);
    str_free(&history->after);
    str_free(&history->source);
    str_free(&history->by);
    str_free(&history->why);
}

void histories_done(struct histories *list)
{
    for (size_t i = 0; i < list->count; i++)
        history_done(&list->items[i]);
    free(list->items);
    *list = (struct histories){0};
}

static struct history read_history(struct query *query)
{
    struct history history = {.id = read_int(query)};

    history.item = read_int(query);
    (void)read_text(query); /* the code, which the caller knows */
    history.happened_at = read_instant(query);
    history.learnt_at = read_int(query);
    history.field = read_copy(query);
    history.before = read_copy(query);
    history.after = read_copy(query);
    history.source = read_copy(query);
    history.by = read_copy(query);
    history.why = read_copy(query);
    return history;
}

int store_get_history(struct store *store, int64_t item,
                      struct histories *histories_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_GET_HISTORY);
    owned(histories_done) struct histories list = {0};
    int found;

    bind_int(&query, item);
    while ((found = query_row(&query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = read_history(&query);
    }
    if (found < 0)
        return -1;
    *histories_r = list;
    list = (struct histories){0};
    return 0;
}

int store_start_pause(struct store *store, int64_t item,
                      const struct pause *pause, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_START_PAUSE);

    bind_int(&query, item);
    bind_int(&query, pause->started_at);
    bind_int(&query, pause->contained);
    bind_text(&query, pause->source);
    int started = query_returning(&query, NULL, err);
    if (started == 0)
        return err_set(err, ERR_INVALID,
                       "item %lld: a pause that began then has ended",
                       (long long)item);
    return started > 0 ? 0 : err_wrap(err, "item %lld: pause", (long long)item);
}

int store_end_pause(struct store *store, int64_t item,
                    const struct pause *pause, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_END_PAUSE);

    bind_int(&query, pause->ended_at);
    bind_instant(&query, pause->seconds);
    bind_text(&query, pause->end_source);
    bind_int(&query, item);
    return query_must(&query, err, "item %lld is not paused", (long long)item);
}

int store_settle_pause(struct store *store, int64_t item,
                       const struct pause *pause, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_SETTLE_PAUSE);

    bind_instant(&query, pause->seconds);
    bind_int(&query, pause->contained);
    bind_int(&query, item);
    bind_int(&query, pause->started_at);
    return query_must(&query, err, "item %lld was not paused then",
                      (long long)item);
}

void pauses_done(struct pauses *list)
{
    for (size_t i = 0; i < list->count; i++) {
        str_free(&list->items[i].source);
        str_free(&list->items[i].end_source);
    }
    free(list->items);
    *list = (struct pauses){0};
}

static struct pause read_pause(struct query *query)
{
    struct pause pause = {.started_at = read_int(query)};

    pause.ended_at = read_instant(query);
    pause.seconds = read_instant(query);
    pause.contained = read_int(query) != 0;
    pause.source = read_copy(query);
    pause.end_source = read_copy(query);
    return pause;
}

int store_get_pauses(struct store *store, int64_t item, struct pauses *pauses_r,
                     struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_PAUSES);
    owned(pauses_done) struct pauses list = {0};
    int found;

    bind_int(&query, item);
    while ((found = query_row(&query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = read_pause(&query);
    }
    if (found < 0)
        return -1;
    *pauses_r = list;
    list = (struct pauses){0};
    return 0;
}
