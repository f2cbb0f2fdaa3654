#include "tests/unit/check.h"

#include "daemon/backoff.h"

TEST_CASE(doubles_up_to_its_cap)
{
    (void)state;
    const struct backoff backoff = {.first = 60, .cap = 3600};
    static const int64_t expected[] = {60,   120,  240,  480, 960,
                                       1920, 3600, 3600, 3600};

    for (int failures = 1; failures <= 9; failures++)
        assert_int_equal(backoff_ceiling(&backoff, failures),
                         expected[failures - 1]);
    assert_int_equal(backoff_ceiling(&backoff, INT32_MAX), 3600);
}

TEST_CASE(is_never_less_than_a_second)
{
    (void)state;
    const struct backoff none = {.first = 0, .cap = 10};

    assert_int_equal(backoff_ceiling(&none, 1), 1);
}

TEST_CASE(an_attempt_begins_inside_the_session_or_at_the_next_opening)
{
    (void)state;
    const struct notice notice = {.closes_at = 1000, .expires_at = 5000};

    assert_int_equal(backoff_begin(&notice, 900), 900);
    assert_int_equal(backoff_begin(&notice, 1000), 1000);
    assert_int_equal(backoff_begin(&notice, 1001), 5000);
    assert_int_equal(backoff_begin(&notice, 4999), 5000);
    assert_int_equal(backoff_begin(&notice, 5000), 5000);
    assert_int_equal(backoff_begin(&notice, 6000), 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_up_to_its_cap),
        cmocka_unit_test(is_never_less_than_a_second),
        cmocka_unit_test(
            an_attempt_begins_inside_the_session_or_at_the_next_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
