/* One turn of the dispatcher: what is due is written down in one transaction,
 * and only then said to anybody. */
#include <czmq.h>

#include "base/own.h"
#include "daemon/dispatcher_inside.h"

enum { BUSY_MS = 200 }; /* before the store is tried again */

/* ---- the transaction of a turn ---- */

static int write_outcomes(struct dispatcher *dispatcher,
                          const struct settling *settling, bool *changed_r,
                          struct err *err)
{
    for (size_t i = 0; i < dispatcher->outcome_count; i++) {
        const struct kip_message *outcome = &dispatcher->outcomes[i];
        struct lease *lease =
            leases_find(dispatcher->leases, outcome->notice, outcome->attempt);
        owned(str_free) char *broken = NULL;

        if (settle_outcome(settling, outcome, &broken, err) != 0)
            return -1;
        if (lease)
            lease->ended = true;
        if (!broken)
            continue;
        *changed_r = true;
        if (parks_break(dispatcher->parks, settling, broken, outcome->detail,
                        err) != 0)
            return -1;
    }
    return 0;
}

static int write_lost(struct dispatcher *dispatcher,
                      const struct settling *settling, struct err *err)
{
    for (size_t i = 0; i < leases_count(dispatcher->leases); i++) {
        const struct lease *lease = leases_at(dispatcher->leases, i);
        if (lease->lost && !lease->ended &&
            settle_lost(settling, lease->notice, lease->attempt, err) != 0)
            return -1;
    }
    return 0;
}

static int write_all(struct dispatcher *dispatcher,
                     const struct settling *settling, struct grants *grants,
                     bool *changed_r, struct err *err)
{
    if (store_begin(dispatcher->store, 0, err) != 0)
        return -1;
    if (write_outcomes(dispatcher, settling, changed_r, err) != 0 ||
        write_lost(dispatcher, settling, err) != 0 ||
        parks_settle(dispatcher->parks, settling, changed_r, err) != 0 ||
        grants_make(dispatcher, settling, grants, err) != 0 ||
        store_commit(dispatcher->store, err) != 0) {
        store_rollback(dispatcher->store);
        return -1;
    }
    return 0;
}

static void undo(struct dispatcher *dispatcher, int64_t mono_ms)
{
    struct err ignored;

    leases_revive(dispatcher->leases);
    publisher_drop(dispatcher->events);
    (void)parks_load(dispatcher->parks, dispatcher->store, &ignored);
    dispatcher->busy_until_ms = mono_ms + BUSY_MS;
}

/* ---- after the commit ---- */

static void acknowledge(struct dispatcher *dispatcher)
{
    for (size_t i = 0; i < dispatcher->outcome_count; i++) {
        struct kip_message *outcome = &dispatcher->outcomes[i];
        const struct kip_message ack = {.command = KIP_ACK,
                                        .peer = outcome->peer,
                                        .notice = outcome->notice,
                                        .attempt = outcome->attempt};
        struct err ignored; /* who is gone will repeat the outcome */

        if (outcome->peer.length > 0)
            (void)kip_send(dispatcher->socket, KIP_DAEMON, &ack, &ignored);
        kip_message_done(outcome);
    }
    dispatcher->outcome_count = 0;
}

/* The NOTICE never left: that is known, so its attempt ends cleanly. */
static void take_back(struct dispatcher *dispatcher, const struct grant *grant,
                      const struct err *why)
{
    struct kip_message outcome = {.command = KIP_OUTCOME,
                                  .notice = grant->notice,
                                  .attempt = grant->attempt,
                                  .verdict = VERDICT_TRY_LATER,
                                  .detail = str_copy(why->text)};
    struct worker *worker = roster_by_number(dispatcher->roster, grant->worker);

    dispatcher_keep(dispatcher, &outcome);
    kip_message_done(&outcome);
    if (worker && why->code == ERR_NOT_FOUND)
        dispatcher_lose(dispatcher, worker, why->text);
}

static void send_grant(struct dispatcher *dispatcher, struct grant *grant)
{
    const struct lease lease = {.notice = grant->notice,
                                .attempt = grant->attempt,
                                .worker = grant->worker};
    const struct worker *worker =
        roster_by_number(dispatcher->roster, grant->worker);
    struct err err = {.code = ERR_NOT_FOUND, .text = "the worker left"};
    struct kip_message notice = {.command = KIP_NOTICE,
                                 .notice = grant->notice,
                                 .attempt = grant->attempt,
                                 .lost_ms = dispatcher->lost_ms,
                                 .body = grant->body};

    leases_add(dispatcher->leases, &lease);
    if (worker) {
        notice.peer = worker->peer;
        if (kip_send(dispatcher->socket, KIP_DAEMON, &notice, &err) == 0)
            return;
    }
    take_back(dispatcher, grant, &err);
}

static void follow_up(struct dispatcher *dispatcher, struct grants *grants,
                      bool changed)
{
    leases_sweep(dispatcher->leases);
    acknowledge(dispatcher);
    for (size_t i = 0; i < grants->count; i++)
        send_grant(dispatcher, &grants->items[i]);
    publisher_flush(dispatcher->events);
    parks_report(dispatcher->parks, &dispatcher->hooks);
    if (changed && dispatcher->hooks.channels_changed)
        dispatcher->hooks.channels_changed(dispatcher->hooks.context);
}

/* ---- a turn ---- */

static int wants_writing(struct dispatcher *dispatcher,
                         const struct settling *settling, bool *wants_r,
                         struct err *err)
{
    *wants_r = dispatcher->outcome_count > 0 ||
               leases_any_lost(dispatcher->leases) ||
               parks_any_answer(dispatcher->parks);
    return *wants_r ? 0 : grants_wanted(dispatcher, settling, wants_r, err);
}

static int write_turn(struct dispatcher *dispatcher, int64_t mono_ms,
                      struct err *err)
{
    const struct settling settling = {
        .store = dispatcher->store,
        .hooks = &dispatcher->hooks,
        .events = dispatcher->events,
        .backoff = dispatcher->backoff,
        .ambiguous_attempts = dispatcher->ambiguous_attempts,
        .ambiguous_resend = dispatcher->ambiguous_resend,
        .now = dispatcher->now};
    owned(grants_done) struct grants grants = {0};
    bool wants = false, changed = false;

    if (wants_writing(dispatcher, &settling, &wants, err) != 0)
        return -1;
    if (wants &&
        write_all(dispatcher, &settling, &grants, &changed, err) != 0) {
        undo(dispatcher, mono_ms);
        return -1;
    }
    follow_up(dispatcher, &grants, changed);
    return 0;
}

int dispatcher_turn(struct dispatcher *dispatcher, int64_t now, int64_t mono_ms,
                    struct err *err)
{
    dispatcher->again = false;
    dispatcher->now = now;
    dispatcher_beat(dispatcher, mono_ms);
    if (mono_ms < dispatcher->busy_until_ms)
        return 0;
    return write_turn(dispatcher, mono_ms, err);
}
