#include "tests/unit/check.h"

#include <stdio.h>

#include "reports/period.h"
#include "tests/unit/calendar/office.h"

/* "2026-06-15 2026-06-22 weekly"; yours. */
static char *shown(const struct period *period)
{
    char from[11] = "", to[11] = "";

    date_format(period->from, from);
    date_format(period->to, to);
    return str_format("%s %s %s", from, to, period_kind_name(period->kind));
}

TEST_CASE(finds_the_period_in_which_a_day_lies_and_its_neighbours)
{
    static const struct {
        enum period_kind kind;
        const char *day, *around, *before, *after;
    } rows[] = {
        {PERIOD_WEEK, "2026-06-21", "2026-06-15 2026-06-22 weekly",
         "2026-06-08 2026-06-15 weekly", "2026-06-22 2026-06-29 weekly"},
        {PERIOD_WEEK, "2027-01-01", "2026-12-28 2027-01-04 weekly",
         "2026-12-21 2026-12-28 weekly", "2027-01-04 2027-01-11 weekly"},
        {PERIOD_MONTH, "2026-03-31", "2026-03-01 2026-04-01 monthly",
         "2026-02-01 2026-03-01 monthly", "2026-04-01 2026-05-01 monthly"},
        {PERIOD_MONTH, "2026-12-05", "2026-12-01 2027-01-01 monthly",
         "2026-11-01 2026-12-01 monthly", "2027-01-01 2027-02-01 monthly"},
        {PERIOD_QUARTER, "2026-06-25", "2026-04-01 2026-07-01 quarter",
         "2026-01-01 2026-04-01 quarter", "2026-07-01 2026-10-01 quarter"},
        {PERIOD_QUARTER, "2026-01-01", "2026-01-01 2026-04-01 quarter",
         "2025-10-01 2026-01-01 quarter", "2026-04-01 2026-07-01 quarter"},
    };
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct period around =
            period_around(zone, rows[i].kind, office_date(rows[i].day));
        struct period before = period_before(zone, &around);
        struct period after = period_after(zone, &around);
        owned(str_free) char *is = shown(&around);
        owned(str_free) char *was = shown(&before);
        owned(str_free) char *will_be = shown(&after);
        assert_string_equal(is, rows[i].around);
        assert_string_equal(was, rows[i].before);
        assert_string_equal(will_be, rows[i].after);
        assert_true(before.end == around.start && around.end == after.start);
    }
}

TEST_CASE(knows_a_week_or_a_month_by_its_days)
{
    static const char *const rows[][3] = {
        {"2026-06-15", "2026-06-22", "weekly"},
        {"2026-06-16", "2026-06-23", "days"},
        {"2026-02-01", "2026-03-01", "monthly"},
        {"2026-02-01", "2026-02-28", "days"},
        {"2026-07-01", "2026-10-01", "quarter"},
        {"2026-06-01", "2026-09-01", "days"},
    };
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct period period = period_of_days(zone, office_date(rows[i][0]),
                                              office_date(rows[i][1]));
        assert_string_equal(period_kind_name(period.kind), rows[i][2]);
    }
}

TEST_CASE(before_any_days_lie_as_many)
{
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");
    struct period period = period_of_days(zone, office_date("2026-06-10"),
                                          office_date("2026-06-20"));
    struct period before = period_before(zone, &period);
    owned(str_free) char *was = shown(&before);

    (void)state;
    assert_string_equal(was, "2026-05-31 2026-06-10 days");
}

TEST_CASE(is_called_as_people_call_it)
{
    static const struct {
        enum period_kind kind;
        enum text_language language;
        const char *text;
    } rows[] = {
        {PERIOD_WEEK, TEXTS_VI, "tuần từ 22/6/2026 đến 28/6/2026"},
        {PERIOD_MONTH, TEXTS_VI, "tháng 6/2026"},
        {PERIOD_QUARTER, TEXTS_VI, "quý II/2026"},
        {PERIOD_DAYS, TEXTS_VI, "từ 25/6/2026 đến 25/6/2026"},
        {PERIOD_WEEK, TEXTS_EN, "the week from 22/6/2026 to 28/6/2026"},
    };
    owned(zone_free) struct zone *zone = office_zone("Asia/Ho_Chi_Minh");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct period period =
            period_around(zone, rows[i].kind, office_date("2026-06-25"));
        owned(str_free) char *text = period_text(&period, rows[i].language);
        assert_string_equal(text, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            finds_the_period_in_which_a_day_lies_and_its_neighbours),
        cmocka_unit_test(knows_a_week_or_a_month_by_its_days),
        cmocka_unit_test(before_any_days_lie_as_many),
        cmocka_unit_test(is_called_as_people_call_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
