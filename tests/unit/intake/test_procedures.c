#include "tests/unit/intake/lists.h"

#define TABLE                                                                  \
    "code,name,field,unit,term,online_term,same_day_cutoff,"                   \
    "supplement_limit\n"
#define LIST                                                                                         \
    "Mã hồ sơ,Tên TTHC,Đơn vị xử lý,Cán bộ xử lý,Hình thức nộp,Ngày tiếp " \
    "nhận,Ngày hẹn trả,Trạng thái\n"
#define OF(code, name, how, received, due)                                     \
    code "," name ",,," how "," received "," due ",4\n"

static void take_table(struct office *office, const char *text)
{
    struct intake_options options = options_of(office);

    if (take(office, intake_procedures, &options, text))
        fail_msg("%s", office->err.text);
}

static struct office with_procedures(void)
{
    struct office office = office_new();

    take_sample(&office, intake_procedures, "procedures.csv");
    return office;
}

static void check_due(const struct office *office, const char *code,
                      const char *due)
{
    owned(item_done) struct item item = item_of(office, code);
    char text[20] = "none";

    if (item.due_at != INSTANT_NONE)
        zone_format(office->zone, item.due_at, text);
    assert_string_equal(text, due);
}

TEST_CASE(takes_the_sample_table_and_again_changes_not_one_row)
{
    (void)state;
    owned(office_done) struct office office = with_procedures();

    assert_int_equal(office.report.fresh, 12);
    assert_int_equal(office.report.needs_you, 0);
    owned(str_free) char *before = dump_of(&office);
    take_sample(&office, intake_procedures, "procedures.csv");
    assert_true(office.report.unchanged);
    assert_int_equal(office.report.same, 12);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(says_of_a_bad_row_what_would_be_right)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_table(&office, TABLE "A,Một,,vhxh,3 ngày,,,\n"
                              "B,Hai,,vhxh,,,,\n"
                              "C,Ba,,vhxh,3wd,20%,,\n"
                              "D,Bốn,,vhxh,same-day,,,\n"
                              "E,Năm,,vhxh,same-day,,3pm,\n"
                              "F,Sáu,,phong,3wd,,,\n"
                              "G,Bảy,,vhxh,0wd,,,\n"
                              "H,Tám,,vhxh,3wd,,,same-day\n"
                              "I,Chín,,vhxh,\"2,5d\",,,\n"
                              "K K,Mười,,vhxh,3wd,,,\n"
                              "L,,,vhxh,3wd,,,\n"
                              "M,Hai lần,,vhxh,3wd,,15:00,\n"
                              "M,Hai lần,,vhxh,4wd,,,5wd\n"
                              "N,hai  LẦN,,,\"1,5wd\",,,\n");
    assert_int_equal(office.report.fresh, 2);
    assert_int_equal(office.report.rejected, 11);
    check_remark(&office,
                 "2 left-out term \"3 ngày\" not a term; write 4h, 2wd, "
                 "1.5wd, 3wd-end, 10d or same-day");
    check_remark(&office, "3 left-out term \"\" a procedure needs a term, such "
                          "as 3wd-end");
    check_remark(&office, "4 left-out online_term \"20%\"");
    check_remark(&office, "5 left-out same_day_cutoff \"\" a same-day term "
                          "needs the hour");
    check_remark(&office, "6 left-out same_day_cutoff \"3pm\" not a clock "
                          "time; write it like 15:00");
    check_remark(&office, "7 left-out unit \"phong\" no unit has this code");
    check_remark(&office, "8 left-out term \"0wd\" not a term");
    check_remark(&office, "9 left-out supplement_limit \"same-day\"");
    check_remark(&office, "10 left-out term \"2,5d\"");
    check_remark(&office, "11 left-out code \"K K\"");
    check_remark(&office, "12 left-out name");
    check_remark(&office, "14 needs-you code \"M\" same code as line 13; the "
                          "later row counts");
    check_remark(&office, "15 needs-you name \"hai  LẦN\" 2 procedures bear "
                          "it");
}

/* R3, R4 */
TEST_CASE(computes_the_promise_that_the_list_does_not_give)
{
    static const struct {
        const char *name, *how, *received, *due, *why;
    } cases[] = {
        {"Đăng ký khai sinh", "Trực tiếp", "25/06/2026 14:59:59",
         "2026-06-25T17:00:00", "in time for the same day"},
        {"Đăng ký khai sinh", "Trực tiếp", "25/06/2026 15:00:00",
         "2026-06-25T17:00:00", "the hour itself is in time"},
        {"Đăng ký khai sinh", "Trực tiếp", "25/06/2026 15:00:01",
         "2026-06-26T17:00:00", "too late for the same day"},
        {"Đăng ký khai sinh", "Trực tuyến", "26/06/2026 17:30",
         "2026-06-29T17:00:00", "effectively received on Monday"},
        {"Đăng ký khai sinh", "Trực tuyến", "27/06/2026 16:00",
         "2026-06-29T17:00:00", "on a Saturday: Monday"},
        {"Đăng ký thành lập hộ kinh doanh", "Trực tiếp", "19/06/2026 16:50",
         "2026-06-24T17:00:00", "the term of the desk"},
        {"Đăng ký thành lập hộ kinh doanh", "Trực tuyến", "19/06/2026 16:50",
         "2026-06-23T11:05:00", "the shorter one online"},
        {"ĐĂNG KÝ  kết hôn", "Trực tuyến", "22/06/2026 08:00",
         "2026-06-25T17:00:00", "no online term: the other one; folded"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(office_done) struct office office = with_procedures();
        owned(str_free) char *list =
            str_format(LIST "A,%s,,,%s,%s,,4\n", cases[i].name, cases[i].how,
                       cases[i].received);
        must_take(&office, "2026-06-30 07:00", list);
        print_message("%s\n", cases[i].why);
        check_due(&office, "A", cases[i].due);
        owned(item_done) struct item item = item_of(&office, "A");
        assert_int_equal(item.due_origin, DUE_COMPUTED);
        assert_int_equal(item.computed_due_at, item.due_at);
        assert_int_equal(item.original_due_at, item.due_at);
        assert_int_equal(strlen(item.procedure), 2);
    }
}

TEST_CASE(history_says_by_which_term_it_was_computed)
{
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, DAY_2,
              LIST OF("A", "Đăng ký thành lập hộ kinh doanh", "Trực tuyến",
                      "22/06/2026 08:00", ""));
    owned(str_free) char *history = history_of(&office, "A", "due");
    assert_string_equal(history,
                        ">2026-06-23T13:45:00 2026-06-22T08:00:00 "
                        "2026-06-25T07:00:00 motcua list.csv:2, HK 1.5wd\n");
}

TEST_CASE(keeps_both_where_list_and_term_differ_and_says_how_many)
{
    static const char list[] = LIST OF("A", "Đăng ký kết hôn", "",
                                       "22/06/2026 08:00", "25/06/2026 16:00")
        OF("B", "Đăng ký kết hôn", "", "22/06/2026 08:00", "30/06/2026")
            OF("C", "Đăng ký kết hôn", "", "22/06/2026 08:00", "25/06/2026")
                OF("D", "Đăng ký kết hôn", "", "22/06/2026 08:00",
                   "25/06/2026 17:00");
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, DAY_1, list);
    check_remark(&office,
                 "0 note  \"\" 2 promises are not what the term of the "
                 "procedure gives; the list's own count (A: promised for "
                 "2026-06-25T16:00:00, by procedure KH "
                 "2026-06-25T17:00:00)");
    check_due(&office, "A", "2026-06-25T16:00:00");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.due_origin, DUE_AS_SAID);
    assert_int_equal(item.computed_due_at, local(&office, "2026-06-25 17:00"));
    owned(str_free) char *before = dump_of(&office);
    must_take(&office, DAY_1, list);
    assert_true(office.report.unchanged);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(a_table_taken_later_moves_no_promise)
{
    static const char list[] =
        LIST OF("A", "Đăng ký kết hôn", "", "22/06/2026 08:00", "");
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, list);
    check_due(&office, "A", "none");
    take_sample(&office, intake_procedures, "procedures.csv");
    must_take(&office, DAY_2, list);
    check_due(&office, "A", "none");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_string_equal(item.procedure, "KH");

    /* Nor does another term: what was computed stays. */
    must_take(&office, DAY_2,
              LIST OF("A", "Đăng ký kết hôn", "", "22/06/2026 08:00", "")
                  OF("B", "Đăng ký kết hôn", "", "22/06/2026 08:00", ""));
    check_due(&office, "B", "2026-06-25T17:00:00");
    take_table(&office, TABLE "KH,Đăng ký kết hôn,,vhxh,9wd-end,,,\n");
    assert_int_equal(office.report.changed, 1);
    must_take(&office, "2026-06-25 08:00",
              LIST OF("A", "Đăng ký kết hôn", "", "22/06/2026 08:00", "")
                  OF("B", "Đăng ký kết hôn", "", "22/06/2026 08:00", ""));
    assert_int_equal(office.report.same, 2);
    check_due(&office, "B", "2026-06-25T17:00:00");
}

TEST_CASE(counts_from_the_first_receipt)
{
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, DAY_1,
              LIST "A,Đăng ký kết hôn,,,Trực tuyến,,,Mới đăng ký\n");
    check_due(&office, "A", "none");
    must_take(&office, DAY_2,
              LIST OF("A", "Đăng ký kết hôn", "", "24/06/2026 15:00", ""));
    check_due(&office, "A", "2026-06-29T17:00:00");
}

TEST_CASE(the_lists_own_promise_takes_the_place_of_a_computed_one)
{
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, DAY_1,
              LIST OF("A", "Đăng ký thành lập hộ kinh doanh", "Trực tuyến",
                      "22/06/2026 08:00", ""));
    check_due(&office, "A", "2026-06-23T13:45:00");
    /* The same day without a time: its last session, as ever (R2). */
    must_take(&office, DAY_2,
              LIST OF("A", "Đăng ký thành lập hộ kinh doanh", "Trực tuyến",
                      "22/06/2026 08:00", "23/06/2026"));
    check_due(&office, "A", "2026-06-23T17:00:00");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.due_origin, DUE_AS_SAID);
    assert_int_equal(item.original_due_at, local(&office, "2026-06-23 13:45"));

    must_take(&office, "2026-06-25 08:00",
              LIST OF("A", "Đăng ký thành lập hộ kinh doanh", "Trực tuyến",
                      "22/06/2026 08:00", ""));
    check_remark(&office, "A was promised for 2026-06-23T17:00:00; the list "
                          "gives no deadline now, and the one computed");
    check_due(&office, "A", "2026-06-23T13:45:00");
}

/* R8 */
TEST_CASE(waits_for_a_year_that_is_not_entered)
{
    static const char list[] =
        LIST OF("A", "Đăng ký kết hôn", "", "31/12/2026 08:00",
                "") OF("B", "Đăng ký kết hôn", "", "31/12/2026 08:00", "")
            OF("C", "Đăng ký kết hôn", "", "31/12/2026 08:00", "06/01/2027");
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, "2026-12-31 09:00", list);
    check_due(&office, "A", "none");
    check_remark(&office, "2 needs-you Ngày hẹn trả \"\" the list gives no "
                          "deadline, and none can be computed: ");
    check_remark(&office, "2027");
    check_remark(&office, "1 promises could not be compared");
    owned(str_free) char *before = dump_of(&office);
    must_take(&office, "2026-12-31 09:00", list);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);

    calendar_free(&office.calendar);
    office.calendar = calendar_new("kien-an", office.zone, &office.week);
    calendar_enter_year(office.calendar, 2026);
    calendar_enter_year(office.calendar, 2027);
    calendar_seal(office.calendar);
    must_take(&office, "2026-12-31 10:00", list);
    check_due(&office, "A", "2027-01-05T17:00:00");
}

/* R17 */
TEST_CASE(the_unit_is_the_procedures_before_that_of_the_desk)
{
    static const struct {
        const char *unit, *handler, *name, *expected;
    } cases[] = {
        {"kinhte", "cv1.hcc", "Đăng ký kết hôn", "kinhte"},
        {"", "cv1.hcc", "Đăng ký kết hôn", "hcc"},
        {"", "", "Đăng ký kết hôn", "vhxh"},
        {"", "", "Thủ tục khác", "hcc"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(office_done) struct office office = with_procedures();
        owned(str_free) char *list = str_format(
            "Mã hồ sơ,Tên TTHC,Đơn vị tiếp nhận,Đơn vị xử lý,Cán bộ xử lý,"
            "Ngày tiếp nhận,Ngày hẹn trả,Trạng thái\n"
            "A,%s,hcc,%s,%s,22/06/2026 08:00,,4\n",
            cases[i].name, cases[i].unit, cases[i].handler);
        must_take(&office, DAY_1, list);
        owned(item_done) struct item item = item_of(&office, "A");
        assert_string_equal(item.unit, cases[i].expected);
    }
}

TEST_CASE(the_code_of_the_list_goes_before_its_name)
{
    (void)state;
    owned(office_done) struct office office = with_procedures();

    must_take(&office, DAY_1,
              "Mã hồ sơ,Mã TTHC,Tên TTHC,Ngày tiếp nhận,Ngày hẹn trả,Trạng "
              "thái\n"
              "A,KH,Đăng ký khai sinh,22/06/2026 08:00,,4\n"
              "B,1.000656,Đăng ký khai sinh,22/06/2026 08:00,,4\n"
              "C,1.000656,Một thủ tục lạ,22/06/2026 08:00,,4\n");
    check_due(&office, "A", "2026-06-25T17:00:00");
    check_due(&office, "B", "2026-06-22T17:00:00");
    check_due(&office, "C", "none");
    check_remark(&office, "4 needs-you Mã TTHC \"1.000656\" not one of the "
                          "procedures known");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_sample_table_and_again_changes_not_one_row),
        cmocka_unit_test(says_of_a_bad_row_what_would_be_right),
        cmocka_unit_test(computes_the_promise_that_the_list_does_not_give),
        cmocka_unit_test(history_says_by_which_term_it_was_computed),
        cmocka_unit_test(
            keeps_both_where_list_and_term_differ_and_says_how_many),
        cmocka_unit_test(a_table_taken_later_moves_no_promise),
        cmocka_unit_test(counts_from_the_first_receipt),
        cmocka_unit_test(
            the_lists_own_promise_takes_the_place_of_a_computed_one),
        cmocka_unit_test(waits_for_a_year_that_is_not_entered),
        cmocka_unit_test(the_unit_is_the_procedures_before_that_of_the_desk),
        cmocka_unit_test(the_code_of_the_list_goes_before_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
