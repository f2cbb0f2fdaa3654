#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"
#include "store/notices.h"

int store_park_channel(struct store *store, const char *channel, int64_t at,
                       int64_t probe_at, int probes, const char *detail,
                       struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PARK_CHANNEL);

    bind_text(&query, channel);
    bind_int(&query, at);
    bind_instant(&query, probe_at);
    bind_int(&query, probes);
    bind_text(&query, detail);
    return query_run(&query, err);
}

int store_unpark_channel(struct store *store, const char *channel,
                         struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_UNPARK_CHANNEL);

    bind_text(&query, channel);
    return query_run(&query, err);
}

void channel_states_done(struct channel_states *list)
{
    for (size_t i = 0; i < list->count; i++) {
        str_free(&list->items[i].channel);
        str_free(&list->items[i].detail);
    }
    free(list->items);
    *list = (struct channel_states){0};
}

int store_parked_channels(struct store *store, struct channel_states *list_r,
                          struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PARKED_CHANNELS);
    owned(channel_states_done) struct channel_states list = {0};
    int found;

    while ((found = query_row(&query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        struct channel_state *parked = &list.items[list.count++];
        parked->channel = read_copy(&query);
        parked->broken_at = read_int(&query);
        parked->probe_at = read_instant(&query);
        parked->probes = (int)read_int(&query);
        parked->detail = read_copy(&query);
    }
    if (found < 0)
        return -1;
    *list_r = list;
    list = (struct channel_states){0};
    return 0;
}
