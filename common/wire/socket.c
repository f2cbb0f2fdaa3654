#include "wire/socket.h"

#include <czmq.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"

enum {
    MESSAGE_BYTES = 1 << 20,
    QUEUE_MESSAGES = 2000, /* a water-mark; credit keeps it far below */
    EVENTS_QUEUED = 10000, /* of a slow subscriber, then dropped */
    RECONNECT_MS = 100,
    RECONNECT_MOST_MS = 2000,
    HANDSHAKE_MS = 5000,
    LINGER_MS = 1000, /* for a last word, BYE or a reply */
};

static const struct use {
    int type;
    int queue;
    int linger_ms;
} uses[] = {
    [WIRE_WORKERS] = {ZMQ_ROUTER, QUEUE_MESSAGES, 0},
    [WIRE_CONTROL] = {ZMQ_ROUTER, QUEUE_MESSAGES, LINGER_MS},
    [WIRE_EVENTS] = {ZMQ_PUB, EVENTS_QUEUED, 0},
    [WIRE_WORKER] = {ZMQ_DEALER, QUEUE_MESSAGES, LINGER_MS},
    [WIRE_ASK] = {ZMQ_DEALER, QUEUE_MESSAGES, 0},
    [WIRE_SUBSCRIBE] = {ZMQ_SUB, EVENTS_QUEUED, 0},
    [WIRE_THREAD] = {ZMQ_PAIR, QUEUE_MESSAGES, 0},
};

void wire_init(void)
{
    (void)zsys_init();
    zsys_handler_set(NULL);
}

static zsock_t *socket_new(enum wire_use use, const struct wire_guard *guard)
{
    zsock_t *socket = zsock_new(uses[use].type);

    assert(socket);
    zsock_set_linger(socket, uses[use].linger_ms);
    zsock_set_sndhwm(socket, uses[use].queue);
    zsock_set_rcvhwm(socket, uses[use].queue);
    zsock_set_sndtimeo(socket, 0);
    zsock_set_maxmsgsize(socket, guard && guard->message_bytes
                                     ? guard->message_bytes
                                     : MESSAGE_BYTES);
    zsock_set_reconnect_ivl(socket, RECONNECT_MS);
    zsock_set_reconnect_ivl_max(socket, RECONNECT_MOST_MS);
    zsock_set_handshake_ivl(socket, HANDSHAKE_MS);
    /* What is said before there is a connection would arrive stale. */
    if (use == WIRE_WORKER)
        zsock_set_immediate(socket, 1);
    if (uses[use].type == ZMQ_ROUTER)
        zsock_set_router_mandatory(socket, 1);
    return socket;
}

void wire_free(struct _zsock_t **socket)
{
    if (*socket)
        zsock_destroy(socket);
}

/* ---- CURVE ---- */

static void cert_free(zcert_t **cert)
{
    zcert_destroy(cert);
}

static zcert_t *cert_read(const char *path, const char *what, struct err *err)
{
    if (str_empty(path)) {
        (void)err_set(err, ERR_INVALID, "tcp:// needs CURVE: no %s is set",
                      what);
        return NULL;
    }
    zcert_t *cert = zcert_load(path);
    if (!cert)
        (void)err_set(err, ERR_INVALID, "%s: not a certificate (%s)", path,
                      what);
    return cert;
}

/* All zeros stand for a secret that the file does not hold. */
static bool has_secret(zcert_t *cert)
{
    static const byte none[32];

    return memcmp(zcert_secret_key(cert), none, sizeof(none)) != 0;
}

static int guard_server(zsock_t *socket, const struct wire_guard *guard,
                        struct err *err)
{
    owned(cert_free) zcert_t *cert =
        cert_read(guard ? guard->server_key : NULL, "key of the daemon", err);

    if (!cert)
        return -1;
    if (!has_secret(cert))
        return err_set(err, ERR_INVALID, "%s holds no secret key",
                       guard->server_key);
    if (str_empty(guard->allowed_keys))
        return err_set(err, ERR_INVALID,
                       "tcp:// needs a directory of allowed keys");
    zcert_apply(cert, socket);
    zsock_set_curve_server(socket, 1);
    return 0;
}

static int guard_client(zsock_t *socket, const struct wire_guard *guard,
                        struct err *err)
{
    owned(cert_free) zcert_t *server =
        cert_read(guard ? guard->server_key : NULL, "key of the daemon", err);
    if (!server)
        return -1;
    owned(cert_free) zcert_t *own =
        cert_read(guard->own_key, "key of our own", err);
    if (!own)
        return -1;
    if (!has_secret(own))
        return err_set(err, ERR_INVALID, "%s holds no secret key",
                       guard->own_key);
    zcert_apply(own, socket);
    zsock_set_curve_serverkey(socket, zcert_public_txt(server));
    return 0;
}

static int check_transport(const char *endpoint, struct err *err)
{
    if (str_starts(endpoint, "ipc://") || str_starts(endpoint, "inproc://") ||
        str_starts(endpoint, "tcp://"))
        return 0;
    return err_set(err, ERR_INVALID,
                   "%s: an endpoint begins with ipc:// or tcp://", endpoint);
}

struct _zactor_t *wire_gate_new(const char *directory, struct err *err)
{
    struct stat stat_of;

    if (stat(directory, &stat_of) != 0 || !S_ISDIR(stat_of.st_mode)) {
        (void)err_set(err, ERR_INVALID, "%s: no directory of allowed keys",
                      directory);
        return NULL;
    }
    zactor_t *gate = zactor_new(zauth, NULL);
    assert(gate);
    (void)zstr_sendx(gate, "CURVE", directory, NULL);
    (void)zsock_wait(gate);
    return gate;
}

void wire_gate_free(struct _zactor_t **gate)
{
    zactor_destroy(gate);
}

/* ---- bind, connect ---- */

/* The file is born closed and then opened as far as mode says, so that there
 * is no moment at which others could connect. */
static int bind_ipc(zsock_t *socket, const char *endpoint, unsigned mode,
                    struct err *err)
{
    const char *path = endpoint + strlen("ipc://");
    mode_t before = umask(0177);
    int bound = zsock_bind(socket, "%s", endpoint);
    int why = errno;

    (void)umask(before);
    if (bound < 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", endpoint, zmq_strerror(why));
    if (chmod(path, (mode_t)mode) != 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    return 0;
}

static int bind_socket(zsock_t *socket, const char *endpoint,
                       const struct wire_guard *guard, struct err *err)
{
    if (check_transport(endpoint, err) != 0)
        return -1;
    if (str_starts(endpoint, "ipc://"))
        return bind_ipc(socket, endpoint, guard ? guard->mode : 0600, err);
    if (str_starts(endpoint, "tcp://") && guard_server(socket, guard, err) != 0)
        return err_wrap(err, "%s", endpoint);
    if (zsock_bind(socket, "%s", endpoint) < 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", endpoint,
                       zmq_strerror(errno));
    return 0;
}

struct _zsock_t *wire_bind(const char *endpoint, enum wire_use use,
                           const struct wire_guard *guard, struct err *err)
{
    owned(wire_free) zsock_t *socket = socket_new(use, guard);

    if (bind_socket(socket, endpoint, guard, err) != 0)
        return NULL;
    return give(socket);
}

static int connect_socket(zsock_t *socket, const char *endpoint,
                          const struct wire_guard *guard, struct err *err)
{
    if (check_transport(endpoint, err) != 0)
        return -1;
    if (str_starts(endpoint, "tcp://") && guard_client(socket, guard, err) != 0)
        return err_wrap(err, "%s", endpoint);
    if (zsock_connect(socket, "%s", endpoint) < 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", endpoint,
                       zmq_strerror(errno));
    return 0;
}

struct _zsock_t *wire_connect(const char *endpoint, enum wire_use use,
                              const struct wire_guard *guard, struct err *err)
{
    owned(wire_free) zsock_t *socket = socket_new(use, guard);

    if (connect_socket(socket, endpoint, guard, err) != 0)
        return NULL;
    return give(socket);
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

int wire_reach(const char *endpoint, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (!str_starts(endpoint, "ipc://"))
        return 0;
    const char *path = endpoint + strlen("ipc://");
    if (strlen(path) >= sizeof(address.sun_path))
        return err_set(err, ERR_INVALID, "%s: too long for a socket", path);
    memcpy(address.sun_path, path, strlen(path) + 1);

    owned(close_fd) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "socket: %s", strerror(errno));
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return 0;
    if (errno == EACCES)
        return err_set(err, ERR_INVALID, "%s: this user may not connect", path);
    return err_set(err, ERR_NOT_FOUND, "%s: nobody listens (%s)", path,
                   strerror(errno));
}

/* ---- watching connections ---- */

static zsock_t *watch_socket(zsock_t *socket, struct err *err)
{
    /* A name of its own each time: libzmq frees one some time after. */
    owned(zuuid_destroy) zuuid_t *unique = zuuid_new();
    owned(str_free) char *endpoint =
        str_format("inproc://watch-%s", zuuid_str(unique));

    if (zmq_socket_monitor(zsock_resolve(socket), endpoint,
                           ZMQ_EVENT_HANDSHAKE_SUCCEEDED) != 0) {
        (void)err_set(err, ERR_SYSTEM, "watching a socket: %s",
                      zmq_strerror(errno));
        return NULL;
    }
    return wire_connect(endpoint, WIRE_THREAD, NULL, err);
}

/* Watched first, then connected: else the first connection might be made
 * unseen. */
struct _zsock_t *wire_connect_watched(const char *endpoint, enum wire_use use,
                                      const struct wire_guard *guard,
                                      struct _zsock_t **watch_r,
                                      struct err *err)
{
    owned(wire_free) zsock_t *socket = socket_new(use, guard);
    owned(wire_free) zsock_t *watch = watch_socket(socket, err);

    if (!watch || connect_socket(socket, endpoint, guard, err) != 0)
        return NULL;
    *watch_r = give(watch);
    return give(socket);
}

bool wire_watch_connected(struct _zsock_t *watch)
{
    bool connected = false;

    while (zsock_events(watch) & ZMQ_POLLIN) {
        owned(zmsg_destroy) zmsg_t *event = zmsg_recv(watch);
        connected = connected || event;
    }
    return connected;
}
