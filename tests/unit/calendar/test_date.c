#include "tests/unit/check.h"

#include "calendar/date.h"

TEST_CASE(counts_days_one_by_one_from_1970_to_2199)
{
    (void)state;
    int32_t days = 0;

    for (int year = 1970; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; date_exists(year, month, day); day++, days++) {
                struct date date = {(int16_t)year, (int8_t)month, (int8_t)day};
                assert_int_equal(date_to_days(date), days);
                assert_int_equal(date_compare(date_from_days(days), date), 0);
                assert_int_equal(date_weekday(date), (days + 3) % 7);
            }
    assert_int_equal(days, 230 * 365 + 56); /* leap years; not 2100 */
}

TEST_CASE(steps_over_the_ends_of_months_and_years)
{
    (void)state;
    char text[11];

    date_format(date_plus((struct date){2028, 2, 28}, 1), text);
    assert_string_equal(text, "2028-02-29");
    date_format(date_plus((struct date){2100, 2, 28}, 1), text);
    assert_string_equal(text, "2100-03-01");
    date_format(date_plus((struct date){2027, 1, 1}, -1), text);
    assert_string_equal(text, "2026-12-31");
    date_format(date_plus((struct date){2199, 12, 31}, 1), text);
    assert_string_equal(text, "2200-01-01");
}

TEST_CASE(sums_stop_at_dates_of_four_digits)
{
    (void)state;
    char text[11];

    date_format(date_plus((struct date){2026, 6, 25}, 4000000), text);
    assert_string_equal(text, "9999-12-31");
    date_format(date_plus((struct date){2026, 6, 25}, -4000000), text);
    assert_string_equal(text, "0001-01-01");
    date_format(date_from_days(INT32_MIN), text);
    assert_string_equal(text, "0001-01-01");
}

TEST_CASE(reads_one_form_only_and_days_that_exist)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-6-25",
        "25/06/2026",
        "2026-06-25 ",
        " 2026-06-25",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "1969-12-31",
        "2200-01-01",
        "2026-06-2\n",
        "+026-06-25",
        "2026/06/25",
    };
    struct err err = {0};
    struct date date = {0};

    check_ok(date_parse("2028-02-29", &date, &err));
    assert_int_equal(date_compare(date, (struct date){2028, 2, 29}), 0);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(date_parse(wrong[i], &date, &err), -1);
        assert_int_equal(err.code, ERR_INVALID);
        assert_int_equal(date.day, 29);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_days_one_by_one_from_1970_to_2199),
        cmocka_unit_test(steps_over_the_ends_of_months_and_years),
        cmocka_unit_test(sums_stop_at_dates_of_four_digits),
        cmocka_unit_test(reads_one_form_only_and_days_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
