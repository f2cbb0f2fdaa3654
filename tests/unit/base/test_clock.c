#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

/* 2026-06-25 07:25:00 in Hà Nội. */
enum { MORNING = 1782347100 };

TEST_CASE(a_scaled_clock_agrees_with_itself_across_programs)
{
    (void)state;
    struct err err = {0};

    /* That instant was at the real epoch second 1: by now it is much later,
     * and a minute of real time counts for an hour. */
    setenv("KIPHAN_CLOCK", "2026-06-25T07:25:00+07:00 x60 @1", 1);
    check_ok(clock_init(&err));
    assert_true(clock_is_set());
    assert_int_equal((clock_now() - MORNING) % 60, 0);
    assert_true(clock_now() > MORNING + (int64_t)1700000000 * 59);
    assert_int_equal(clock_real_ms(60), 1000);
}

TEST_CASE(a_standing_clock_shows_what_its_file_says)
{
    (void)state;
    struct err err = {0};
    char path[] = "/tmp/kiphan-clock-XXXXXX";
    int file = mkstemp(path);
    owned(str_free) char *setting = str_format("file:%s", path);

    assert_int_equal(write(file, "1782347100\n", 11), 11);
    setenv("KIPHAN_CLOCK", setting, 1);
    check_ok(clock_init(&err));
    assert_int_equal(clock_now(), MORNING);
    assert_int_equal(pwrite(file, "1782347101\n", 11, 0), 11);
    assert_int_equal(clock_now(), MORNING + 1);
    assert_int_equal(clock_real_ms(60), -1); /* waiting does not help */
    (void)unlink(path);
    assert_int_equal(clock_now(), MORNING + 1); /* between two files */
    (void)close(file);
}

TEST_CASE(refuses_what_is_no_clock)
{
    (void)state;
    static const char *const wrong[] = {"tomorrow",
                                        "2026-06-25T07:25:00",
                                        "2026-06-25T07:25:00Z y2",
                                        "2026-06-25T07:25:00Z x0",
                                        "2026-06-25T07:25:00Z x60 @1 more",
                                        "file:/nonexistent"};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct err err = {0};
        setenv("KIPHAN_CLOCK", wrong[i], 1);
        assert_int_equal(clock_init(&err), -1);
        assert_int_equal(err.code, ERR_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scaled_clock_agrees_with_itself_across_programs),
        cmocka_unit_test(a_standing_clock_shows_what_its_file_says),
        cmocka_unit_test(refuses_what_is_no_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
