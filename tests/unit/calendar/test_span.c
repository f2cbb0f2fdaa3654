#include "tests/unit/check.h"

#include <string.h>

#include "calendar/span.h"

static const unsigned every_unit = SPAN_TERM | 1U << SPAN_SHARE;

TEST_CASE(reads_every_unit_and_writes_it_back)
{
    (void)state;
    static const struct {
        const char *text;
        enum span_unit unit;
        int64_t thousandths;
        const char *written;
    } rows[] = {
        {"8h", SPAN_HOURS, 8000, "8h"},
        {"0h", SPAN_HOURS, 0, "0h"},
        {"2wd", SPAN_DAYS, 2000, "2wd"},
        {"0,5wd", SPAN_DAYS, 500, "0.5wd"},
        {"1.125wd", SPAN_DAYS, 1125, "1.125wd"},
        {"007.50h", SPAN_HOURS, 7500, "7.5h"},
        {"3wd-end", SPAN_DAYS_END, 3000, "3wd-end"},
        {"1.5wd-end", SPAN_DAYS_END, 1500, "1.5wd-end"},
        {"10d", SPAN_CALENDAR, 10000, "10d"},
        {"10.0d", SPAN_CALENDAR, 10000, "10d"},
        {"20%", SPAN_SHARE, 20000, "20%"},
        {"100%", SPAN_SHARE, 100000, "100%"},
        {"same-day", SPAN_SAME_DAY, 0, "same-day"},
        {"9999999h", SPAN_HOURS, 9999999000, "9999999h"},
    };
    struct err err = {0};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct span span = {0};
        char text[32];
        check_ok(span_parse(rows[i].text, every_unit, &span, &err));
        assert_int_equal(span.unit, rows[i].unit);
        assert_int_equal(span.thousandths, rows[i].thousandths);
        span_format(span, text);
        assert_string_equal(text, rows[i].written);
    }
}

TEST_CASE(refuses_what_is_no_span)
{
    (void)state;
    static const char *const wrong[] = {
        "",       "h",         "wd",         "8",         "8 h",  " 8h",
        "8h ",    "-1h",       "+1h",        "1.h",       ".5h",  "1.2345wd",
        "1..5wd", "1,5,1wd",   "8H",         "2 wd",      "8hh",  "2w",
        "1e3h",   "10000000h", "1same-day",  "same-day ", "101%", "100.001%",
        "1.5d",   "0.4wd-end", "1.25wd-end", "٣h",
    };
    struct err err = {0};
    struct span span = {SPAN_SHARE, 42};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (span_parse(wrong[i], every_unit, &span, &err) == 0)
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_int_equal(span.thousandths, 42);
    }
}

TEST_CASE(names_the_units_that_the_place_takes)
{
    (void)state;
    struct err err = {0};
    struct span span = {0};

    assert_int_equal(span_parse("3wd-end", SPAN_STEP_AFTER, &span, &err), -1);
    assert_string_equal(err.text,
                        "\"3wd-end\" is not a span like 8h, 2wd or 10d");
    assert_int_equal(span_parse("20%", SPAN_TERM, &span, &err), -1);
    assert_non_null(strstr(err.text, "3wd-end, 10d or same-day"));
    assert_int_equal(span_parse("1.5d", SPAN_TERM, &span, &err), -1);
    assert_non_null(strstr(err.text, "d takes whole numbers only"));
}

TEST_CASE(compares_by_the_ordinary_day_and_shares_apart)
{
    (void)state;
    const int32_t day = 27000; /* 7.5 h */
    struct span hours = {SPAN_HOURS, 8000};
    struct span one = {SPAN_DAYS, 1000};
    struct span ends = {SPAN_DAYS_END, 1500};
    struct span share = {SPAN_SHARE, 20000};
    bool comparable = false;

    assert_true(span_compare(hours, one, day, &comparable) > 0);
    assert_true(comparable);
    assert_true(span_compare(hours, ends, day, &comparable) < 0);
    hours.thousandths = 7500;
    assert_int_equal(span_compare(hours, one, day, &comparable), 0);
    (void)span_compare(share, one, day, &comparable);
    assert_false(comparable);
    assert_int_equal(span_compare(share, share, day, &comparable), 0);
    assert_true(comparable);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_unit_and_writes_it_back),
        cmocka_unit_test(refuses_what_is_no_span),
        cmocka_unit_test(names_the_units_that_the_place_takes),
        cmocka_unit_test(compares_by_the_ordinary_day_and_shares_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
