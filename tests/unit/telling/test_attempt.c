#include "tests/unit/check.h"

#include "telling/attempt.h"

TEST_CASE(an_attempt_begins_inside_the_session_or_at_the_next_opening)
{
    (void)state;
    const struct notice notice = {.closes_at = 1000, .expires_at = 5000};

    assert_int_equal(attempt_begins(&notice, 900), 900);
    assert_int_equal(attempt_begins(&notice, 1000), 1000);
    assert_int_equal(attempt_begins(&notice, 1001), 5000);
    assert_int_equal(attempt_begins(&notice, 4999), 5000);
    assert_int_equal(attempt_begins(&notice, 5000), 5000);
    assert_int_equal(attempt_begins(&notice, 6000), 6000);
}

TEST_CASE(what_waited_or_was_tried_is_looked_at_again_unless_in_doubt)
{
    (void)state;
    struct notice notice = {.decided_at = 1000};

    assert_false(attempt_needs_review(&notice, 1059));
    assert_true(attempt_needs_review(&notice, 1060));
    notice.attempts = 1;
    assert_true(attempt_needs_review(&notice, 1000));
    notice.ambiguous = 1;
    assert_false(attempt_needs_review(&notice, 2000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            an_attempt_begins_inside_the_session_or_at_the_next_opening),
        cmocka_unit_test(
            what_waited_or_was_tried_is_looked_at_again_unless_in_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
