#include "tests/unit/check.h"

#include "workers/channels/size.h"

TEST_CASE(counts_units_of_utf16)
{
    (void)state;
    assert_int_equal(size_utf16(""), 0);
    assert_int_equal(size_utf16("abc"), 3);
    assert_int_equal(size_utf16("quá hạn"), 7);
    assert_int_equal(size_utf16("a\xCC\x81"), 2); /* decomposed: two */
    assert_int_equal(size_utf16("€"), 1);
    assert_int_equal(size_utf16("😀!"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_units_of_utf16),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
