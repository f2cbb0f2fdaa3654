/* dispatcher_inside.h - what the files of the dispatcher share. */
#ifndef DAEMON_DISPATCHER_INSIDE_H
#define DAEMON_DISPATCHER_INSIDE_H

#include "base/str.h"
#include "daemon/dispatcher.h"
#include "daemon/leases.h"
#include "daemon/parks.h"
#include "daemon/roster.h"
#include "telling/delivery.h"
#include "wire/kip.h"

enum { REFUSED_KEPT = 16 };

struct _zactor_t;

struct dispatcher {
    struct store *store;
    struct publisher *events;
    struct dispatcher_hooks hooks;
    struct _zsock_t *socket;
    struct _zactor_t *gate; /* tcp only */

    int64_t heartbeat_ms;
    int64_t lost_ms;
    struct backoff backoff;
    int ambiguous_attempts;
    bool ambiguous_resend;
    size_t message_bytes;
    struct strs channels; /* of the settings */
    enum delivery_mode mode;
    char *addressee; /* of a rehearsal, or "" */

    int64_t now; /* of the set clock, as of the latest call */
    struct roster *roster;
    struct leases *leases;
    struct parks *parks;
    struct kip_message *outcomes; /* heard, not yet written down */
    size_t outcome_count;
    int64_t awaited_until_ms;              /* leases from before the start */
    struct kip_peer refused[REFUSED_KEPT]; /* told and logged once */
    size_t refused_count;                  /* ever; the last ones are kept */
    bool again;                            /* there is more to lease at once */
    int64_t busy_until_ms; /* the store was; do not try before */
};

/* One line for the log, by the hook. */
void dispatcher_say(const struct dispatcher *dispatcher, bool warning,
                    const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gather news of a worker. */
void dispatcher_tell_worker(struct dispatcher *dispatcher, const char *topic,
                            const struct worker *worker, const char *detail);

/* Keep an outcome until it is written down, taking what it points to; one
 * that is kept already only gets the new peer. */
void dispatcher_keep(struct dispatcher *dispatcher,
                     struct kip_message *outcome);

/* The worker is gone: its leases are lost. */
void dispatcher_lose(struct dispatcher *dispatcher, struct worker *worker,
                     const char *why);

/* May nothing be leased now? */
int dispatcher_stopped(const struct dispatcher *dispatcher, bool *stopped_r,
                       struct err *err);

/* Some worker of the channel; NULL for none. */
struct worker *dispatcher_anyone_on(struct dispatcher *dispatcher,
                                    const char *channel);

/* Lose who is silent, ping who is quiet, ask for probes that are due. */
void dispatcher_beat(struct dispatcher *dispatcher, int64_t mono_ms);

/* ---- grants: the leases of one turn ---- */

struct grant {
    int64_t worker;
    int64_t notice;
    int attempt;
    char *body;
};

struct grants {
    struct grant *items;
    size_t count;
};

/* Is there a notice that could be leased now? */
int grants_wanted(struct dispatcher *dispatcher,
                  const struct settling *settling, bool *wanted_r,
                  struct err *err);

/* Lease what can be leased, inside a transaction. */
int grants_make(struct dispatcher *dispatcher, const struct settling *settling,
                struct grants *grants, struct err *err);
void grants_done(struct grants *grants);

#endif
