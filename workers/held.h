/* held.h - the notices that a worker has taken on and not yet got rid of:
 * each waits for a thread, is under way on one, or is answered and waits for
 * the daemon to acknowledge the outcome. */
#ifndef WORKERS_HELD_H
#define WORKERS_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/kip.h"

enum held_stage { HELD_WAITING, HELD_UNDER_WAY, HELD_ANSWERED };

struct held_notice {
    enum held_stage stage;
    struct kip_message message; /* the NOTICE; once answered, the OUTCOME */
    int64_t told_ms;            /* when the outcome was last sent */
};

struct held;

struct held *held_new(void);
void held_free(struct held **held);

/* Take on a NOTICE, and what it points to; false, leaving it, when this
 * attempt is held already. */
bool held_add(struct held *held, struct kip_message *notice);

/* The first at that stage; NULL for none.  Good until the next change. */
struct held_notice *held_first(struct held *held, enum held_stage stage);

/* This attempt; NULL when it is not held. */
struct held_notice *held_find(struct held *held, int64_t notice, int attempt);

/* Keep an OUTCOME in place of its NOTICE, taking what it points to; false,
 * leaving it, when that attempt is not held or answered already. */
bool held_answer(struct held *held, struct kip_message *outcome);

/* Forget an attempt whose outcome was acknowledged; others stay. */
void held_drop(struct held *held, int64_t notice, int attempt);

size_t held_count(const struct held *held);
struct held_notice *held_at(struct held *held, size_t index);

/* The leases as a READY names them; an array of held_count(), yours. */
struct kip_lease *held_leases(const struct held *held);

#endif
