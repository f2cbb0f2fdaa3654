/* leases.h - who holds which attempt, in memory.
 *
 * The store says what is in flight; this says with which worker.  A lease
 * without worker was in flight when the daemon started and is awaited.  A
 * late one was lost before its worker came back with it: the store no longer
 * knows it as in flight, and it only keeps others from its notice (R15).
 */
#ifndef DAEMON_LEASES_H
#define DAEMON_LEASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NO_WORKER = 0 };

struct lease {
    int64_t notice;
    int attempt;
    int64_t worker; /* its number in the roster; NO_WORKER: awaited */
    bool late;
    bool lost;  /* to be ended at the next turn */
    bool ended; /* by an outcome that is being written down */
};

struct leases;

struct leases *leases_new(void);
void leases_free(struct leases **leases);

/* Append; the pair (notice, attempt) must be new. */
void leases_add(struct leases *leases, const struct lease *lease);

/* NULL for none; good until the next change. */
struct lease *leases_find(struct leases *leases, int64_t notice, int attempt);

/* Does any worker hold an attempt at this notice that is not lost or ended? */
bool leases_has_notice(const struct leases *leases, int64_t notice);
void leases_drop(struct leases *leases, int64_t notice, int attempt);

/* How many a worker holds that are not lost or ended; NO_WORKER: how many are
 * awaited. */
size_t leases_count_of(const struct leases *leases, int64_t worker);

/* All that a worker holds are lost; late ones are simply forgotten. */
void leases_lose(struct leases *leases, int64_t worker);

/* Forget a worker's late leases. */
void leases_forget_late(struct leases *leases, int64_t worker);

bool leases_any_lost(const struct leases *leases);

/* Nothing has ended after all: the transaction was undone. */
void leases_revive(struct leases *leases);

/* Forget what is lost or ended: the transaction was committed. */
void leases_sweep(struct leases *leases);
size_t leases_count(const struct leases *leases);
struct lease *leases_at(struct leases *leases, size_t index);

#endif
