#include "workers/held.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct held {
    struct held_notice *items; /* in order of arrival */
    size_t count;
};

struct held *held_new(void)
{
    return mem_new(struct held);
}

void held_free(struct held **held)
{
    if (!*held)
        return;
    for (size_t i = 0; i < (*held)->count; i++)
        kip_message_done(&(*held)->items[i].message);
    free((*held)->items);
    free(*held);
    *held = NULL;
}

bool held_add(struct held *held, struct kip_message *notice)
{
    if (held_find(held, notice->notice, notice->attempt))
        return false;
    held->items = mem_grow(held->items, held->count + 1, sizeof(*held->items));
    held->items[held->count++] =
        (struct held_notice){.stage = HELD_WAITING, .message = *notice};
    *notice = (struct kip_message){0};
    return true;
}

struct held_notice *held_first(struct held *held, enum held_stage stage)
{
    for (size_t i = 0; i < held->count; i++)
        if (held->items[i].stage == stage)
            return &held->items[i];
    return NULL;
}

struct held_notice *held_find(struct held *held, int64_t notice, int attempt)
{
    for (size_t i = 0; i < held->count; i++)
        if (held->items[i].message.notice == notice &&
            held->items[i].message.attempt == attempt)
            return &held->items[i];
    return NULL;
}

bool held_answer(struct held *held, struct kip_message *outcome)
{
    struct held_notice *found =
        held_find(held, outcome->notice, outcome->attempt);

    if (!found || found->stage == HELD_ANSWERED)
        return false;
    kip_message_done(&found->message);
    found->message = *outcome;
    found->stage = HELD_ANSWERED;
    *outcome = (struct kip_message){0};
    return true;
}

void held_drop(struct held *held, int64_t notice, int attempt)
{
    struct held_notice *found = held_find(held, notice, attempt);

    if (!found || found->stage != HELD_ANSWERED)
        return;
    kip_message_done(&found->message);
    size_t after = held->count - (size_t)(found - held->items) - 1;
    memmove(found, found + 1, after * sizeof(*found));
    held->count--;
}

size_t held_count(const struct held *held)
{
    return held->count;
}

struct held_notice *held_at(struct held *held, size_t index)
{
    return &held->items[index];
}

struct kip_lease *held_leases(const struct held *held)
{
    struct kip_lease *leases = mem_zero(held->count + 1, sizeof(*leases));

    for (size_t i = 0; i < held->count; i++)
        leases[i] = (struct kip_lease){held->items[i].message.notice,
                                       held->items[i].message.attempt};
    return leases;
}
