#include "tests/unit/calendar/office.h"

TEST_CASE(reads_sessions_between_blanks_or_commas)
{
    (void)state;
    static const char *const forms[] = {
        "07:30-11:30 13:30-17:00",
        "07:30-11:30,13:30-17:00",
        "  07:30-11:30 ,\t13:30-17:00, ",
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct day_plan plan = office_plan(forms[i]);
        assert_int_equal(plan.count, 2);
        assert_int_equal(plan.sessions[0].start, 27000);
        assert_int_equal(plan.sessions[0].end, 41400);
        assert_int_equal(plan.sessions[1].start, 48600);
        assert_int_equal(plan.sessions[1].end, 61200);
    }
}

TEST_CASE(a_session_may_fill_the_day_and_touch_the_next)
{
    (void)state;
    struct day_plan plan = office_plan("00:00-24:00");

    assert_int_equal(plan.sessions[0].end, 24 * 3600);
    assert_int_equal(office_plan("07:00-08:00 08:00-09:00").count, 2);
}

TEST_CASE(refuses_what_is_no_list_of_sessions)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        " ,",
        "off",
        "07:30",
        "07:30-",
        "7:30-11:30",
        "07:30 - 11:30",
        "07:30-11:3",
        "07:30-11:60",
        "07:30-24:01",
        "23:00-25:00",
        "11:30-07:30",
        "07:30-07:30",
        "24:00-24:00",
        "07:30-11:3013:30-17:00",
        "07:30-11:30;13:30-17:00",
        "13:30-17:00 07:30-11:30",
        "07:30-11:30 11:29-17:00",
        "01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00",
        "07:30-11:30 x",
    };
    struct err err = {0};
    struct day_plan plan = {.count = 42};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (day_plan_parse(wrong[i], &plan, &err) == 0)
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_int_equal(plan.count, 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_sessions_between_blanks_or_commas),
        cmocka_unit_test(a_session_may_fill_the_day_and_touch_the_next),
        cmocka_unit_test(refuses_what_is_no_list_of_sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
