#include "tests/unit/store/fixture.h"

#include "store/alerts.h"
#include "store/notices.h"

static char an[] = "an", mail[] = "mail", ladder[] = "mail,zalo",
            window[] = "gio-hanh-chinh", vi[] = "vi", facts[] = "{\"a\":1}",
            none[] = "", rule[] = "ho-so", step[] = "overdue";

static const struct notice sample = {
    .recipient = an,
    .channel = mail,
    .via = ladder,
    .window = window,
    .language = vi,
    .decided_at = 6000,
    .opening_at = 5900,
    .closes_at = 7000,
    .expires_at = 8000,
    .attempt_at = 6000,
    .state = NOTICE_QUEUED,
    .facts = facts,
    .detail = none,
};

/* Queue a notice about items, with one alert that causes it. */
static int64_t queue(struct store *store, const char *identity,
                     struct notice notice, struct alerts *alerts)
{
    owned(str_free) char *own = str_copy(identity);
    struct err err = {0};

    notice.identity = own;
    check_ok(store_add_notice(store, &notice, alerts, 6000, &err));
    return notice.id;
}

static int64_t queue_plain(struct store *store, const char *identity,
                           struct notice notice)
{
    struct alerts nothing = {0};

    return queue(store, identity, notice, &nothing);
}

static struct alert held_alert(struct store *store, int64_t item)
{
    struct alert alert = {.item = item,
                          .due_at = 5000,
                          .rule = rule,
                          .step = step,
                          .recipient = an,
                          .level = LEVEL_OVERDUE,
                          .reached_at = 5001,
                          .decided_at = 5002,
                          .opens_at = 5900,
                          .reason = REASON_PAUSED,
                          .stands_for = none};
    struct err err = {0};

    check_ok(store_put_alert(store, &alert, 5002, &err));
    return alert;
}

static void check_alert(struct store *store, int64_t item,
                        const struct alert *expected)
{
    owned(alerts_done) struct alerts kept = {0};
    struct err err = {0};

    check_ok(store_alerts_of_item(store, item, &kept, &err));
    assert_int_equal(kept.count, 1);
    assert_int_equal(kept.items[0].state, expected->state);
    assert_int_equal(kept.items[0].notice, expected->notice);
    assert_int_equal(kept.items[0].opens_at, expected->opens_at);
    assert_int_equal(kept.items[0].late, expected->late);
}

TEST_CASE(keeps_every_member_of_a_notice)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notice_done) struct notice kept = {0};
    struct err err = {0};
    struct notice notice = sample;
    struct notice_line lines[] = {
        {put_sample(store, "H-2", 5000), LEVEL_OVERDUE, true, 0},
        {put_sample(store, "H-1", 5000), LEVEL_AT_RISK, false, 0},
    };

    notice.lines = lines;
    notice.line_count = 2;
    notice.attempts = 2;
    notice.ambiguous = 1;
    int64_t id = queue_plain(store, "abc", notice);
    check_ok(store_set_notice_facts(store, id, "{\"b\":2}", &err));
    check_ok(store_get_notice(store, id, &kept, &err));
    assert_int_equal(kept.id, id);
    assert_string_equal(kept.identity, "abc");
    assert_string_equal(kept.recipient, "an");
    assert_string_equal(kept.channel, "mail");
    assert_string_equal(kept.via, "mail,zalo");
    assert_string_equal(kept.window, "gio-hanh-chinh");
    assert_string_equal(kept.language, "vi");
    assert_int_equal(kept.decided_at, 6000);
    assert_int_equal(kept.opening_at, 5900);
    assert_int_equal(kept.closes_at, 7000);
    assert_int_equal(kept.expires_at, 8000);
    assert_int_equal(kept.attempt_at, 6000);
    assert_int_equal(kept.attempts, 2);
    assert_int_equal(kept.ambiguous, 1);
    assert_int_equal(kept.state, NOTICE_QUEUED);
    assert_string_equal(kept.facts, "{\"b\":2}");
    assert_string_equal(kept.detail, "");
    assert_int_equal(kept.line_count, 2);
    assert_int_equal(kept.lines[0].item, lines[0].item);
    assert_int_equal(kept.lines[0].level, LEVEL_OVERDUE);
    assert_true(kept.lines[0].fresh);
    assert_int_equal(kept.lines[1].item, lines[1].item);
    assert_false(kept.lines[1].fresh);

    assert_int_equal(store_get_notice(store, 99, &kept, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    notice.identity = kept.identity;
    assert_int_equal(
        store_add_notice(store, &notice, &(struct alerts){0}, 1, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(leases_a_queued_notice_once_and_counts_attempts)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(attempts_done) struct attempts attempts = {0};
    owned(notices_done) struct notices flying = {0};
    struct err err = {0};
    int attempt = 0;
    int64_t id = queue_plain(store, "a", sample);

    check_ok(store_lease_notice(store, id, "w1", 6100, &attempt, &err));
    assert_int_equal(attempt, 1);
    assert_int_equal(store_lease_notice(store, id, "w2", 6100, &attempt, &err),
                     -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    check_ok(store_notices_in_flight(store, &flying, &err));
    assert_int_equal(flying.count, 1);

    check_ok(store_end_attempt(store, id, 1, "lost", "", 6200, &err));
    check_ok(store_settle_notice(store, id, NOTICE_QUEUED, 6300, 1, "lost",
                                 6200, &err));
    check_ok(store_lease_notice(store, id, "w2", 6300, &attempt, &err));
    assert_int_equal(attempt, 2);
    check_ok(store_end_attempt(store, id, 1, "delivered", "250", 6310, &err));
    assert_int_equal(store_end_attempt(store, id, 3, "lost", "", 1, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);

    check_ok(store_get_attempts(store, id, &attempts, &err));
    assert_int_equal(attempts.count, 2);
    assert_int_equal(attempts.items[0].notice, id);
    assert_int_equal(attempts.items[0].attempt, 1);
    assert_string_equal(attempts.items[0].channel, "mail");
    assert_string_equal(attempts.items[0].worker, "w1");
    assert_int_equal(attempts.items[0].leased_at, 6100);
    assert_int_equal(attempts.items[0].ended_at, 6310);
    assert_string_equal(attempts.items[0].verdict, "delivered");
    assert_string_equal(attempts.items[0].detail, "250");
    assert_true(attempts.items[1].ended_at == INSTANT_NONE);
    assert_string_equal(attempts.items[1].verdict, "");
}

static void check_to_send(struct store *store, int64_t now, const char *found)
{
    owned(notices_done) struct notices list = {0};
    owned(buf_done) struct buf names = {0};
    struct err err = {0};

    check_ok(store_notices_to_send(store, "mail", now, 2, &list, &err));
    for (size_t i = 0; i < list.count; i++)
        buf_add(&names, list.items[i].identity);
    owned(str_free) char *text = buf_take(&names);
    assert_string_equal(text, found);
}

TEST_CASE(gives_a_channel_its_notices_oldest_first)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct notice notice = sample;
    struct err err = {0};
    int64_t at = 0;

    check_ok(store_next_attempt(store, &at, &err));
    assert_true(at == INSTANT_NEVER);
    notice.attempt_at = 6200;
    (void)queue_plain(store, "c", notice);
    notice.attempt_at = 6100;
    int64_t a = queue_plain(store, "a", notice);
    (void)queue_plain(store, "b", notice);
    notice.channel = vi;
    notice.attempt_at = 6001;
    (void)queue_plain(store, "other channel", notice);

    check_to_send(store, 6099, "");
    check_to_send(store, 6100, "ab");
    check_to_send(store, 9000, "ab");
    check_ok(store_settle_notice(store, a, NOTICE_QUEUED, 6300, 0, "later",
                                 6100, &err));
    check_to_send(store, 9000, "bc");
    check_ok(store_next_attempt(store, &at, &err));
    assert_int_equal(at, 6001);
    check_ok(store_park_channel(store, vi, 6000, 6500, 0, "broken", &err));
    check_ok(store_next_attempt(store, &at, &err));
    assert_int_equal(at, 6100);
}

TEST_CASE(expires_only_what_never_ended_ambiguously)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notices_done) struct notices expired = {0};
    struct notice notice = sample;
    struct err err = {0};
    int64_t at = 0;

    notice.attempt_at = 9000;
    notice.ambiguous = 1;
    (void)queue_plain(store, "ambiguous", notice);
    check_ok(store_next_attempt(store, &at, &err));
    assert_int_equal(at, 9000);
    check_ok(store_next_expiry(store, &at, &err));
    assert_true(at == INSTANT_NEVER);
    notice.ambiguous = 0;
    (void)queue_plain(store, "clean", notice);
    check_ok(store_next_attempt(store, &at, &err));
    assert_int_equal(at, 8000);
    check_ok(store_next_expiry(store, &at, &err));
    assert_int_equal(at, 8000);
    check_ok(store_notices_expired(store, 8000, &expired, &err));
    assert_int_equal(expired.count, 1);
    assert_string_equal(expired.items[0].identity, "clean");
}

TEST_CASE(marks_alerts_as_sent_with_their_notice)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notice_done) struct notice none_yet = {0}, under_way = {0};
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);
    struct alert alert = held_alert(store, item);
    struct alerts alerts = {.items = &alert, .count = 1};
    int64_t id = queue(store, "a", sample, &alerts);

    alert.state = ALERT_NOTICED;
    alert.notice = id;
    check_alert(store, item, &alert);
    check_ok(store_undelivered_notice(store, an, "mail", &under_way, &err));
    assert_int_equal(under_way.id, id);
    assert_int_equal(
        store_undelivered_notice(store, an, "zalo", &none_yet, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);

    check_ok(store_settle_notice(store, id, NOTICE_SENT, 6000, 0, "250", 6100,
                                 &err));
    alert.state = ALERT_SENT;
    check_alert(store, item, &alert);
    assert_int_equal(
        store_undelivered_notice(store, an, "mail", &none_yet, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(refuses_a_cause_that_is_not_held)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);
    struct alert alert = held_alert(store, item);
    struct alerts alerts = {.items = &alert, .count = 1};
    struct notice again = sample;
    static char other[] = "b";

    (void)queue(store, "a", sample, &alerts);
    again.identity = other;
    assert_int_equal(store_add_notice(store, &again, &alerts, 1, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(holds_alerts_again_when_a_notice_is_withdrawn)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notice_done) struct notice kept = {0};
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);
    struct alert alert = held_alert(store, item);
    struct alerts alerts = {.items = &alert, .count = 1};
    int64_t first = queue(store, "a", sample, &alerts);

    check_ok(store_withdraw_notice(store, first, 8000, "expired", 7500, &err));
    alert.notice = first;
    alert.opens_at = 8000;
    alert.late = true;
    check_alert(store, item, &alert);
    check_ok(store_get_notice(store, first, &kept, &err));
    assert_int_equal(kept.state, NOTICE_WITHDRAWN);
    assert_string_equal(kept.detail, "expired");

    int64_t second = queue(store, "b", sample, &alerts);
    alert.state = ALERT_NOTICED;
    alert.notice = second;
    check_alert(store, item, &alert);
    check_ok(store_withdraw_notice(store, first, 9000, "", 7600, &err));
    check_alert(store, item, &alert);
}

TEST_CASE(takes_a_late_delivery_of_a_withdrawn_notice_as_told)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);
    struct alert alert = held_alert(store, item);
    struct alerts alerts = {.items = &alert, .count = 1};
    int64_t id = queue(store, "a", sample, &alerts);

    check_ok(store_withdraw_notice(store, id, 8000, "", 7500, &err));
    check_ok(
        store_settle_notice(store, id, NOTICE_SENT, 1, 0, "250", 7600, &err));
    alert.state = ALERT_SENT;
    alert.notice = id;
    alert.opens_at = 8000;
    alert.late = true;
    check_alert(store, item, &alert);
    assert_int_equal(
        store_settle_notice(store, id, NOTICE_QUEUED, 1, 0, "", 7700, &err),
        -1);
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(store_withdraw_notice(store, id, 1, "", 7700, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(leaves_the_alerts_of_a_dead_notice_with_it)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);
    struct alert alert = held_alert(store, item);
    struct alerts alerts = {.items = &alert, .count = 1};
    int64_t id = queue(store, "a", sample, &alerts);

    check_ok(store_settle_notice(store, id, NOTICE_DEAD, INSTANT_NONE, 3, "550",
                                 7500, &err));
    alert.state = ALERT_NOTICED;
    alert.notice = id;
    check_alert(store, item, &alert);
}

TEST_CASE(gives_the_lines_of_the_last_delivered_notice)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notice_done) struct notice last = {0};
    struct notice_line line = {put_sample(store, "H-1", 5000), LEVEL_AT_RISK,
                               true, 0};
    struct notice notice = sample;
    struct err err = {0};

    check_ok(store_last_lines(store, an, false, &last, &err));
    assert_int_equal(last.id, 0);
    assert_int_equal(last.line_count, 0);
    notice.lines = &line;
    notice.line_count = 1;
    int64_t first = queue_plain(store, "a", notice);
    notice.line_count = 0;
    int64_t second = queue_plain(store, "b", notice);
    (void)queue_plain(store, "c", notice);
    check_ok(
        store_settle_notice(store, second, NOTICE_SENT, 1, 0, "", 6100, &err));
    check_ok(
        store_settle_notice(store, first, NOTICE_SENT, 1, 0, "", 6200, &err));
    check_ok(store_last_lines(store, an, false, &last, &err));
    assert_int_equal(last.id, first);
    assert_int_equal(last.line_count, 1);
    assert_int_equal(last.lines[0].level, LEVEL_AT_RISK);
}

TEST_CASE(lists_and_counts_notices_by_state)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(notices_done) struct notices all = {0}, sent = {0};
    struct err err = {0};
    int64_t count = 0;
    int64_t a = queue_plain(store, "a", sample);
    int64_t b = queue_plain(store, "b", sample);
    (void)queue_plain(store, "c", sample);

    check_ok(store_settle_notice(store, b, NOTICE_SENT, 1, 0, "", 6100, &err));
    check_ok(store_settle_notice(store, a, NOTICE_SENT, 1, 0, "", 6200, &err));
    check_ok(store_list_notices(store, -1, 2, &all, &err));
    assert_int_equal(all.count, 2);
    assert_string_equal(all.items[0].identity, "c");
    check_ok(store_list_notices(store, NOTICE_SENT, 9, &sent, &err));
    assert_int_equal(sent.count, 2);
    assert_string_equal(sent.items[0].identity, "a");
    check_ok(
        store_count_notices(store, NOTICE_SENT, INSTANT_NONE, &count, &err));
    assert_int_equal(count, 2);
    check_ok(store_count_notices(store, NOTICE_SENT, 6200, &count, &err));
    assert_int_equal(count, 1);
}

TEST_CASE(parks_a_channel_until_it_works)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(channel_states_done) struct channel_states parked = {0};
    struct err err = {0};

    check_ok(store_park_channel(store, "mail", 10, 20, 1, "refused", &err));
    check_ok(store_park_channel(store, "mail", 10, 40, 2, "login", &err));
    check_ok(store_park_channel(store, "zalo", 10, 20, 1, "", &err));
    check_ok(store_unpark_channel(store, "zalo", &err));
    check_ok(store_unpark_channel(store, "never parked", &err));
    check_ok(store_parked_channels(store, &parked, &err));
    assert_int_equal(parked.count, 1);
    assert_string_equal(parked.items[0].channel, "mail");
    assert_int_equal(parked.items[0].broken_at, 10);
    assert_int_equal(parked.items[0].probe_at, 40);
    assert_int_equal(parked.items[0].probes, 2);
    assert_string_equal(parked.items[0].detail, "login");
}

TEST_CASE(reaches_notices_by_their_indexes)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct store *store = fixture.store;

    check_plan(store, STATEMENT_NOTICES_TO_SEND, "INDEX notices_queued");
    check_plan(store, STATEMENT_NEXT_ATTEMPT, "INDEX notices_next");
    check_plan(store, STATEMENT_NEXT_EXPIRY, "INDEX notices_expiring");
    check_plan(store, STATEMENT_NOTICES_EXPIRED, "INDEX notices_expiring");
    check_plan(store, STATEMENT_LAST_DELIVERED, "INDEX notices_delivered");
    check_plan(store, STATEMENT_UNDELIVERED, "INDEX notices_undelivered");
    check_plan(store, STATEMENT_COUNT_WAITING, "INDEX notices_undelivered");
    check_plan(store, STATEMENT_NEWEST_SETTLED, "INDEX notices_settled");
    check_plan(store, STATEMENT_COUNT_SETTLED, "INDEX notices_settled");
    check_plan(store, STATEMENT_GET_ATTEMPTS, "INDEX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_member_of_a_notice),
        cmocka_unit_test(leases_a_queued_notice_once_and_counts_attempts),
        cmocka_unit_test(gives_a_channel_its_notices_oldest_first),
        cmocka_unit_test(expires_only_what_never_ended_ambiguously),
        cmocka_unit_test(marks_alerts_as_sent_with_their_notice),
        cmocka_unit_test(refuses_a_cause_that_is_not_held),
        cmocka_unit_test(holds_alerts_again_when_a_notice_is_withdrawn),
        cmocka_unit_test(takes_a_late_delivery_of_a_withdrawn_notice_as_told),
        cmocka_unit_test(leaves_the_alerts_of_a_dead_notice_with_it),
        cmocka_unit_test(gives_the_lines_of_the_last_delivered_notice),
        cmocka_unit_test(lists_and_counts_notices_by_state),
        cmocka_unit_test(parks_a_channel_until_it_works),
        cmocka_unit_test(reaches_notices_by_their_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
