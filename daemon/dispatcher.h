/* dispatcher.h - from queued notices to outcomes: leases notices to workers
 * over KIP/1 (docs/protocol.md) and writes down what became of them.
 *
 * Driven by the loop of the daemon.  Each turn:
 *
 *     dispatcher_hear(dispatcher, now, mono_ms);
 *     dispatcher_turn(dispatcher, now, mono_ms, &err);
 *     wait(dispatcher_nap_ms(dispatcher, now, mono_ms));
 *
 * now is the set clock (when an attempt may be made), mono_ms real time
 * (heartbeats, lost workers, probes).
 */
#ifndef DAEMON_DISPATCHER_H
#define DAEMON_DISPATCHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "daemon/publisher.h"
#include "daemon/settle.h"
#include "settings/settings.h"
#include "store/store.h"

struct _zsock_t;
struct dispatcher;

/* Bind the workers' endpoint.  What the store has in flight is awaited for
 * one lost-interval (R15).  store and events (may be NULL) are borrowed, hooks
 * copied, of settings what is needed is copied. */
int dispatcher_open(const struct settings *settings, struct store *store,
                    struct publisher *events,
                    const struct dispatcher_hooks *hooks, int64_t mono_ms,
                    struct dispatcher **dispatcher_r, struct err *err);

/* Says BYE to the workers, which will wait for the next daemon. */
void dispatcher_free(struct dispatcher **dispatcher);

/* Other settings from now on; the endpoint stays until a restart. */
void dispatcher_reload(struct dispatcher *dispatcher,
                       const struct settings *settings);

/* For the poller: readable when there is something to hear. */
struct _zsock_t *dispatcher_socket(struct dispatcher *dispatcher);

/* Take in what has arrived, a bounded share of it, without waiting and
 * without writing. */
void dispatcher_hear(struct dispatcher *dispatcher, int64_t now,
                     int64_t mono_ms);

/* Write down in one transaction what was heard, lost leases, and the leases
 * that can be given now; then acknowledge and send.  ERR_BUSY: another
 * process holds the store; nothing is lost, the next turn tries again. */
int dispatcher_turn(struct dispatcher *dispatcher, int64_t now, int64_t mono_ms,
                    struct err *err);

/* How many milliseconds the loop may wait for its sockets before the next
 * turn; at most a minute. */
int64_t dispatcher_nap_ms(struct dispatcher *dispatcher, int64_t now,
                          int64_t mono_ms);

/* Is nothing in flight, and nothing heard that is not written down? */
bool dispatcher_is_idle(const struct dispatcher *dispatcher);

/* Is there a notice to lease, or a parked channel to probe?  What waits for a
 * parked channel is not due. */
int dispatcher_any_due(const struct dispatcher *dispatcher, int64_t now,
                       bool *due_r, struct err *err);

/* Have a worker of the channel try it; the hook probed() tells how it went.
 * ERR_NOT_FOUND: no worker serves it. */
int dispatcher_probe(struct dispatcher *dispatcher, const char *channel,
                     int64_t *ticket_r, struct err *err);

/* Put "queue", "channels" and "awaited-leases" of a STATUS reply. */
int dispatcher_status(struct dispatcher *dispatcher, int64_t mono_ms,
                      struct json *reply, struct err *err);

#endif
