/* socket.h - ZeroMQ sockets set up the way this project needs them.
 *
 * ipc:// endpoints are guarded by the permissions of their file; tcp:// is
 * taken only with CURVE keys on both sides, and inproc:// is for threads and
 * tests.  Message size, handshakes and reconnecting are bounded; nothing here
 * waits.
 */
#ifndef WIRE_SOCKET_H
#define WIRE_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct _zsock_t;
struct _zactor_t;

/* Call once, before any socket: the signals stay ours. */
void wire_init(void);

/* What guards an endpoint; a member that is not used is NULL or "". */
struct wire_guard {
    int message_bytes;        /* most that a frame may have; 0: 1 MiB */
    unsigned mode;            /* ipc, bind: permissions of the file */
    const char *server_key;   /* tcp: certificate (zcert) of the daemon */
    const char *own_key;      /* tcp, connect: secret certificate of ours */
    const char *allowed_keys; /* tcp, bind: directory of clients' keys */
};

/* Kinds of socket by what they are for. */
enum wire_use {
    WIRE_WORKERS,   /* the daemon's ROUTER: unknown peers are errors */
    WIRE_CONTROL,   /* the daemon's ROUTER for orders */
    WIRE_EVENTS,    /* the daemon's PUB: what does not fit is dropped */
    WIRE_WORKER,    /* a worker's DEALER */
    WIRE_ASK,       /* an admin's DEALER */
    WIRE_SUBSCRIBE, /* a SUB, to nothing yet */
    WIRE_THREAD,    /* a PAIR between threads */
};

/* Bind; ERR_INVALID for an endpoint that its guard does not allow. */
struct _zsock_t *wire_bind(const char *endpoint, enum wire_use use,
                           const struct wire_guard *guard, struct err *err);

/* Connect.  That nobody listens is no failure: see wire_reach(). */
struct _zsock_t *wire_connect(const char *endpoint, enum wire_use use,
                              const struct wire_guard *guard, struct err *err);
void wire_free(struct _zsock_t **socket);

/* Can the other side of an ipc:// endpoint be reached right now?  Other
 * endpoints always pass.  ERR_NOT_FOUND: nobody listens; ERR_INVALID: this
 * user may not connect (libzmq itself would only stay silent). */
int wire_reach(const char *endpoint, struct err *err);

/* Admit only clients whose certificates lie in directory: CURVE without this
 * admits everyone.  One a process, kept as long as its sockets. */
struct _zactor_t *wire_gate_new(const char *directory, struct err *err);
void wire_gate_free(struct _zactor_t **gate);

/* Connect as wire_connect() does, and tell of each connection that is made,
 * the first included: *watch_r is for the poller, readable when there is
 * news.  So a worker can say READY at once to a daemon that came back. */
struct _zsock_t *wire_connect_watched(const char *endpoint, enum wire_use use,
                                      const struct wire_guard *guard,
                                      struct _zsock_t **watch_r,
                                      struct err *err);

/* Was a connection made since the last call? */
bool wire_watch_connected(struct _zsock_t *watch);

#endif
