#include "tests/unit/intake/lists.h"

#include "intake/order.h"
#include "store/occurrences.h"

#define TASKS "code,title,lead,assignee,document_date,due,recurrence,status\n"
#define TASK(code, holder, due, recurrence)                                    \
    code ",Báo cáo,vhxh," holder ",01/06/2026," due "," recurrence             \
         ",đang thực hiện\n"
#define LAST "2026-06-26 07:00"

static void take_tasks(struct office *office, const char *as_of,
                       const char *text)
{
    office->feed = (struct intake_feed){.name = "nhiem-vu", .kind = KIND_TASK};
    must_take(office, as_of, text);
}

static void check_holder(const struct office *office, const char *code,
                         const char *holder)
{
    owned(item_done) struct item item = item_of(office, code);

    assert_string_equal(item.assignee, holder);
}

TEST_CASE(a_list_makes_series_of_what_recurs_and_says_what_is_missing)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_tasks(
        &office, DAY_1,
        TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần")
            TASK("NV-2", "cv1.vhxh", "", "hằng tháng")
                TASK("NV-3", "cv1.vhxh", "30/06/2026", "hai tuần")
                    TASK("NV-4", "cv1.vhxh", "", "thường xuyên")
                        TASK("NV-5", "cv1.vhxh", "30/06/2026", "thường xuyên"));
    assert_int_equal(office.report.fresh, 5);
    assert_int_equal(office.report.needs_you, 3);
    check_remark(&office, "1 occurrences of recurring tasks were opened");
    check_remark(&office, "3 needs-you recurrence \"hằng tháng\" NV-2 recurs, "
                          "but its first date is missing");
    check_remark(&office, "4 needs-you recurrence \"hai tuần\" NV-3: how often "
                          "is not clear");
    check_remark(&office, "6 needs-you recurrence \"thường xuyên\" NV-5 is "
                          "standing work");
    owned(item_done) struct item item = item_of(&office, "NV-1/2026-W26");
    assert_string_equal(item.feed, "");
    assert_int_equal(item.due_at, local(&office, "2026-06-26 17:00"));
}

TEST_CASE(the_same_list_of_series_twice_changes_not_one_row)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    static const char list[] =
        TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần");

    take_tasks(&office, DAY_1, list);
    owned(str_free) char *before = dump_of(&office);
    take_tasks(&office, DAY_1, list);
    assert_true(office.report.unchanged);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(an_open_occurrence_follows_its_series_to_another_holder)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_tasks(&office, DAY_1,
               TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần"));
    take_tasks(&office, DAY_2,
               TASKS TASK("NV-1", "cv2.vhxh", "26/06/2026", "hằng tuần"));
    check_holder(&office, "NV-1/2026-W26", "cv2.vhxh");
}

static struct order_end obey(struct office *office, struct order order)
{
    struct intake_options options = options_of(office);
    struct order_end end = {0};
    struct err err = {0};

    options.now = local(office, "2026-06-25 09:00");
    order.by = "pct";
    order.why = "có lý do";
    check_ok(store_begin(office->fixture.store, 0, &err));
    check_ok(order_carry_out(&options, &order, &end, &err));
    check_ok(store_commit(office->fixture.store, &err));
    return end;
}

TEST_CASE(one_that_was_given_to_somebody_else_follows_no_more)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_tasks(&office, DAY_1,
               TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần"));
    owned(order_end_done) struct order_end end =
        obey(&office, (struct order){.verb = ORDER_ASSIGN,
                                     .code = "NV-1/2026-W26",
                                     .assignee = "tp.vhxh"});
    (void)end; /* is only to be freed */
    take_tasks(&office, LAST,
               TASKS TASK("NV-1", "cv2.vhxh", "26/06/2026", "hằng tuần"));
    check_holder(&office, "NV-1/2026-W26", "tp.vhxh");
    check_holder(&office, "NV-1", "cv2.vhxh");
}

TEST_CASE(an_occurrence_done_early_opens_the_next_in_the_same_transaction)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_tasks(&office, DAY_1,
               TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần"));
    owned(order_end_done) struct order_end end = obey(
        &office, (struct order){.verb = ORDER_DONE, .code = "NV-1/2026-W26"});
    assert_int_equal(end.opened.count, 1);
    assert_string_equal(end.opened.items[0], "NV-1/2026-W27");
    check_holder(&office, "NV-1/2026-W27", "cv1.vhxh");
}

TEST_CASE(a_series_is_not_done_itself_but_may_be_cancelled)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);
    const struct order done = {.verb = ORDER_DONE, .code = "NV-1", .by = "pct"};
    struct order_end none = {0};
    struct err err = {0};

    take_tasks(&office, DAY_1,
               TASKS TASK("NV-1", "cv1.vhxh", "26/06/2026", "hằng tuần"));
    check_ok(store_begin(office.fixture.store, 0, &err));
    assert_int_equal(order_carry_out(&options, &done, &none, &err), -1);
    store_rollback(office.fixture.store);
    assert_non_null(strstr(err.text, "such as NV-1/2026-W26"));
    owned(order_end_done) struct order_end end =
        obey(&office, (struct order){.verb = ORDER_CANCEL, .code = "NV-1"});
    assert_int_equal(end.opened.count, 0);
    assert_false(item_is_open(&end.item));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_list_makes_series_of_what_recurs_and_says_what_is_missing),
        cmocka_unit_test(the_same_list_of_series_twice_changes_not_one_row),
        cmocka_unit_test(
            an_open_occurrence_follows_its_series_to_another_holder),
        cmocka_unit_test(one_that_was_given_to_somebody_else_follows_no_more),
        cmocka_unit_test(
            an_occurrence_done_early_opens_the_next_in_the_same_transaction),
        cmocka_unit_test(a_series_is_not_done_itself_but_may_be_cancelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
