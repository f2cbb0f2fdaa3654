#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"
#include "store/items.h"

int store_add_history(struct store *store, const struct history *history,
                      struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ADD_HISTORY);

    bind_int(&query, history->item);
    bind_instant(&query, history->happened_at);
    bind_int(&query, history->learnt_at);
    bind_text(&query, history->field);
    bind_text(&query, history->before);
    bind_text(&query, history->after);
    bind_text(&query, history->source);
    bind_text(&query, history->by);
    return query_run(&query, err);
}

void histories_done(struct histories *list)
{
    for (size_t i = 0; i < list->count; i++) {
        str_free(&list->items[i].field);
        str_free(&list->items[i].before);
        str_free(&list->items[i].after);
        str_free(&list->items[i].source);
        str_free(&list->items[i].by);
    }
    free(list->items);
    *list = (struct histories){0};
}

static struct history read_history(struct query *query)
{
    struct history history = {0};

    history.item = read_int(query);
    history.happened_at = read_instant(query);
    history.learnt_at = read_int(query);
    history.field = read_copy(query);
    history.before = read_copy(query);
    history.after = read_copy(query);
    history.source = read_copy(query);
    history.by = read_copy(query);
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
