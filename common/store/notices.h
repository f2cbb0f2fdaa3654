/* notices.h - messages on their way, and every attempt at each. */
#ifndef STORE_NOTICES_H
#define STORE_NOTICES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/alert.h"
#include "model/notice.h"
#include "store/store.h"

/* Insert with its lines and tie the alerts to it (state noticed); one that is
 * not held is a bug of the caller: ERR_INVALID.  Sets id.
 * Its facts may need the id: see store_set_notice_facts(). */
int store_add_notice(struct store *store, struct notice *notice,
                     const struct alerts *alerts, int64_t now, struct err *err);
/* Who was shown an item, of the present version of its deadline, at which
 * levels, in notices that were sent or are on their way, and who was told of
 * the other subjects that count now; of a rehearsal only when that counts. */
int store_told_of_item(struct store *store, const struct item *item,
                       bool rehearsed_too, struct tolds *tolds_r,
                       struct err *err);
int store_set_notice_facts(struct store *store, int64_t id, const char *facts,
                           struct err *err);

/* With lines.  ERR_NOT_FOUND. */
int store_get_notice(struct store *store, int64_t id, struct notice *notice_r,
                     struct err *err);

/* Queued ones of a channel whose attempt_at has come, oldest first, at most
 * limit; without facts' lines. */
int store_notices_to_send(struct store *store, const char *channel, int64_t now,
                          size_t limit, struct notices *notices_r,
                          struct err *err);

/* The earliest attempt_at of queued ones whose channel is not parked, or
 * expires_at of those that store_notices_expired() would give; INSTANT_NEVER.
 * It may lie in the past while no worker has room. */
int store_next_attempt(struct store *store, int64_t *at_r, struct err *err);

/* The earliest expires_at of those that store_notices_expired() would give at
 * its time; INSTANT_NEVER. */
int store_next_expiry(struct store *store, int64_t *at_r, struct err *err);

/* Queued notices that never ended ambiguously and whose expires_at has come
 * (R12): to be withdrawn. */
int store_notices_expired(struct store *store, int64_t now,
                          struct notices *notices_r, struct err *err);

/* Queued notices that ended ambiguously and whose expires_at has come: they
 * keep their identity and their channel (R15). */
int store_notices_in_doubt(struct store *store, int64_t now,
                           struct notices *notices_r, struct err *err);

/* The oldest undelivered notice (queued or in flight) to a person by a
 * channel, with lines.  Not a test message, which belongs to no window.
 * ERR_NOT_FOUND. */
int store_undelivered_notice(struct store *store, const char *person,
                             const char *channel, struct notice *notice_r,
                             struct err *err);

/* All in flight: whose leases to wait for after a start. */
int store_notices_in_flight(struct store *store, struct notices *notices_r,
                            struct err *err);

/* Queued -> in flight, attempts + 1, with a row for the attempt.
 * ERR_NOT_FOUND: it is not queued (any more). */
int store_lease_notice(struct store *store, int64_t id, const char *worker,
                       int64_t now, int *attempt_r, struct err *err);

/* One attempt's end, recorded whatever state the notice is in; a later end of
 * the same attempt stands.  ERR_NOT_FOUND: there was no such attempt. */
int store_end_attempt(struct store *store, int64_t notice, int attempt,
                      const char *verdict, const char *detail, int64_t now,
                      struct err *err);

/* To a state, with its detail; attempt_at and ambiguous as given (not added).
 * Sent: its alerts become sent, also those that wait anew since it was
 * withdrawn (a late DELIVERED, R15).  Dead: they stay noticed, tied to it.
 * A notice that was sent is never settled otherwise: ERR_INVALID. */
int store_settle_notice(struct store *store, int64_t id,
                        enum notice_state state, int64_t attempt_at,
                        int ambiguous, const char *detail, int64_t now,
                        struct err *err);

/* Withdrawn, and its alerts held again until opens_at, marked late unless that
 * is the notice's own opening; they keep its number, as having waited once. Not
 * of a sent one: ERR_INVALID. */
int store_withdraw_notice(struct store *store, int64_t id, int64_t opens_at,
                          const char *detail, int64_t now, struct err *err);

/* The lines of a person's last delivered notice: what is new is not there,
 * or there at a lower level (R10).  Empty when there is none.  Test messages,
 * which have no lines, do not count; those of a rehearsal only when asked. */
int store_last_lines(struct store *store, const char *person,
                     bool rehearsed_too, struct notice *notice_r,
                     struct err *err);

/* How many notices of a rehearsal left, or are to leave, that were decided
 * since then. */
int store_count_rehearsed(struct store *store, int64_t since, int64_t *count_r,
                          struct err *err);

/* All that list an item, whatever became of them; with lines, by number. */
int store_notices_of_item(struct store *store, int64_t item,
                          struct notices *notices_r, struct err *err);

/* All to a person that were decided in [from, until), oldest first; with
 * lines. */
int store_notices_of_person(struct store *store, const char *person,
                            int64_t from, int64_t until,
                            struct notices *notices_r, struct err *err);

/* For people: by state (-1: any), newest in it first, at most limit; without
 * lines.  Counted are those that came into the state since then
 * (INSTANT_NONE: ever). */
int store_list_notices(struct store *store, int state, size_t limit,
                       struct notices *notices_r, struct err *err);
int store_count_notices(struct store *store, enum notice_state state,
                        int64_t since, int64_t *count_r, struct err *err);

/* Attempts of a notice, or of all of an item's notices. */
struct attempt {
    int64_t notice;
    int attempt;
    char *channel;
    char *worker;
    int64_t leased_at;
    int64_t ended_at; /* INSTANT_NONE while under way */
    char *verdict;    /* "", or a verdict's name, "lost" */
    char *detail;
};
struct attempts {
    struct attempt *items;
    size_t count;
};
int store_get_attempts(struct store *store, int64_t notice,
                       struct attempts *attempts_r, struct err *err);
void attempts_done(struct attempts *list);

/* A channel that does not work is parked: nothing is leased for it until a
 * probe succeeds (R15). */
struct channel_state {
    char *channel;
    int64_t broken_at; /* INSTANT_NONE: it works */
    int64_t probe_at;
    int probes;
    char *detail;
};
struct channel_states {
    struct channel_state *items;
    size_t count;
};
int store_park_channel(struct store *store, const char *channel, int64_t at,
                       int64_t probe_at, int probes, const char *detail,
                       struct err *err);
int store_unpark_channel(struct store *store, const char *channel,
                         struct err *err);
int store_parked_channels(struct store *store, struct channel_states *list_r,
                          struct err *err);
void channel_states_done(struct channel_states *list);

#endif
