/* The control socket and the events, each with a client of its own. */
#include "tests/unit/check.h"

#include <czmq.h>
#include <string.h>
#include <unistd.h>

#include "daemon/control.h"
#include "daemon/publisher.h"
#include "wire/control.h"
#include "wire/socket.h"

struct stage {
    char directory[64];
    char *endpoint;
    struct control *control;
    zsock_t *client;
};

static int fill_status(void *context, struct json *reply, struct err *err)
{
    (void)context;
    (void)err;
    json_put_bool(reply, "settled", true);
    return 0;
}

static int begin_probe(void *context, const char *channel, int64_t *ticket_r,
                       struct err *err)
{
    (void)context;
    if (!str_equal(channel, "mail"))
        return err_set(err, ERR_NOT_FOUND, "no worker serves it");
    *ticket_r = 7;
    return 0;
}

static int set_stage(void **state)
{
    static const struct control_hooks hooks = {.status = fill_status,
                                               .probe = begin_probe};
    static struct stage stage;
    struct err err = {0};

    wire_init();
    stage = (struct stage){.directory = "/tmp/kiphan-order-XXXXXX"};
    assert_non_null(mkdtemp(stage.directory));
    stage.endpoint = str_format("ipc://%s/control", stage.directory);
    stage.control = control_open(stage.endpoint, &hooks, &err);
    assert_non_null(stage.control);
    stage.client = wire_connect(stage.endpoint, WIRE_ASK, NULL, &err);
    *state = &stage;
    return 0;
}

static int clear_stage(void **state)
{
    struct stage *stage = *state;

    wire_free(&stage->client);
    control_free(&stage->control);
    (void)unlink(stage->endpoint + strlen("ipc://"));
    (void)rmdir(stage->directory);
    str_free(&stage->endpoint);
    return 0;
}

static bool arrives(zsock_t *socket, int wait_ms)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(socket),
                           .events = ZMQ_POLLIN};

    return zmq_poll(&item, 1, wait_ms) > 0;
}

static void ask(struct stage *stage, const char *command, const char *argument)
{
    assert_int_equal(
        zstr_sendx(stage->client, CONTROL_VERSION, command, argument, NULL), 0);
    assert_true(arrives(control_socket(stage->control), 5000));
    control_hear(stage->control, 1000);
}

static struct json *reply(struct stage *stage)
{
    struct err err = {0};

    assert_true(arrives(stage->client, 5000));
    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(stage->client);
    zframe_t *version = zmsg_first(frames);
    zframe_t *body = zmsg_next(frames);
    assert_true(zframe_streq(version, CONTROL_VERSION));
    struct json *value =
        json_parse((const char *)zframe_data(body), zframe_size(body), &err);
    assert_non_null(value);
    return value;
}

TEST_CASE(a_poke_is_told_once)
{
    struct stage *stage = *state;

    assert_false(control_poked(stage->control));
    ask(stage, "POKE", "");
    owned(json_free) struct json *answer = reply(stage);
    assert_true(json_bool(answer, "ok"));
    assert_true(control_poked(stage->control));
    assert_false(control_poked(stage->control));
}

TEST_CASE(status_is_what_the_daemon_fills_in)
{
    struct stage *stage = *state;

    ask(stage, "STATUS", "");
    owned(json_free) struct json *answer = reply(stage);
    assert_true(json_bool(answer, "ok"));
    assert_true(json_bool(answer, "settled"));
}

TEST_CASE(a_probe_is_answered_when_it_is_over)
{
    struct stage *stage = *state;

    ask(stage, "PROBE", "mail");
    assert_false(arrives(stage->client, 30));
    control_probed(stage->control, 8, true, "w", "another's");
    assert_false(arrives(stage->client, 30));
    control_probed(stage->control, 7, true, "w", "hello");
    owned(json_free) struct json *answer = reply(stage);
    assert_string_equal(json_text(answer, "channel"), "mail");
    assert_true(json_bool(answer, "works"));
    assert_string_equal(json_text(answer, "detail"), "hello");
}

TEST_CASE(a_probe_that_nobody_answers_is_refused_in_time)
{
    struct stage *stage = *state;

    ask(stage, "PROBE", "mail");
    int64_t nap_ms = control_nap_ms(stage->control, 1000, 600000);
    assert_in_range(nap_ms, 1, 599999);
    control_hear(stage->control, 1000 + nap_ms);
    owned(json_free) struct json *answer = reply(stage);
    assert_string_equal(json_text(answer, "code"), "busy");
    assert_int_equal(control_nap_ms(stage->control, 1000, 600000), 600000);
}

TEST_CASE(a_probe_of_a_channel_without_worker_is_refused_at_once)
{
    struct stage *stage = *state;

    ask(stage, "PROBE", "pigeon");
    owned(json_free) struct json *answer = reply(stage);
    assert_false(json_bool(answer, "ok"));
    assert_string_equal(json_text(answer, "code"), "not-found");
}

TEST_CASE(news_leaves_after_the_commit_and_never_before)
{
    struct stage *stage = *state;
    struct err err = {0};
    const struct wire_guard guard = {.mode = 0660};
    owned(str_free) char *endpoint =
        str_format("ipc://%s/events", stage->directory);
    owned(publisher_free) struct publisher *publisher =
        publisher_open(endpoint, &guard, &err);
    owned(wire_free) zsock_t *subscriber =
        wire_connect(endpoint, WIRE_SUBSCRIBE, NULL, &err);

    assert_non_null(publisher);
    zsock_set_subscribe(subscriber, "notice.");
    for (int i = 0; i < 200 && !arrives(subscriber, 10); i++) {
        struct json *undone = json_new_object();
        struct json *done = json_new_object();
        publisher_add(publisher, "notice.dead", 5, &undone);
        publisher_drop(publisher);
        json_put_int(done, "notice", 17);
        owned(str_free) char *passing = str_copy("notice.sent");
        publisher_add(publisher, passing, 5, &done);
        str_free(&passing);
        publisher_flush(publisher);
    }
    owned(zmsg_destroy) zmsg_t *frames = zmsg_recv(subscriber);
    owned(str_free) char *topic = zmsg_popstr(frames);
    owned(str_free) char *body = zmsg_popstr(frames);
    assert_string_equal(topic, "notice.sent");
    assert_string_equal(body,
                        "{\"notice\":17,\"event\":\"notice.sent\",\"at\":5}");
    (void)unlink(endpoint + strlen("ipc://"));
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_poke_is_told_once),
        ON_STAGE(status_is_what_the_daemon_fills_in),
        ON_STAGE(a_probe_is_answered_when_it_is_over),
        ON_STAGE(a_probe_that_nobody_answers_is_refused_in_time),
        ON_STAGE(a_probe_of_a_channel_without_worker_is_refused_at_once),
        ON_STAGE(news_leaves_after_the_commit_and_never_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
