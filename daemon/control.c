#include "daemon/control.h"

#include <czmq.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "wire/control.h"
#include "wire/socket.h"

enum {
    REQUESTS_A_TURN = 100,
    PENDING_MOST = 32, /* probes that people wait for */
    PROBE_MS = 65000,  /* a little longer than the dispatcher waits */
};

struct pending {
    int64_t ticket;
    struct kip_peer peer;
    char *channel;
    int64_t until_ms;
};

struct control {
    zsock_t *socket;
    struct control_hooks hooks;
    struct pending pending[PENDING_MOST];
    int pending_count;
    bool poked;
};

struct control *control_open(const char *endpoint,
                             const struct control_hooks *hooks, struct err *err)
{
    const struct wire_guard guard = {.mode = 0600};
    owned(control_free) struct control *control = mem_new(struct control);

    control->hooks = *hooks;
    if (str_starts(endpoint, "tcp://")) {
        (void)err_set(err, ERR_INVALID, "%s: the control socket is ipc:// only",
                      endpoint);
        return NULL;
    }
    control->socket = wire_bind(endpoint, WIRE_CONTROL, &guard, err);
    if (!control->socket)
        return NULL;
    return give(control);
}

void control_free(struct control **control)
{
    if (!*control)
        return;
    for (int i = 0; i < (*control)->pending_count; i++)
        str_free(&(*control)->pending[i].channel);
    wire_free(&(*control)->socket);
    free(*control);
    *control = NULL;
}

struct _zsock_t *control_socket(struct control *control)
{
    return control->socket;
}

/* ---- requests ---- */

static int answer_poke(struct control *control,
                       const struct control_request *request, int64_t mono_ms,
                       struct err *err)
{
    owned(json_free) struct json *reply = json_new_object();

    (void)mono_ms;
    (void)err;
    control->poked = true;
    control_reply(control->socket, &request->peer, reply);
    return 0;
}

static int answer_status(struct control *control,
                         const struct control_request *request, int64_t mono_ms,
                         struct err *err)
{
    owned(json_free) struct json *reply = json_new_object();

    (void)mono_ms;
    if (control->hooks.status(control->hooks.context, reply, err) != 0)
        return -1;
    control_reply(control->socket, &request->peer, reply);
    return 0;
}

static int begin_probe(struct control *control,
                       const struct control_request *request, int64_t mono_ms,
                       struct err *err)
{
    struct pending pending = {.peer = request->peer,
                              .until_ms = mono_ms + PROBE_MS};

    if (control->pending_count == PENDING_MOST)
        return err_set(err, ERR_BUSY, "too many probes are under way");
    if (control->hooks.probe(control->hooks.context, request->argument,
                             &pending.ticket, err) != 0)
        return -1;
    pending.channel = str_copy(request->argument);
    control->pending[control->pending_count++] = pending;
    return 0;
}

static int (*const answers[CONTROL_COMMANDS])(struct control *,
                                              const struct control_request *,
                                              int64_t, struct err *) = {
    [CONTROL_POKE] = answer_poke,
    [CONTROL_STATUS] = answer_status,
    [CONTROL_PROBE] = begin_probe,
};

static void drop_pending(struct control *control, int index)
{
    str_free(&control->pending[index].channel);
    control->pending[index] = control->pending[--control->pending_count];
}

static void refuse_overdue(struct control *control, int64_t mono_ms)
{
    struct err err = {0};

    for (int i = control->pending_count; i-- > 0;) {
        if (control->pending[i].until_ms > mono_ms)
            continue;
        (void)err_set(&err, ERR_BUSY, "no worker of channel \"%s\" answered",
                      control->pending[i].channel);
        control_refuse(control->socket, &control->pending[i].peer, &err);
        drop_pending(control, i);
    }
}

void control_hear(struct control *control, int64_t mono_ms)
{
    for (int i = 0; i < REQUESTS_A_TURN; i++) {
        struct control_request request = {0};
        struct err err = {0};
        enum kip_found found = control_recv(control->socket, &request, &err);

        if (found == KIP_NOTHING)
            break;
        if (found == KIP_MESSAGE &&
            answers[request.command](control, &request, mono_ms, &err) != 0)
            control_refuse(control->socket, &request.peer, &err);
        control_request_done(&request);
    }
    refuse_overdue(control, mono_ms);
}

bool control_poked(struct control *control)
{
    bool poked = control->poked;

    control->poked = false;
    return poked;
}

void control_probed(struct control *control, int64_t ticket, bool works,
                    const char *worker, const char *detail)
{
    for (int i = 0; i < control->pending_count; i++) {
        if (control->pending[i].ticket != ticket)
            continue;
        owned(json_free) struct json *reply = json_new_object();
        json_put_text(reply, "channel", control->pending[i].channel);
        json_put_bool(reply, "works", works);
        json_put_text(reply, "detail", detail);
        json_put_text(reply, "worker", worker);
        control_reply(control->socket, &control->pending[i].peer, reply);
        drop_pending(control, i);
        return;
    }
}

int64_t control_nap_ms(const struct control *control, int64_t mono_ms,
                       int64_t longest)
{
    for (int i = 0; i < control->pending_count; i++) {
        int64_t until_ms = control->pending[i].until_ms - mono_ms;
        if (until_ms < longest)
            longest = until_ms > 0 ? until_ms : 0;
    }
    return longest;
}
