#include "tests/unit/store/fixture.h"

#include "store/alerts.h"

/* Borrows its texts; the store copies them. */
static struct alert sample_alert(int64_t item, char *recipient)
{
    static char rule[] = "ho-so", step[] = "overdue", none[] = "";

    return (struct alert){
        .item = item,
        .due_at = 5000,
        .rule = rule,
        .step = step,
        .recipient = recipient,
        .level = LEVEL_OVERDUE,
        .reached_at = 5001,
        .decided_at = 5002,
        .opens_at = 6000,
        .state = ALERT_HELD,
        .stands_for = none,
    };
}

static char an[] = "an", binh[] = "binh";

static int64_t put(struct store *store, struct alert alert)
{
    struct err err = {0};

    check_ok(store_put_alert(store, &alert, 5002, &err));
    return alert.id;
}

TEST_CASE(keeps_every_member_of_an_alert)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(alerts_done) struct alerts kept = {0};
    int64_t item = put_sample(fixture.store, "H-1", 5000);
    struct alert alert = sample_alert(item, an);
    struct err err = {0};

    alert.slot = 3;
    alert.late = true;
    alert.stands_for = binh;
    alert.reason = REASON_PAUSED;
    int64_t id = put(fixture.store, alert);
    (void)put(fixture.store, sample_alert(item, binh));
    check_ok(store_alerts_of_item(fixture.store, item, &kept, &err));
    assert_int_equal(kept.count, 2);
    const struct alert *first = &kept.items[0];
    assert_int_equal(first->id, id);
    assert_int_equal(first->item, item);
    assert_int_equal(first->due_at, 5000);
    assert_string_equal(first->rule, "ho-so");
    assert_string_equal(first->step, "overdue");
    assert_int_equal(first->slot, 3);
    assert_string_equal(first->recipient, "an");
    assert_int_equal(first->level, LEVEL_OVERDUE);
    assert_int_equal(first->reached_at, 5001);
    assert_int_equal(first->decided_at, 5002);
    assert_int_equal(first->opens_at, 6000);
    assert_int_equal(first->state, ALERT_HELD);
    assert_int_equal(first->reason, REASON_PAUSED);
    assert_true(first->late);
    assert_string_equal(first->stands_for, "binh");
    assert_int_equal(first->notice, 0);
    assert_false(kept.items[1].late);
}

TEST_CASE(writes_what_becomes_of_an_alert)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(alerts_done) struct alerts kept = {0};
    int64_t item = put_sample(fixture.store, "H-1", 5000);
    struct alert alert = sample_alert(item, an);
    struct err err = {0};

    check_ok(store_put_alert(fixture.store, &alert, 5002, &err));
    alert.state = ALERT_SUPPRESSED;
    alert.reason = REASON_SUPERSEDED;
    alert.opens_at = INSTANT_NONE;
    alert.level = LEVEL_AT_RISK;
    alert.late = true;
    check_ok(store_put_alert(fixture.store, &alert, 5003, &err));
    check_ok(store_alerts_of_item(fixture.store, item, &kept, &err));
    assert_int_equal(kept.count, 1);
    assert_int_equal(kept.items[0].state, ALERT_SUPPRESSED);
    assert_int_equal(kept.items[0].reason, REASON_SUPERSEDED);
    assert_int_equal(kept.items[0].level, LEVEL_AT_RISK);
    assert_true(kept.items[0].opens_at == INSTANT_NONE);
    assert_true(kept.items[0].late);
    alert.id = 4711;
    assert_int_equal(store_put_alert(fixture.store, &alert, 5003, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(never_decides_the_same_alert_twice)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    int64_t item = put_sample(store, "H-1", 5000);
    int64_t second = put_sample(store, "H-2", 5000);
    struct alert alert = sample_alert(item, an);
    static char other[] = "other";
    struct err err = {0};

    (void)put(store, alert);
    assert_int_equal(store_put_alert(store, &alert, 1, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(alert.id, 0);
    /* Every part of the key makes another alert. */
    struct alert parts[6];
    for (size_t i = 0; i < 6; i++)
        parts[i] = alert;
    parts[0].item = second;
    parts[1].due_at = 7000;
    parts[2].rule = other;
    parts[3].step = other;
    parts[4].slot = 1;
    parts[5].recipient = binh;
    for (size_t i = 0; i < 6; i++)
        (void)put(store, parts[i]);
    parts[1].id = 0;
    parts[1].due_at = INSTANT_NONE;
    (void)put(store, parts[1]);
    assert_int_equal(store_put_alert(store, &parts[1], 1, &err), -1);
}

TEST_CASE(holds_nothing_without_an_opening)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct alert alert =
        sample_alert(put_sample(fixture.store, "H-1", 5000), an);
    struct err err = {0};

    alert.opens_at = INSTANT_NONE;
    assert_int_equal(store_put_alert(fixture.store, &alert, 1, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
}

TEST_CASE(finds_who_is_to_be_told_and_of_what)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t opens_at = 0, count = 0;

    check_ok(store_next_opening(store, &opens_at, &err));
    assert_true(opens_at == INSTANT_NEVER);
    for (int i = 0; i < 3; i++) {
        owned(str_free) char *code = str_format("H-%d", i);
        struct alert alert = sample_alert(put_sample(store, code, 5000), an);
        alert.opens_at = 6300 - 100 * i;
        alert.state = i == 2 ? ALERT_SENT : ALERT_HELD;
        (void)put(store, alert);
        alert.recipient = binh;
        alert.opens_at = 7000;
        (void)put(store, alert);
    }
    check_ok(store_next_opening(store, &opens_at, &err));
    assert_int_equal(opens_at, 6200);
    check_ok(store_count_alerts(store, ALERT_HELD, &count, &err));
    assert_int_equal(count, 4);
    check_ok(store_count_alerts(store, ALERT_SUPPRESSED, &count, &err));
    assert_int_equal(count, 0);

    owned(strs_done) struct strs nobody = {0}, one = {0}, both = {0};
    check_ok(store_people_to_tell(store, 6199, &nobody, &err));
    check_ok(store_people_to_tell(store, 6200, &one, &err));
    check_ok(store_people_to_tell(store, 7000, &both, &err));
    assert_int_equal(nobody.count, 0);
    assert_int_equal(one.count, 1);
    assert_string_equal(one.items[0], "an");
    assert_int_equal(both.count, 2);

    owned(alerts_done) struct alerts early = {0}, all = {0};
    check_ok(store_held_alerts(store, an, 6200, &early, &err));
    check_ok(store_held_alerts(store, an, 9000, &all, &err));
    assert_int_equal(early.count, 1);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.items[0].opens_at, 6200);
    assert_int_equal(all.items[1].opens_at, 6300);
}

static size_t listed(struct store *store, const char *person)
{
    owned(items_done) struct items items = {0};
    struct err err = {0};

    check_ok(store_items_of_person(store, person, &items, &err));
    return items.count;
}

TEST_CASE(lists_open_items_by_alerts_of_the_present_deadline)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(item_done) struct item item = sample_item("H-1", 5000);
    struct err err = {0};

    check_ok(store_put_item(store, &item, &err));
    struct alert alert = sample_alert(item.id, an);
    alert.state = ALERT_SENT;
    (void)put(store, alert);
    alert.slot = 1;
    (void)put(store, alert);
    assert_int_equal(listed(store, an), 1);
    assert_int_equal(listed(store, binh), 0);

    item.due_at = 7000;
    check_ok(store_set_live(store, &item, &err));
    assert_int_equal(listed(store, an), 0);
    item.due_at = 5000;
    check_ok(store_set_live(store, &item, &err));
    assert_int_equal(listed(store, an), 1);
    item.status = status_find(KIND_DOSSIER, "9");
    check_ok(store_set_live(store, &item, &err));
    assert_int_equal(listed(store, an), 0);
}

/* A finished one too, as long as something of it is still to be told. */
TEST_CASE(lists_an_item_of_which_something_waits)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(item_done) struct item item = sample_item("H-1", 5000);
    struct err err = {0};

    item.status = status_find(KIND_DOSSIER, "9");
    item.finish_moved = (struct shift){.times = 1, .at = 6000};
    check_ok(store_put_item(store, &item, &err));
    struct alert alert = sample_alert(item.id, an);
    alert.due_at = 6000;
    alert.subject = SUBJECT_FINISH_MOVED;
    alert.id = put(store, alert);
    check_ok(store_set_live(store, &item, &err));
    assert_int_equal(listed(store, an), 1);
    item_done(&item);
    item = (struct item){0};
    owned(alerts_done) struct alerts all = {0};
    check_ok(store_alerts_of_item(store, alert.item, &all, &err));
    assert_int_equal(all.items[0].subject, SUBJECT_FINISH_MOVED);
    all.items[0].state = ALERT_SENT;
    check_ok(store_put_alert(store, &all.items[0], 6001, &err));
    assert_int_equal(listed(store, an), 0);
}

TEST_CASE(finds_what_is_held_of_an_item_and_an_alert_by_its_key)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    int64_t item = put_sample(store, "H-1", 5000);
    owned(alerts_done) struct alerts held = {0}, found = {0};
    struct err err = {0};

    struct alert told = sample_alert(item, an);
    told.state = ALERT_SENT;
    int64_t first = put(store, told);
    struct alert waits = sample_alert(item, an);
    waits.slot = 1;
    int64_t second = put(store, waits);

    check_ok(store_held_of_item(store, item, &held, &err));
    assert_int_equal(held.count, 1);
    assert_int_equal(held.items[0].id, second);
    check_ok(store_find_alert(store, &told, &found, &err));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].id, first);
    waits.slot = 2;
    check_ok(store_find_alert(store, &waits, &found, &err));
    assert_int_equal(found.count, 1);
}

TEST_CASE(reaches_alerts_by_their_indexes)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct store *store = fixture.store;

    check_plan(store, STATEMENT_PEOPLE_TO_TELL, "COVERING INDEX alerts_held");
    check_plan(store, STATEMENT_NEXT_OPENING, "INDEX alerts_opening");
    check_plan(store, STATEMENT_HELD_ALERTS, "INDEX alerts_held");
    check_plan(store, STATEMENT_ITEMS_OF_PERSON, "INDEX alerts_live");
    check_plan(store, STATEMENT_HELD_OF_ITEM, "INDEX alerts_held_of_item");
    check_plan(store, STATEMENT_FIND_ALERT, "AND slot=? AND recipient=?");
    check_plan(store, STATEMENT_SET_LIVE, "INDEX alerts_dead");
    check_plan(store, STATEMENT_CLEAR_OLDER, "(item=? AND due_at<?)");
    check_plan(store, STATEMENT_CLEAR_LATER, "(item=? AND due_at>?)");
    check_plan(store, STATEMENT_ITEMS_OF_PERSON, "INDEX alerts_held");
    check_plan(store, STATEMENT_ITEMS_OF_PERSON, "INDEX alerts_noticed");
    check_plan(store, STATEMENT_ALERTS_OF_NOTICE, "INDEX alerts_of_notice");
    check_plan(store, STATEMENT_COUNT_HELD, "INDEX alerts_");
    check_plan(store, STATEMENT_ALERTS_SENT, "INDEX alerts_of_notice");
    check_plan(store, STATEMENT_ALERTS_HELD_AGAIN, "INDEX alerts_of_notice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_member_of_an_alert),
        cmocka_unit_test(writes_what_becomes_of_an_alert),
        cmocka_unit_test(never_decides_the_same_alert_twice),
        cmocka_unit_test(holds_nothing_without_an_opening),
        cmocka_unit_test(finds_who_is_to_be_told_and_of_what),
        cmocka_unit_test(lists_open_items_by_alerts_of_the_present_deadline),
        cmocka_unit_test(finds_what_is_held_of_an_item_and_an_alert_by_its_key),
        cmocka_unit_test(lists_an_item_of_which_something_waits),
        cmocka_unit_test(reaches_alerts_by_their_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
