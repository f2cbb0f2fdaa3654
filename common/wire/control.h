/* control.h - orders and questions of the admin's command to the daemon
 * (docs/protocol.md, "The control socket"): one request, one reply in JSON.
 */
#ifndef WIRE_CONTROL_H
#define WIRE_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "wire/kip.h"

#define CONTROL_VERSION "KIPC/1"

enum control_command {
    CONTROL_POKE,   /* something changed: look at it now */
    CONTROL_STATUS, /* how everything stands */
    CONTROL_PROBE,  /* argument: a channel; tries it through a worker */
    CONTROL_COMMANDS
};

const char *control_command_name(enum control_command command);

/* ---- the asking side ---- */

/* Ask the daemon at endpoint and wait at most timeout_ms for its reply, an
 * object that is yours.  argument is a channel's name for CONTROL_PROBE, else
 * NULL.  ERR_NOT_FOUND: the daemon does not run; ERR_BUSY: it runs and did
 * not answer in time; else as the daemon's own refusal says. */
int control_ask(const char *endpoint, enum control_command command,
                const char *argument, int timeout_ms, struct json **reply_r,
                struct err *err);

/* ---- the daemon's side ---- */

struct control_request {
    struct kip_peer peer; /* to whom the reply goes */
    enum control_command command;
    char *argument; /* "" for none */
};

void control_request_done(struct control_request *request);

/* Read one request without waiting; one that cannot be taken is refused here
 * and KIP_MALFORMED returned. */
enum kip_found control_recv(struct _zsock_t *socket,
                            struct control_request *request_r, struct err *err);

/* Send the reply, with "ok": true added.  Somebody who has gone meanwhile
 * misses it. */
void control_reply(struct _zsock_t *socket, const struct kip_peer *peer,
                   struct json *reply);

/* Refuse: "ok": false, err's code and text. */
void control_refuse(struct _zsock_t *socket, const struct kip_peer *peer,
                    const struct err *why);

#endif
