/* What each verdict means for its notice, and channels that break. */
#include "tests/unit/daemon/stage.h"

/* A worker with one notice in hand. */
struct scene {
    zsock_t *worker;
    int64_t id;
    struct kip_lease lease;
};

static struct scene begin(struct stage *stage)
{
    struct scene scene = {.worker = worker_new(stage)};

    scene.id = stage_queue(stage, "a");
    say_ready(stage, scene.worker, "w", 1, NULL);
    scene.lease = expect(scene.worker, KIP_NOTICE);
    return scene;
}

static void scene_done(struct scene *scene)
{
    wire_free(&scene->worker);
}

static void answer(struct stage *stage, const struct scene *scene,
                   enum verdict verdict, int64_t retry_after)
{
    say_outcome(stage, scene->worker, &scene->lease, verdict, retry_after);
    (void)expect(scene->worker, KIP_ACK);
}

static int64_t attempt_at(struct stage *stage, const struct scene *scene)
{
    owned(notice_done) struct notice notice = stage_notice(stage, scene->id);

    return notice.attempt_at;
}

TEST_CASE(try_later_waits_by_the_set_clock_and_is_looked_at_again)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    answer(stage, &scene, VERDICT_TRY_LATER, 0);
    check_notice(stage, scene.id, NOTICE_QUEUED, 1, 0);
    int64_t at = attempt_at(stage, &scene);
    assert_in_range(at, stage->now + 1, stage->now + 60);
    assert_int_equal(stage->reviews, 0);

    stage->now = at;
    turn(stage);
    assert_int_equal(stage->reviews, 1);
    assert_int_equal(expect(scene.worker, KIP_NOTICE).attempt, 2);
}

TEST_CASE(what_is_no_longer_good_does_not_leave)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    answer(stage, &scene, VERDICT_TRY_LATER, 0);
    stage->review_says_no = true;
    stage->now += 60;
    turn(stage);
    expect_nothing(scene.worker);
    check_notice(stage, scene.id, NOTICE_WITHDRAWN, 1, 0);
}

TEST_CASE(the_far_side_s_retry_after_is_honoured)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    answer(stage, &scene, VERDICT_TRY_LATER, 900);
    assert_int_equal(attempt_at(stage, &scene), stage->now + 900);
}

TEST_CASE(a_wait_that_ends_outside_the_session_moves_to_the_next_opening)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    stage->now = STAGE_CLOSES - 10;
    answer(stage, &scene, VERDICT_TRY_LATER, 11);
    assert_int_equal(attempt_at(stage, &scene), STAGE_NEXT);
}

TEST_CASE(no_attempt_begins_after_the_session_s_end)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    stage->now = STAGE_CLOSES + 1;
    say_ready(stage, worker, "w", 1, NULL);
    expect_nothing(worker);
    owned(notice_done) struct notice notice = stage_notice(stage, id);
    assert_int_equal(notice.state, NOTICE_QUEUED);
    assert_int_equal(notice.attempt_at, STAGE_NEXT);
    stage->now = STAGE_NEXT; /* expired: the planner's */
    turn(stage);
    expect_nothing(worker);
}

TEST_CASE(ambiguous_goes_again_with_the_same_identity_until_it_is_enough)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    for (int attempt = 1; attempt <= 3; attempt++) {
        assert_int_equal(scene.lease.attempt, attempt);
        answer(stage, &scene, VERDICT_AMBIGUOUS, 0);
        check_notice(stage, scene.id, attempt < 3 ? NOTICE_QUEUED : NOTICE_DEAD,
                     attempt, attempt);
        if (attempt == 3)
            break;
        stage->now += 3600;
        turn(stage);
        scene.lease = expect(scene.worker, KIP_NOTICE);
    }
    assert_int_equal(stage->reviews, 0);
    turn(stage);
    expect_nothing(scene.worker);
}

TEST_CASE(ambiguous_is_not_sent_again_when_the_settings_say_so)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    stage->settings.wire.ambiguous_resend = false;
    dispatcher_reload(stage->dispatcher, &stage->settings);
    answer(stage, &scene, VERDICT_AMBIGUOUS, 0);
    check_notice(stage, scene.id, NOTICE_DEAD, 1, 1);
}

TEST_CASE(refused_is_handed_to_whoever_knows_the_ladder)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    answer(stage, &scene, VERDICT_REFUSED, 0);
    assert_int_equal(stage->refusals, 1);
    check_notice(stage, scene.id, NOTICE_DEAD, 1, 0);
}

TEST_CASE(a_message_too_large_for_the_wire_is_dead)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    char body[1200];

    memset(body, ' ', sizeof(body));
    memcpy(body, "{}", 2);
    body[sizeof(body) - 1] = '\0';
    int64_t id = stage_queue_body(stage, "a", body);
    say_ready(stage, worker, "w", 1, NULL);
    expect_nothing(worker);
    check_notice(stage, id, NOTICE_DEAD, 0, 0);
}

static bool any_due(struct stage *stage)
{
    struct err err = {0};
    bool due = false;

    check_ok(dispatcher_any_due(stage->dispatcher, stage->now, &due, &err));
    return due;
}

TEST_CASE(a_broken_channel_is_parked_until_a_probe_succeeds)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);
    char detail[] = "";

    assert_false(any_due(stage));
    answer(stage, &scene, VERDICT_BROKEN, 0);
    assert_int_equal(stage->changes, 1);
    assert_int_equal(stage->warnings, 1);
    assert_non_null(strstr(stage->said, "broken"));
    check_notice(stage, scene.id, NOTICE_QUEUED, 1, 0);
    turn(stage);
    expect_nothing(scene.worker);
    assert_false(any_due(stage));

    for (int probe = 1; probe <= 2; probe++) {
        stage->now += 60 * probe;
        assert_true(any_due(stage));
        turn(stage);
        assert_true(any_due(stage));
        const struct kip_lease token = expect(scene.worker, KIP_PROBE);
        turn(stage);
        expect_nothing(scene.worker);
        say(stage, scene.worker,
            (struct kip_message){.command = KIP_PROBED,
                                 .token = token.notice,
                                 .verdict = probe == 2 ? VERDICT_DELIVERED
                                                       : VERDICT_BROKEN,
                                 .detail = detail});
    }
    assert_int_equal(stage->changes, 2);
    assert_int_equal(expect(scene.worker, KIP_NOTICE).attempt, 2);
    assert_non_null(strstr(stage->said, "works again"));
}

TEST_CASE(
    a_parked_channel_stays_so_after_a_restart_and_is_probed_by_a_new_worker)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);

    answer(stage, &scene, VERDICT_BROKEN, 0);
    dispatcher_free(&stage->dispatcher);
    stage_open_dispatcher(stage);
    owned(wire_free) zsock_t *worker = worker_new(stage);
    say_ready(stage, worker, "new", 1, NULL);
    (void)expect(worker, KIP_PROBE);
    expect_nothing(worker);
}

TEST_CASE(somebody_s_probe_is_answered_by_a_worker_or_by_time)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    struct err err = {0};
    int64_t ticket = 0;
    char detail[] = "hello";

    assert_int_equal(dispatcher_probe(stage->dispatcher, "mail", &ticket, &err),
                     -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    say_ready(stage, worker, "w", 1, NULL);
    check_ok(dispatcher_probe(stage->dispatcher, "mail", &ticket, &err));
    turn(stage);
    const struct kip_lease token = expect(worker, KIP_PROBE);
    say(stage, worker,
        (struct kip_message){.command = KIP_PROBED,
                             .token = token.notice,
                             .verdict = VERDICT_DELIVERED,
                             .detail = detail});
    assert_int_equal(stage->probes, 1);
    assert_true(stage->probe_works);

    check_ok(dispatcher_probe(stage->dispatcher, "mail", &ticket, &err));
    turn(stage);
    for (int i = 0; i < 6; i++) {
        stage->mono += 10000;
        say(stage, worker, (struct kip_message){.command = KIP_PONG});
    }
    assert_int_equal(stage->probes, 2);
    assert_false(stage->probe_works);
    assert_int_equal(stage->changes, 0);
}

TEST_CASE(what_cannot_be_taken_is_refused_politely_and_said_once)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    owned(str_free) char *channel = str_copy("pigeon");
    char name[] = "w";

    for (int i = 0; i < 2; i++) {
        (void)zstr_sendx(worker, "KIP/7", "READY", NULL);
        assert_true(stage_arrives(dispatcher_socket(stage->dispatcher), 5000));
        turn(stage);
        (void)expect(worker, KIP_REFUSED);
    }
    assert_int_equal(stage->warnings, 1);
    assert_non_null(strstr(stage->said, "KIP/7"));

    owned(wire_free) zsock_t *other = worker_new(stage);
    say(stage, other,
        (struct kip_message){.command = KIP_READY,
                             .channel = channel,
                             .credit = 1,
                             .name = name,
                             .version = name});
    (void)expect(other, KIP_REFUSED);
    assert_non_null(strstr(stage->said, "pigeon"));
}

TEST_CASE(status_names_channels_workers_and_what_they_hold)
{
    struct stage *stage = *state;
    owned(scene_done) struct scene scene = begin(stage);
    owned(json_free) struct json *reply = json_new_object();
    struct err err = {0};

    assert_int_equal(scene.lease.attempt, 1);
    check_ok(dispatcher_status(stage->dispatcher, stage->mono, reply, &err));
    const struct json *mail = json_at(json_get(reply, "channels"), 0);
    assert_string_equal(json_text(mail, "channel"), "mail");
    assert_int_equal(json_int(mail, "credit", -1), 1);
    assert_int_equal(json_int(mail, "in-flight", -1), 1);
    assert_string_equal(
        json_text(json_at(json_get(mail, "workers"), 0), "name"), "w");
    assert_int_equal(json_int(json_get(reply, "queue"), "in-flight", -1), 1);
    assert_int_equal(json_int(reply, "awaited-leases", -1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(try_later_waits_by_the_set_clock_and_is_looked_at_again),
        ON_STAGE(what_is_no_longer_good_does_not_leave),
        ON_STAGE(the_far_side_s_retry_after_is_honoured),
        ON_STAGE(
            a_wait_that_ends_outside_the_session_moves_to_the_next_opening),
        ON_STAGE(no_attempt_begins_after_the_session_s_end),
        ON_STAGE(
            ambiguous_goes_again_with_the_same_identity_until_it_is_enough),
        ON_STAGE(ambiguous_is_not_sent_again_when_the_settings_say_so),
        ON_STAGE(refused_is_handed_to_whoever_knows_the_ladder),
        ON_STAGE(a_message_too_large_for_the_wire_is_dead),
        ON_STAGE(a_broken_channel_is_parked_until_a_probe_succeeds),
        ON_STAGE(
            a_parked_channel_stays_so_after_a_restart_and_is_probed_by_a_new_worker),
        ON_STAGE(somebody_s_probe_is_answered_by_a_worker_or_by_time),
        ON_STAGE(what_cannot_be_taken_is_refused_politely_and_said_once),
        ON_STAGE(status_names_channels_workers_and_what_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
