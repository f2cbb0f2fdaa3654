/* Leasing, outcomes and workers that come and go. */
#include "tests/unit/daemon/stage.h"

TEST_CASE(leases_no_more_than_the_credit)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    for (int i = 0; i < 5; i++) {
        owned(str_free) char *identity = str_format("id%d", i);
        (void)stage_queue(stage, identity);
    }
    say_ready(stage, worker, "w", 2, NULL);
    const struct kip_lease first = expect(worker, KIP_NOTICE);
    (void)expect(worker, KIP_NOTICE);
    expect_nothing(worker);

    say_outcome(stage, worker, &first, VERDICT_DELIVERED, 0);
    assert_int_equal(expect(worker, KIP_ACK).notice, first.notice);
    check_notice(stage, first.notice, NOTICE_SENT, 1, 0);
    (void)expect(worker, KIP_NOTICE);
    expect_nothing(worker);
}

TEST_CASE(shares_the_work_among_workers)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *one = worker_new(stage);
    owned(wire_free) zsock_t *two = worker_new(stage);

    say_ready(stage, one, "one", 2, NULL);
    say_ready(stage, two, "two", 2, NULL);
    (void)stage_queue(stage, "a");
    (void)stage_queue(stage, "b");
    turn(stage);
    (void)expect(one, KIP_NOTICE);
    (void)expect(two, KIP_NOTICE);
}

TEST_CASE(acknowledges_only_what_is_written_down)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    owned(str_free) char *path = str_format("%s/db", stage->directory);
    owned(store_free) struct store *other = NULL;
    struct err err = {0};
    char none[] = "";

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    const struct kip_lease lease = expect(worker, KIP_NOTICE);
    check_ok(store_open(path, STORE_WRITE, &other, &err));
    check_ok(store_begin(other, 0, &err));

    const struct kip_message outcome = {.command = KIP_OUTCOME,
                                        .notice = lease.notice,
                                        .attempt = lease.attempt,
                                        .detail = none};
    check_ok(kip_send(worker, KIP_WORKER, &outcome, &err));
    assert_true(stage_arrives(dispatcher_socket(stage->dispatcher), 5000));
    dispatcher_hear(stage->dispatcher, stage->now, stage->mono);
    assert_int_equal(
        dispatcher_turn(stage->dispatcher, stage->now, stage->mono, &err), -1);
    assert_int_equal(err.code, ERR_BUSY);
    expect_nothing(worker);
    assert_false(dispatcher_is_idle(stage->dispatcher));

    store_rollback(other);
    stage->mono +=
        dispatcher_nap_ms(stage->dispatcher, stage->now, stage->mono);
    turn(stage);
    (void)expect(worker, KIP_ACK);
    check_notice(stage, id, NOTICE_SENT, 1, 0);
    assert_true(dispatcher_is_idle(stage->dispatcher));
}

TEST_CASE(an_outcome_that_comes_twice_is_recorded_once)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    owned(attempts_done) struct attempts attempts = {0};
    struct err err = {0};

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    const struct kip_lease lease = expect(worker, KIP_NOTICE);
    say_outcome(stage, worker, &lease, VERDICT_TRY_LATER, 100);
    (void)expect(worker, KIP_ACK);
    owned(notice_done) struct notice before = stage_notice(stage, id);
    stage->now++;
    say_outcome(stage, worker, &lease, VERDICT_TRY_LATER, 100);
    (void)expect(worker, KIP_ACK);
    owned(notice_done) struct notice after = stage_notice(stage, id);
    assert_int_equal(after.attempt_at, before.attempt_at);
    check_ok(store_get_attempts(stage->store, id, &attempts, &err));
    assert_int_equal(attempts.count, 1);
    assert_int_equal(attempts.items[0].ended_at, stage->now - 1);
}

TEST_CASE(an_outcome_of_nothing_is_acknowledged_and_said)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);
    const struct kip_lease made_up = {4711, 1};

    say_ready(stage, worker, "w", 1, NULL);
    say_outcome(stage, worker, &made_up, VERDICT_DELIVERED, 0);
    (void)expect(worker, KIP_ACK);
    assert_non_null(strstr(stage->said, "notice=4711"));
}

TEST_CASE(a_worker_that_falls_silent_loses_its_lease_once)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    (void)expect(worker, KIP_NOTICE);
    stage->mono += 29999;
    turn(stage);
    check_notice(stage, id, NOTICE_IN_FLIGHT, 1, 0);
    stage->mono += 1;
    turn(stage);
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);
    turn(stage);
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);
}

TEST_CASE(a_lease_has_no_end_while_its_worker_beats)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    (void)expect(worker, KIP_NOTICE);
    for (int i = 0; i < 60; i++) {
        stage->mono += 10000;
        turn(stage);
        (void)expect(worker, KIP_PING);
        say(stage, worker, (struct kip_message){.command = KIP_PONG});
    }
    check_notice(stage, id, NOTICE_IN_FLIGHT, 1, 0);
}

TEST_CASE(a_worker_that_says_bye_leaves_its_lease_in_doubt)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    (void)expect(worker, KIP_NOTICE);
    say(stage, worker, (struct kip_message){.command = KIP_BYE});
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);
}

TEST_CASE(after_a_restart_held_leases_go_on_and_the_rest_is_in_doubt)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    (void)stage_queue(stage, "a");
    (void)stage_queue(stage, "b");
    say_ready(stage, worker, "w", 2, NULL);
    const struct kip_lease held = expect(worker, KIP_NOTICE);
    const struct kip_lease gone = expect(worker, KIP_NOTICE);
    dispatcher_free(&stage->dispatcher);
    stage_open_dispatcher(stage);
    wire_free(&worker);
    worker = worker_new(stage);

    turn(stage);
    check_notice(stage, gone.notice, NOTICE_IN_FLIGHT, 1, 0);
    say_ready(stage, worker, "w", 1, &held);
    stage->mono += 20000;
    say(stage, worker, (struct kip_message){.command = KIP_PING});
    (void)expect(worker, KIP_PONG);
    stage->mono += 10000;
    turn(stage);
    check_notice(stage, held.notice, NOTICE_IN_FLIGHT, 1, 0);
    check_notice(stage, gone.notice, NOTICE_QUEUED, 1, 1);

    say_outcome(stage, worker, &held, VERDICT_DELIVERED, 0);
    (void)expect(worker, KIP_PING);
    (void)expect(worker, KIP_ACK);
    check_notice(stage, held.notice, NOTICE_SENT, 1, 0);
    const struct kip_lease again = expect(worker, KIP_NOTICE);
    assert_int_equal(again.notice, gone.notice);
    assert_int_equal(again.attempt, 2);
}

TEST_CASE(an_outcome_from_a_stranger_counts_and_is_asked_who)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    const struct kip_lease lease = expect(worker, KIP_NOTICE);
    dispatcher_free(&stage->dispatcher);
    stage_open_dispatcher(stage);
    wire_free(&worker);
    worker = worker_new(stage);
    say_outcome(stage, worker, &lease, VERDICT_DELIVERED, 0);
    (void)expect(worker, KIP_WHO);
    (void)expect(worker, KIP_ACK);
    check_notice(stage, id, NOTICE_SENT, 1, 0);
}

TEST_CASE(a_late_holder_keeps_others_from_its_notice_and_settles_it)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *slow = worker_new(stage);
    owned(wire_free) zsock_t *other = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, slow, "slow", 1, NULL);
    const struct kip_lease lease = expect(slow, KIP_NOTICE);
    stage->mono += 30000;
    turn(stage);
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);

    say_ready(stage, slow, "slow", 1, &lease);
    say_ready(stage, other, "other", 1, NULL);
    expect_nothing(other);
    say_outcome(stage, slow, &lease, VERDICT_DELIVERED, 0);
    check_notice(stage, id, NOTICE_SENT, 1, 1);
    expect_nothing(other);
}

TEST_CASE(a_late_delivered_wins_while_another_attempt_is_under_way)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *slow = worker_new(stage);
    owned(wire_free) zsock_t *other = worker_new(stage);
    owned(attempts_done) struct attempts attempts = {0};
    struct err err = {0};

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, slow, "slow", 1, NULL);
    const struct kip_lease first = expect(slow, KIP_NOTICE);
    stage->mono += 30000;
    say_ready(stage, other, "other", 1, NULL);
    const struct kip_lease second = expect(other, KIP_NOTICE);
    assert_int_equal(second.attempt, 2);

    say_outcome(stage, slow, &first, VERDICT_DELIVERED, 0);
    check_notice(stage, id, NOTICE_SENT, 2, 1);
    say_outcome(stage, other, &second, VERDICT_TRY_LATER, 0);
    (void)expect(other, KIP_ACK);
    check_notice(stage, id, NOTICE_SENT, 2, 1);
    check_ok(store_get_attempts(stage->store, id, &attempts, &err));
    assert_string_equal(attempts.items[0].verdict, "delivered");
    assert_string_equal(attempts.items[1].verdict, "try-later");
}

TEST_CASE(a_late_answer_that_is_not_delivered_changes_nothing)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *worker = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, worker, "w", 1, NULL);
    const struct kip_lease lease = expect(worker, KIP_NOTICE);
    stage->mono += 30000;
    turn(stage);
    say_outcome(stage, worker, &lease, VERDICT_REFUSED, 0);
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);
    assert_int_equal(stage->refusals, 0);
}

TEST_CASE(a_worker_under_a_new_connection_loses_what_it_does_not_name)
{
    struct stage *stage = *state;
    owned(wire_free) zsock_t *before = worker_new(stage);
    owned(wire_free) zsock_t *after = worker_new(stage);

    int64_t id = stage_queue(stage, "a");
    say_ready(stage, before, "w", 1, NULL);
    const struct kip_lease lease = expect(before, KIP_NOTICE);
    say_ready(stage, after, "w", 0, &lease);
    check_notice(stage, id, NOTICE_IN_FLIGHT, 1, 0);
    say_ready(stage, before, "w", 0, NULL);
    check_notice(stage, id, NOTICE_QUEUED, 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(leases_no_more_than_the_credit),
        ON_STAGE(shares_the_work_among_workers),
        ON_STAGE(acknowledges_only_what_is_written_down),
        ON_STAGE(an_outcome_that_comes_twice_is_recorded_once),
        ON_STAGE(an_outcome_of_nothing_is_acknowledged_and_said),
        ON_STAGE(a_worker_that_falls_silent_loses_its_lease_once),
        ON_STAGE(a_lease_has_no_end_while_its_worker_beats),
        ON_STAGE(a_worker_that_says_bye_leaves_its_lease_in_doubt),
        ON_STAGE(after_a_restart_held_leases_go_on_and_the_rest_is_in_doubt),
        ON_STAGE(an_outcome_from_a_stranger_counts_and_is_asked_who),
        ON_STAGE(a_late_holder_keeps_others_from_its_notice_and_settles_it),
        ON_STAGE(a_late_delivered_wins_while_another_attempt_is_under_way),
        ON_STAGE(a_late_answer_that_is_not_delivered_changes_nothing),
        ON_STAGE(a_worker_under_a_new_connection_loses_what_it_does_not_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
