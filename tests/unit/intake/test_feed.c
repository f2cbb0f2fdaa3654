#include "tests/unit/intake/lists.h"

TEST_CASE(keeps_the_history_of_what_changes_and_the_first_promise)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, HEADER PLAIN("A") PLAIN("B"));
    must_take(&office, DAY_2,
              HEADER PLAIN("B") ROW("A", "kinhte", "cv1.kinhte",
                                    "26/06/2026 17:00", "Đang xử lý"));
    assert_int_equal(office.report.changed, 1);
    assert_int_equal(office.report.same, 1);
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.original_due_at, local(&office, "2026-06-25 17:00"));
    assert_int_equal(item.due_at, local(&office, "2026-06-26 17:00"));
    static const struct {
        const char *field, *change;
    } changes[] = {
        {"due", "2026-06-25T17:00:00>2026-06-26T17:00:00 2026-06-25T07:00:00"},
        {"unit", "vhxh>kinhte"},
        {"assignee", "cv1.vhxh>cv1.kinhte"},
    };
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        owned(str_free) char *history =
            history_of(&office, "A", changes[i].field);
        if (!strstr(history, changes[i].change))
            fail_msg("%s: %s", changes[i].field, history);
    }
    owned(str_free) char *status = history_of(&office, "A", "status");
    assert_null(strstr(status, "4>"));
}

/* R16: not one row, no history, no rule woken. */
TEST_CASE(the_same_list_twice_changes_not_one_row)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct store *store = office.fixture.store;
    struct err err = {0};
    static const char list[] = HEADER PLAIN("A")
        ROW("B", "vhxh", "", "26/06/2026", "Yêu cầu bổ sung giấy tờ")
            ROW("C", "", "Nguyễn Văn An", "", "Mới đăng ký");

    must_take(&office, DAY_1, list);
    owned(item_done) struct item item = item_of(&office, "A");
    check_ok(store_begin(store, 0, &err));
    check_ok(store_set_next(store, item.id, MORNING, &err));
    check_ok(store_commit(store, &err));
    owned(str_free) char *before = dump_of(&office);
    must_take(&office, DAY_1, list);
    assert_true(office.report.unchanged);
    assert_int_equal(office.report.same, 3);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

/* The store knows that nothing changed since a later instant. */
TEST_CASE(the_same_list_as_of_a_later_instant_is_an_import_of_its_own)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(import_done) struct import last = {0};
    struct err err = {0};

    must_take(&office, DAY_1, HEADER PLAIN("A"));
    must_take(&office, DAY_2, HEADER PLAIN("A"));
    check_ok(store_last_import(office.fixture.store, "motcua", &last, &err));
    assert_int_equal(last.as_of, local(&office, DAY_2));
    owned(str_free) char *history = history_of(&office, "A", "status");
    assert_null(strstr(history, "2026-06-25"));
}

TEST_CASE(a_dry_run_of_items_writes_nothing)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);
    owned(str_free) char *before = dump_of(&office);

    options.dry_run = true;
    assert_int_equal(
        take(&office, intake_items, &options, HEADER PLAIN("A") PLAIN("B")), 0);
    assert_int_equal(office.report.fresh, 2);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

/* Ten of these are a list from which one may go. */
#define TEN                                                                    \
    HEADER PLAIN("A") PLAIN("B") PLAIN("C") PLAIN("D") PLAIN("E") PLAIN("F")   \
        PLAIN("G") PLAIN("H") PLAIN("I") PLAIN("J")
#define NINE                                                                   \
    HEADER PLAIN("B") PLAIN("C") PLAIN("D") PLAIN("E") PLAIN("F") PLAIN("G")   \
        PLAIN("H") PLAIN("I") PLAIN("J")
#define EIGHT                                                                  \
    HEADER PLAIN("C") PLAIN("D") PLAIN("E") PLAIN("F") PLAIN("G") PLAIN("H")   \
        PLAIN("I") PLAIN("J")

TEST_CASE(what_a_complete_feed_no_longer_lists_is_gone_until_it_comes_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, TEN);
    must_take(&office, DAY_2, NINE);
    assert_int_equal(office.report.gone, 1);
    {
        owned(item_done) struct item item = item_of(&office, "A");
        assert_true(item.gone);
    }
    must_take(&office, "2026-06-26 07:00", TEN);
    assert_int_equal(office.report.back, 1);
    owned(item_done) struct item item = item_of(&office, "A");
    assert_false(item.gone);
    owned(str_free) char *history = history_of(&office, "A", "gone");
    assert_string_equal(
        history,
        ">yes 2026-06-25T07:00:00 2026-06-25T07:00:00 motcua list.csv\n"
        "yes> 2026-06-26T07:00:00 2026-06-26T07:00:00 motcua "
        "list.csv:2\n");
}

TEST_CASE(a_list_from_which_too_much_is_gone_is_refused_as_a_whole)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, TEN);
    owned(str_free) char *before = dump_of(&office);
    assert_int_equal(take_at(&office, DAY_2, EIGHT PLAIN("K")), -1);
    assert_int_equal(office.err.code, ERR_INVALID);
    assert_non_null(strstr(office.err.text, "2 of the 10 open items"));
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
    office.feed.complete = false;
    must_take(&office, DAY_2, EIGHT);
    assert_int_equal(office.report.gone, 0);
}

/* A row that cannot be read is a row still. */
TEST_CASE(an_item_whose_row_is_left_out_is_not_gone)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, TEN);
    must_take(&office, DAY_2, NINE ROW("A", "vhxh", "", "31/02/2026", "4"));
    assert_int_equal(office.report.rejected, 1);
    assert_int_equal(office.report.gone, 0);
}

TEST_CASE(an_older_list_is_refused_unless_asked_for)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);

    must_take(&office, DAY_2, TEN);
    assert_int_equal(take_at(&office, DAY_1, NINE), -1);
    assert_non_null(strstr(office.err.text, "older than the last"));
    options.as_of = local(&office, DAY_1);
    options.older_too = true;
    assert_int_equal(take(&office, intake_items, &options, NINE), 0);
    assert_int_equal(office.report.gone, 0);
}

/* R9: from the first list that shows it to the first that does not. */
TEST_CASE(a_pause_runs_from_list_to_list)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(pauses_done) struct pauses pauses = {0};
    struct err err = {0};

    must_take(&office, DAY_1, HEADER PLAIN("A"));
    must_take(&office, DAY_2,
              HEADER ROW("A", "vhxh", "cv1.vhxh", "25/06/2026 17:00", "5"));
    must_take(&office, "2026-06-26 07:00",
              HEADER ROW("A", "vhxh", "cv1.vhxh", "25/06/2026 17:00", "6"));
    must_take(&office, "2026-06-29 07:00", HEADER PLAIN("A"));
    owned(item_done) struct item item = item_of(&office, "A");
    check_ok(store_get_pauses(office.fixture.store, item.id, &pauses, &err));
    assert_int_equal(pauses.count, 1);
    assert_int_equal(pauses.items[0].started_at, local(&office, DAY_2));
    assert_int_equal(pauses.items[0].ended_at,
                     local(&office, "2026-06-29 07:00"));
}

TEST_CASE(a_promise_that_the_list_no_longer_shows_is_told)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, HEADER PLAIN("A"));
    must_take(&office, DAY_2, HEADER ROW("A", "vhxh", "cv1.vhxh", "", "4"));
    check_remark(&office, "A was promised for 2026-06-25T17:00:00 and has no "
                          "deadline now");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_true(item.due_at == INSTANT_NONE);
    assert_int_equal(item.original_due_at, local(&office, "2026-06-25 17:00"));
}

/* 1,000 rows are a batch; the second of three is not begun. */
static bool stop_after_one(void *context, size_t done, size_t all)
{
    int *calls = context;

    (*calls)++;
    assert_int_equal(done, 1000);
    assert_int_equal(all, 2500);
    return false;
}

TEST_CASE(a_list_that_is_stopped_is_taken_again_and_not_called_imported)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);
    owned(import_done) struct import last = {0};
    struct buf list = {0};
    struct err err = {0};
    int calls = 0;

    buf_add(&list, HEADER);
    for (int i = 0; i < 2500; i++)
        buf_addf(&list, "D%04d,X,vhxh,,22/06/2026,26/06/2026,,4\n", i);
    owned(str_free) char *text = buf_take(&list);
    options.progress = stop_after_one;
    options.context = &calls;
    assert_int_equal(take(&office, intake_items, &options, text), 0);
    assert_true(office.report.stopped);
    assert_int_equal(office.report.fresh, 1000);
    assert_int_equal(
        store_last_import(office.fixture.store, "motcua", &last, &err), -1);
    options.progress = NULL;
    assert_int_equal(take(&office, intake_items, &options, text), 0);
    assert_int_equal(office.report.same, 1000);
    assert_int_equal(office.report.fresh, 1500);
    check_ok(store_last_import(office.fixture.store, "motcua", &last, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            keeps_the_history_of_what_changes_and_the_first_promise),
        cmocka_unit_test(the_same_list_twice_changes_not_one_row),
        cmocka_unit_test(
            the_same_list_as_of_a_later_instant_is_an_import_of_its_own),
        cmocka_unit_test(a_dry_run_of_items_writes_nothing),
        cmocka_unit_test(
            what_a_complete_feed_no_longer_lists_is_gone_until_it_comes_back),
        cmocka_unit_test(
            a_list_from_which_too_much_is_gone_is_refused_as_a_whole),
        cmocka_unit_test(an_item_whose_row_is_left_out_is_not_gone),
        cmocka_unit_test(an_older_list_is_refused_unless_asked_for),
        cmocka_unit_test(a_pause_runs_from_list_to_list),
        cmocka_unit_test(a_promise_that_the_list_no_longer_shows_is_told),
        cmocka_unit_test(
            a_list_that_is_stopped_is_taken_again_and_not_called_imported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
