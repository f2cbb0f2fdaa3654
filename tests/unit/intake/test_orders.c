#include "tests/unit/intake/lists.h"

#include "intake/order.h"
#include "store/overrides.h"

#define TASKS "code,title,lead,assignee,document_date,due,status,finished_on\n"
#define TASK(code, due, status)                                                \
    code ",Báo cáo,vhxh,cv1.vhxh,01/06/2026," due "," status ",\n"
#define NOW "2026-06-25 09:00"

/* Give an order at an instant, in a transaction of its own. */
static int give_at(struct office *office, const char *now,
                   const struct order *order, struct order_end *end_r)
{
    struct intake_options options = options_of(office);
    struct store *store = office->fixture.store;
    struct err err = {0};

    options.now = local(office, now);
    check_ok(store_begin(store, 0, &err));
    if (order_carry_out(&options, order, end_r, &office->err)) {
        store_rollback(store);
        return -1;
    }
    check_ok(store_commit(store, &err));
    return 0;
}

static void must_give(struct office *office, struct order order)
{
    owned(order_end_done) struct order_end end = {0};

    if (!order.by)
        order.by = "pct";
    if (!order.why)
        order.why = "có lý do";
    if (give_at(office, NOW, &order, &end))
        fail_msg("%s", office->err.text);
}

/* The order is refused, the reason has this in it, and nothing is written. */
static void check_refused(struct office *office, struct order order,
                          const char *reason)
{
    owned(order_end_done) struct order_end end = {0};
    owned(str_free) char *before = dump_of(office);

    if (!order.by)
        order.by = "pct";
    if (!order.why)
        order.why = "có lý do";
    if (give_at(office, NOW, &order, &end) == 0)
        fail_msg("not refused: %s", reason);
    assert_int_equal(office->err.code, ERR_INVALID);
    if (!strstr(office->err.text, reason))
        fail_msg("not \"%s\" but \"%s\"", reason, office->err.text);
    owned(str_free) char *after = dump_of(office);
    assert_string_equal(before, after);
}

static void take_tasks(struct office *office, const char *as_of,
                       const char *text)
{
    office->feed = (struct intake_feed){.name = "nhiem-vu", .kind = KIND_TASK};
    must_take(office, as_of, text);
}

static struct office office_with_tasks(void)
{
    struct office office = office_new();

    take_tasks(&office, DAY_1,
               TASKS TASK("NV-1", "30/06/2026", "đang thực hiện")
                   TASK("NV-2", "", "đang thực hiện"));
    return office;
}

static void check_due(const struct office *office, const char *code,
                      const char *due, const char *original)
{
    owned(item_done) struct item item = item_of(office, code);

    assert_int_equal(item.due_at, local(office, due));
    assert_int_equal(item.original_due_at, local(office, original));
}

static void check_status(const struct office *office, const char *code,
                         const char *status, bool ours)
{
    owned(item_done) struct item item = item_of(office, code);

    assert_string_equal(item.status->code, status);
    assert_int_equal(item.ours, ours);
}

/* ---- a task's life ---- */

TEST_CASE(extending_keeps_the_original_deadline_and_says_by_whom_and_why)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_EXTEND,
                                      .code = "NV-1",
                                      .due = "10/07/2026",
                                      .document = "130/TB-UBND"});
    must_give(&office, (struct order){.verb = ORDER_EXTEND,
                                      .code = "NV-1",
                                      .due = "17/07/2026 11:00"});
    check_due(&office, "NV-1", "2026-07-17 11:00", "2026-06-30 17:00");
    owned(str_free) char *history = history_of(&office, "NV-1", "due");
    assert_string_equal(
        history,
        ">2026-06-30T17:00:00 2026-06-01T07:30:00 2026-06-24T07:00:00 nhiem-vu "
        "list.csv:2\n"
        "2026-06-30T17:00:00>2026-07-10T17:00:00 2026-06-25T09:00:00 "
        "2026-06-25T09:00:00 kiphan task extend, 130/TB-UBND\n"
        "2026-07-10T17:00:00>2026-07-17T11:00:00 2026-06-25T09:00:00 "
        "2026-06-25T09:00:00 kiphan task extend\n");
}

TEST_CASE(the_first_deadline_of_a_task_without_one_is_its_original)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_EXTEND,
                                      .code = "NV-2",
                                      .due = "10/07/2026"});
    check_due(&office, "NV-2", "2026-07-10 17:00", "2026-07-10 17:00");
}

TEST_CASE(a_task_is_added_with_the_next_number_and_the_unit_of_its_holder)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();
    owned(order_end_done) struct order_end end = {0};
    const struct order order = {.verb = ORDER_ADD,
                                .by = "Phan Thu Hà",
                                .title = "Rà soát  quy trình",
                                .assignee = "Trần Thị Bình",
                                .due = "03/07/2026"};

    must_give(&office, (struct order){.verb = ORDER_ADD,
                                      .code = "NV-2026-041",
                                      .title = "Việc",
                                      .unit = "hcc"});
    assert_int_equal(give_at(&office, NOW, &order, &end), 0);
    owned(item_done) struct item item = item_of(&office, "NV-2026-042");
    assert_string_equal(item.unit, "vhxh");
    assert_string_equal(item.assignee, "cv1.vhxh");
    assert_string_equal(item.assigned_by, "pct");
    assert_int_equal(item.due_at, local(&office, "2026-07-03 17:00"));
    assert_int_equal(item.received_at, local(&office, NOW));
    assert_string_equal(item.status->code, "new");
}

TEST_CASE(a_pause_by_command_is_given_back_in_working_time)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_PAUSE,
                                      .code = "NV-1",
                                      .on = "24/06/2026 16:00"});
    check_status(&office, "NV-1", "paused", true);
    must_give(&office, (struct order){.verb = ORDER_RESUME,
                                      .code = "NV-1",
                                      .on = "25/06/2026 08:00"});
    /* One hour and a half of sessions; and the source says the same again. */
    owned(item_done) struct item item = item_of(&office, "NV-1");
    assert_int_equal(item_deadline(&item), local(&office, "2026-07-01 09:00"));
    assert_false(item.ours);
}

static const struct {
    struct order order;
    const char *reason;
} refusals[] = {
    {{.verb = ORDER_DONE, .code = "NV-9"}, "there is no item NV-9"},
    {{.verb = ORDER_DONE, .code = "NV-1", .by = "Trần Thị Bìn"},
     "near: cv1.vhxh \"Trần Thị Bình\""},
    {{.verb = ORDER_DONE, .code = "NV-1", .by = ""}, "--by is missing"},
    {{.verb = ORDER_ASSIGN, .code = "NV-1", .assignee = "Nguyễn Văn An"},
     "more than one person"},
    {{.verb = ORDER_ASSIGN, .code = "NV-1", .assignee = "cv3.xdnnmt"},
     "has left"},
    {{.verb = ORDER_ASSIGN, .code = "NV-1"}, "--assignee is missing"},
    {{.verb = ORDER_EXTEND, .code = "NV-1"}, "--due is missing"},
    {{.verb = ORDER_EXTEND, .code = "NV-1", .due = "30/06/2026"},
     "is not later"},
    {{.verb = ORDER_EXTEND, .code = "NV-1", .due = "31/06/2026"},
     "no such day"},
    {{.verb = ORDER_EXTEND, .code = "NV-1", .due = "30/07/2026", .why = ""},
     "--why is missing"},
    {{.verb = ORDER_DONE, .code = "NV-1", .on = "26/06/2026"}, "still to come"},
    {{.verb = ORDER_DONE, .code = "NV-1", .on = "25/06/2026 09:01"},
     "still to come"},
    {{.verb = ORDER_DONE, .code = "NV-1", .on = "31/05/2026"},
     "was given on 2026-06-01"},
    {{.verb = ORDER_RESUME, .code = "NV-1"}, "is not paused"},
    {{.verb = ORDER_FINISH, .code = "NV-1"}, "kiphan task done"},
    {{.verb = ORDER_REOPEN, .code = "NV-1"}, "is open"},
    {{.verb = ORDER_ADD, .code = "NV-1", .title = "x", .unit = "hcc"},
     "there is an item NV-1 already"},
    {{.verb = ORDER_ADD, .code = "NV 1", .title = "x", .unit = "hcc"},
     "no blanks"},
    {{.verb = ORDER_ADD, .unit = "hcc"}, "--title is missing"},
    {{.verb = ORDER_ADD, .title = "x"}, "--unit is missing"},
    {{.verb = ORDER_ADD, .title = "x", .unit = "hc"}, "hcc, kinhte"},
    {{.verb = ORDER_ADD, .title = "x", .unit = "hcc", .due = "24/06/2026"},
     "before the day it is given"},
    {{.verb = ORDER_ADD,
      .title = "x",
      .unit = "hcc",
      .recurrence = "thỉnh thoảng"},
     "weekly, monthly"},
    {{.verb = ORDER_ADD,
      .title = "x",
      .unit = "hcc",
      .recurrence = "hằng tuần"},
     "--due, the first date"},
    {{.verb = ORDER_ADD,
      .title = "x",
      .unit = "hcc",
      .due = "30/06/2026",
      .recurrence = "thường xuyên"},
     "leave --due out"},
};

TEST_CASE(refuses_what_cannot_be_and_says_why)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
        check_refused(&office, refusals[i].order, refusals[i].reason);
}

TEST_CASE(refuses_what_was_said_already)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_PAUSE,
                                      .code = "NV-1",
                                      .on = "24/06/2026 10:00"});
    check_refused(&office, (struct order){.verb = ORDER_PAUSE, .code = "NV-1"},
                  "is paused since 2026-06-24T10:00:00");
    check_refused(&office,
                  (struct order){.verb = ORDER_RESUME,
                                 .code = "NV-1",
                                 .on = "24/06/2026 09:00"},
                  "cannot go on before");
    must_give(&office, (struct order){.verb = ORDER_RESUME,
                                      .code = "NV-1",
                                      .on = "24/06/2026 15:00"});
    check_refused(&office,
                  (struct order){.verb = ORDER_PAUSE,
                                 .code = "NV-1",
                                 .on = "24/06/2026 14:00"},
                  "was paused until 2026-06-24T15:00:00");
    must_give(
        &office,
        (struct order){.verb = ORDER_DONE, .code = "NV-1", .on = "25/06/2026"});
    check_refused(&office, (struct order){.verb = ORDER_DONE, .code = "NV-1"},
                  "is closed (Done, 2026-06-25T00:00:00)");
    check_refused(&office, (struct order){.verb = ORDER_PAUSE, .code = "NV-1"},
                  "is closed");
}

/* ---- our word against the source's ---- */

TEST_CASE(a_list_neither_undoes_an_extension_nor_is_it_lost_until_it_agrees)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();
    static const char same[] =
        TASKS TASK("NV-1", "30/06/2026", "đang thực hiện");

    must_give(&office, (struct order){.verb = ORDER_EXTEND,
                                      .code = "NV-1",
                                      .due = "10/07/2026"});
    take_tasks(&office, DAY_2, same);
    check_due(&office, "NV-1", "2026-07-10 17:00", "2026-06-30 17:00");
    check_remark(&office, "needs-you due \"30/06/2026\" NV-1: we say 2026-07-10"
                          "T17:00:00 (pct, told 2026-06-25T09:00:00)");
    assert_int_equal(office.report.same, 1);
    /* The source moves, but not to where we say it is: kept. */
    take_tasks(&office, "2026-06-26 07:00",
               TASKS TASK("NV-1", "03/07/2026", "đang thực hiện"));
    check_due(&office, "NV-1", "2026-07-10 17:00", "2026-06-30 17:00");
    assert_int_equal(office.report.changed, 1);
    take_tasks(&office, "2026-06-29 07:00",
               TASKS TASK("NV-1", "10/07/2026", "đang thực hiện"));
    check_status(&office, "NV-1", "doing", false);
    /* From now on it is the source's again. */
    take_tasks(&office, "2026-06-30 07:00",
               TASKS TASK("NV-1", "13/07/2026", "đang thực hiện"));
    check_due(&office, "NV-1", "2026-07-13 17:00", "2026-06-30 17:00");
    owned(str_free) char *history = history_of(&office, "NV-1", "ours");
    assert_string_equal(history,
                        ">due 2026-06-25T09:00:00 2026-06-25T09:00:00 kiphan "
                        "task extend\n"
                        "due> 2026-06-29T07:00:00 2026-06-29T07:00:00 nhiem-vu "
                        "list.csv:2\n");
}

TEST_CASE(the_same_list_twice_changes_no_row_of_what_we_say_either)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();
    static const char list[] =
        TASKS TASK("NV-1", "01/07/2026", "đang thực hiện")
            TASK("NV-2", "", "đang thực hiện");

    must_give(&office, (struct order){.verb = ORDER_EXTEND,
                                      .code = "NV-1",
                                      .due = "10/07/2026"});
    must_give(&office, (struct order){.verb = ORDER_DONE, .code = "NV-2"});
    take_tasks(&office, DAY_2, list);
    owned(str_free) char *before = dump_of(&office);
    take_tasks(&office, DAY_2, list);
    assert_true(office.report.unchanged);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(our_word_is_over_when_we_take_it_back)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_ASSIGN,
                                      .code = "NV-1",
                                      .assignee = "cv2.vhxh"});
    check_status(&office, "NV-1", "doing", true);
    must_give(&office, (struct order){.verb = ORDER_ASSIGN,
                                      .code = "NV-1",
                                      .assignee = "cv1.vhxh"});
    check_status(&office, "NV-1", "doing", false);
}

TEST_CASE(a_list_that_first_names_a_task_of_ours_leaves_what_we_said)
{
    (void)state;
    owned(office_done) struct office office = office_with_tasks();

    must_give(&office, (struct order){.verb = ORDER_ADD,
                                      .code = "NV-3",
                                      .title = "Việc",
                                      .assignee = "cv1.hcc",
                                      .due = "03/07/2026"});
    take_tasks(&office, DAY_2,
               TASKS TASK("NV-3", "06/07/2026", "đang thực hiện"));
    owned(item_done) struct item item = item_of(&office, "NV-3");
    assert_int_equal(item.due_at, local(&office, "2026-07-03 17:00"));
    assert_string_equal(item.assignee, "cv1.hcc");
    assert_string_equal(item.unit, "hcc");
    assert_string_equal(item.status->code, "doing");
    assert_string_equal(item.feed, "nhiem-vu");
    assert_true(item.ours);
    assert_int_equal(office.report.needs_you, 3);
}

static struct office office_with_dossiers(void)
{
    struct office office = office_new();

    must_take(&office, DAY_1,
              HEADER PLAIN("A") "B,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026,"
                                "25/06/2026,23/06/2026,Đã xử lý xong\n");
    return office;
}

TEST_CASE(a_dossier_finished_by_command_stays_so_until_its_source_agrees)
{
    (void)state;
    owned(office_done) struct office office = office_with_dossiers();

    must_give(
        &office,
        (struct order){.verb = ORDER_FINISH, .code = "A", .on = "24/06/2026"});
    must_take(&office, DAY_2,
              HEADER ROW("A", "vhxh", "cv1.vhxh", "25/06/2026 17:00",
                         "Yêu cầu bổ sung giấy tờ"));
    check_status(&office, "A", "9", true);
    check_remark(&office, "A: we say Settled");
    /* Returned to the citizen is finished too, and the day is the same. */
    must_take(&office, "2026-06-26 07:00",
              HEADER "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,"
                     "25/06/2026 17:00,24/06/2026 10:30,Đã trả kết quả\n");
    check_status(&office, "A", "10", false);
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.finished_at, local(&office, "2026-06-24 10:30"));
}

TEST_CASE(a_source_that_agrees_on_the_finish_but_not_its_day_is_told_apart)
{
    (void)state;
    owned(office_done) struct office office = office_with_dossiers();

    must_give(
        &office,
        (struct order){.verb = ORDER_FINISH, .code = "A", .on = "24/06/2026"});
    must_take(&office, "2026-06-30 07:00",
              HEADER "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,"
                     "25/06/2026 17:00,29/06/2026,Đã xử lý xong\n");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.finished_at, local(&office, "2026-06-24 00:00"));
    assert_true(item.ours);
    check_remark(&office, "\"29/06/2026\" A: we say 2026-06-24T00:00:00");
}

TEST_CASE(a_dossier_reopened_by_command_is_open_until_its_source_agrees)
{
    (void)state;
    owned(office_done) struct office office = office_with_dossiers();

    must_give(&office, (struct order){.verb = ORDER_REOPEN, .code = "B"});
    check_status(&office, "B", "4", true);
    must_take(&office, DAY_2,
              HEADER PLAIN("A") "B,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026,"
                                "25/06/2026,23/06/2026,Đã xử lý xong\n");
    check_status(&office, "B", "4", true);
    check_remark(&office, "B: we say none");
    must_take(&office, "2026-06-26 07:00",
              HEADER PLAIN("A") ROW("B", "vhxh", "cv1.vhxh", "25/06/2026",
                                    "Yêu cầu bổ sung giấy tờ"));
    check_status(&office, "B", "5", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            extending_keeps_the_original_deadline_and_says_by_whom_and_why),
        cmocka_unit_test(
            the_first_deadline_of_a_task_without_one_is_its_original),
        cmocka_unit_test(
            a_task_is_added_with_the_next_number_and_the_unit_of_its_holder),
        cmocka_unit_test(a_pause_by_command_is_given_back_in_working_time),
        cmocka_unit_test(refuses_what_cannot_be_and_says_why),
        cmocka_unit_test(refuses_what_was_said_already),
        cmocka_unit_test(
            a_list_neither_undoes_an_extension_nor_is_it_lost_until_it_agrees),
        cmocka_unit_test(
            the_same_list_twice_changes_no_row_of_what_we_say_either),
        cmocka_unit_test(our_word_is_over_when_we_take_it_back),
        cmocka_unit_test(
            a_list_that_first_names_a_task_of_ours_leaves_what_we_said),
        cmocka_unit_test(
            a_dossier_finished_by_command_stays_so_until_its_source_agrees),
        cmocka_unit_test(
            a_source_that_agrees_on_the_finish_but_not_its_day_is_told_apart),
        cmocka_unit_test(
            a_dossier_reopened_by_command_is_open_until_its_source_agrees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
