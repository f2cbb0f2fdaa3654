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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_up_to_its_cap),
        cmocka_unit_test(is_never_less_than_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
