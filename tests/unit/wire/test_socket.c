#include "tests/unit/check.h"

#include <czmq.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wire/socket.h"

/* A directory of its own for each test. */
struct place_of_test {
    char directory[64];
};

static int open_place(void **state)
{
    static struct place_of_test place;

    wire_init();
    memcpy(place.directory, "/tmp/kiphan-socket-XXXXXX", 26);
    *state = &place;
    return mkdtemp(place.directory) ? 0 : -1;
}

static int close_place(void **state)
{
    const struct place_of_test *place = *state;
    zdir_t *directory = zdir_new(place->directory, NULL);

    zdir_remove(directory, true);
    zdir_destroy(&directory);
    return 0;
}

static char *path_in(void *const *state, const char *scheme, const char *name)
{
    const struct place_of_test *place = *state;

    return str_format("%s%s/%s", scheme, place->directory, name);
}

static bool arrives(zsock_t *socket, int wait_ms)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(socket),
                           .events = ZMQ_POLLIN};

    return zmq_poll(&item, 1, wait_ms) > 0;
}

TEST_CASE(an_ipc_socket_has_the_permissions_asked_for)
{
    struct err err = {0};
    struct stat found;
    owned(str_free) char *endpoint = path_in(state, "ipc://", "wire");
    owned(str_free) char *path = path_in(state, "", "wire");
    const struct wire_guard guard = {.mode = 0660};
    owned(wire_free) zsock_t *socket =
        wire_bind(endpoint, WIRE_WORKERS, &guard, &err);

    assert_non_null(socket);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0660);
}

TEST_CASE(reach_tells_nobody_from_somebody)
{
    struct err err = {0};
    owned(str_free) char *endpoint = path_in(state, "ipc://", "wire");

    assert_int_equal(wire_reach(endpoint, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);

    const struct wire_guard guard = {.mode = 0600};
    owned(wire_free) zsock_t *socket =
        wire_bind(endpoint, WIRE_WORKERS, &guard, &err);
    assert_non_null(socket);
    check_ok(wire_reach(endpoint, &err));
}

TEST_CASE(tcp_without_keys_is_refused_on_both_sides)
{
    (void)state;
    struct err err = {0};

    assert_null(wire_bind("tcp://127.0.0.1:*", WIRE_WORKERS, NULL, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_null(wire_connect("tcp://127.0.0.1:9", WIRE_WORKER, NULL, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_null(wire_bind("udp://127.0.0.1:9", WIRE_WORKERS, NULL, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

/* New keys under name: returns the path of the certificate, yours. */
static char *make_keys(void *const *state, const char *name)
{
    char *path = path_in(state, "", name);
    zcert_t *cert = zcert_new();

    assert_int_equal(zcert_save(cert, path), 0);
    zcert_destroy(&cert);
    return path;
}

static char *secret_of(const char *path)
{
    return str_format("%s_secret", path);
}

static bool admits(const char *endpoint, const char *server, const char *own)
{
    struct err err = {0};
    owned(str_free) char *secret = secret_of(own);
    const struct wire_guard guard = {.server_key = server, .own_key = secret};
    owned(wire_free) zsock_t *watch = NULL;
    owned(wire_free) zsock_t *client =
        wire_connect_watched(endpoint, WIRE_WORKER, &guard, &watch, &err);

    if (!client)
        fail_msg("%s", err.text);
    return arrives(watch, 500) && wire_watch_connected(watch);
}

TEST_CASE(tcp_admits_the_keys_of_its_directory_and_no_others)
{
    struct err err = {0};
    owned(str_free) char *server = make_keys(state, "server");
    owned(str_free) char *friend_key = make_keys(state, "friend");
    owned(str_free) char *stranger = make_keys(state, "stranger");
    owned(str_free) char *allowed = path_in(state, "", "allowed");
    owned(str_free) char *admitted = path_in(state, "", "allowed/friend");

    assert_int_equal(mkdir(allowed, 0700), 0);
    assert_int_equal(link(friend_key, admitted), 0);
    owned(wire_gate_free) zactor_t *gate = wire_gate_new(allowed, &err);
    assert_non_null(gate);
    owned(str_free) char *secret = secret_of(server);
    const struct wire_guard guard = {.server_key = secret,
                                     .allowed_keys = allowed};
    owned(wire_free) zsock_t *socket =
        wire_bind("tcp://127.0.0.1:*", WIRE_WORKERS, &guard, &err);
    if (!socket)
        fail_msg("%s", err.text);
    const char *endpoint = zsock_endpoint(socket);

    assert_true(admits(endpoint, server, friend_key));
    assert_false(admits(endpoint, server, stranger));
}

TEST_CASE(the_watch_tells_of_a_daemon_that_came_back)
{
    struct err err = {0};
    owned(str_free) char *endpoint = path_in(state, "ipc://", "wire");
    const struct wire_guard guard = {.mode = 0600};
    owned(wire_free) zsock_t *watch = NULL;
    owned(wire_free) zsock_t *worker =
        wire_connect_watched(endpoint, WIRE_WORKER, NULL, &watch, &err);
    assert_non_null(worker);
    assert_false(wire_watch_connected(watch));

    for (int life = 0; life < 2; life++) {
        owned(wire_free) zsock_t *daemon =
            wire_bind(endpoint, WIRE_WORKERS, &guard, &err);
        assert_non_null(daemon);
        assert_true(arrives(watch, 5000));
        assert_true(wire_watch_connected(watch));
        assert_false(wire_watch_connected(watch));
    }
}

#define IN_PLACE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(an_ipc_socket_has_the_permissions_asked_for),
        IN_PLACE(reach_tells_nobody_from_somebody),
        IN_PLACE(tcp_without_keys_is_refused_on_both_sides),
        IN_PLACE(tcp_admits_the_keys_of_its_directory_and_no_others),
        IN_PLACE(the_watch_tells_of_a_daemon_that_came_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
