#include "workers/crew.h"

#include <czmq.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "wire/socket.h"
#include "workers/delivery.h"

enum { JOIN_MS = 500 };

struct slot {
    struct delivery *delivery;
    struct kip_peer peer;
    bool ready; /* its thread has said so */
    bool busy;
};

struct crew {
    char *endpoint;
    zsock_t *socket; /* ROUTER: the crew is to its threads what the daemon is
                        to workers */
    struct slot *slots;
    int count;
};

static struct slot *slot_of(struct crew *crew,
                            const struct kip_message *message)
{
    struct slot *fresh = NULL;

    for (int i = 0; i < crew->count; i++) {
        struct slot *slot = &crew->slots[i];
        if (slot->ready && kip_peer_equal(&slot->peer, &message->peer))
            return slot;
        if (!slot->ready && !fresh)
            fresh = slot;
    }
    assert(fresh);
    return fresh;
}

bool crew_hear(struct crew *crew, struct kip_message *answer_r)
{
    struct kip_message message = {0};
    struct err err = {0};

    while (kip_recv(crew->socket, KIP_DAEMON, &message, &err) == KIP_MESSAGE) {
        struct slot *slot = slot_of(crew, &message);
        slot->peer = message.peer;
        slot->ready = true;
        slot->busy = false;
        if (message.command != KIP_READY) {
            *answer_r = message;
            return true;
        }
        kip_message_done(&message);
    }
    return false;
}

bool crew_give(struct crew *crew, struct kip_message *work)
{
    struct err err = {0};

    for (int i = 0; i < crew->count; i++) {
        struct slot *slot = &crew->slots[i];
        if (!slot->ready || slot->busy)
            continue;
        work->peer = slot->peer;
        slot->busy = kip_send(crew->socket, KIP_DAEMON, work, &err) == 0;
        return slot->busy;
    }
    return false;
}

bool crew_is_idle(const struct crew *crew)
{
    for (int i = 0; i < crew->count; i++)
        if (crew->slots[i].busy)
            return false;
    return true;
}

struct _zsock_t *crew_socket(struct crew *crew)
{
    return crew->socket;
}

static void wait_for_thread(struct crew *crew)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(crew->socket),
                           .events = ZMQ_POLLIN};
    struct kip_message answer = {0};

    (void)zmq_poll(&item, 1, -1);
    if (crew_hear(crew, &answer))
        kip_message_done(&answer);
}

/* Each thread says READY as soon as it runs; only then can it be told BYE. */
static void tell_bye(struct crew *crew)
{
    for (int i = 0; i < crew->count; i++)
        while (!crew->slots[i].ready)
            wait_for_thread(crew);
    for (int i = 0; i < crew->count; i++) {
        const struct kip_message bye = {.command = KIP_BYE,
                                        .peer = crew->slots[i].peer};
        struct err err = {0};
        (void)kip_send(crew->socket, KIP_DAEMON, &bye, &err);
    }
}

bool crew_stop(struct crew **crew_of)
{
    struct crew *crew = give(*crew_of);
    bool all = true;

    if (!crew)
        return true;
    tell_bye(crew);
    for (int i = 0; i < crew->count; i++)
        all = delivery_join(&crew->slots[i].delivery, JOIN_MS) && all;
    if (!all)
        return false;
    wire_free(&crew->socket);
    str_free(&crew->endpoint);
    free(crew->slots);
    free(crew);
    return true;
}

static int start_threads(struct crew *crew, const struct crew_setup *setup,
                         struct err *err)
{
    const struct delivery_setup delivery = {.channel = setup->channel,
                                            .setting = setup->setting,
                                            .templates = setup->templates,
                                            .endpoint = crew->endpoint};

    for (; crew->count < setup->threads; crew->count++)
        if (delivery_start(&delivery, crew->count,
                           &crew->slots[crew->count].delivery, err) != 0)
            return -1;
    return 0;
}

int crew_start(const struct crew_setup *setup, struct crew **crew_r,
               struct err *err)
{
    struct crew *crew = mem_new(struct crew);

    crew->endpoint = str_format("inproc://crew-%s", setup->name);
    crew->slots = mem_zero((size_t)setup->threads, sizeof(*crew->slots));
    crew->socket = wire_bind(crew->endpoint, WIRE_WORKERS, NULL, err);
    if (!crew->socket || start_threads(crew, setup, err) != 0) {
        (void)crew_stop(&crew);
        return -1;
    }
    *crew_r = crew;
    return 0;
}
