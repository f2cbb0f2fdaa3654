/* roster.h - the workers that have said READY and still beat. */
#ifndef DAEMON_ROSTER_H
#define DAEMON_ROSTER_H

#include <stddef.h>
#include <stdint.h>

#include "wire/kip.h"

struct worker {
    int64_t number; /* ours: 1, 2, ..., never used again */
    struct kip_peer peer;
    char *name; /* its own: the same after a new connection */
    char *channel;
    char *version;
    int credit;
    int64_t heard_ms;
    int64_t pinged_ms;
};

struct roster;

struct roster *roster_new(void);
void roster_free(struct roster **roster);

/* By a READY: the worker of that name with its peer, channel and credit
 * renewed, or a new one.  Good until the next change. */
struct worker *roster_put(struct roster *roster,
                          const struct kip_message *ready, int64_t now_ms);

/* NULL for none. */
struct worker *roster_by_peer(struct roster *roster,
                              const struct kip_peer *peer);
struct worker *roster_by_name(struct roster *roster, const char *name);
struct worker *roster_by_number(struct roster *roster, int64_t number);
void roster_drop(struct roster *roster, int64_t number);

size_t roster_count(const struct roster *roster);
struct worker *roster_at(struct roster *roster, size_t index);

#endif
