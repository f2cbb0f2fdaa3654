#include "wire/control.h"

#include <czmq.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "wire/socket.h"

static const char *const names[CONTROL_COMMANDS] = {
    [CONTROL_POKE] = "POKE",
    [CONTROL_STATUS] = "STATUS",
    [CONTROL_PROBE] = "PROBE",
};

/* What a refusal says about its kind, and back. */
static const char *const code_names[] = {
    [ERR_NONE] = "none",           [ERR_INVALID] = "invalid",
    [ERR_NOT_FOUND] = "not-found", [ERR_NO_YEAR] = "no-year",
    [ERR_BUSY] = "busy",           [ERR_SYSTEM] = "system",
};

const char *control_command_name(enum control_command command)
{
    return names[command];
}

/* ---- asking ---- */

static int refused(const struct json *reply, struct err *err)
{
    const char *code = json_text(reply, "code");
    const char *text = json_text(reply, "error");

    for (int known = ERR_INVALID; known < ERR_SYSTEM; known++)
        if (str_equal(code, code_names[known]))
            return err_set(err, (enum err_code)known, "%s", str_or_empty(text));
    return err_set(err, ERR_SYSTEM, "%s", str_or_empty(text));
}

static int read_reply(zmsg_t *frames, struct json **reply_r, struct err *err)
{
    zframe_t *version = zmsg_first(frames);
    zframe_t *body = zmsg_next(frames);

    if (!body || !zframe_streq(version, CONTROL_VERSION))
        return err_set(err, ERR_SYSTEM,
                       "the daemon speaks another version of the control "
                       "socket; is it older or newer than this command?");
    owned(json_free) struct json *reply =
        json_parse((const char *)zframe_data(body), zframe_size(body), err);
    if (!reply)
        return err_wrap(err, "the daemon's reply");
    if (!json_bool(reply, "ok"))
        return refused(reply, err);
    *reply_r = give(reply);
    return 0;
}

static int unreachable(struct err *err)
{
    if (err->code == ERR_NOT_FOUND)
        return err_set(err, ERR_NOT_FOUND, "kiphand does not run");
    return err_wrap(err, "kiphand's control socket");
}

int control_ask(const char *endpoint, enum control_command command,
                const char *argument, int timeout_ms, struct json **reply_r,
                struct err *err)
{
    if (wire_reach(endpoint, err) != 0)
        return unreachable(err);
    owned(wire_free) zsock_t *socket =
        wire_connect(endpoint, WIRE_ASK, NULL, err);
    if (!socket)
        return -1;
    zsock_set_rcvtimeo(socket, timeout_ms);
    if (zstr_sendx(socket, CONTROL_VERSION, names[command],
                   str_or_empty(argument), NULL) != 0)
        return err_set(err, ERR_SYSTEM, "asking kiphand: %s",
                       zmq_strerror(errno));

    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(socket);
    if (!frames)
        return err_set(err, ERR_BUSY,
                       "kiphand runs but did not answer within %d ms",
                       timeout_ms);
    return read_reply(frames, reply_r, err);
}

/* ---- answering ---- */

void control_request_done(struct control_request *request)
{
    str_free(&request->argument);
}

static char *pop_text(zmsg_t *frames)
{
    owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);

    if (!frame || zframe_size(frame) > KIP_NAME_BYTES ||
        !utf8_valid((const char *)zframe_data(frame), zframe_size(frame)))
        return NULL;
    return str_copy_bytes((const char *)zframe_data(frame), zframe_size(frame));
}

static int take_request(zmsg_t *frames, struct control_request *request,
                        struct err *err)
{
    owned(str_free) char *version = pop_text(frames);
    owned(str_free) char *command = pop_text(frames);

    if (!str_equal(version, CONTROL_VERSION))
        return err_set(err, ERR_INVALID,
                       "the daemon speaks " CONTROL_VERSION ", not \"%s\"",
                       str_or_empty(version));
    request->argument = pop_text(frames);
    if (!request->argument || zmsg_size(frames) > 0)
        return err_set(err, ERR_INVALID, "a request has three frames");
    for (int known = 0; known < CONTROL_COMMANDS; known++) {
        if (str_equal(command, names[known])) {
            request->command = (enum control_command)known;
            return 0;
        }
    }
    return err_set(err, ERR_INVALID, "no such request: \"%s\"",
                   str_or_empty(command));
}

enum kip_found control_recv(struct _zsock_t *socket,
                            struct control_request *request_r, struct err *err)
{
    struct control_request request = {0};

    if (!(zsock_events(socket) & ZMQ_POLLIN))
        return KIP_NOTHING;
    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(socket);
    if (!frames)
        return KIP_NOTHING;
    owned(zframe_destroy) zframe_t *peer = zmsg_pop(frames);
    if (!peer || zframe_size(peer) > KIP_PEER_BYTES)
        return KIP_NOTHING;
    request.peer.length = (uint8_t)zframe_size(peer);
    memcpy(request.peer.bytes, zframe_data(peer), zframe_size(peer));

    if (take_request(frames, &request, err) != 0) {
        control_refuse(socket, &request.peer, err);
        control_request_done(&request);
        return KIP_MALFORMED;
    }
    *request_r = request;
    return KIP_MESSAGE;
}

static void send_reply(zsock_t *socket, const struct kip_peer *peer,
                       const struct json *reply)
{
    owned(zmsg_destroy) zmsg_t *frames = zmsg_new();
    owned(str_free) char *text = json_format(reply);

    (void)zmsg_addmem(frames, peer->bytes, peer->length);
    (void)zmsg_addstr(frames, CONTROL_VERSION);
    (void)zmsg_addstr(frames, text);
    (void)zmsg_send(&frames, socket);
}

void control_reply(struct _zsock_t *socket, const struct kip_peer *peer,
                   struct json *reply)
{
    json_put_bool(reply, "ok", true);
    send_reply(socket, peer, reply);
}

void control_refuse(struct _zsock_t *socket, const struct kip_peer *peer,
                    const struct err *why)
{
    owned(json_free) struct json *reply = json_new_object();

    json_put_bool(reply, "ok", false);
    json_put_text(reply, "code", code_names[why->code]);
    json_put_text(reply, "error", why->text);
    send_reply(socket, peer, reply);
}
