#include "daemon/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct roster {
    struct worker *items;
    size_t count;
    int64_t numbers; /* how many were ever given */
};

static void worker_done(struct worker *worker)
{
    str_free(&worker->name);
    str_free(&worker->channel);
    str_free(&worker->version);
}

struct roster *roster_new(void)
{
    return mem_new(struct roster);
}

void roster_free(struct roster **roster)
{
    if (!*roster)
        return;
    for (size_t i = 0; i < (*roster)->count; i++)
        worker_done(&(*roster)->items[i]);
    free((*roster)->items);
    free(*roster);
    *roster = NULL;
}

struct worker *roster_put(struct roster *roster,
                          const struct kip_message *ready, int64_t now_ms)
{
    struct worker *worker = roster_by_name(roster, ready->name);

    if (!worker) {
        roster->items =
            mem_grow(roster->items, roster->count + 1, sizeof(*roster->items));
        worker = &roster->items[roster->count++];
        *worker = (struct worker){.number = ++roster->numbers};
    }
    int64_t number = worker->number;
    worker_done(worker);
    *worker = (struct worker){.number = number,
                              .peer = ready->peer,
                              .name = str_copy(ready->name),
                              .channel = str_copy(ready->channel),
                              .version = str_copy(ready->version),
                              .credit = ready->credit,
                              .heard_ms = now_ms,
                              .pinged_ms = now_ms};
    return worker;
}

struct worker *roster_by_peer(struct roster *roster,
                              const struct kip_peer *peer)
{
    for (size_t i = 0; i < roster->count; i++)
        if (kip_peer_equal(&roster->items[i].peer, peer))
            return &roster->items[i];
    return NULL;
}

struct worker *roster_by_name(struct roster *roster, const char *name)
{
    for (size_t i = 0; i < roster->count; i++)
        if (str_equal(roster->items[i].name, name))
            return &roster->items[i];
    return NULL;
}

struct worker *roster_by_number(struct roster *roster, int64_t number)
{
    for (size_t i = 0; i < roster->count; i++)
        if (roster->items[i].number == number)
            return &roster->items[i];
    return NULL;
}

void roster_drop(struct roster *roster, int64_t number)
{
    struct worker *worker = roster_by_number(roster, number);

    if (!worker)
        return;
    worker_done(worker);
    size_t after = roster->count - (size_t)(worker - roster->items) - 1;
    memmove(worker, worker + 1, after * sizeof(*worker));
    roster->count--;
}

size_t roster_count(const struct roster *roster)
{
    return roster->count;
}

struct worker *roster_at(struct roster *roster, size_t index)
{
    return &roster->items[index];
}
