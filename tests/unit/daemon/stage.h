/* stage.h - a dispatcher on a store of its own, with clocks set by hand and
 * workers that say what the test tells them. */
#ifndef TESTS_DAEMON_STAGE_H
#define TESTS_DAEMON_STAGE_H

#include "tests/unit/check.h"

#include <czmq.h>
#include <string.h>
#include <unistd.h>

#include "daemon/dispatcher.h"
#include "store/notices.h"
#include "wire/kip.h"
#include "wire/socket.h"

enum {
    STAGE_NOW = 1782347400,    /* 25/06/2026 07:30 in Vietnam */
    STAGE_CLOSES = 1782361800, /* 11:30 */
    STAGE_NEXT = 1782369000,   /* 13:30 */
};

struct stage {
    char directory[64];
    char *endpoint;
    struct settings settings;
    struct channel_setting channels[2];
    struct store *store;
    struct dispatcher_hooks hooks;
    struct dispatcher *dispatcher;
    int64_t now;
    int64_t mono;

    /* What the hooks do and have seen. */
    bool review_says_no;
    int reviews;
    int refusals;
    int probes;
    bool probe_works;
    int changes;
    int warnings;
    char said[512];
};

static inline int stage_review(void *context, const struct notice *notice,
                               int64_t now, bool *good_r, struct err *err)
{
    struct stage *stage = context;

    stage->reviews++;
    *good_r = !stage->review_says_no;
    if (*good_r)
        return 0;
    return store_withdraw_notice(stage->store, notice->id, now, "reviewed", now,
                                 err);
}

static inline int stage_refused(void *context, const struct notice *notice,
                                const char *detail, int64_t now,
                                struct err *err)
{
    struct stage *stage = context;

    stage->refusals++;
    return store_settle_notice(stage->store, notice->id, NOTICE_DEAD, now,
                               notice->ambiguous, detail, now, err);
}

static inline void stage_probed(void *context, int64_t ticket, bool works,
                                const char *worker, const char *detail)
{
    struct stage *stage = context;

    (void)ticket;
    (void)worker;
    (void)detail;
    stage->probes++;
    stage->probe_works = works;
}

static inline void stage_changed(void *context)
{
    struct stage *stage = context;

    stage->changes++;
}

static inline void stage_say(void *context, bool warning, const char *line)
{
    struct stage *stage = context;

    stage->warnings += warning;
    (void)snprintf(stage->said, sizeof(stage->said), "%s", line);
}

static inline void stage_open_dispatcher(struct stage *stage)
{
    struct err err = {0};

    check_ok(dispatcher_open(&stage->settings, stage->store, NULL,
                             &stage->hooks, stage->mono, &stage->dispatcher,
                             &err));
}

static inline int stage_set(void **state)
{
    static struct stage stage;
    static char mail[] = "mail", file[] = "file", none[] = "";
    struct err err = {0};

    wire_init();
    stage = (struct stage){.directory = "/tmp/kiphan-stage-XXXXXX",
                           .now = STAGE_NOW,
                           .mono = 1000000};
    assert_non_null(mkdtemp(stage.directory));
    owned(str_free) char *path = str_format("%s/db", stage.directory);
    check_ok(store_open(path, STORE_CREATE, &stage.store, &err));
    stage.endpoint = str_format("ipc://%s/wire", stage.directory);
    stage.channels[0].name = mail;
    stage.channels[1].name = file;
    stage.settings.channels = stage.channels;
    stage.settings.channel_count = 2;
    stage.settings.wire = (struct wire_setting){.endpoint = stage.endpoint,
                                                .heartbeat_seconds = 10,
                                                .lost_seconds = 30,
                                                .retry_first_seconds = 60,
                                                .retry_cap_seconds = 3600,
                                                .ambiguous_attempts = 3,
                                                .ambiguous_resend = true,
                                                .message_bytes = 1000,
                                                .server_key = none,
                                                .allowed_keys = none};
    stage.hooks = (struct dispatcher_hooks){.context = &stage,
                                            .review = stage_review,
                                            .refused = stage_refused,
                                            .probed = stage_probed,
                                            .channels_changed = stage_changed,
                                            .say = stage_say};
    stage_open_dispatcher(&stage);
    *state = &stage;
    return 0;
}

static inline int stage_clear(void **state)
{
    struct stage *stage = *state;
    zdir_t *directory;

    dispatcher_free(&stage->dispatcher);
    store_free(&stage->store);
    str_free(&stage->endpoint);
    directory = zdir_new(stage->directory, NULL);
    zdir_remove(directory, true);
    zdir_destroy(&directory);
    return 0;
}

/* ---- the store ---- */

static inline int64_t stage_queue_body(struct stage *stage,
                                       const char *identity, const char *body)
{
    static const struct alerts nothing = {0};
    struct notice notice = {.identity = str_copy(identity),
                            .recipient = str_copy("an"),
                            .channel = str_copy("mail"),
                            .via = str_copy("mail"),
                            .window = str_copy("w"),
                            .language = str_copy("vi"),
                            .decided_at = stage->now,
                            .opening_at = STAGE_NOW,
                            .closes_at = STAGE_CLOSES,
                            .expires_at = STAGE_NEXT,
                            .attempt_at = stage->now,
                            .state = NOTICE_QUEUED,
                            .facts = str_copy(body),
                            .detail = str_copy("")};
    struct err err = {0};

    check_ok(store_begin(stage->store, 1000, &err));
    check_ok(
        store_add_notice(stage->store, &notice, &nothing, stage->now, &err));
    check_ok(store_commit(stage->store, &err));
    int64_t id = notice.id;
    notice_done(&notice);
    return id;
}

static inline int64_t stage_queue(struct stage *stage, const char *identity)
{
    return stage_queue_body(stage, identity, "{\"to\":{}}");
}

static inline struct notice stage_notice(struct stage *stage, int64_t id)
{
    struct notice notice = {0};
    struct err err = {0};

    check_ok(store_get_notice(stage->store, id, &notice, &err));
    return notice;
}

static inline void check_notice(struct stage *stage, int64_t id,
                                enum notice_state expected, int attempts,
                                int ambiguous)
{
    owned(notice_done) struct notice notice = stage_notice(stage, id);

    assert_string_equal(notice_state_name(notice.state),
                        notice_state_name(expected));
    assert_int_equal(notice.attempts, attempts);
    assert_int_equal(notice.ambiguous, ambiguous);
}

/* ---- the loop ---- */

static inline bool stage_arrives(zsock_t *socket, int wait_ms)
{
    zmq_pollitem_t item = {.socket = zsock_resolve(socket),
                           .events = ZMQ_POLLIN};

    return zmq_poll(&item, 1, wait_ms) > 0;
}

/* One turn, after what was said has arrived. */
static inline void turn(struct stage *stage)
{
    struct err err = {0};

    dispatcher_hear(stage->dispatcher, stage->now, stage->mono);
    check_ok(dispatcher_turn(stage->dispatcher, stage->now, stage->mono, &err));
}

/* ---- workers ---- */

static inline zsock_t *worker_new(struct stage *stage)
{
    struct err err = {0};
    owned(wire_free) zsock_t *watch = NULL;
    owned(wire_free) zsock_t *worker =
        wire_connect_watched(stage->endpoint, WIRE_WORKER, NULL, &watch, &err);

    assert_true(stage_arrives(watch, 5000));
    return give(worker);
}

/* Say something and let the dispatcher take its turn. */
static inline void say(struct stage *stage, zsock_t *worker,
                       struct kip_message message)
{
    struct err err = {0};

    (void)zsock_events(worker);
    check_ok(kip_send(worker, KIP_WORKER, &message, &err));
    assert_true(stage_arrives(dispatcher_socket(stage->dispatcher), 5000));
    turn(stage);
}

static inline void say_ready(struct stage *stage, zsock_t *worker,
                             const char *name, int credit,
                             const struct kip_lease *held)
{
    struct kip_lease lease = held ? *held : (struct kip_lease){0};
    owned(str_free) char *own = str_copy(name);
    char channel[] = "mail", version[] = "1";

    say(stage, worker,
        (struct kip_message){.command = KIP_READY,
                             .channel = channel,
                             .credit = credit,
                             .name = own,
                             .version = version,
                             .leases = &lease,
                             .lease_count = held ? 1 : 0});
}

static inline void say_outcome(struct stage *stage, zsock_t *worker,
                               const struct kip_lease *lease,
                               enum verdict verdict, int64_t retry_after)
{
    char detail[] = "450 later";

    say(stage, worker,
        (struct kip_message){.command = KIP_OUTCOME,
                             .notice = lease->notice,
                             .attempt = lease->attempt,
                             .verdict = verdict,
                             .retry_after = retry_after,
                             .detail = detail});
}

/* The next message must be this command; its lease. */
static inline struct kip_lease expect(zsock_t *worker, enum kip_command command)
{
    struct kip_message message = {0};
    struct err err = {0};

    if (!stage_arrives(worker, 5000))
        fail_msg("no %s came", kip_command_name(command));
    assert_int_equal(kip_recv(worker, KIP_WORKER, &message, &err), KIP_MESSAGE);
    assert_string_equal(kip_command_name(message.command),
                        kip_command_name(command));
    struct kip_lease lease = {message.notice, message.attempt};
    if (command == KIP_PROBE)
        lease.notice = message.token;
    kip_message_done(&message);
    return lease;
}

static inline void expect_nothing(zsock_t *worker)
{
    assert_false(stage_arrives(worker, 30));
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, stage_set, stage_clear)

#endif
