#include "daemon/leases.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct leases {
    struct lease *items;
    size_t count;
    size_t room;
};

struct leases *leases_new(void)
{
    return mem_new(struct leases);
}

void leases_free(struct leases **leases)
{
    if (!*leases)
        return;
    free((*leases)->items);
    free(*leases);
    *leases = NULL;
}

void leases_add(struct leases *leases, const struct lease *lease)
{
    assert(!leases_find(leases, lease->notice, lease->attempt));
    if (leases->count == leases->room) {
        leases->room = leases->room ? 2 * leases->room : 16;
        leases->items =
            mem_grow(leases->items, leases->room, sizeof(*leases->items));
    }
    leases->items[leases->count++] = *lease;
}

static bool is_held(const struct lease *lease)
{
    return !lease->lost && !lease->ended;
}

struct lease *leases_find(struct leases *leases, int64_t notice, int attempt)
{
    for (size_t i = 0; i < leases->count; i++)
        if (leases->items[i].notice == notice &&
            leases->items[i].attempt == attempt)
            return &leases->items[i];
    return NULL;
}

bool leases_has_notice(const struct leases *leases, int64_t notice)
{
    for (size_t i = 0; i < leases->count; i++)
        if (leases->items[i].notice == notice && is_held(&leases->items[i]))
            return true;
    return false;
}

static void drop_at(struct leases *leases, size_t index)
{
    leases->items[index] = leases->items[--leases->count];
}

void leases_drop(struct leases *leases, int64_t notice, int attempt)
{
    const struct lease *found = leases_find(leases, notice, attempt);

    if (found)
        drop_at(leases, (size_t)(found - leases->items));
}

size_t leases_count_of(const struct leases *leases, int64_t worker)
{
    size_t count = 0;

    for (size_t i = 0; i < leases->count; i++)
        count +=
            leases->items[i].worker == worker && is_held(&leases->items[i]);
    return count;
}

void leases_lose(struct leases *leases, int64_t worker)
{
    leases_forget_late(leases, worker);
    for (size_t i = 0; i < leases->count; i++)
        if (leases->items[i].worker == worker)
            leases->items[i].lost = true;
}

void leases_forget_late(struct leases *leases, int64_t worker)
{
    for (size_t i = leases->count; i-- > 0;)
        if (leases->items[i].worker == worker && leases->items[i].late)
            drop_at(leases, i);
}

bool leases_any_lost(const struct leases *leases)
{
    for (size_t i = 0; i < leases->count; i++)
        if (leases->items[i].lost)
            return true;
    return false;
}

void leases_revive(struct leases *leases)
{
    for (size_t i = 0; i < leases->count; i++)
        leases->items[i].ended = false;
}

void leases_sweep(struct leases *leases)
{
    for (size_t i = leases->count; i-- > 0;)
        if (!is_held(&leases->items[i]))
            drop_at(leases, i);
}

size_t leases_count(const struct leases *leases)
{
    return leases->count;
}

struct lease *leases_at(struct leases *leases, size_t index)
{
    return &leases->items[index];
}
