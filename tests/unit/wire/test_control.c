#include "tests/unit/check.h"

#include <czmq.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "wire/control.h"
#include "wire/socket.h"

/* A daemon on a thread that answers one request as the test tells it. */
struct stand_in {
    char directory[64];
    char *endpoint;
    zsock_t *socket;
    pthread_t thread;
    enum control_command heard;
    char argument[KIP_NAME_BYTES + 1];
    bool refuses;
};

static int open_daemon(void **state)
{
    static struct stand_in stand_in;
    const struct wire_guard guard = {.mode = 0600};
    struct err err = {0};

    wire_init();
    stand_in = (struct stand_in){.directory = "/tmp/kiphan-control-XXXXXX"};
    if (!mkdtemp(stand_in.directory))
        return -1;
    stand_in.endpoint = str_format("ipc://%s/control", stand_in.directory);
    stand_in.socket = wire_bind(stand_in.endpoint, WIRE_CONTROL, &guard, &err);
    *state = &stand_in;
    return stand_in.socket ? 0 : -1;
}

static int close_daemon(void **state)
{
    struct stand_in *stand_in = *state;

    wire_free(&stand_in->socket);
    (void)unlink(stand_in->endpoint + strlen("ipc://"));
    (void)rmdir(stand_in->directory);
    str_free(&stand_in->endpoint);
    return 0;
}

static void *answer(void *argument)
{
    struct stand_in *stand_in = argument;
    struct control_request request = {0};
    struct err err = {0};
    zmq_pollitem_t item = {.socket = zsock_resolve(stand_in->socket),
                           .events = ZMQ_POLLIN};

    (void)zmq_poll(&item, 1, 5000);
    if (control_recv(stand_in->socket, &request, &err) != KIP_MESSAGE)
        return NULL;
    stand_in->heard = request.command;
    (void)snprintf(stand_in->argument, sizeof(stand_in->argument), "%s",
                   request.argument);
    if (stand_in->refuses) {
        (void)err_set(&err, ERR_NOT_FOUND, "no worker serves it");
        control_refuse(stand_in->socket, &request.peer, &err);
    } else {
        owned(json_free) struct json *reply = json_new_object();
        json_put_text(reply, "detail", "đăng nhập được");
        control_reply(stand_in->socket, &request.peer, reply);
    }
    control_request_done(&request);
    return NULL;
}

static void start(struct stand_in *stand_in)
{
    assert_int_equal(pthread_create(&stand_in->thread, NULL, answer, stand_in),
                     0);
}

TEST_CASE(a_question_comes_with_its_argument_and_brings_the_reply)
{
    struct stand_in *stand_in = *state;
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};

    start(stand_in);
    check_ok(control_ask(stand_in->endpoint, CONTROL_PROBE, "mail", 5000,
                         &reply, &err));
    (void)pthread_join(stand_in->thread, NULL);
    assert_int_equal(stand_in->heard, CONTROL_PROBE);
    assert_string_equal(stand_in->argument, "mail");
    assert_string_equal(json_text(reply, "detail"), "đăng nhập được");
    assert_true(json_bool(reply, "ok"));
}

TEST_CASE(a_refusal_keeps_its_code_and_text)
{
    struct stand_in *stand_in = *state;
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};

    stand_in->refuses = true;
    start(stand_in);
    assert_int_equal(control_ask(stand_in->endpoint, CONTROL_PROBE, "mail",
                                 5000, &reply, &err),
                     -1);
    (void)pthread_join(stand_in->thread, NULL);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_string_equal(err.text, "no worker serves it");
    assert_null(reply);
}

TEST_CASE(a_daemon_that_is_silent_is_told_from_none)
{
    struct stand_in *stand_in = *state;
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};

    assert_int_equal(
        control_ask(stand_in->endpoint, CONTROL_POKE, NULL, 1, &reply, &err),
        -1);
    assert_int_equal(err.code, ERR_BUSY);

    assert_int_equal(control_ask("ipc:///tmp/kiphan-nobody/control",
                                 CONTROL_POKE, NULL, 5000, &reply, &err),
                     -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_string_equal(err.text, "kiphand does not run");
}

TEST_CASE(what_is_no_request_is_refused)
{
    struct stand_in *stand_in = *state;
    struct err err = {0};
    static const char *const rows[][4] = {
        {"KIPC/2", "POKE", "", NULL},
        {CONTROL_VERSION, "DANCE", "", NULL},
        {CONTROL_VERSION, "POKE", NULL},
        {CONTROL_VERSION, "PROBE", "\xFF", NULL},
    };
    owned(wire_free) zsock_t *client =
        wire_connect(stand_in->endpoint, WIRE_ASK, NULL, &err);

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        owned(zmsg_destroy) zmsg_t *frames = zmsg_new();
        struct control_request request = {0};
        zmq_pollitem_t item = {.socket = zsock_resolve(stand_in->socket),
                               .events = ZMQ_POLLIN};

        for (const char *const *frame = rows[i]; *frame; frame++)
            (void)zmsg_addstr(frames, *frame);
        assert_int_equal(zmsg_send(&frames, client), 0);
        (void)zmq_poll(&item, 1, 5000);
        assert_int_equal(control_recv(stand_in->socket, &request, &err),
                         KIP_MALFORMED);
    }
}

#define WITH_DAEMON(test)                                                      \
    cmocka_unit_test_setup_teardown(test, open_daemon, close_daemon)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DAEMON(a_question_comes_with_its_argument_and_brings_the_reply),
        WITH_DAEMON(a_refusal_keeps_its_code_and_text),
        WITH_DAEMON(a_daemon_that_is_silent_is_told_from_none),
        WITH_DAEMON(what_is_no_request_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
