/* The clocks of an item in the store: its pauses, the citizen's limit, what
 * was done to its dates. */
#include "tests/unit/store/fixture.h"

static int start_pause(struct store *store, int64_t item, int64_t at,
                       struct err *err)
{
    const struct pause pause = {.started_at = at};
    return store_start_pause(store, item, &pause, err);
}

static int end_pause(struct store *store, int64_t item, int64_t at,
                     struct err *err)
{
    const struct pause pause = {.ended_at = at, .seconds = INSTANT_NONE};
    return store_end_pause(store, item, &pause, err);
}

TEST_CASE(keeps_pauses_one_at_a_time)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(pauses_done) struct pauses pauses = {0};
    struct err err = {0};
    int64_t item = put_sample(store, "H-1", 5000);

    assert_int_equal(end_pause(store, item, 50, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    check_ok(start_pause(store, item, 100, &err));
    assert_int_equal(start_pause(store, item, 150, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(end_pause(store, item, 99, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    check_ok(end_pause(store, item, 200, &err));
    assert_int_equal(start_pause(store, item, 100, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    check_ok(start_pause(store, item, 300, &err));
    check_ok(end_pause(store, item, 300, &err));
    check_ok(start_pause(store, item, 300, &err));

    check_ok(store_get_pauses(store, item, &pauses, &err));
    assert_int_equal(pauses.count, 2);
    assert_int_equal(pauses.items[0].started_at, 100);
    assert_int_equal(pauses.items[0].ended_at, 200);
    assert_int_equal(pauses.items[1].started_at, 300);
    assert_true(pauses.items[1].ended_at == INSTANT_NONE);
}

TEST_CASE(keeps_what_is_known_of_a_pause)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(pauses_done) struct pauses pauses = {0};
    struct err err = {0};
    int64_t item = put_sample(fixture.store, "H-1", 5000);
    struct pause pause = {.started_at = 100,
                          .ended_at = 200,
                          .seconds = INSTANT_NONE,
                          .source = (char[]){"motcua a.csv:2"},
                          .end_source = (char[]){"motcua b.csv:3"}};

    check_ok(store_start_pause(fixture.store, item, &pause, &err));
    check_ok(store_end_pause(fixture.store, item, &pause, &err));
    pause.seconds = 60;
    pause.contained = true;
    check_ok(store_settle_pause(fixture.store, item, &pause, &err));
    check_ok(store_get_pauses(fixture.store, item, &pauses, &err));
    assert_int_equal(pauses.items[0].seconds, 60);
    assert_true(pauses.items[0].contained);
    assert_string_equal(pauses.items[0].source, "motcua a.csv:2");
    assert_string_equal(pauses.items[0].end_source, "motcua b.csv:3");
    pause.started_at = 101;
    assert_int_equal(store_settle_pause(fixture.store, item, &pause, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

/* The deadline that counts, the citizen's clock, and what was moved. */
TEST_CASE(keeps_the_clocks_of_an_item)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(item_done) struct item read = {0};
    struct err err = {0};
    struct item item = {
        .kind = KIND_DOSSIER,
        .code = (char[]){"H-1"},
        .status = status_find(KIND_DOSSIER, "5"),
        .received_at = 1,
        .due_at = 1000,
        .given_back = 500,
        .computed_due_at = INSTANT_NONE,
        .original_due_at = 1000,
        .finished_at = INSTANT_NONE,
        .paused_at = 700,
        .unassigned_at = 650,
        .supplement_count = 2,
        .supplement_at = 700,
        .supplement_due_at = 900,
        .supplement_over_at = 600,
        .finish_moved = {1, 800, 780, 760, (char[]){"motcua a.csv:2"}},
        .original_moved = {3, 801, 1000, 1200, (char[]){"motcua b.csv:2"}},
    };

    check_ok(store_put_item(store, &item, &err));
    check_ok(store_get_item(store, "H-1", &read, &err));
    assert_int_equal(item_deadline(&read), 1500);
    assert_int_equal(read.paused_at, 700);
    assert_int_equal(read.unassigned_at, 650);
    assert_int_equal(read.supplement_count, 2);
    assert_int_equal(read.supplement_at, 700);
    assert_int_equal(read.supplement_due_at, 900);
    assert_int_equal(read.supplement_over_at, 600);
    assert_int_equal(read.finish_moved.times, 1);
    assert_int_equal(read.finish_moved.at, 800);
    assert_int_equal(read.finish_moved.from, 780);
    assert_int_equal(read.finish_moved.to, 760);
    assert_string_equal(read.finish_moved.source, "motcua a.csv:2");
    assert_int_equal(read.original_moved.times, 3);
    assert_int_equal(read.original_moved.to, 1200);
    assert_string_equal(read.original_moved.source, "motcua b.csv:2");

    read.give_back_waits = true;
    check_ok(store_put_item(store, &read, &err));
    item_done(&read);
    check_ok(store_get_item(store, "H-1", &read, &err));
    assert_true(read.give_back_waits);
    assert_true(item_deadline(&read) == INSTANT_NONE);
    assert_int_equal(read.due_at, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_pauses_one_at_a_time),
        cmocka_unit_test(keeps_what_is_known_of_a_pause),
        cmocka_unit_test(keeps_the_clocks_of_an_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
