/* What workers say, taken in; nothing is written here. */
#include <czmq.h>
#include <string.h>

#include "base/own.h"
#include "daemon/dispatcher_inside.h"

enum { MESSAGES_A_TURN = 1000, OUTCOMES_KEPT = 5000 };

/* ---- to workers ---- */

static void answer(struct dispatcher *dispatcher, const struct kip_peer *peer,
                   enum kip_command command)
{
    const struct kip_message message = {.peer = *peer, .command = command};
    struct err ignored;

    /* A peer that has gone meanwhile will be missed soon enough. */
    (void)kip_send(dispatcher->socket, KIP_DAEMON, &message, &ignored);
}

static bool was_refused(const struct dispatcher *dispatcher,
                        const struct kip_peer *peer)
{
    size_t kept = dispatcher->refused_count < REFUSED_KEPT
                      ? dispatcher->refused_count
                      : REFUSED_KEPT;

    for (size_t i = 0; i < kept; i++)
        if (kip_peer_equal(&dispatcher->refused[i], peer))
            return true;
    return false;
}

/* Each time with an answer, once with a line in the log. */
static void refuse(struct dispatcher *dispatcher, const struct kip_peer *peer,
                   enum kip_found found, const struct err *why)
{
    kip_refuse(dispatcher->socket, KIP_DAEMON, peer, found, why);
    if (was_refused(dispatcher, peer))
        return;
    dispatcher_say(dispatcher, true, "A worker was refused reason=\"%s\"",
                   why->text);
    dispatcher->refused[dispatcher->refused_count++ % REFUSED_KEPT] = *peer;
}

static void ask_who(struct dispatcher *dispatcher, const struct kip_peer *peer)
{
    if (!was_refused(dispatcher, peer))
        answer(dispatcher, peer, KIP_WHO);
}

/* ---- READY ---- */

static bool names_lease(const struct kip_message *ready,
                        const struct lease *lease)
{
    for (size_t i = 0; i < ready->lease_count; i++)
        if (ready->leases[i].notice == lease->notice &&
            ready->leases[i].attempt == lease->attempt)
            return true;
    return false;
}

/* A worker under a new connection that does not name a lease never got it, or
 * has forgotten it. */
static void lose_unnamed(struct dispatcher *dispatcher, int64_t worker,
                         const struct kip_message *ready)
{
    for (size_t i = 0; i < leases_count(dispatcher->leases); i++) {
        struct lease *lease = leases_at(dispatcher->leases, i);
        if (lease->worker == worker && !names_lease(ready, lease))
            lease->lost = true;
    }
}

/* A lease that we do not know, or know as lost, was lost before its worker
 * came back with it. */
static void claim(struct dispatcher *dispatcher, const struct worker *worker,
                  const struct kip_lease *claimed)
{
    struct lease *lease =
        leases_find(dispatcher->leases, claimed->notice, claimed->attempt);
    const struct lease late = {.notice = claimed->notice,
                               .attempt = claimed->attempt,
                               .worker = worker->number,
                               .late = true};

    if (!lease) {
        leases_add(dispatcher->leases, &late);
        return;
    }
    if (lease->worker != NO_WORKER && lease->worker != worker->number)
        return;
    lease->worker = worker->number;
    lease->lost = false;
}

static bool is_channel(struct dispatcher *dispatcher,
                       const struct kip_message *ready)
{
    struct err why;

    if (strs_has(&dispatcher->channels, ready->channel))
        return true;
    (void)err_set(&why, ERR_NOT_FOUND,
                  "the settings of the daemon name no channel \"%s\"",
                  ready->channel);
    refuse(dispatcher, &ready->peer, KIP_MESSAGE, &why);
    return false;
}

static void hear_ready(struct dispatcher *dispatcher, struct kip_message *ready,
                       int64_t now_ms)
{
    const struct worker *known =
        roster_by_name(dispatcher->roster, ready->name);

    if (!is_channel(dispatcher, ready))
        return;
    bool is_new = !known;
    if (known && !kip_peer_equal(&known->peer, &ready->peer))
        lose_unnamed(dispatcher, known->number, ready);
    struct worker *worker = roster_put(dispatcher->roster, ready, now_ms);
    leases_forget_late(dispatcher->leases, worker->number);
    for (size_t i = 0; i < ready->lease_count; i++)
        claim(dispatcher, worker, &ready->leases[i]);
    if (!is_new)
        return;
    parks_hurry(dispatcher->parks, worker->channel);
    dispatcher_tell_worker(dispatcher, "worker.ready", worker, worker->version);
    dispatcher_say(dispatcher, false,
                   "A worker is ready channel=%s worker=%s credit=%d held=%zu",
                   worker->channel, worker->name, worker->credit,
                   ready->lease_count);
}

/* ---- the others ---- */

static void hear_outcome(struct dispatcher *dispatcher,
                         struct kip_message *outcome, int64_t now_ms)
{
    (void)now_ms;
    if (!roster_by_peer(dispatcher->roster, &outcome->peer))
        ask_who(dispatcher, &outcome->peer);
    dispatcher_keep(dispatcher, outcome);
}

static void hear_probed(struct dispatcher *dispatcher,
                        struct kip_message *probed, int64_t now_ms)
{
    (void)now_ms;
    parks_answer(dispatcher->parks, probed->token,
                 probed->verdict == VERDICT_DELIVERED, probed->detail);
}

static void hear_bye(struct dispatcher *dispatcher, struct kip_message *bye,
                     int64_t now_ms)
{
    struct worker *worker = roster_by_peer(dispatcher->roster, &bye->peer);

    (void)now_ms;
    if (worker)
        dispatcher_lose(dispatcher, worker, "said BYE");
}

static void hear_ping(struct dispatcher *dispatcher, struct kip_message *ping,
                      int64_t now_ms)
{
    (void)now_ms;
    answer(dispatcher, &ping->peer, KIP_PONG);
    if (!roster_by_peer(dispatcher->roster, &ping->peer))
        ask_who(dispatcher, &ping->peer);
}

static void hear_pong(struct dispatcher *dispatcher, struct kip_message *pong,
                      int64_t now_ms)
{
    (void)now_ms;
    if (!roster_by_peer(dispatcher->roster, &pong->peer))
        ask_who(dispatcher, &pong->peer);
}

static void hear_refused(struct dispatcher *dispatcher,
                         struct kip_message *refusal, int64_t now_ms)
{
    (void)now_ms;
    if (was_refused(dispatcher, &refusal->peer))
        return;
    dispatcher_say(dispatcher, true,
                   "A worker refuses what the daemon says reason=%s "
                   "detail=\"%s\"",
                   refusal->reason, refusal->detail);
    dispatcher->refused[dispatcher->refused_count++ % REFUSED_KEPT] =
        refusal->peer;
}

static void (*const hearers[KIP_COMMANDS])(struct dispatcher *,
                                           struct kip_message *, int64_t) = {
    [KIP_READY] = hear_ready,     [KIP_OUTCOME] = hear_outcome,
    [KIP_PROBED] = hear_probed,   [KIP_BYE] = hear_bye,
    [KIP_PING] = hear_ping,       [KIP_PONG] = hear_pong,
    [KIP_REFUSED] = hear_refused,
};

static void hear(struct dispatcher *dispatcher, enum kip_found found,
                 struct kip_message *message, const struct err *err,
                 int64_t now_ms)
{
    struct worker *worker = roster_by_peer(dispatcher->roster, &message->peer);

    if (worker)
        worker->heard_ms = now_ms;
    if (found == KIP_MESSAGE)
        hearers[message->command](dispatcher, message, now_ms);
    else
        refuse(dispatcher, &message->peer, found, err);
}

/* What is not read now waits in the socket, up to its water-mark. */
void dispatcher_hear(struct dispatcher *dispatcher, int64_t now,
                     int64_t mono_ms)
{
    dispatcher->now = now;
    for (int i = 0;
         i < MESSAGES_A_TURN && dispatcher->outcome_count < OUTCOMES_KEPT;
         i++) {
        struct kip_message message = {0};
        struct err err = {0};
        enum kip_found found =
            kip_recv(dispatcher->socket, KIP_DAEMON, &message, &err);

        if (found == KIP_NOTHING)
            return;
        hear(dispatcher, found, &message, &err, mono_ms);
        kip_message_done(&message);
    }
}
