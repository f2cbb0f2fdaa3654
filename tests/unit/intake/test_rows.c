#include "tests/unit/intake/lists.h"

TEST_CASE(takes_a_dossier_with_where_it_came_from)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, HEADER PLAIN("A"));
    owned(item_done) struct item item = item_of(&office, "A");
    assert_string_equal(item.title, "Đăng ký kết hôn");
    assert_string_equal(item.unit, "vhxh");
    assert_string_equal(item.assignee, "cv1.vhxh");
    assert_string_equal(item.feed, "motcua");
    assert_string_equal(item.status->code, "4");
    assert_int_equal(item.due_at, local(&office, "2026-06-25 17:00"));
    assert_int_equal(item.original_due_at, item.due_at);
    assert_false(item.due_by_date);
    owned(str_free) char *history = history_of(&office, "A", "status");
    assert_string_equal(history, ">4 2026-06-22T08:00:00 2026-06-24T07:00:00 "
                                 "motcua list.csv:2\n");
}

/* R2 */
TEST_CASE(a_day_without_a_time_stands_for_a_session)
{
    static const struct {
        const char *received, *due, *received_at, *due_at, *why;
    } cases[] = {
        {"22/06/2026", "25/06/2026", "2026-06-22 07:30", "2026-06-25 17:00",
         "first and last session of a working day"},
        {"20/06/2026", "27/06/2026", "2026-06-20 00:00", "2026-06-27 23:59:59",
         "a rest day has none"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(office_done) struct office office = office_new();
        owned(str_free) char *list = str_format(
            "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Trạng "
            "thái\nA,%s,%s,24/06/2026,Đã xử lý xong\n",
            cases[i].received, cases[i].due);
        must_take(&office, DAY_2, list);
        owned(item_done) struct item item = item_of(&office, "A");
        if (item.received_at != local(&office, cases[i].received_at) ||
            item.due_at != local(&office, cases[i].due_at))
            fail_msg("%s", cases[i].why);
        assert_true(item.due_by_date);
        assert_int_equal(item.finished_at, local(&office, "2026-06-24 00:00"));
    }
}

/* A list that lost the time says nothing against the time that is known; a
 * moved promise would warn everybody again. */
TEST_CASE(a_day_alone_does_not_move_a_promise_of_that_day)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              HEADER ROW("A", "vhxh", "", "27/06/2026 10:00", "4"));
    must_take(&office, DAY_2, HEADER ROW("A", "vhxh", "", "27/06/2026", "4"));
    assert_int_equal(office.report.same, 1);
    must_take(&office, "2026-06-26 07:00",
              HEADER ROW("A", "vhxh", "", "29/06/2026", "4"));
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.due_at, local(&office, "2026-06-29 17:00"));
}

TEST_CASE(leaves_out_what_is_no_dossier_and_says_why)
{
    static const char list[] =
        HEADER PLAIN("A") ROW("B", "vhxh", "", "31/02/2026", "4")
            ROW("C", "vhxh", "", "soon", "4")
                ROW("D", "vhxh", "", "", "Đang bay")
                    ROW("", "vhxh", "", "26/06/2026", "4")
                        ROW("F", "vhxh", "", "26/06/2026", "");
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, list);
    assert_int_equal(office.report.read, 6);
    assert_int_equal(office.report.fresh, 1);
    assert_int_equal(office.report.rejected, 5);
    check_remark(&office, "3 left-out Ngày hẹn trả \"31/02/2026\" no such day");
    check_remark(&office, "4 left-out Ngày hẹn trả \"soon\" not a date");
    check_remark(&office, "5 left-out Trạng thái \"Đang bay\" no such status");
    check_remark(&office, "6 left-out Mã hồ sơ \"\" a row needs a code");
    check_remark(&office, "7 left-out Trạng thái \"\" a row needs a status");
}

/* R14, R17 */
TEST_CASE(finds_the_holder_and_the_unit_or_says_to_whom_it_goes)
{
    static const struct {
        const char *unit, *handler, *unit_r, *assignee_r, *remark, *why;
    } cases[] = {
        {"Phòng Kinh tế", "NGUYỄN  thanh mai", "kinhte", "cv1.kinhte", NULL,
         "names for codes"},
        {"", "cv1.kinhte", "kinhte", "cv1.kinhte", NULL, "the handler's unit"},
        {"phòng lạ", "cv1.kinhte", "kinhte", "cv1.kinhte",
         "\"phòng lạ\" no such unit; taken as of kinhte", "the same"},
        {"xdnnmt", "Nguyễn Văn An", "xdnnmt", "",
         "more than one person bears this name; goes to the head of xdnnmt",
         "a name that fits two is nobody's"},
        {"xdnnmt", "Nguyen Van An", "xdnnmt", "",
         "nobody by that name (near: cv1.xdnnmt \"Nguyễn Văn An\"); goes to "
         "the head of xdnnmt",
         "the nearest is shown, and not taken"},
        {"", "", "", "", "no unit is known; goes to the admins",
         "kept, so that it is not lost"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(office_done) struct office office = office_new();
        owned(str_free) char *list =
            str_format("%sA,X,%s,%s,22/06/2026 08:00,25/06/2026 17:00,,4\n",
                       HEADER, cases[i].unit, cases[i].handler);
        must_take(&office, DAY_1, list);
        owned(item_done) struct item item = item_of(&office, "A");
        if (!str_equal(item.unit, cases[i].unit_r) ||
            !str_equal(item.assignee, cases[i].assignee_r))
            fail_msg("%s: %s, %s", cases[i].why, item.unit, item.assignee);
        if (cases[i].remark)
            check_remark(&office, cases[i].remark);
        else
            assert_int_equal(office.report.needs_you, 0);
    }
}

TEST_CASE(without_any_other_word_the_unit_that_received_it_has_it)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              "Mã hồ sơ,Đơn vị tiếp nhận,Ngày tiếp nhận,Ngày hẹn trả,Trạng "
              "thái\nA,Trung tâm Phục vụ hành chính công,22/06/2026,,4\n");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_string_equal(item.unit, "hcc");
    check_remark(&office, "the one that received it counts");
}

TEST_CASE(tells_an_unknown_name_once_whatever_the_number_of_rows)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              HEADER ROW("A", "vhxh", "Ai Đó", "", "4")
                  ROW("B", "vhxh", "Ai Đó", "", "4")
                      ROW("C", "vhxh", "Ai Đó", "", "4"));
    assert_int_equal(office.report.needs_you, 1);
    assert_int_equal(office.report.remarks[0].more, 2);
}

TEST_CASE(of_a_code_met_twice_the_later_row_counts)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              HEADER PLAIN("A") PLAIN("B")
                  ROW("A", "kinhte", "", "26/06/2026 17:00", "4"));
    assert_int_equal(office.report.read, 3);
    assert_int_equal(office.report.fresh, 2);
    assert_int_equal(office.report.repeated, 1);
    check_remark(&office,
                 "4 needs-you Mã hồ sơ \"A\" same code as line 2; the later");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_string_equal(item.unit, "kinhte");
}

TEST_CASE(reads_the_untidiness_of_a_real_export)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              "DANH SÁCH HỒ SƠ,,,,\n\n"
              "STT,MÃ HỒ SƠ ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Địa chỉ,"
              "Màu\n"
              "1,A  ,22/06/2026 08:00,25/06/2026,Đang xử lý  ,Tổ 5,đỏ\n"
              ",,,,,,\n"
              "STT,MÃ HỒ SƠ ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Địa chỉ,"
              "Màu\n"
              "2,\"B\r\nBcc: x\",22/06/2026 08:00,,Đang xử lý,Tổ 6,xanh\n"
              "Tổng cộng,2\nNgười lập biểu\n");
    assert_int_equal(office.report.read, 2);
    assert_int_equal(office.report.fresh, 2);
    check_remark(&office, "3 note  \"\" columns that are not used: \"Màu\"\n");
    owned(item_done) struct item item = item_of(&office, "B  Bcc: x");
    assert_string_equal(item.unit, "");
    owned(str_free) char *dump = dump_of(&office);
    assert_null(strstr(dump, "Tổ 5"));
}

TEST_CASE(a_feeds_own_headers_come_before_the_known_ones)
{
    static const struct intake_column columns[] = {{"code", "Số biên nhận"},
                                                   {"due", "Hạn cuối"}};
    (void)state;
    owned(office_done) struct office office = office_new();

    office.feed.columns = columns;
    office.feed.column_count = 2;
    must_take(&office, DAY_1,
              "Số biên nhận,Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Hạn cuối,"
              "Trạng thái\nX,Y,22/06/2026,23/06/2026,24/06/2026,4\n");
    owned(item_done) struct item item = item_of(&office, "X");
    assert_int_equal(item.due_at, local(&office, "2026-06-24 17:00"));
}

TEST_CASE(refuses_a_list_without_the_columns_that_it_needs)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    assert_int_equal(
        take_at(&office, DAY_1, "Mã hồ sơ,Ngày tiếp nhận,Trạng thái\nA,,4\n"),
        -1);
    assert_non_null(strstr(office.err.text, "\"ngày hẹn trả\""));
    assert_int_equal(take_at(&office, DAY_1, "a,b\n1,2\n"), -1);
    assert_non_null(strstr(office.err.text, "is this the right list?"));
}

TEST_CASE(a_finish_has_its_own_date_and_tells_when_it_is_moved_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(str_free) char *first = str_format(
        "%sA,X,vhxh,,22/06/2026,25/06/2026 17:00,26/06/2026 09:00,9\n", HEADER);
    owned(str_free) char *second = str_format(
        "%sA,X,vhxh,,22/06/2026,25/06/2026 17:00,25/06/2026 09:00,9\n", HEADER);

    must_take(&office, "2026-06-27 07:00", first);
    must_take(&office, "2026-06-28 07:00", second);
    check_remark(&office, "A: moved back from 2026-06-26T09:00:00");
    owned(str_free) char *history = history_of(&office, "A", "finished");
    assert_non_null(strstr(history, "2026-06-26T09:00:00>2026-06-25T09:00:00 "
                                    "2026-06-25T09:00:00 2026-06-28T07:00:00"));
}

TEST_CASE(a_promise_before_the_receipt_is_kept_and_told)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1,
              HEADER ROW("A", "vhxh", "", "19/06/2026 17:00", "4"));
    assert_int_equal(office.report.fresh, 1);
    check_remark(&office, "A is promised before it was received");
}

TEST_CASE(takes_the_sample_tasks)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    office.feed = (struct intake_feed){
        .name = "nhiem-vu", .kind = KIND_TASK, .gone_percent = 10};
    take_sample(&office, intake_items, "notice-tasks.csv");
    assert_int_equal(office.report.fresh, 21);
    assert_int_equal(office.report.needs_you, 0);
    owned(item_done) struct item task = item_of(&office, "NV-2026-012");
    assert_int_equal(task.kind, KIND_TASK);
    assert_string_equal(task.unit, "hcc");
    assert_string_equal(task.coordinating, "vhxh,kinhte,xdnnmt");
    assert_string_equal(task.assignee, "gd.hcc");
    assert_string_equal(task.assigned_by, "pct");
    assert_string_equal(task.document, "123/TB-UBND");
    assert_string_equal(task.recurrence, "hằng tuần");
    assert_int_equal(task.received_at, local(&office, "2026-06-25 07:30"));
    assert_int_equal(task.due_at, local(&office, "2026-06-26 17:00"));
    owned(item_done) struct item endless = item_of(&office, "NV-2026-002");
    assert_true(endless.due_at == INSTANT_NONE);
    assert_true(endless.original_due_at == INSTANT_NONE);
}

TEST_CASE(what_is_said_of_a_list_is_in_the_language_that_was_asked_for)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);

    options.language = TEXTS_VI;
    assert_int_equal(take(&office, intake_items, &options,
                          HEADER ROW("A", "vhxh", "", "31/02/2026", "4") ROW(
                              "B", "vhxh", "Nguyễn Văn A", "26/06/2026", "4")),
                     0);
    check_remark(&office, "2 left-out Ngày hẹn trả \"31/02/2026\" không có "
                          "ngày, giờ này; bỏ qua dòng này\n");
    check_remark(&office, "\"Nguyễn Văn A\" không có ai tên này");
    assert_int_equal(take(&office, intake_items, &options, "a,b\n1,2\n"), -1);
    assert_non_null(strstr(office.err.text, "không dòng nào có tên các cột"));
    assert_int_equal(take(&office, intake_items, &options, "a,\"b\n"), -1);
    assert_string_equal(office.err.text, "dòng 1: thiếu dấu nháy kép đóng");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_dossier_with_where_it_came_from),
        cmocka_unit_test(a_day_without_a_time_stands_for_a_session),
        cmocka_unit_test(a_day_alone_does_not_move_a_promise_of_that_day),
        cmocka_unit_test(leaves_out_what_is_no_dossier_and_says_why),
        cmocka_unit_test(finds_the_holder_and_the_unit_or_says_to_whom_it_goes),
        cmocka_unit_test(
            without_any_other_word_the_unit_that_received_it_has_it),
        cmocka_unit_test(
            tells_an_unknown_name_once_whatever_the_number_of_rows),
        cmocka_unit_test(of_a_code_met_twice_the_later_row_counts),
        cmocka_unit_test(reads_the_untidiness_of_a_real_export),
        cmocka_unit_test(a_feeds_own_headers_come_before_the_known_ones),
        cmocka_unit_test(refuses_a_list_without_the_columns_that_it_needs),
        cmocka_unit_test(
            a_finish_has_its_own_date_and_tells_when_it_is_moved_back),
        cmocka_unit_test(a_promise_before_the_receipt_is_kept_and_told),
        cmocka_unit_test(takes_the_sample_tasks),
        cmocka_unit_test(
            what_is_said_of_a_list_is_in_the_language_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
