/* What real time asks of the dispatcher, and how long it may sleep. */
#include <czmq.h>

#include "base/clock.h"
#include "base/own.h"
#include "daemon/dispatcher_inside.h"
#include "model/instant.h"
#include "store/notices.h"

enum {
    NAP_MOST_MS = 60000,
    NAP_OVERDUE_MS = 1000, /* something is due that no worker can take */
    PROBE_MS = 60000,
};

static void lose_silent(struct dispatcher *dispatcher, int64_t mono_ms)
{
    for (size_t i = roster_count(dispatcher->roster); i-- > 0;) {
        struct worker *worker = roster_at(dispatcher->roster, i);
        if (mono_ms - worker->heard_ms >= dispatcher->lost_ms)
            dispatcher_lose(dispatcher, worker, "silent too long");
    }
    if (dispatcher->awaited_until_ms > 0 &&
        mono_ms >= dispatcher->awaited_until_ms) {
        dispatcher->awaited_until_ms = 0;
        leases_lose(dispatcher->leases, NO_WORKER);
    }
}

static void ping_quiet(struct dispatcher *dispatcher, int64_t mono_ms)
{
    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        struct worker *worker = roster_at(dispatcher->roster, i);
        const struct kip_message ping = {.command = KIP_PING,
                                         .peer = worker->peer};
        struct err ignored;

        if (mono_ms - worker->heard_ms < dispatcher->heartbeat_ms ||
            mono_ms - worker->pinged_ms < dispatcher->heartbeat_ms)
            continue;
        worker->pinged_ms = mono_ms;
        (void)kip_send(dispatcher->socket, KIP_DAEMON, &ping, &ignored);
    }
}

static void ask_probes(struct dispatcher *dispatcher, int64_t mono_ms)
{
    const char *channel;

    for (size_t place = 0;
         (channel = parks_next(dispatcher->parks, &place, dispatcher->now));) {
        const struct worker *worker = dispatcher_anyone_on(dispatcher, channel);
        if (!worker)
            continue;
        const struct kip_message probe = {
            .command = KIP_PROBE,
            .peer = worker->peer,
            .token =
                parks_asked(dispatcher->parks, channel, worker->name, mono_ms)};
        struct err err;
        if (kip_send(dispatcher->socket, KIP_DAEMON, &probe, &err) != 0)
            parks_answer(dispatcher->parks, probe.token, false, err.text);
    }
}

void dispatcher_beat(struct dispatcher *dispatcher, int64_t mono_ms)
{
    lose_silent(dispatcher, mono_ms);
    ping_quiet(dispatcher, mono_ms);
    parks_time_out(dispatcher->parks, mono_ms, PROBE_MS);
    ask_probes(dispatcher, mono_ms);
}

/* ---- how long to sleep ---- */

static int64_t sooner(int64_t nap_ms, int64_t at_ms, int64_t mono_ms)
{
    int64_t until_ms = at_ms > mono_ms ? at_ms - mono_ms : 0;

    return until_ms < nap_ms ? until_ms : nap_ms;
}

static int64_t nap_for_workers(struct dispatcher *dispatcher, int64_t nap_ms,
                               int64_t mono_ms)
{
    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        const struct worker *worker = roster_at(dispatcher->roster, i);
        int64_t last_ms = worker->heard_ms > worker->pinged_ms
                              ? worker->heard_ms
                              : worker->pinged_ms;
        nap_ms = sooner(nap_ms, last_ms + dispatcher->heartbeat_ms, mono_ms);
        nap_ms =
            sooner(nap_ms, worker->heard_ms + dispatcher->lost_ms, mono_ms);
    }
    if (dispatcher->awaited_until_ms > 0)
        nap_ms = sooner(nap_ms, dispatcher->awaited_until_ms, mono_ms);
    return nap_ms;
}

/* Until an instant of the set clock; what is overdue needs an event that the
 * sockets tell of, and a look now and then. */
static int64_t nap_until(int64_t nap_ms, int64_t at, int64_t now)
{
    if (at == INSTANT_NEVER)
        return nap_ms;
    int64_t until_ms =
        at > now ? clock_real_ms(at - now) : (int64_t)NAP_OVERDUE_MS;
    return until_ms >= 0 && until_ms < nap_ms ? until_ms : nap_ms;
}

int64_t dispatcher_nap_ms(struct dispatcher *dispatcher, int64_t now,
                          int64_t mono_ms)
{
    int64_t nap_ms = nap_for_workers(dispatcher, NAP_MOST_MS, mono_ms);
    int64_t attempt_at = INSTANT_NEVER;
    struct err ignored;

    if (mono_ms < dispatcher->busy_until_ms)
        return sooner(nap_ms, dispatcher->busy_until_ms, mono_ms);
    if (dispatcher->again || dispatcher->outcome_count > 0 ||
        leases_any_lost(dispatcher->leases) ||
        parks_any_answer(dispatcher->parks))
        return 0;
    if (parks_any_asked(dispatcher->parks) && nap_ms > NAP_OVERDUE_MS)
        nap_ms = NAP_OVERDUE_MS;
    nap_ms = nap_until(nap_ms, parks_due(dispatcher->parks), now);
    bool stopped = false;
    if (dispatcher_stopped(dispatcher, &stopped, &ignored) == 0 && !stopped &&
        store_next_attempt(dispatcher->store, &attempt_at, &ignored) == 0)
        nap_ms = nap_until(nap_ms, attempt_at, now);
    return nap_ms;
}
