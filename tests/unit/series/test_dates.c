#include <string.h>

#include "tests/unit/check.h"

#include "series/dates.h"

static struct date day(const char *text)
{
    struct err err = {0};
    struct date date = {0};

    check_ok(date_parse(text, &date, &err));
    return date;
}

/* The days of a cycle from its first one on, with their periods; yours. */
static char *days_of(enum cycle cycle, const char *first, int count)
{
    struct date date = date_plus(day(first), -1);
    struct err err = {0};
    struct buf out = {0};

    for (int i = 0; i < count; i++) {
        char text[11] = "", period[PERIOD_SIZE] = "";
        check_ok(series_date_after(cycle, day(first), date, &date, &err));
        date_format(date, text);
        cycle_period(cycle, date, period);
        buf_addf(&out, "%s%s %s", i ? ", " : "", text, period);
    }
    return buf_take(&out);
}

TEST_CASE(falls_on_the_same_weekday_or_day_of_the_month)
{
    static const struct {
        enum cycle cycle;
        const char *first;
        int count;
        const char *days; /* and why */
    } rows[] = {
        {CYCLE_WEEKLY, "2026-06-26", 3,
         "2026-06-26 2026-W26, 2026-07-03 2026-W27, 2026-07-10 2026-W28"},
        /* 2026 has 53 weeks; Friday 1 January 2027 is still of the last. */
        {CYCLE_WEEKLY, "2026-12-25", 3,
         "2026-12-25 2026-W52, 2027-01-01 2026-W53, 2027-01-08 2027-W01"},
        /* Monday 30 December 2024 is of the first week of 2025. */
        {CYCLE_WEEKLY, "2024-12-23", 2,
         "2024-12-23 2024-W52, 2024-12-30 2025-W01"},
        {CYCLE_MONTHLY, "2026-07-05", 2,
         "2026-07-05 2026-07, 2026-08-05 2026-08"},
        /* The 31st is the last day of each month. */
        {CYCLE_MONTHLY, "2026-01-31", 4,
         "2026-01-31 2026-01, 2026-02-28 2026-02, 2026-03-31 2026-03,"
         " 2026-04-30 2026-04"},
        /* Where February lacks the day its last one counts. */
        {CYCLE_MONTHLY, "2026-01-30", 3,
         "2026-01-30 2026-01, 2026-02-28 2026-02, 2026-03-30 2026-03"},
        {CYCLE_MONTHLY, "2028-01-29", 2,
         "2028-01-29 2028-01, 2028-02-29 2028-02"},
        {CYCLE_MONTHLY, "2027-01-29", 3,
         "2027-01-29 2027-01, 2027-02-28 2027-02, 2027-03-29 2027-03"},
        {CYCLE_QUARTERLY, "2026-03-31", 4,
         "2026-03-31 2026-Q1, 2026-06-30 2026-Q2, 2026-09-30 2026-Q3,"
         " 2026-12-31 2026-Q4"},
        {CYCLE_QUARTERLY, "2026-11-30", 2,
         "2026-11-30 2026-Q4, 2027-02-28 2027-Q1"},
        {CYCLE_YEARLY, "2026-12-15", 2, "2026-12-15 2026, 2027-12-15 2027"},
        /* 29 February comes each year, as the last of the month. */
        {CYCLE_YEARLY, "2028-02-29", 5,
         "2028-02-29 2028, 2029-02-28 2029, 2030-02-28 2030, 2031-02-28 2031,"
         " 2032-02-29 2032"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        owned(str_free) char *days =
            days_of(rows[i].cycle, rows[i].first, rows[i].count);
        assert_string_equal(days, rows[i].days);
    }
}

TEST_CASE(every_first_day_has_a_day_in_each_later_period)
{
    (void)state;
    struct err err = {0};

    for (enum cycle cycle = CYCLE_WEEKLY; cycle <= CYCLE_YEARLY; cycle++) {
        for (int add = 0; add < 1461; add += 3) {
            struct date first = date_plus(day("2026-01-01"), add);
            struct date at = first, next = first;
            char before[PERIOD_SIZE] = "", period[PERIOD_SIZE] = "";
            int most = cycle == CYCLE_WEEKLY      ? 7
                       : cycle == CYCLE_MONTHLY   ? 31
                       : cycle == CYCLE_QUARTERLY ? 92
                                                  : 366;
            for (int i = 0; i < 14; i++) {
                cycle_period(cycle, at, before);
                check_ok(series_date_after(cycle, first, at, &next, &err));
                cycle_period(cycle, next, period);
                int apart = date_to_days(next) - date_to_days(at);
                assert_true(apart > 0 && apart <= most);
                assert_true(strcmp(before, period) < 0);
                at = next;
            }
        }
    }
}

TEST_CASE(ends_where_dates_end)
{
    (void)state;
    struct err err = {0};
    struct date date = day("2026-06-26");

    assert_int_equal(
        series_date_after(CYCLE_YEARLY, date, day("2199-12-31"), &date, &err),
        -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(date_compare(date, day("2026-06-26")), 0);
}

TEST_CASE(reads_cycles_in_both_spellings)
{
    static const struct {
        const char *text;
        enum cycle cycle;
    } rows[] = {
        {"", CYCLE_NONE},
        {"Hằng tuần", CYCLE_WEEKLY},
        {"hàng  tuần", CYCLE_WEEKLY},
        {"hằng tháng", CYCLE_MONTHLY},
        {"HÀNG QUÝ", CYCLE_QUARTERLY},
        {"hằng năm", CYCLE_YEARLY},
        {"thường xuyên", CYCLE_STANDING},
        {"thỉnh thoảng", CYCLE_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(cycle_parse(rows[i].text), rows[i].cycle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(falls_on_the_same_weekday_or_day_of_the_month),
        cmocka_unit_test(every_first_day_has_a_day_in_each_later_period),
        cmocka_unit_test(ends_where_dates_end),
        cmocka_unit_test(reads_cycles_in_both_spellings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
