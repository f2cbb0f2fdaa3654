/* control.h - the admin's orders and questions, answered in the loop
 * (docs/protocol.md, "The control socket"). */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

struct _zsock_t;
struct control;
struct dispatcher;

/* What the control socket asks of the daemon. */
struct control_hooks {
    void *context;

    /* Fill in the reply to STATUS, "settled" included. */
    int (*status)(void *context, struct json *reply, struct err *err);

    /* Have a channel tried; control_probed() brings the answer. */
    int (*probe)(void *context, const char *channel, int64_t *ticket_r,
                 struct err *err);
};

/* Bind the socket, 0600. */
struct control *control_open(const char *endpoint,
                             const struct control_hooks *hooks,
                             struct err *err);
void control_free(struct control **control);

/* For the poller. */
struct _zsock_t *control_socket(struct control *control);

/* Answer what has arrived, a bounded share of it; and refuse probes that
 * took too long. */
void control_hear(struct control *control, int64_t mono_ms);

/* Was there a POKE since the last call? */
bool control_poked(struct control *control);

/* The dispatcher's hook: a probe is over.  An unknown ticket is passed
 * over. */
void control_probed(struct control *control, int64_t ticket, bool works,
                    const char *worker, const char *detail);

/* Milliseconds until control_hear() must be called though nothing arrived;
 * at most longest. */
int64_t control_nap_ms(const struct control *control, int64_t mono_ms,
                       int64_t longest);

#endif
