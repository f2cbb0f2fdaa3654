/* parks.h - channels that do not work, and the probes that tell when they do
 * again (R15).
 *
 * The store holds which channels are parked; this holds them in memory, with
 * the probes that are under way.  A probe may also be asked for by a person,
 * of any channel; a channel that works is not parked by a probe that fails.
 */
#ifndef DAEMON_PARKS_H
#define DAEMON_PARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "daemon/settle.h"
#include "store/store.h"

struct parks;

struct parks *parks_new(void);
void parks_free(struct parks **parks);

/* Take what is parked from the store; probes under way stay. */
int parks_load(struct parks *parks, struct store *store, struct err *err);
bool parks_is_parked(const struct parks *parks, const char *channel);

/* The channel as STATUS shows it: an object, or null when it works; yours. */
struct json *parks_status(const struct parks *parks, const char *channel);

/* Park a channel, unless it is; inside a transaction.  After a rollback,
 * load again. */
int parks_break(struct parks *parks, const struct settling *settling,
                const char *channel, const char *detail, struct err *err);

/* ---- probes ---- */

/* A worker of the channel is new: if it is parked, do not wait to probe. */
void parks_hurry(struct parks *parks, const char *channel);

/* Somebody asks whether the channel works: his ticket. */
int64_t parks_ask(struct parks *parks, const char *channel);

/* A channel that a worker should be asked to try now; NULL for none.  Asks
 * of each only once, until parks_asked() or the next turn's now. */
const char *parks_next(const struct parks *parks, size_t *place, int64_t now);

/* The worker of that name was asked; the token of its PROBE. */
int64_t parks_asked(struct parks *parks, const char *channel,
                    const char *worker, int64_t now_ms);

/* What was answered; an unknown token changes nothing. */
void parks_answer(struct parks *parks, int64_t token, bool works,
                  const char *detail);

/* A worker is gone, or took longer than limit_ms: its probes have failed. */
void parks_lose(struct parks *parks, const char *worker);
void parks_time_out(struct parks *parks, int64_t now_ms, int64_t limit_ms);

/* When the next probe is due (of the set clock); INSTANT_NEVER. */
int64_t parks_due(const struct parks *parks);
bool parks_any_asked(const struct parks *parks);
bool parks_any_answer(const struct parks *parks);

/* Write down what was answered, inside a transaction; and, after the commit,
 * tell those who asked.  *changed_r: some channel works again. */
int parks_settle(struct parks *parks, const struct settling *settling,
                 bool *changed_r, struct err *err);
void parks_report(struct parks *parks, const struct dispatcher_hooks *hooks);

#endif
