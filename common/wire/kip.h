/* kip.h - KIP/1, what the daemon and its workers say to each other
 * (docs/protocol.md): frames on one side, plain values on the other.
 *
 * Everything that arrives is checked here, frame by frame: how many, how
 * long, valid UTF-8, numbers within bounds.  What does not pass is reported
 * with its reason and changes nothing.
 */
#ifndef WIRE_KIP_H
#define WIRE_KIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/notice.h"

struct _zsock_t; /* czmq's zsock_t, whose header stays in .c files */

#define KIP_VERSION "KIP/1"

enum {
    KIP_CREDIT_MOST = 1000, /* notices that a worker may hold */
    KIP_NAME_BYTES = 64,    /* of a channel, a worker, a version */
    KIP_TEXT_BYTES = 1000,  /* of a detail or a reason */
    KIP_PEER_BYTES = 255,   /* of a routing id, as libzmq bounds it */
};

enum kip_command {
    KIP_READY,   /* worker: here I am, I can take so many, I hold these */
    KIP_OUTCOME, /* worker: what became of an attempt */
    KIP_PROBED,  /* worker: how the channel's probe went */
    KIP_NOTICE,  /* daemon: deliver this */
    KIP_ACK,     /* daemon: that outcome is written down, forget it */
    KIP_PROBE,   /* daemon: try the channel without sending */
    KIP_WHO,     /* daemon: I do not know you, say READY */
    KIP_PING,    /* both */
    KIP_PONG,    /* both */
    KIP_BYE,     /* both: I leave; what a worker still holds is in doubt */
    KIP_REFUSED, /* both: what you said cannot be taken, and why */
    KIP_COMMANDS
};

/* Which end of the wire we are: a daemon's ROUTER, whose messages carry the
 * peer, or a worker's DEALER. */
enum kip_side { KIP_DAEMON, KIP_WORKER };

/* Whom a ROUTER talks to; good for one connection. */
struct kip_peer {
    uint8_t length;
    uint8_t bytes[KIP_PEER_BYTES];
};

/* A worker's right, and duty, to make one attempt at a notice. */
struct kip_lease {
    int64_t notice;
    int attempt;
};

/* One message.  Only the members of its command are used; texts are owned
 * when received (kip_message_done() frees them), and may be borrowed from
 * anywhere when sent. */
struct kip_message {
    struct kip_peer peer; /* KIP_DAEMON only */
    enum kip_command command;
    char *channel;            /* READY */
    int credit;               /* READY: how many it may hold in all */
    char *name;               /* READY: unique to the process, for people too */
    char *version;            /* READY: of the software */
    struct kip_lease *leases; /* READY: what it still holds */
    size_t lease_count;
    int64_t notice; /* NOTICE OUTCOME ACK */
    int attempt;    /* NOTICE OUTCOME ACK */
    int64_t
        lost_ms; /* NOTICE: silence after which the lease is lost, real time */
    char *body;  /* NOTICE: JSON */
    enum verdict verdict; /* OUTCOME PROBED (delivered: the channel works) */
    int64_t retry_after;  /* OUTCOME: seconds asked by the far side, or 0 */
    char *detail;         /* OUTCOME PROBED: one line for people, or "" */
    int64_t token;        /* PROBE PROBED */
    char *reason;         /* REFUSED: "version", "command", "malformed" ... */
};

void kip_message_done(struct kip_message *message);

/* "READY", ... */
const char *kip_command_name(enum kip_command command);

bool kip_peer_equal(const struct kip_peer *a, const struct kip_peer *b);

/* What a kip_recv() found. */
enum kip_found {
    KIP_NOTHING,       /* the socket has no message now */
    KIP_MESSAGE,       /* *message_r is it; yours */
    KIP_OTHER_VERSION, /* of the protocol: err says which */
    KIP_OTHER_COMMAND, /* of a later daemon or worker: err says which */
    KIP_MALFORMED,     /* err says which frame, and why */
};

/* Read one message without waiting.  Unless KIP_NOTHING, message_r->peer is
 * set (KIP_DAEMON), so that a refusal can be sent. */
enum kip_found kip_recv(struct _zsock_t *socket, enum kip_side side,
                        struct kip_message *message_r, struct err *err);

/* Send without waiting; numbers and texts beyond their bounds are sent cut to
 * them.  ERR_NOT_FOUND: that peer is gone; ERR_BUSY: its queue is full. */
int kip_send(struct _zsock_t *socket, enum kip_side side,
             const struct kip_message *message, struct err *err);

/* Answer what was found with a REFUSED: its kind and why's text.  peer may be
 * NULL on a worker's side. */
void kip_refuse(struct _zsock_t *socket, enum kip_side side,
                const struct kip_peer *peer, enum kip_found found,
                const struct err *why);

#endif
