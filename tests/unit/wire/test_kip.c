#include "tests/unit/check.h"

#include <czmq.h>
#include <string.h>

#include "base/mem.h"
#include "wire/kip.h"
#include "wire/socket.h"

/* A daemon's socket and a worker's, in one process. */
struct pair {
    zsock_t *daemon;
    zsock_t *worker;
};

static int open_pair(void **state)
{
    static struct pair pair;
    static int count; /* libzmq frees an inproc name some time after */
    struct err err = {0};
    owned(str_free) char *endpoint = str_format("inproc://kip-%d", count++);

    wire_init();
    pair.daemon = wire_bind(endpoint, WIRE_WORKERS, NULL, &err);
    pair.worker = wire_connect(endpoint, WIRE_WORKER, NULL, &err);
    *state = &pair;
    return pair.daemon && pair.worker ? 0 : -1;
}

static int close_pair(void **state)
{
    struct pair *pair = *state;

    wire_free(&pair->worker);
    wire_free(&pair->daemon);
    return 0;
}

static char *fill(const char *text)
{
    return str_copy(text);
}

/* One of each, with every member of its command set. */
static void sample(enum kip_command command, struct kip_message *message_r)
{
    static const struct kip_lease held[] = {{41, 1}, {INT64_MAX, 7}};

    *message_r = (struct kip_message){
        .command = command,
        .channel = fill("mail"),
        .credit = 4,
        .name = fill("ward:812:9f3a"),
        .version = fill("0.1.0"),
        .leases = mem_zero(2, sizeof(struct kip_lease)),
        .lease_count = 2,
        .notice = 9007199254740993, /* more than a double can count */
        .attempt = 3,
        .lost_ms = 30000,
        .body = fill("{\"subject\":\"Nhắc việc\nhai dòng\"}"),
        .verdict = VERDICT_AMBIGUOUS,
        .retry_after = 120,
        .detail = fill("450 4.7.1 Thử lại sau"),
        .token = 77,
        .reason = fill("version"),
    };
    memcpy(message_r->leases, held, sizeof(held));
}

static void same_leases(const struct kip_message *a,
                        const struct kip_message *b)
{
    assert_int_equal(a->lease_count, b->lease_count);
    for (size_t i = 0; i < a->lease_count; i++) {
        assert_int_equal(a->leases[i].notice, b->leases[i].notice);
        assert_int_equal(a->leases[i].attempt, b->leases[i].attempt);
    }
}

/* What the command carries came through; what it does not carry is empty. */
static void same(const struct kip_message *sent, const struct kip_message *got)
{
    assert_int_equal(got->command, sent->command);
    switch (got->command) {
    case KIP_READY:
        assert_string_equal(got->channel, sent->channel);
        assert_int_equal(got->credit, sent->credit);
        assert_string_equal(got->name, sent->name);
        assert_string_equal(got->version, sent->version);
        same_leases(got, sent);
        return;
    case KIP_NOTICE:
        assert_int_equal(got->lost_ms, sent->lost_ms);
        assert_string_equal(got->body, sent->body);
        assert_int_equal(got->notice, sent->notice);
        assert_int_equal(got->attempt, sent->attempt);
        return;
    case KIP_OUTCOME:
        assert_int_equal(got->verdict, sent->verdict);
        assert_int_equal(got->retry_after, sent->retry_after);
        assert_string_equal(got->detail, sent->detail);
        assert_int_equal(got->notice, sent->notice);
        assert_int_equal(got->attempt, sent->attempt);
        return;
    case KIP_ACK:
        assert_int_equal(got->notice, sent->notice);
        assert_int_equal(got->attempt, sent->attempt);
        return;
    case KIP_PROBED:
        assert_int_equal(got->verdict, sent->verdict);
        assert_string_equal(got->detail, sent->detail);
        assert_int_equal(got->token, sent->token);
        return;
    case KIP_PROBE:
        assert_int_equal(got->token, sent->token);
        return;
    case KIP_REFUSED:
        assert_string_equal(got->reason, sent->reason);
        assert_string_equal(got->detail, sent->detail);
        return;
    case KIP_BYE:
    case KIP_WHO:
    case KIP_PING:
    case KIP_PONG:
    case KIP_COMMANDS:
        assert_null(got->body);
        assert_null(got->detail);
        return;
    }
}

/* The message as found by the other side, waiting for it to arrive. */
static enum kip_found wait_for(zsock_t *socket, enum kip_side side,
                               struct kip_message *message_r, struct err *err)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(socket),
                           .events = ZMQ_POLLIN};

    (void)zmq_poll(&item, 1, 2000);
    return kip_recv(socket, side, message_r, err);
}

/* Let the daemon know its worker, and tell who that is. */
static struct kip_peer peer_of(struct pair *pair)
{
    struct err err = {0};
    const struct kip_message ping = {.command = KIP_PING};
    struct kip_message got = {0};

    check_ok(kip_send(pair->worker, KIP_WORKER, &ping, &err));
    assert_int_equal(wait_for(pair->daemon, KIP_DAEMON, &got, &err),
                     KIP_MESSAGE);
    return got.peer;
}

TEST_CASE(every_command_of_a_worker_arrives_as_it_was_sent)
{
    struct pair *pair = *state;
    struct err err = {0};
    static const enum kip_command commands[] = {
        KIP_READY, KIP_OUTCOME, KIP_PROBED, KIP_BYE,
        KIP_PING,  KIP_PONG,    KIP_REFUSED};

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        struct kip_message sent = {0}, got = {0};

        sample(commands[i], &sent);
        check_ok(kip_send(pair->worker, KIP_WORKER, &sent, &err));
        assert_int_equal(wait_for(pair->daemon, KIP_DAEMON, &got, &err),
                         KIP_MESSAGE);
        same(&sent, &got);
        kip_message_done(&sent);
        kip_message_done(&got);
    }
}

TEST_CASE(every_command_of_the_daemon_arrives_as_it_was_sent)
{
    struct pair *pair = *state;
    struct err err = {0};
    static const enum kip_command commands[] = {
        KIP_NOTICE, KIP_ACK,  KIP_PROBE, KIP_WHO,
        KIP_PING,   KIP_PONG, KIP_BYE,   KIP_REFUSED};
    const struct kip_peer peer = peer_of(pair);

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        struct kip_message sent = {0}, got = {0};

        sample(commands[i], &sent);
        sent.peer = peer;
        check_ok(kip_send(pair->daemon, KIP_DAEMON, &sent, &err));
        assert_int_equal(wait_for(pair->worker, KIP_WORKER, &got, &err),
                         KIP_MESSAGE);
        same(&sent, &got);
        kip_message_done(&sent);
        kip_message_done(&got);
    }
}

static void send_frames(zsock_t *socket, const char *const *frames)
{
    owned(zmsg_destroy) zmsg_t *message = zmsg_new();

    for (; *frames; frames++)
        (void)zmsg_addstr(message, *frames);
    assert_int_equal(zmsg_send(&message, socket), 0);
}

#define LONG_NAME                                                              \
    "0123456789012345678901234567890123456789012345678901234567890123456789"

TEST_CASE(what_is_not_of_the_protocol_is_refused_with_its_reason)
{
    struct pair *pair = *state;
    static const struct {
        enum kip_found found;
        const char *why; /* part of the text */
        const char *frames[9];
    } rows[] = {
        {KIP_OTHER_VERSION, "not \"KIP/2\"", {"KIP/2", "PING"}},
        {KIP_OTHER_VERSION, "not \"\"", {"", "KIP/1"}},
        {KIP_OTHER_COMMAND, "SHOUT", {"KIP/1", "SHOUT"}},
        {KIP_OTHER_COMMAND, "NOTICE", {"KIP/1", "NOTICE", "1", "1", "9", "{}"}},
        {KIP_OTHER_COMMAND, "command", {"KIP/1"}},
        {KIP_MALFORMED, "1 frames too many", {"KIP/1", "PING", "x"}},
        {KIP_MALFORMED, "channel is missing", {"KIP/1", "READY"}},
        {KIP_MALFORMED, "channel has 0", {"KIP/1", "READY", "", "1", "n", "v"}},
        {KIP_MALFORMED,
         "channel has 70",
         {"KIP/1", "READY", LONG_NAME, "1", "n", "v"}},
        {KIP_MALFORMED, "not a word", {"KIP/1", "READY", "a b", "1", "n", "v"}},
        {KIP_MALFORMED,
         "not UTF-8",
         {"KIP/1", "READY", "mail", "1", "\xFF", "v"}},
        {KIP_MALFORMED, "credit", {"KIP/1", "READY", "mail", "-1", "n", "v"}},
        {KIP_MALFORMED, "credit", {"KIP/1", "READY", "mail", "1001", "n", "v"}},
        {KIP_MALFORMED,
         "1 frames of leases",
         {"KIP/1", "READY", "mail", "1", "n", "v", "12"}},
        {KIP_MALFORMED,
         "lease 0",
         {"KIP/1", "READY", "mail", "1", "n", "v", "12", "0"}},
        {KIP_MALFORMED,
         "notice",
         {"KIP/1", "OUTCOME", "0x1", "1", "delivered", "0", ""}},
        {KIP_MALFORMED,
         "verdict",
         {"KIP/1", "OUTCOME", "1", "1", "great", "0", ""}},
        {KIP_MALFORMED,
         "retry_after",
         {"KIP/1", "OUTCOME", "1", "1", "try-later", "99999999999", ""}},
        {KIP_MALFORMED,
         "detail is missing",
         {"KIP/1", "OUTCOME", "1", "1", "delivered", "0"}},
        {KIP_MALFORMED, "token", {"KIP/1", "PROBED", "0", "delivered", ""}},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct kip_message got = {0};
        struct err err = {0};

        send_frames(pair->worker, rows[i].frames);
        assert_int_equal(wait_for(pair->daemon, KIP_DAEMON, &got, &err),
                         rows[i].found);
        if (!strstr(err.text, rows[i].why))
            fail_msg("row %zu: \"%s\" does not say \"%s\"", i, err.text,
                     rows[i].why);
    }
}

TEST_CASE(a_refusal_reaches_who_is_refused)
{
    struct pair *pair = *state;
    struct kip_message got = {0};
    struct err err = {0};

    send_frames(pair->worker, (const char *const[]){"KIP/9", "READY", NULL});
    enum kip_found found = wait_for(pair->daemon, KIP_DAEMON, &got, &err);
    kip_refuse(pair->daemon, KIP_DAEMON, &got.peer, found, &err);
    assert_int_equal(wait_for(pair->worker, KIP_WORKER, &got, &err),
                     KIP_MESSAGE);
    assert_int_equal(got.command, KIP_REFUSED);
    assert_string_equal(got.reason, "version");
    kip_message_done(&got);
}

TEST_CASE(a_refusal_in_another_version_is_understood_and_not_refused_back)
{
    struct pair *pair = *state;
    struct kip_message got = {0};
    struct err err = {0};

    send_frames(pair->worker,
                (const char *const[]){"KIP/2", "REFUSED", "version", "", NULL});
    assert_int_equal(wait_for(pair->daemon, KIP_DAEMON, &got, &err),
                     KIP_MESSAGE);
    assert_int_equal(got.command, KIP_REFUSED);
    assert_string_equal(got.detail, "KIP/2");
    kip_message_done(&got);
}

TEST_CASE(words_for_people_come_as_one_line_within_bounds)
{
    struct pair *pair = *state;
    struct err err = {0};
    struct kip_message got = {0};
    char words[2 * KIP_TEXT_BYTES] = "a\nb\x1b[31m";

    memset(words + strlen(words), 'x', sizeof(words) - strlen(words) - 1);
    const struct kip_message sent = {.command = KIP_OUTCOME,
                                     .notice = 1,
                                     .attempt = 1,
                                     .retry_after = INT64_MAX,
                                     .detail = words};
    check_ok(kip_send(pair->worker, KIP_WORKER, &sent, &err));
    assert_int_equal(wait_for(pair->daemon, KIP_DAEMON, &got, &err),
                     KIP_MESSAGE);
    assert_true(str_starts(got.detail, "a b [31mxxx"));
    assert_int_equal(strlen(got.detail), KIP_TEXT_BYTES);
    assert_int_equal(got.retry_after, 30 * 24 * 3600);
    kip_message_done(&got);
}

TEST_CASE(a_peer_that_is_gone_is_told_from_one_that_is_there)
{
    struct pair *pair = *state;
    struct err err = {0};
    const struct kip_message ping = {.command = KIP_PING,
                                     .peer = {.length = 3, .bytes = "abc"}};

    assert_int_equal(kip_send(pair->daemon, KIP_DAEMON, &ping, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

#define WITH_PAIR(test)                                                        \
    cmocka_unit_test_setup_teardown(test, open_pair, close_pair)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PAIR(every_command_of_a_worker_arrives_as_it_was_sent),
        WITH_PAIR(every_command_of_the_daemon_arrives_as_it_was_sent),
        WITH_PAIR(what_is_not_of_the_protocol_is_refused_with_its_reason),
        WITH_PAIR(a_refusal_reaches_who_is_refused),
        WITH_PAIR(
            a_refusal_in_another_version_is_understood_and_not_refused_back),
        WITH_PAIR(words_for_people_come_as_one_line_within_bounds),
        WITH_PAIR(a_peer_that_is_gone_is_told_from_one_that_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
