#include "tests/unit/store/fixture.h"

#include "store/notices.h"

static char an[] = "an", binh[] = "binh", mail[] = "mail", window[] = "gio",
            vi[] = "vi", facts[] = "{}", none[] = "";

/* Queue a notice that lists an item. */
static int64_t queue(struct store *store, const char *identity, char *recipient,
                     int64_t decided_at, int64_t item)
{
    owned(str_free) char *own = str_copy(identity);
    struct notice_line line = {
        .item = item, .level = LEVEL_OVERDUE, .fresh = true, .due_at = 5000};
    struct notice notice = {.identity = own,
                            .recipient = recipient,
                            .channel = mail,
                            .via = mail,
                            .window = window,
                            .language = vi,
                            .decided_at = decided_at,
                            .attempt_at = decided_at,
                            .state = NOTICE_QUEUED,
                            .facts = facts,
                            .detail = none,
                            .lines = &line,
                            .line_count = 1};
    const struct alerts nothing = {0};
    struct err err = {0};

    check_ok(store_add_notice(store, &notice, &nothing, decided_at, &err));
    return notice.id;
}

TEST_CASE(finds_the_notices_that_list_an_item_whatever_became_of_them)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(notices_done) struct notices found = {0};
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t one = put_sample(store, "HS-1", 5000),
            other = put_sample(store, "HS-2", 5000);

    int64_t first = queue(store, "a", an, 6000, one);
    (void)queue(store, "b", an, 6000, other);
    int64_t last = queue(store, "c", binh, 6100, one);
    check_ok(store_settle_notice(store, first, NOTICE_WITHDRAWN, 6000, 0, "",
                                 6200, &err));
    check_ok(store_notices_of_item(store, one, &found, &err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[0].id, first);
    assert_int_equal(found.items[0].changed_at, 6200);
    assert_int_equal(found.items[1].id, last);
    assert_int_equal(found.items[1].lines[0].item, one);
}

TEST_CASE(finds_a_persons_notices_of_a_period_in_order)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(notices_done) struct notices found = {0};
    struct store *store = fixture.store;
    struct err err = {0};
    int64_t item = put_sample(store, "HS-1", 5000);

    int64_t late = queue(store, "a", an, 7000, item);
    int64_t early = queue(store, "b", an, 6000, item);
    (void)queue(store, "c", binh, 6500, item);
    check_ok(store_notices_of_person(store, "an", INSTANT_NONE, INSTANT_NEVER,
                                     &found, &err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[0].id, early);
    assert_int_equal(found.items[1].id, late);
    notices_done(&found);
    check_ok(store_notices_of_person(store, "an", 6000, 7000, &found, &err));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].id, early);
    assert_int_equal(found.items[0].line_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            finds_the_notices_that_list_an_item_whatever_became_of_them),
        cmocka_unit_test(finds_a_persons_notices_of_a_period_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
