#include "tests/unit/check.h"

#include "reports/numbers.h"

static void check_text(char *text, const char *wanted)
{
    owned(str_free) char *own = text;

    assert_string_equal(own, wanted);
}

TEST_CASE(shares_have_one_decimal_rounded_half_up)
{
    static const struct {
        struct share share;
        const char *text;
        const char *why;
    } rows[] = {
        {{0, 0}, "–", "a rate over zero is none"},
        {{0, 7}, "0,0%", "but none of seven is nought"},
        {{7, 7}, "100,0%", ""},
        {{1, 2000}, "0,1%", "0.05 % goes up"},
        {{1, 2001}, "0,0%", "less than that does not"},
        {{1999, 2000}, "100,0%", "99.95 % goes up, too"},
        {{24, 31}, "77,4%", "77.419"},
        {{2, 3}, "66,7%", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check_text(share_text(rows[i].share, TEXTS_VI), rows[i].text);
    check_text(share_text((struct share){2, 3}, TEXTS_EN), "66.7%");
}

TEST_CASE(points_are_a_fifth_of_percents)
{
    (void)state;
    assert_int_equal(share_points((struct share){24, 104}), 46);
    assert_int_equal(share_points((struct share){1, 1}), 200);
    assert_int_equal(share_points((struct share){0, 0}), -1);
}

TEST_CASE(numbers_are_grouped_as_each_language_does)
{
    (void)state;
    check_text(number_text(0, TEXTS_VI), "0");
    check_text(number_text(999, TEXTS_VI), "999");
    check_text(number_text(1234567, TEXTS_VI), "1.234.567");
    check_text(number_text(-1234, TEXTS_EN), "-1,234");
    check_text(count_change_text(12, TEXTS_VI), "+12");
    check_text(count_change_text(0, TEXTS_VI), "0");
}

TEST_CASE(changes_of_shares_need_both)
{
    const struct share none = {0, 0}, half = {1, 2}, third = {1, 3};

    (void)state;
    check_text(share_change_text(half, third, TEXTS_VI), "+16,7");
    check_text(share_change_text(third, half, TEXTS_VI), "-16,7");
    check_text(share_change_text(half, half, TEXTS_VI), "0,0");
    check_text(share_change_text(half, none, TEXTS_VI), "–");
    check_text(share_change_text(none, half, TEXTS_VI), "–");
}

TEST_CASE(hours_are_rounded_half_up)
{
    (void)state;
    check_text(hours_text(135000, TEXTS_VI), "37,5");
    check_text(hours_text(180, TEXTS_VI), "0,1");
    check_text(hours_text(179, TEXTS_VI), "0,0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_have_one_decimal_rounded_half_up),
        cmocka_unit_test(points_are_a_fifth_of_percents),
        cmocka_unit_test(numbers_are_grouped_as_each_language_does),
        cmocka_unit_test(changes_of_shares_need_both),
        cmocka_unit_test(hours_are_rounded_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
