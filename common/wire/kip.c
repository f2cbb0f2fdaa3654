#include "wire/kip.h"

#include <czmq.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

enum { FIELDS_MOST = 5 };

enum kind {
    KIND_SMALL, /* int, decimal */
    KIND_WHOLE, /* int64_t, decimal */
    KIND_NAME,  /* a word: letters of ASCII, digits and .:_- */
    KIND_TEXT,  /* one line for people */
    KIND_BODY,  /* text as it is, bounded by the socket */
    KIND_VERDICT,
    KIND_LEASES, /* the rest: pairs of notice and attempt */
};

/* A frame of a message, and where its value lives. */
struct field {
    const char *name;
    enum kind kind;
    size_t offset;
    long long least;
    long long most; /* of a text: bytes */
};

#define FIELD(member, kind, least, most)                                       \
    {                                                                          \
#member, kind, offsetof(struct kip_message, member), least, most       \
    }

enum { RETRY_MOST = 30 * 24 * 3600, LOST_MS_MOST = 24 * 3600 * 1000 };

static const struct field channel =
    FIELD(channel, KIND_NAME, 1, KIP_NAME_BYTES);
static const struct field credit =
    FIELD(credit, KIND_SMALL, 0, KIP_CREDIT_MOST);
static const struct field name = FIELD(name, KIND_TEXT, 1, KIP_NAME_BYTES);
static const struct field version =
    FIELD(version, KIND_TEXT, 1, KIP_NAME_BYTES);
static const struct field leases =
    FIELD(leases, KIND_LEASES, 0, KIP_CREDIT_MOST);
static const struct field notice = FIELD(notice, KIND_WHOLE, 1, INT64_MAX);
static const struct field attempt = FIELD(attempt, KIND_SMALL, 1, INT32_MAX);
static const struct field lost_ms = FIELD(lost_ms, KIND_WHOLE, 1, LOST_MS_MOST);
static const struct field body = FIELD(body, KIND_BODY, 2, INT32_MAX);
static const struct field verdict = FIELD(verdict, KIND_VERDICT, 0, 0);
static const struct field retry_after =
    FIELD(retry_after, KIND_WHOLE, 0, RETRY_MOST);
static const struct field detail = FIELD(detail, KIND_TEXT, 0, KIP_TEXT_BYTES);
static const struct field token = FIELD(token, KIND_WHOLE, 1, INT64_MAX);
static const struct field reason = FIELD(reason, KIND_NAME, 1, KIP_NAME_BYTES);

enum { SAYS_WORKER = 1 << KIP_WORKER, SAYS_DAEMON = 1 << KIP_DAEMON };

/* The whole protocol: who may say what, with which frames. */
static const struct shape {
    const char *name;
    unsigned says;
    const struct field *fields[FIELDS_MOST + 1];
} shapes[KIP_COMMANDS] = {
    [KIP_READY] = {"READY",
                   SAYS_WORKER,
                   {&channel, &credit, &name, &version, &leases}},
    [KIP_OUTCOME] = {"OUTCOME",
                     SAYS_WORKER,
                     {&notice, &attempt, &verdict, &retry_after, &detail}},
    [KIP_PROBED] = {"PROBED", SAYS_WORKER, {&token, &verdict, &detail}},
    [KIP_NOTICE] = {"NOTICE",
                    SAYS_DAEMON,
                    {&notice, &attempt, &lost_ms, &body}},
    [KIP_ACK] = {"ACK", SAYS_DAEMON, {&notice, &attempt}},
    [KIP_PROBE] = {"PROBE", SAYS_DAEMON, {&token}},
    [KIP_WHO] = {"WHO", SAYS_DAEMON, {NULL}},
    [KIP_PING] = {"PING", SAYS_WORKER | SAYS_DAEMON, {NULL}},
    [KIP_PONG] = {"PONG", SAYS_WORKER | SAYS_DAEMON, {NULL}},
    [KIP_BYE] = {"BYE", SAYS_WORKER | SAYS_DAEMON, {NULL}},
    [KIP_REFUSED] = {"REFUSED", SAYS_WORKER | SAYS_DAEMON, {&reason, &detail}},
};

void kip_message_done(struct kip_message *message)
{
    str_free(&message->channel);
    str_free(&message->name);
    str_free(&message->version);
    str_free(&message->body);
    str_free(&message->detail);
    str_free(&message->reason);
    free(message->leases);
    message->leases = NULL;
    message->lease_count = 0;
}

const char *kip_command_name(enum kip_command command)
{
    return shapes[command].name;
}

bool kip_peer_equal(const struct kip_peer *a, const struct kip_peer *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* ---- from frames ---- */

/* A frame as text, yours; NULL when it is not valid UTF-8. */
static char *frame_text(zframe_t *frame)
{
    const char *bytes = (const char *)zframe_data(frame);

    return utf8_valid(bytes, zframe_size(frame))
               ? str_copy_bytes(bytes, zframe_size(frame))
               : NULL;
}

static bool is_word(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-")] ==
           '\0';
}

static int take_number(const struct field *field, const char *text, void *at,
                       struct err *err)
{
    long long number;

    if (!str_to_long(text, field->least, field->most, &number))
        return err_set(err, ERR_INVALID, "%s is not a number from %lld to %lld",
                       field->name, field->least, field->most);
    if (field->kind == KIND_SMALL)
        *(int *)at = (int)number;
    else
        *(int64_t *)at = number;
    return 0;
}

static int take_text(const struct field *field, char **text, void *at,
                     struct err *err)
{
    size_t length = strlen(*text);

    if (length < (size_t)field->least || length > (size_t)field->most)
        return err_set(err, ERR_INVALID, "%s has %zu bytes, not %lld to %lld",
                       field->name, length, field->least, field->most);
    if (field->kind == KIND_NAME && !is_word(*text))
        return err_set(err, ERR_INVALID, "%s is not a word", field->name);
    if (field->kind == KIND_TEXT) {
        char *line = utf8_one_line(*text);
        str_replace((char **)at, &line);
        return 0;
    }
    str_replace((char **)at, text);
    return 0;
}

static int take_leases(zmsg_t *frames, struct kip_message *message,
                       struct err *err)
{
    size_t count = zmsg_size(frames);

    if (count % 2 != 0 || count / 2 > KIP_CREDIT_MOST)
        return err_set(err, ERR_INVALID, "%zu frames of leases", count);
    message->leases = mem_zero(count / 2 + 1, sizeof(*message->leases));
    for (size_t i = 0; i < count / 2; i++) {
        struct kip_lease *lease = &message->leases[message->lease_count++];
        for (int part = 0; part < 2; part++) {
            owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);
            owned(str_free) char *text = frame_text(frame);
            void *at = part ? (void *)&lease->attempt : (void *)&lease->notice;
            if (take_number(part ? &attempt : &notice, str_or_empty(text), at,
                            err) != 0)
                return err_wrap(err, "lease %zu", i);
        }
    }
    return 0;
}

static int take_field(const struct field *field, zmsg_t *frames,
                      struct kip_message *message, struct err *err)
{
    void *at = (char *)message + field->offset;

    if (field->kind == KIND_LEASES)
        return take_leases(frames, message, err);

    owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);
    if (!frame)
        return err_set(err, ERR_INVALID, "%s is missing", field->name);
    owned(str_free) char *text = frame_text(frame);
    if (!text)
        return err_set(err, ERR_INVALID, "%s is not UTF-8", field->name);
    if (field->kind == KIND_SMALL || field->kind == KIND_WHOLE)
        return take_number(field, text, at, err);
    if (field->kind != KIND_VERDICT)
        return take_text(field, &text, at, err);
    if (verdict_parse(text, &message->verdict) != 0)
        return err_set(err, ERR_INVALID, "no such verdict");
    return 0;
}

static int take_fields(zmsg_t *frames, struct kip_message *message,
                       struct err *err)
{
    const struct shape *shape = &shapes[message->command];

    for (size_t i = 0; shape->fields[i]; i++)
        if (take_field(shape->fields[i], frames, message, err) != 0)
            return err_wrap(err, "%s", shape->name);
    if (zmsg_size(frames) > 0)
        return err_set(err, ERR_INVALID, "%s: %zu frames too many", shape->name,
                       zmsg_size(frames));
    return 0;
}

static int take_peer(zmsg_t *frames, struct kip_peer *peer)
{
    owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);

    if (!frame || zframe_size(frame) > KIP_PEER_BYTES)
        return -1;
    peer->length = (uint8_t)zframe_size(frame);
    memcpy(peer->bytes, zframe_data(frame), peer->length);
    return 0;
}

static enum kip_found take_command(zmsg_t *frames, enum kip_side side,
                                   struct kip_message *message, struct err *err)
{
    const unsigned says = side == KIP_DAEMON ? SAYS_WORKER : SAYS_DAEMON;
    owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);

    for (int command = 0; frame && command < KIP_COMMANDS; command++) {
        if (!zframe_streq(frame, shapes[command].name))
            continue;
        if (!(shapes[command].says & says))
            break;
        message->command = (enum kip_command)command;
        return KIP_MESSAGE;
    }
    owned(str_free) char *text = frame ? frame_text(frame) : NULL;
    (void)err_set(err, ERR_INVALID, "no command for this side: %.64s",
                  str_or_empty(text));
    return KIP_OTHER_COMMAND;
}

/* REFUSED has its name in every version, so that two sides that do not
 * understand each other do not refuse each other's refusals for ever. */
static enum kip_found other_version(zframe_t *version_frame, zmsg_t *frames,
                                    struct kip_message *message,
                                    struct err *err)
{
    owned(str_free) char *text =
        version_frame ? frame_text(version_frame) : NULL;
    zframe_t *command = zmsg_first(frames);

    if (command && zframe_streq(command, shapes[KIP_REFUSED].name)) {
        message->command = KIP_REFUSED;
        message->reason = str_copy("version");
        message->detail = utf8_one_line(str_or_empty(text));
        return KIP_MESSAGE;
    }
    (void)err_set(err, ERR_INVALID,
                  "this side speaks " KIP_VERSION ", not \"%.64s\"",
                  str_or_empty(text));
    return KIP_OTHER_VERSION;
}

static enum kip_found take_message(zmsg_t *frames, enum kip_side side,
                                   struct kip_message *message, struct err *err)
{
    owned(zframe_destroy) zframe_t *frame = zmsg_pop(frames);

    if (!frame || !zframe_streq(frame, KIP_VERSION))
        return other_version(frame, frames, message, err);
    enum kip_found found = take_command(frames, side, message, err);
    if (found == KIP_MESSAGE && take_fields(frames, message, err) != 0)
        return KIP_MALFORMED;
    return found;
}

enum kip_found kip_recv(struct _zsock_t *socket, enum kip_side side,
                        struct kip_message *message_r, struct err *err)
{
    struct kip_message message = {0};

    if (!(zsock_events(socket) & ZMQ_POLLIN))
        return KIP_NOTHING;
    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(socket);
    if (!frames || (side == KIP_DAEMON && take_peer(frames, &message.peer)))
        return KIP_NOTHING;

    enum kip_found found = take_message(frames, side, &message, err);
    if (found != KIP_MESSAGE)
        kip_message_done(&message);
    *message_r = message;
    return found;
}

/* ---- to frames ---- */

static void put_leases(zmsg_t *frames, const struct kip_message *message)
{
    for (size_t i = 0; i < message->lease_count; i++) {
        (void)zmsg_addstrf(frames, "%lld",
                           (long long)message->leases[i].notice);
        (void)zmsg_addstrf(frames, "%d", message->leases[i].attempt);
    }
}

static long long within(const struct field *field, long long number)
{
    if (number < field->least)
        return field->least;
    return number > field->most ? field->most : number;
}

static void put_field(const struct field *field, zmsg_t *frames,
                      const struct kip_message *message)
{
    const void *at = (const char *)message + field->offset;

    switch (field->kind) {
    case KIND_SMALL:
        (void)zmsg_addstrf(frames, "%lld", within(field, *(const int *)at));
        return;
    case KIND_WHOLE:
        (void)zmsg_addstrf(frames, "%lld", within(field, *(const int64_t *)at));
        return;
    case KIND_VERDICT:
        (void)zmsg_addstr(frames, verdict_name(message->verdict));
        return;
    case KIND_LEASES:
        put_leases(frames, message);
        return;
    case KIND_NAME:
    case KIND_TEXT:
    case KIND_BODY: {
        const char *text = str_or_empty(*(char *const *)at);
        size_t length = utf8_fit(text, strlen(text), (size_t)field->most);
        (void)zmsg_addmem(frames, text, length);
        return;
    }
    }
}

int kip_send(struct _zsock_t *socket, enum kip_side side,
             const struct kip_message *message, struct err *err)
{
    const struct shape *shape = &shapes[message->command];
    owned(zmsg_destroy) zmsg_t *frames = zmsg_new();

    assert(shape->says & (1u << side));
    if (side == KIP_DAEMON)
        (void)zmsg_addmem(frames, message->peer.bytes, message->peer.length);
    (void)zmsg_addstr(frames, KIP_VERSION);
    (void)zmsg_addstr(frames, shape->name);
    for (size_t i = 0; shape->fields[i]; i++)
        put_field(shape->fields[i], frames, message);

    if (zmsg_send(&frames, socket) == 0)
        return 0;
    if (errno == EHOSTUNREACH)
        return err_set(err, ERR_NOT_FOUND, "%s: the peer is gone", shape->name);
    return err_set(err, ERR_BUSY, "%s: %s", shape->name, zmq_strerror(errno));
}

void kip_refuse(struct _zsock_t *socket, enum kip_side side,
                const struct kip_peer *peer, enum kip_found found,
                const struct err *why)
{
    static const char *const reasons[] = {
        [KIP_NOTHING] = "none",          [KIP_MESSAGE] = "unwanted",
        [KIP_OTHER_VERSION] = "version", [KIP_OTHER_COMMAND] = "command",
        [KIP_MALFORMED] = "malformed",
    };
    struct kip_message refusal = {.command = KIP_REFUSED,
                                  .reason = str_copy(reasons[found]),
                                  .detail = str_copy(why->text)};
    struct err ignored;

    if (peer)
        refusal.peer = *peer;
    (void)kip_send(socket, side, &refusal, &ignored);
    kip_message_done(&refusal);
}
