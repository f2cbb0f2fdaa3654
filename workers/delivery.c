#include "workers/delivery.h"

#include <czmq.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "render/render.h"
#include "wire/kip.h"
#include "wire/socket.h"
#include "workers/compose.h"

enum { STACK_BYTES = 1 << 20 };

struct delivery {
    struct delivery_setup setup;
    int number;
    void *state; /* the channel's */
    struct renderer *renderer;
    pthread_t thread;
};

static void delivery_free(struct delivery **delivery)
{
    if (!*delivery)
        return;
    if ((*delivery)->state)
        (*delivery)->setup.channel->close(&(*delivery)->state);
    renderer_free(&(*delivery)->renderer);
    free(*delivery);
    *delivery = NULL;
}

/* ---- one attempt ---- */

static void attempt(struct delivery *delivery, const struct kip_message *notice,
                    struct outcome *outcome)
{
    const struct composing with = {
        .channel = delivery->setup.channel,
        .setting = delivery->setup.setting,
        .state = delivery->state,
        .renderer = delivery->renderer,
    };
    owned(composed_done) struct composed composed = {0};

    if (compose(&with, notice->body, &composed, outcome) != 0)
        return;
    composed.message.attempt = notice->attempt;
    delivery->setup.channel->send(delivery->state, &composed.message, outcome);
}

/* ---- the thread ---- */

static void say(zsock_t *socket, const struct kip_message *message)
{
    struct err err = {0};

    /* One message a turn cannot fill the queue of an inproc pipe. */
    int sent = kip_send(socket, KIP_WORKER, message, &err);
    assert(sent == 0);
}

static void say_ready(const struct delivery *delivery, zsock_t *socket)
{
    owned(str_free) char *name = str_format("thread-%d", delivery->number);
    owned(str_free) char *channel = str_copy(delivery->setup.setting->name);
    const struct kip_message ready = {.command = KIP_READY,
                                      .channel = channel,
                                      .credit = 1,
                                      .name = name,
                                      .version = name};

    say(socket, &ready);
}

static void deliver(struct delivery *delivery, zsock_t *socket,
                    const struct kip_message *notice)
{
    struct outcome outcome = {.verdict = VERDICT_AMBIGUOUS};

    attempt(delivery, notice, &outcome);
    const struct kip_message reply = {.command = KIP_OUTCOME,
                                      .notice = notice->notice,
                                      .attempt = notice->attempt,
                                      .verdict = outcome.verdict,
                                      .retry_after = outcome.retry_after,
                                      .detail = outcome.detail};
    say(socket, &reply);
}

static void probe(struct delivery *delivery, zsock_t *socket,
                  const struct kip_message *question)
{
    struct outcome outcome = {.verdict = VERDICT_BROKEN};

    delivery->setup.channel->probe(delivery->state, &outcome);
    const struct kip_message reply = {.command = KIP_PROBED,
                                      .token = question->token,
                                      .verdict = outcome.verdict,
                                      .detail = outcome.detail};
    say(socket, &reply);
}

/* Wait for one message and do it; false when told to end. */
static bool serve(struct delivery *delivery, zsock_t *socket)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(socket),
                           .events = ZMQ_POLLIN};
    struct kip_message message = {0};
    struct err err = {0};

    (void)zmq_poll(&item, 1, -1);
    if (kip_recv(socket, KIP_WORKER, &message, &err) != KIP_MESSAGE)
        return true;
    if (message.command == KIP_NOTICE)
        deliver(delivery, socket, &message);
    if (message.command == KIP_PROBE)
        probe(delivery, socket, &message);
    bool goes_on = message.command != KIP_BYE;
    kip_message_done(&message);
    return goes_on;
}

static void *run(void *argument)
{
    struct delivery *delivery = argument;
    struct err err = {0};
    owned(wire_free) zsock_t *socket =
        wire_connect(delivery->setup.endpoint, WIRE_WORKER, NULL, &err);

    assert(socket);
    say_ready(delivery, socket);
    while (serve(delivery, socket))
        continue;
    return NULL;
}

static int start_thread(struct delivery *delivery, struct err *err)
{
    pthread_attr_t attributes;

    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int failed = pthread_create(&delivery->thread, &attributes, run, delivery);
    (void)pthread_attr_destroy(&attributes);
    if (failed)
        return err_set(err, ERR_SYSTEM, "starting a thread: %s",
                       strerror(failed));
    return 0;
}

int delivery_start(const struct delivery_setup *setup, int number,
                   struct delivery **delivery_r, struct err *err)
{
    owned(delivery_free) struct delivery *delivery = mem_new(struct delivery);

    delivery->setup = *setup;
    delivery->number = number;
    if (renderer_open(setup->templates, &delivery->renderer, err) != 0)
        return err_wrap(err, "templates");
    if (setup->channel->open(setup->setting, &delivery->state, err) != 0)
        return err_wrap(err, "channel %s", setup->setting->name);
    if (start_thread(delivery, err) != 0)
        return -1;
    *delivery_r = give(delivery);
    return 0;
}

bool delivery_join(struct delivery **delivery, int wait_ms)
{
    if (!*delivery)
        return true;
    int64_t until_ms = clock_monotonic_ms() + wait_ms;
    const struct timespec until = {.tv_sec = until_ms / 1000,
                                   .tv_nsec = until_ms % 1000 * 1000000};

    if (pthread_clockjoin_np((*delivery)->thread, NULL, CLOCK_MONOTONIC,
                             &until) != 0) {
        *delivery = NULL;
        return false;
    }
    delivery_free(delivery);
    return true;
}
