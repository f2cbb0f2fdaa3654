#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "daemon/dispatcher_inside.h"
#include "store/notices.h"
#include "telling/attempt.h"

void grants_done(struct grants *grants)
{
    for (size_t i = 0; i < grants->count; i++)
        str_free(&grants->items[i].body);
    free(grants->items);
    *grants = (struct grants){0};
}

/* ---- places ---- */

static size_t places_of(struct dispatcher *dispatcher,
                        const struct grants *grants,
                        const struct worker *worker)
{
    size_t held = leases_count_of(dispatcher->leases, worker->number);

    for (size_t i = 0; i < grants->count; i++)
        held += grants->items[i].worker == worker->number;
    return (size_t)worker->credit > held ? (size_t)worker->credit - held : 0;
}

/* The worker of the channel with most places free; NULL when none has. */
static struct worker *freest(struct dispatcher *dispatcher,
                             const struct grants *grants, const char *channel)
{
    struct worker *best = NULL;
    size_t most = 0;

    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        struct worker *worker = roster_at(dispatcher->roster, i);
        if (!str_equal(worker->channel, channel))
            continue;
        size_t places = places_of(dispatcher, grants, worker);
        if (places > most) {
            most = places;
            best = worker;
        }
    }
    return best;
}

static size_t places_on(struct dispatcher *dispatcher,
                        const struct grants *grants, const char *channel)
{
    size_t places = 0;

    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        const struct worker *worker = roster_at(dispatcher->roster, i);
        if (str_equal(worker->channel, channel))
            places += places_of(dispatcher, grants, worker);
    }
    return places;
}

/* Each channel once that has a free place and is not parked. */
static const char *next_channel(struct dispatcher *dispatcher, size_t *place)
{
    const struct grants none = {0};

    while (*place < dispatcher->channels.count) {
        const char *channel = dispatcher->channels.items[(*place)++];
        if (!parks_is_parked(dispatcher->parks, channel) &&
            freest(dispatcher, &none, channel))
            return channel;
    }
    return NULL;
}

/* ---- which notices ---- */

/* Somebody comes back late with an attempt at it, or it has expired and is
 * the planner's to withdraw (R12). */
static bool is_not_ours(const struct dispatcher *dispatcher,
                        const struct notice *notice, int64_t now)
{
    return leases_has_notice(dispatcher->leases, notice->id) ||
           (notice->ambiguous == 0 && now >= notice->expires_at);
}

static int due(struct dispatcher *dispatcher, const char *channel, int64_t now,
               size_t places, struct notices *notices_r, struct err *err)
{
    bool stopped = false;

    if (dispatcher_stopped(dispatcher, &stopped, err) != 0)
        return -1;
    if (stopped)
        return 0;
    /* As many more as there may be of those that are passed over. */
    size_t limit = places + leases_count(dispatcher->leases);

    return store_notices_to_send(dispatcher->store, channel, now, limit,
                                 notices_r, err);
}

int grants_wanted(struct dispatcher *dispatcher,
                  const struct settling *settling, bool *wanted_r,
                  struct err *err)
{
    const char *channel;

    *wanted_r = false;
    for (size_t place = 0;
         !*wanted_r && (channel = next_channel(dispatcher, &place));) {
        owned(notices_done) struct notices notices = {0};
        if (due(dispatcher, channel, settling->now, 1, &notices, err) != 0)
            return -1;
        for (size_t i = 0; i < notices.count && !*wanted_r; i++)
            *wanted_r =
                !is_not_ours(dispatcher, &notices.items[i], settling->now);
    }
    return 0;
}

/* ---- one notice ---- */

/* Outside its session: not now, whatever it waits for. */
static int put_off(const struct settling *settling, const struct notice *notice,
                   int64_t begin, struct err *err)
{
    return store_settle_notice(settling->store, notice->id, NOTICE_QUEUED,
                               begin, notice->ambiguous, notice->detail,
                               settling->now, err);
}

static int bury_oversized(const struct dispatcher *dispatcher,
                          const struct settling *settling,
                          const struct notice *notice, struct err *err)
{
    owned(str_free) char *why =
        str_format("the message has %zu bytes, more than message_bytes (%zu)",
                   strlen(notice->facts), dispatcher->message_bytes);

    return settle_dead(settling, notice, why, err);
}

/* Looked at with its lines, which the list of what is due leaves out. */
static int review(const struct settling *settling, int64_t id, bool *good_r,
                  struct err *err)
{
    const struct dispatcher_hooks *hooks = settling->hooks;
    owned(notice_done) struct notice notice = {0};

    if (store_get_notice(settling->store, id, &notice, err) != 0)
        return -1;
    return hooks->review(hooks->context, &notice, settling->now, good_r, err);
}

/* May it leave now?  What may not is put off, buried or withdrawn here. */
static int clear(const struct dispatcher *dispatcher,
                 const struct settling *settling, const struct notice *notice,
                 bool *clear_r, struct err *err)
{
    const struct dispatcher_hooks *hooks = settling->hooks;
    int64_t begin = settle_begin(settling, notice, settling->now);

    *clear_r = false;
    if (begin > settling->now)
        return put_off(settling, notice, begin, err);
    if (strlen(notice->facts) > dispatcher->message_bytes)
        return bury_oversized(dispatcher, settling, notice, err);
    *clear_r = true;
    if (!hooks->review || (!attempt_needs_review(notice, settling->now) &&
                           !delivery_is_astray(dispatcher->addressee, notice)))
        return 0;
    return review(settling, notice->id, clear_r, err);
}

static int grant(const struct settling *settling, const struct worker *worker,
                 const struct notice *notice, struct grants *grants,
                 struct err *err)
{
    struct grant grant = {.worker = worker->number, .notice = notice->id};

    if (store_lease_notice(settling->store, notice->id, worker->name,
                           settling->now, &grant.attempt, err) != 0)
        return -1;
    settle_tell(settling, "notice.leased", notice, grant.attempt, NULL);
    grant.body = str_copy(notice->facts);
    grants->items =
        mem_grow(grants->items, grants->count + 1, sizeof(*grants->items));
    grants->items[grants->count++] = grant;
    return 0;
}

/* ---- a channel ---- */

static int grant_one(struct dispatcher *dispatcher,
                     const struct settling *settling,
                     const struct notice *notice, struct grants *grants,
                     struct err *err)
{
    const struct worker *worker = freest(dispatcher, grants, notice->channel);
    bool is_clear;

    if (!worker || is_not_ours(dispatcher, notice, settling->now))
        return 0;
    if (clear(dispatcher, settling, notice, &is_clear, err) != 0)
        return -1;
    if (is_clear)
        return grant(settling, worker, notice, grants, err);
    dispatcher->again = true; /* its place may be another's */
    return 0;
}

int grants_make(struct dispatcher *dispatcher, const struct settling *settling,
                struct grants *grants, struct err *err)
{
    const char *channel;

    for (size_t place = 0; (channel = next_channel(dispatcher, &place));) {
        owned(notices_done) struct notices notices = {0};
        size_t places = places_on(dispatcher, grants, channel);
        if (due(dispatcher, channel, settling->now, places, &notices, err) != 0)
            return -1;
        for (size_t i = 0; i < notices.count; i++)
            if (grant_one(dispatcher, settling, &notices.items[i], grants,
                          err) != 0)
                return err_wrap(err, "leasing notice %lld",
                                (long long)notices.items[i].id);
    }
    return 0;
}
