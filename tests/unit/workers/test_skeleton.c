/* The skeleton against a scripted daemon, with a stub for the channel and
 * one for the templates. */
#include "tests/unit/check.h"

#include <czmq.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "render/render.h"
#include "wire/kip.h"
#include "workers/skeleton.h"

/* ---- stubs ---- */

struct renderer {
    int unused;
};

int renderer_open(const char *directory, struct renderer **renderer_r,
                  struct err *err)
{
    if (str_equal(directory, "bad"))
        return err_set(err, ERR_INVALID, "mail.text.mustache: no end");
    *renderer_r = mem_new(struct renderer);
    return 0;
}

void renderer_free(struct renderer **renderer)
{
    free(*renderer);
    *renderer = NULL;
}

int render(const struct renderer *renderer, const char *kind,
           const struct json *facts, struct rendering *rendering_r,
           struct err *err)
{
    (void)renderer;
    (void)kind;
    if (json_bool(facts, "unrenderable"))
        return err_set(err, ERR_INVALID, "depth");
    *rendering_r =
        (struct rendering){.subject = str_copy("s"), .text = str_copy("t")};
    return 0;
}

char *render_numbered(const char *text, int64_t number, const char *language)
{
    (void)number;
    (void)language;
    return str_copy(text);
}

void rendering_done(struct rendering *rendering)
{
    str_free(&rendering->subject);
    str_free(&rendering->text);
    str_free(&rendering->html);
}

/* A stub channel: what is sent to "slow" waits until the test lets it go. */
static int gate[2];

static int stub_open(const struct channel_setting *setting, void **state_r,
                     struct err *err)
{
    (void)setting;
    (void)err;
    *state_r = mem_new(int);
    return 0;
}

static void stub_probe(void *state, struct outcome *outcome_r)
{
    (void)state;
    *outcome_r =
        (struct outcome){.verdict = VERDICT_DELIVERED, .detail = "hello"};
}

static void stub_send(void *state, const struct message *message,
                      struct outcome *outcome_r)
{
    char byte_read;

    (void)state;
    if (str_equal(message->to, "slow"))
        assert(read(gate[0], &byte_read, 1) == 1);
    *outcome_r = (struct outcome){.verdict = VERDICT_DELIVERED};
    (void)snprintf(outcome_r->detail, sizeof(outcome_r->detail), "%s %d",
                   message->identity, message->attempt);
}

static void stub_close(void **state)
{
    free(*state);
    *state = NULL;
}

static const struct channel stub = {
    .type = "stub",
    .open = stub_open,
    .probe = stub_probe,
    .send = stub_send,
    .close = stub_close,
};

/* ---- the scripted daemon ---- */

struct stage {
    char directory[64];
    char *endpoint;
    zsock_t *daemon;
    struct kip_peer peer;
    int64_t acknowledged; /* the last outcome that was */
    struct channel_setting setting;
    struct worker_setup setup;
    int stop[2];
    pthread_t worker;
    bool running;
    int result;
    struct err err;
};

static void raise_daemon(struct stage *stage)
{
    const struct wire_guard guard = {.mode = 0600};
    struct err err = {0};

    stage->daemon = wire_bind(stage->endpoint, WIRE_WORKERS, &guard, &err);
    assert_non_null(stage->daemon);
}

static void *run_worker(void *argument)
{
    struct stage *stage = argument;
    bool left = false;

    stage->result = worker_run(&stage->setup, &left, &stage->err);
    assert(!left);
    return NULL;
}

static void start_worker(struct stage *stage, int threads)
{
    stage->setup = (struct worker_setup){.endpoint = stage->endpoint,
                                         .channel = &stub,
                                         .setting = &stage->setting,
                                         .templates = "good",
                                         .threads = threads,
                                         .heartbeat_ms = 60,
                                         .lost_ms = 10000,
                                         .stop_ms = 10000,
                                         .stop_fd = stage->stop[0]};
    assert_int_equal(pthread_create(&stage->worker, NULL, run_worker, stage),
                     0);
    stage->running = true;
}

static void tell_stop(struct stage *stage)
{
    assert_int_equal(write(stage->stop[1], "x", 1), 1);
}

static void join(struct stage *stage)
{
    (void)pthread_join(stage->worker, NULL);
    stage->running = false;
}

static int set_stage(void **state)
{
    static struct stage stage;
    static char name[] = "stub";

    wire_init();
    stage = (struct stage){.directory = "/tmp/kiphan-worker-XXXXXX",
                           .setting = {.name = name, .type = name}};
    if (!mkdtemp(stage.directory) || pipe(stage.stop) || pipe(gate))
        return -1;
    stage.endpoint = str_format("ipc://%s/wire", stage.directory);
    raise_daemon(&stage);
    *state = &stage;
    return 0;
}

static int clear_stage(void **state)
{
    struct stage *stage = *state;

    if (stage->running) {
        tell_stop(stage);
        wire_free(&stage->daemon);
        stage->setup.stop_ms = 0;
        join(stage);
    }
    wire_free(&stage->daemon);
    (void)unlink(stage->endpoint + strlen("ipc://"));
    (void)rmdir(stage->directory);
    str_free(&stage->endpoint);
    for (int i = 0; i < 2; i++) {
        (void)close(stage->stop[i]);
        (void)close(gate[i]);
    }
    return 0;
}

static void say(struct stage *stage, struct kip_message message)
{
    struct err err = {0};

    message.peer = stage->peer;
    check_ok(kip_send(stage->daemon, KIP_DAEMON, &message, &err));
}

/* The next message of that command, others (heartbeats) answered or passed
 * over; fails when none comes. */
static struct kip_message expect(struct stage *stage, enum kip_command command)
{
    for (int i = 0; i < 1000; i++) {
        zmq_pollitem_t item = {.socket = zsock_resolve(stage->daemon),
                               .events = ZMQ_POLLIN};
        struct kip_message message = {0};
        struct err err = {0};

        if (zmq_poll(&item, 1, 5000) <= 0)
            break;
        if (kip_recv(stage->daemon, KIP_DAEMON, &message, &err) != KIP_MESSAGE)
            fail_msg("the worker said: %s", err.text);
        stage->peer = message.peer;
        if (message.command == command)
            return message;
        if (message.command == KIP_PING)
            say(stage, (struct kip_message){.command = KIP_PONG});
        kip_message_done(&message);
    }
    fail_msg("no %s came", kip_command_name(command));
    return (struct kip_message){0};
}

static void pass(struct stage *stage, enum kip_command command)
{
    struct kip_message message = expect(stage, command);

    kip_message_done(&message);
}

static void lease(struct stage *stage, int64_t notice, const char *to)
{
    owned(str_free) char *body = str_format(
        "{\"identity\":\"id%lld\",\"number\":%lld,\"language\":\"vi\","
        "\"decided_at\":1782347100,\"utc_offset\":25200,"
        "\"unrenderable\":%s,\"to\":{\"address\":\"%s\"}}",
        (long long)notice, (long long)notice,
        str_equal(to, "unrenderable") ? "true" : "false", to);

    say(stage, (struct kip_message){.command = KIP_NOTICE,
                                    .notice = notice,
                                    .attempt = 2,
                                    .lost_ms = 30000,
                                    .body = body});
}

static void acknowledge(struct stage *stage, int64_t notice)
{
    say(stage, (struct kip_message){
                   .command = KIP_ACK, .notice = notice, .attempt = 2});
    stage->acknowledged = notice;
}

/* The worker repeats an outcome until it is acknowledged, so that one more
 * of the last may be under way on a slow machine. */
static void expect_outcome(struct stage *stage, int64_t notice,
                           enum verdict verdict, const char *detail)
{
    struct kip_message outcome = expect(stage, KIP_OUTCOME);

    while (outcome.notice != notice && outcome.notice == stage->acknowledged) {
        kip_message_done(&outcome);
        outcome = expect(stage, KIP_OUTCOME);
    }
    assert_int_equal(outcome.notice, notice);
    assert_int_equal(outcome.attempt, 2);
    assert_int_equal(outcome.verdict, verdict);
    assert_non_null(strstr(outcome.detail, detail));
    kip_message_done(&outcome);
}

static void let_go(void)
{
    assert_int_equal(write(gate[1], "x", 1), 1);
}

/* ---- behaviour ---- */

TEST_CASE(says_who_it_is_and_delivers)
{
    struct stage *stage = *state;

    start_worker(stage, 3);
    struct kip_message ready = expect(stage, KIP_READY);
    assert_string_equal(ready.channel, "stub");
    assert_int_equal(ready.credit, 3);
    assert_int_equal(ready.lease_count, 0);
    kip_message_done(&ready);

    lease(stage, 17, "an@example");
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17 2");
    acknowledge(stage, 17);
}

TEST_CASE(repeats_an_outcome_until_it_is_acknowledged)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "an@example");
    for (int i = 0; i < 3; i++)
        expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
    say(stage, (struct kip_message){.command = KIP_WHO});
    struct kip_message ready = expect(stage, KIP_READY);
    assert_int_equal(ready.lease_count, 0);
    kip_message_done(&ready);
}

TEST_CASE(beats_while_a_delivery_takes_long_and_names_its_lease)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "slow");
    pass(stage, KIP_PING);
    say(stage, (struct kip_message){.command = KIP_PING});
    pass(stage, KIP_PONG);
    say(stage, (struct kip_message){.command = KIP_WHO});
    struct kip_message ready = expect(stage, KIP_READY);
    assert_int_equal(ready.lease_count, 1);
    assert_int_equal(ready.leases[0].notice, 17);
    assert_int_equal(ready.leases[0].attempt, 2);
    kip_message_done(&ready);
    let_go();
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
}

TEST_CASE(brings_its_outcome_to_a_daemon_that_was_restarted)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "slow");
    pass(stage, KIP_PING);
    wire_free(&stage->daemon);
    let_go();
    raise_daemon(stage);
    struct kip_message ready = expect(stage, KIP_READY);
    assert_int_equal(ready.lease_count, 1);
    kip_message_done(&ready);
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
}

TEST_CASE(gives_back_what_is_beyond_its_credit)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "slow");
    lease(stage, 18, "an@example");
    expect_outcome(stage, 18, VERDICT_TRY_LATER, "not begun");
    acknowledge(stage, 18);
    let_go();
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
}

TEST_CASE(makes_one_attempt_of_a_notice_that_comes_twice)
{
    struct stage *stage = *state;

    start_worker(stage, 2);
    pass(stage, KIP_READY);
    lease(stage, 17, "slow");
    lease(stage, 17, "slow");
    lease(stage, 18, "an@example");
    expect_outcome(stage, 18, VERDICT_DELIVERED, "id18");
    acknowledge(stage, 18);
    let_go();
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
}

TEST_CASE(says_what_cannot_be_delivered_at_all)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "");
    expect_outcome(stage, 17, VERDICT_REFUSED, "no identity, address");
    acknowledge(stage, 17);
    lease(stage, 18, "unrenderable");
    expect_outcome(stage, 18, VERDICT_BROKEN, "depth");
    acknowledge(stage, 18);
    say(stage, (struct kip_message){.command = KIP_NOTICE,
                                    .notice = 19,
                                    .attempt = 2,
                                    .lost_ms = 1,
                                    .body = stage->directory});
    expect_outcome(stage, 19, VERDICT_REFUSED, "not JSON");
    acknowledge(stage, 19);
}

TEST_CASE(probes_its_channel_when_asked)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    say(stage, (struct kip_message){.command = KIP_PROBE, .token = 5});
    struct kip_message probed = expect(stage, KIP_PROBED);
    assert_int_equal(probed.token, 5);
    assert_int_equal(probed.verdict, VERDICT_DELIVERED);
    assert_string_equal(probed.detail, "hello");
    kip_message_done(&probed);
}

TEST_CASE(stops_after_the_delivery_under_way_and_says_bye)
{
    struct stage *stage = *state;

    start_worker(stage, 1);
    pass(stage, KIP_READY);
    lease(stage, 17, "slow");
    pass(stage, KIP_PING);
    tell_stop(stage);
    struct kip_message ready = expect(stage, KIP_READY);
    assert_int_equal(ready.credit, 0);
    kip_message_done(&ready);
    let_go();
    expect_outcome(stage, 17, VERDICT_DELIVERED, "id17");
    acknowledge(stage, 17);
    pass(stage, KIP_BYE);
    join(stage);
    assert_int_equal(stage->result, 0);
}

TEST_CASE(does_not_start_with_templates_that_are_wrong)
{
    struct stage *stage = *state;
    bool left = false;
    struct err err = {0};

    stage->setup = (struct worker_setup){.endpoint = stage->endpoint,
                                         .channel = &stub,
                                         .setting = &stage->setting,
                                         .templates = "bad",
                                         .threads = 2,
                                         .heartbeat_ms = 60,
                                         .lost_ms = 10000,
                                         .stop_fd = stage->stop[0]};
    assert_int_equal(worker_run(&stage->setup, &left, &err), -1);
    assert_non_null(strstr(err.text, "mail.text.mustache"));
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, set_stage, clear_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(says_who_it_is_and_delivers),
        ON_STAGE(repeats_an_outcome_until_it_is_acknowledged),
        ON_STAGE(beats_while_a_delivery_takes_long_and_names_its_lease),
        ON_STAGE(brings_its_outcome_to_a_daemon_that_was_restarted),
        ON_STAGE(gives_back_what_is_beyond_its_credit),
        ON_STAGE(makes_one_attempt_of_a_notice_that_comes_twice),
        ON_STAGE(says_what_cannot_be_delivered_at_all),
        ON_STAGE(probes_its_channel_when_asked),
        ON_STAGE(stops_after_the_delivery_under_way_and_says_bye),
        ON_STAGE(does_not_start_with_templates_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
