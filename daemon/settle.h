/* settle.h - what an attempt's end means for its notice, written down.
 *
 * Everything here happens inside the caller's transaction and is safe to do
 * twice: what was recorded already changes nothing.
 */
#ifndef DAEMON_SETTLE_H
#define DAEMON_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "daemon/backoff.h"
#include "daemon/publisher.h"
#include "model/notice.h"
#include "store/store.h"
#include "wire/kip.h"

/* What the dispatcher asks of others.  Any may be NULL. */
struct dispatcher_hooks {
    void *context;

    /* Is the notice still what there is to say?  If not, it withdraws it,
     * inside the open transaction (R12). */
    int (*review)(void *context, const struct notice *notice, int64_t now,
                  bool *good_r, struct err *err);

    /* The far side refused the address: take the next channel of the ladder
     * or settle the notice as dead, inside the open transaction.  Without
     * it: dead. */
    int (*refused)(void *context, const struct notice *notice,
                   const char *detail, int64_t now, struct err *err);

    /* The first instant from at on at which an attempt may begin, of a
     * notice whose own session and next opening have passed.  Without it:
     * at. */
    int64_t (*opening)(void *context, const struct notice *notice, int64_t at);

    /* A probe that somebody asked for is over; worker "" when none
     * answered. */
    void (*probed)(void *context, int64_t ticket, bool works,
                   const char *worker, const char *detail);

    /* A channel was parked or works again, and that is committed. */
    void (*channels_changed)(void *context);

    /* One line for the log: a whole sentence with its facts. */
    void (*say)(void *context, bool warning, const char *line);
};

/* What settling needs; all borrowed. */
struct settling {
    struct store *store;
    const struct dispatcher_hooks *hooks;
    struct publisher *events;
    struct backoff backoff;
    int ambiguous_attempts;
    bool ambiguous_resend;
    int64_t now; /* of the set clock */
};

/* The first instant from at on at which an attempt at the notice may begin:
 * attempt_begins(), and the hook's answer for what is past all that. */
int64_t settle_begin(const struct settling *settling,
                     const struct notice *notice, int64_t at);

/* Record an OUTCOME and what follows from it.  *broken_r: the channel that it
 * says does not work, yours; else NULL. */
int settle_outcome(const struct settling *settling,
                   const struct kip_message *outcome, char **broken_r,
                   struct err *err);

/* The lease of an attempt was lost: the message may have left (R15). */
int settle_lost(const struct settling *settling, int64_t notice, int attempt,
                struct err *err);

/* Nobody can be reached so. */
int settle_dead(const struct settling *settling, const struct notice *notice,
                const char *why, struct err *err);

/* Gather news of a notice. */
void settle_tell(const struct settling *settling, const char *topic,
                 const struct notice *notice, int attempt, const char *detail);

#endif
