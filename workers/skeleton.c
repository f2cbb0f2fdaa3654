#include "workers/skeleton.h"

#include <czmq.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/own.h"
#include "base/str.h"
#include "wire/kip.h"
#include "workers/crew.h"
#include "workers/held.h"

enum {
    PROBES_MOST = 8,     /* waiting for a thread */
    TURN_MESSAGES = 200, /* read from one socket before looking elsewhere */
    ACK_MS = 5000,       /* wait so long at the end for the last ACK */
    NAP_MOST_MS = 60000,
};

struct skeleton {
    const struct worker_setup *setup;
    char *name; /* unique to this process */
    zsock_t *daemon;
    zsock_t *watch; /* tells when the daemon's connection is new */
    struct crew *crew;
    struct held *held;
    int64_t probes[PROBES_MOST];
    int probe_count;
    bool ready_due; /* a READY must be said */
    bool silent;    /* the daemon is; logged once */
    bool refused;   /* by the daemon; logged once */
    int64_t heard_ms;
    int64_t pinged_ms;
    int64_t watchdog_ms; /* systemd's interval, halved; 0: none */
    int64_t fed_ms;
    bool stopping;
    int64_t stop_by_ms;
};

/* ---- to the daemon ---- */

/* What cannot be sent now is repeated by who keeps it. */
static bool tell_daemon(struct skeleton *skeleton,
                        const struct kip_message *message)
{
    struct err err = {0};

    return kip_send(skeleton->daemon, KIP_WORKER, message, &err) == 0;
}

static void tell_outcome(struct skeleton *skeleton,
                         struct held_notice *answered, int64_t now_ms)
{
    answered->told_ms = now_ms;
    (void)tell_daemon(skeleton, &answered->message);
}

static bool tell_ready(struct skeleton *skeleton)
{
    struct kip_message ready = {
        .command = KIP_READY,
        .channel = str_copy(skeleton->setup->setting->name),
        .credit = skeleton->stopping ? 0 : skeleton->setup->threads,
        .name = str_copy(skeleton->name),
        .version = str_copy(KIPHAN_VERSION),
        .leases = held_leases(skeleton->held),
        .lease_count = held_count(skeleton->held),
    };
    bool sent = tell_daemon(skeleton, &ready);

    kip_message_done(&ready);
    return sent;
}

/* READY, and after it every outcome that was not acknowledged. */
static void introduce(struct skeleton *skeleton, int64_t now_ms)
{
    if (!tell_ready(skeleton))
        return;
    skeleton->ready_due = false;
    for (size_t i = 0; i < held_count(skeleton->held); i++) {
        struct held_notice *notice = held_at(skeleton->held, i);
        if (notice->stage == HELD_ANSWERED)
            tell_outcome(skeleton, notice, now_ms);
    }
}

static int reconnect(struct skeleton *skeleton, int64_t now_ms, struct err *err)
{
    const struct worker_setup *setup = skeleton->setup;

    wire_free(&skeleton->watch);
    wire_free(&skeleton->daemon);
    skeleton->daemon = wire_connect_watched(
        setup->endpoint, WIRE_WORKER, &setup->guard, &skeleton->watch, err);
    if (!skeleton->daemon)
        return -1;
    skeleton->heard_ms = skeleton->pinged_ms = now_ms;
    skeleton->ready_due = true;
    return 0;
}

/* An outcome that no thread has produced: the attempt was not begun. */
static void give_back(struct skeleton *skeleton,
                      const struct kip_message *notice, const char *why,
                      int64_t now_ms)
{
    struct kip_message outcome = {.command = KIP_OUTCOME,
                                  .notice = notice->notice,
                                  .attempt = notice->attempt,
                                  .verdict = VERDICT_TRY_LATER,
                                  .detail = str_copy(why)};

    if (held_answer(skeleton->held, &outcome))
        tell_outcome(skeleton,
                     held_find(skeleton->held, notice->notice, notice->attempt),
                     now_ms);
    kip_message_done(&outcome);
}

/* ---- from the daemon ---- */

static void take_notice(struct skeleton *skeleton, struct kip_message *message,
                        int64_t now_ms)
{
    const struct kip_message lease = {.notice = message->notice,
                                      .attempt = message->attempt};
    bool full = held_count(skeleton->held) >= (size_t)skeleton->setup->threads;

    if (!held_add(skeleton->held, message))
        return;
    if (skeleton->stopping)
        give_back(skeleton, &lease, "not begun: the worker stops", now_ms);
    else if (full)
        give_back(skeleton, &lease, "not begun: beyond the credit", now_ms);
}

static void take_probe(struct skeleton *skeleton, struct kip_message *message,
                       int64_t now_ms)
{
    (void)now_ms;
    if (skeleton->probe_count < PROBES_MOST)
        skeleton->probes[skeleton->probe_count++] = message->token;
}

static void take_ack(struct skeleton *skeleton, struct kip_message *message,
                     int64_t now_ms)
{
    (void)now_ms;
    held_drop(skeleton->held, message->notice, message->attempt);
}

static void take_who(struct skeleton *skeleton, struct kip_message *message,
                     int64_t now_ms)
{
    (void)message;
    (void)now_ms;
    skeleton->ready_due = true;
}

static void take_ping(struct skeleton *skeleton, struct kip_message *message,
                      int64_t now_ms)
{
    const struct kip_message pong = {.command = KIP_PONG};

    (void)message;
    (void)now_ms;
    (void)tell_daemon(skeleton, &pong);
}

static void take_refusal(struct skeleton *skeleton, struct kip_message *message,
                         int64_t now_ms)
{
    (void)now_ms;
    if (!skeleton->refused)
        log_error("The daemon refuses what this worker says reason=%s "
                  "detail=\"%s\"",
                  message->reason, message->detail);
    skeleton->refused = true;
}

static void take_nothing(struct skeleton *skeleton, struct kip_message *message,
                         int64_t now_ms)
{
    (void)skeleton;
    (void)message;
    (void)now_ms;
}

static void (*const takers[KIP_COMMANDS])(struct skeleton *,
                                          struct kip_message *, int64_t) = {
    [KIP_NOTICE] = take_notice, [KIP_PROBE] = take_probe,
    [KIP_ACK] = take_ack,       [KIP_WHO] = take_who,
    [KIP_PING] = take_ping,     [KIP_PONG] = take_nothing,
    [KIP_BYE] = take_nothing,   [KIP_REFUSED] = take_refusal,
};

static void hear_daemon(struct skeleton *skeleton, int64_t now_ms)
{
    for (int i = 0; i < TURN_MESSAGES; i++) {
        struct kip_message message = {0};
        struct err err = {0};
        enum kip_found found =
            kip_recv(skeleton->daemon, KIP_WORKER, &message, &err);

        if (found == KIP_NOTHING)
            return;
        skeleton->heard_ms = now_ms;
        if (skeleton->silent)
            log_info("The daemon is back");
        skeleton->silent = false;
        if (found == KIP_MESSAGE)
            takers[message.command](skeleton, &message, now_ms);
        else
            kip_refuse(skeleton->daemon, KIP_WORKER, NULL, found, &err);
        kip_message_done(&message);
    }
}

/* ---- the threads ---- */

static void log_outcome(const struct kip_message *outcome)
{
    log_info("A notice was attempted notice=%lld attempt=%d verdict=%s",
             (long long)outcome->notice, outcome->attempt,
             verdict_name(outcome->verdict));
    log_debug("What the far side said notice=%lld detail=\"%s\"",
              (long long)outcome->notice, outcome->detail);
}

static void take_outcome(struct skeleton *skeleton, struct kip_message *outcome,
                         int64_t now_ms)
{
    const int64_t notice = outcome->notice;
    const int attempt = outcome->attempt;

    log_outcome(outcome);
    if (held_answer(skeleton->held, outcome))
        tell_outcome(skeleton, held_find(skeleton->held, notice, attempt),
                     now_ms);
}

static void hear_crew(struct skeleton *skeleton, int64_t now_ms)
{
    struct kip_message answer = {0};

    while (crew_hear(skeleton->crew, &answer)) {
        if (answer.command == KIP_PROBED)
            (void)tell_daemon(skeleton, &answer);
        else
            take_outcome(skeleton, &answer, now_ms);
        kip_message_done(&answer);
    }
}

/* Someone waits for a probe, so probes go first. */
static void hand_out_probes(struct skeleton *skeleton)
{
    while (skeleton->probe_count > 0) {
        struct kip_message probe = {.command = KIP_PROBE,
                                    .token = skeleton->probes[0]};
        if (!crew_give(skeleton->crew, &probe))
            return;
        memmove(skeleton->probes, skeleton->probes + 1,
                (size_t)--skeleton->probe_count * sizeof(*skeleton->probes));
    }
}

static void hand_out(struct skeleton *skeleton)
{
    struct held_notice *notice;

    hand_out_probes(skeleton);
    while ((notice = held_first(skeleton->held, HELD_WAITING)) &&
           crew_give(skeleton->crew, &notice->message))
        notice->stage = HELD_UNDER_WAY;
}

/* ---- time ---- */

static void repeat_outcomes(struct skeleton *skeleton, int64_t now_ms)
{
    for (size_t i = 0; i < held_count(skeleton->held); i++) {
        struct held_notice *notice = held_at(skeleton->held, i);
        if (notice->stage == HELD_ANSWERED &&
            now_ms - notice->told_ms >= skeleton->setup->heartbeat_ms)
            tell_outcome(skeleton, notice, now_ms);
    }
}

static int beat(struct skeleton *skeleton, int64_t now_ms, struct err *err)
{
    const struct worker_setup *setup = skeleton->setup;
    const struct kip_message ping = {.command = KIP_PING};

    if (now_ms - skeleton->heard_ms >= setup->lost_ms) {
        if (!skeleton->silent)
            log_warning("The daemon is silent; deliveries under way go on "
                        "endpoint=%s",
                        setup->endpoint);
        skeleton->silent = true;
        if (reconnect(skeleton, now_ms, err) != 0)
            return -1;
    }
    if (now_ms - skeleton->heard_ms >= setup->heartbeat_ms &&
        now_ms - skeleton->pinged_ms >= setup->heartbeat_ms) {
        skeleton->pinged_ms = now_ms;
        (void)tell_daemon(skeleton, &ping);
    }
    repeat_outcomes(skeleton, now_ms);
    return 0;
}

static void feed_watchdog(struct skeleton *skeleton, int64_t now_ms)
{
    if (skeleton->watchdog_ms == 0 ||
        now_ms - skeleton->fed_ms < skeleton->watchdog_ms)
        return;
    skeleton->fed_ms = now_ms;
    (void)sd_notify(0, "WATCHDOG=1");
}

static int64_t sooner(int64_t nap_ms, int64_t at_ms, int64_t now_ms)
{
    int64_t until_ms = at_ms > now_ms ? at_ms - now_ms : 0;

    return until_ms < nap_ms ? until_ms : nap_ms;
}

static int64_t nap(const struct skeleton *skeleton, int64_t now_ms)
{
    const struct worker_setup *setup = skeleton->setup;
    int64_t last_ms = skeleton->heard_ms > skeleton->pinged_ms
                          ? skeleton->heard_ms
                          : skeleton->pinged_ms;
    int64_t nap_ms = NAP_MOST_MS;

    nap_ms = sooner(nap_ms, last_ms + setup->heartbeat_ms, now_ms);
    nap_ms = sooner(nap_ms, skeleton->heard_ms + setup->lost_ms, now_ms);
    if (skeleton->watchdog_ms > 0)
        nap_ms =
            sooner(nap_ms, skeleton->fed_ms + skeleton->watchdog_ms, now_ms);
    if (skeleton->stopping)
        nap_ms = sooner(nap_ms, skeleton->stop_by_ms, now_ms);
    return nap_ms;
}

/* ---- the end ---- */

static void begin_stop(struct skeleton *skeleton, int64_t now_ms)
{
    skeleton->stopping = true;
    skeleton->stop_by_ms = now_ms + skeleton->setup->stop_ms;
    (void)sd_notify(0, "STOPPING=1");
    log_info("Stopping after the deliveries under way held=%zu",
             held_count(skeleton->held));
    for (struct held_notice *notice;
         (notice = held_first(skeleton->held, HELD_WAITING));)
        give_back(skeleton, &notice->message, "not begun: the worker stops",
                  now_ms);
    skeleton->ready_due = true; /* with credit 0 */
}

/* Once the last delivery is done, a daemon that does not answer is not waited
 * for as long as a delivery is. */
static bool is_finished(struct skeleton *skeleton, int64_t now_ms)
{
    if (!skeleton->stopping)
        return false;
    if (crew_is_idle(skeleton->crew) && skeleton->stop_by_ms > now_ms + ACK_MS)
        skeleton->stop_by_ms = now_ms + ACK_MS;
    return (crew_is_idle(skeleton->crew) && held_count(skeleton->held) == 0) ||
           now_ms >= skeleton->stop_by_ms;
}

/* ---- the loop ---- */

static void wait_for_something(struct skeleton *skeleton)
{
    zmq_pollitem_t items[] = {
        {.socket = zsock_resolve(skeleton->daemon), .events = ZMQ_POLLIN},
        {.socket = zsock_resolve(skeleton->watch), .events = ZMQ_POLLIN},
        {.socket = zsock_resolve(crew_socket(skeleton->crew)),
         .events = ZMQ_POLLIN},
        {.fd = skeleton->setup->stop_fd, .events = ZMQ_POLLIN},
    };
    int count = skeleton->stopping ? 3 : 4;

    (void)zmq_poll(items, count, nap(skeleton, clock_monotonic_ms()));
    if (!skeleton->stopping && (items[3].revents & ZMQ_POLLIN))
        begin_stop(skeleton, clock_monotonic_ms());
}

static int turn(struct skeleton *skeleton, struct err *err)
{
    int64_t now_ms = clock_monotonic_ms();

    hear_crew(skeleton, now_ms);
    hear_daemon(skeleton, now_ms);
    if (wire_watch_connected(skeleton->watch))
        skeleton->ready_due = true;
    if (skeleton->ready_due)
        introduce(skeleton, now_ms);
    hand_out(skeleton);
    feed_watchdog(skeleton, now_ms);
    return beat(skeleton, now_ms, err);
}

static void begin_watchdog(struct skeleton *skeleton)
{
    uint64_t interval_us = 0;

    if (sd_watchdog_enabled(0, &interval_us) > 0)
        skeleton->watchdog_ms = (int64_t)(interval_us / 2000);
    (void)sd_notifyf(0, "READY=1\nSTATUS=Serving channel %s",
                     skeleton->setup->setting->name);
}

static int start(struct skeleton *skeleton, struct err *err)
{
    const struct worker_setup *setup = skeleton->setup;
    const struct crew_setup crew = {.channel = setup->channel,
                                    .setting = setup->setting,
                                    .templates = setup->templates,
                                    .name = skeleton->name,
                                    .threads = setup->threads};
    struct err reach = {0};

    if (reconnect(skeleton, clock_monotonic_ms(), err) != 0 ||
        crew_start(&crew, &skeleton->crew, err) != 0)
        return -1;
    if (wire_reach(setup->endpoint, &reach) != 0)
        log_warning("The daemon cannot be reached yet: %s", reach.text);
    log_info("Serving channel=%s threads=%d name=%s", setup->setting->name,
             setup->threads, skeleton->name);
    begin_watchdog(skeleton);
    return 0;
}

/* True: all threads have ended. */
static bool stop(struct skeleton *skeleton)
{
    const struct kip_message bye = {.command = KIP_BYE};

    if (skeleton->crew)
        (void)tell_daemon(skeleton, &bye);
    bool all = crew_stop(&skeleton->crew);
    wire_free(&skeleton->watch);
    wire_free(&skeleton->daemon);
    held_free(&skeleton->held);
    str_free(&skeleton->name);
    return all;
}

/* A name that no other process has, nor this one in another life. */
static char *unique_name(void)
{
    owned(zuuid_destroy) zuuid_t *unique = zuuid_new();
    char host[40] = "";

    (void)gethostname(host, sizeof(host) - 1);
    return str_format("%.32s:%d:%.8s", host, (int)getpid(), zuuid_str(unique));
}

static void log_doubts(const struct skeleton *skeleton)
{
    size_t undone = held_count(skeleton->held);

    if (undone > 0)
        log_warning("Leaving with notices in doubt; the daemon will try them "
                    "again held=%zu",
                    undone);
}

int worker_run(const struct worker_setup *setup, bool *left_r, struct err *err)
{
    struct skeleton skeleton = {
        .setup = setup, .name = unique_name(), .held = held_new()};
    int result = start(&skeleton, err);

    while (result == 0 && !is_finished(&skeleton, clock_monotonic_ms())) {
        wait_for_something(&skeleton);
        result = turn(&skeleton, err);
    }
    log_doubts(&skeleton);
    *left_r = !stop(&skeleton);
    return result;
}
