#include "daemon/dispatcher.h"

#include <czmq.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "daemon/dispatcher_inside.h"
#include "store/notices.h"
#include "wire/socket.h"

enum { MESSAGE_BYTES = 1 << 20 };

/* ---- shared with the dispatcher's other files ---- */

void dispatcher_say(const struct dispatcher *dispatcher, bool warning,
                    const char *format, ...)
{
    struct buf line = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&line, format, args);
    va_end(args);
    owned(str_free) char *text = buf_take(&line);
    if (dispatcher->hooks.say)
        dispatcher->hooks.say(dispatcher->hooks.context, warning, text);
}

void dispatcher_tell_worker(struct dispatcher *dispatcher, const char *topic,
                            const struct worker *worker, const char *detail)
{
    struct json *news = json_new_object();

    json_put_text(news, "channel", worker->channel);
    json_put_text(news, "worker", worker->name);
    json_put_text(news, "detail", detail);
    publisher_add(dispatcher->events, topic, dispatcher->now, &news);
}

void dispatcher_keep(struct dispatcher *dispatcher, struct kip_message *outcome)
{
    for (size_t i = 0; i < dispatcher->outcome_count; i++) {
        struct kip_message *kept = &dispatcher->outcomes[i];
        if (kept->notice == outcome->notice &&
            kept->attempt == outcome->attempt) {
            kept->peer = outcome->peer;
            return;
        }
    }
    dispatcher->outcomes =
        mem_grow(dispatcher->outcomes, dispatcher->outcome_count + 1,
                 sizeof(*dispatcher->outcomes));
    dispatcher->outcomes[dispatcher->outcome_count++] = *outcome;
    *outcome = (struct kip_message){0};
}

void dispatcher_lose(struct dispatcher *dispatcher, struct worker *worker,
                     const char *why)
{
    size_t held = leases_count_of(dispatcher->leases, worker->number);

    dispatcher_say(dispatcher, held > 0,
                   "A worker is gone channel=%s worker=%s why=\"%s\" held=%zu",
                   worker->channel, worker->name, why, held);
    dispatcher_tell_worker(dispatcher, "worker.gone", worker, why);
    leases_lose(dispatcher->leases, worker->number);
    parks_lose(dispatcher->parks, worker->name);
    roster_drop(dispatcher->roster, worker->number);
}

struct worker *dispatcher_anyone_on(struct dispatcher *dispatcher,
                                    const char *channel)
{
    for (size_t i = 0; i < roster_count(dispatcher->roster); i++)
        if (str_equal(roster_at(dispatcher->roster, i)->channel, channel))
            return roster_at(dispatcher->roster, i);
    return NULL;
}

/* ---- opening and closing ---- */

void dispatcher_reload(struct dispatcher *dispatcher,
                       const struct settings *settings)
{
    const struct wire_setting *wire = &settings->wire;

    dispatcher->heartbeat_ms = (int64_t)wire->heartbeat_seconds * 1000;
    dispatcher->lost_ms = (int64_t)wire->lost_seconds * 1000;
    dispatcher->backoff = (struct backoff){.first = wire->retry_first_seconds,
                                           .cap = wire->retry_cap_seconds};
    dispatcher->ambiguous_attempts = wire->ambiguous_attempts;
    dispatcher->ambiguous_resend = wire->ambiguous_resend;
    dispatcher->message_bytes =
        wire->message_bytes > 0 ? (size_t)wire->message_bytes : MESSAGE_BYTES;
    dispatcher->mode = settings->delivery.mode;
    str_free(&dispatcher->addressee);
    dispatcher->addressee = str_copy(delivery_addressee(&settings->delivery));
    strs_done(&dispatcher->channels);
    for (size_t i = 0; i < settings->channel_count; i++)
        strs_add(&dispatcher->channels, settings->channels[i].name);
}

static int bind_socket(struct dispatcher *dispatcher,
                       const struct wire_setting *wire, struct err *err)
{
    const struct wire_guard guard = {.message_bytes = wire->message_bytes,
                                     .mode = 0660,
                                     .server_key = wire->server_key,
                                     .allowed_keys = wire->allowed_keys};

    if (str_starts(wire->endpoint, "tcp://") &&
        !str_empty(wire->allowed_keys)) {
        dispatcher->gate = wire_gate_new(wire->allowed_keys, err);
        if (!dispatcher->gate)
            return -1;
    }
    dispatcher->socket = wire_bind(wire->endpoint, WIRE_WORKERS, &guard, err);
    return dispatcher->socket ? 0 : -1;
}

static int await_leases(struct dispatcher *dispatcher, int64_t mono_ms,
                        struct err *err)
{
    owned(notices_done) struct notices notices = {0};

    if (store_notices_in_flight(dispatcher->store, &notices, err) != 0)
        return -1;
    for (size_t i = 0; i < notices.count; i++) {
        const struct lease lease = {.notice = notices.items[i].id,
                                    .attempt = notices.items[i].attempts,
                                    .worker = NO_WORKER};
        leases_add(dispatcher->leases, &lease);
    }
    dispatcher->awaited_until_ms = mono_ms + dispatcher->lost_ms;
    return 0;
}

int dispatcher_open(const struct settings *settings, struct store *store,
                    struct publisher *events,
                    const struct dispatcher_hooks *hooks, int64_t mono_ms,
                    struct dispatcher **dispatcher_r, struct err *err)
{
    owned(dispatcher_free) struct dispatcher *dispatcher =
        mem_new(struct dispatcher);

    dispatcher->store = store;
    dispatcher->events = events;
    dispatcher->hooks = *hooks;
    dispatcher->roster = roster_new();
    dispatcher->leases = leases_new();
    dispatcher->parks = parks_new();
    dispatcher_reload(dispatcher, settings);
    if (await_leases(dispatcher, mono_ms, err) != 0 ||
        parks_load(dispatcher->parks, store, err) != 0 ||
        bind_socket(dispatcher, &settings->wire, err) != 0)
        return -1;
    *dispatcher_r = give(dispatcher);
    return 0;
}

static void say_bye(struct dispatcher *dispatcher)
{
    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        const struct kip_message bye = {
            .command = KIP_BYE, .peer = roster_at(dispatcher->roster, i)->peer};
        struct err ignored;
        (void)kip_send(dispatcher->socket, KIP_DAEMON, &bye, &ignored);
    }
}

void dispatcher_free(struct dispatcher **dispatcher_of)
{
    struct dispatcher *dispatcher = give(*dispatcher_of);

    if (!dispatcher)
        return;
    say_bye(dispatcher);
    for (size_t i = 0; i < dispatcher->outcome_count; i++)
        kip_message_done(&dispatcher->outcomes[i]);
    free(dispatcher->outcomes);
    wire_free(&dispatcher->socket);
    wire_gate_free(&dispatcher->gate);
    roster_free(&dispatcher->roster);
    leases_free(&dispatcher->leases);
    parks_free(&dispatcher->parks);
    strs_done(&dispatcher->channels);
    str_free(&dispatcher->addressee);
    free(dispatcher);
}

struct _zsock_t *dispatcher_socket(struct dispatcher *dispatcher)
{
    return dispatcher->socket;
}

/* ---- questions ---- */

int dispatcher_stopped(const struct dispatcher *dispatcher, bool *stopped_r,
                       struct err *err)
{
    return delivery_stopped(dispatcher->mode, dispatcher->store, stopped_r,
                            err);
}

bool dispatcher_is_idle(const struct dispatcher *dispatcher)
{
    return dispatcher->outcome_count == 0 &&
           leases_count(dispatcher->leases) == 0;
}

static int any_due_on(const struct dispatcher *dispatcher, const char *channel,
                      int64_t now, bool *due_r, struct err *err)
{
    owned(notices_done) struct notices notices = {0};

    if (store_notices_to_send(dispatcher->store, channel, now, 1, &notices,
                              err) != 0)
        return -1;
    *due_r = notices.count > 0;
    return 0;
}

int dispatcher_any_due(const struct dispatcher *dispatcher, int64_t now,
                       bool *due_r, struct err *err)
{
    const struct strs *channels = &dispatcher->channels;
    bool due = parks_due(dispatcher->parks) <= now ||
               parks_any_asked(dispatcher->parks) ||
               parks_any_answer(dispatcher->parks);
    bool stopped = false;

    if (dispatcher_stopped(dispatcher, &stopped, err) != 0)
        return -1;
    for (size_t i = 0; i < channels->count && !due && !stopped; i++)
        if (!parks_is_parked(dispatcher->parks, channels->items[i]) &&
            any_due_on(dispatcher, channels->items[i], now, &due, err) != 0)
            return -1;
    *due_r = due;
    return 0;
}

int dispatcher_probe(struct dispatcher *dispatcher, const char *channel,
                     int64_t *ticket_r, struct err *err)
{
    if (!dispatcher_anyone_on(dispatcher, channel))
        return err_set(err, ERR_NOT_FOUND, "no worker serves channel \"%s\"",
                       channel);
    *ticket_r = parks_ask(dispatcher->parks, channel);
    return 0;
}
