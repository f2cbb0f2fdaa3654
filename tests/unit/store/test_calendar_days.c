#include "tests/unit/store/fixture.h"

#include "store/office.h"

static char name[] = "kien-an", sessions[] = "07:30-11:30", none[] = "",
            label[] = "Giỗ Tổ";

static const struct date feast = {2026, 4, 26};
static const struct date swap_day = {2026, 8, 22};
static const struct date new_year = {2027, 1, 1};

static enum put_result put(struct store *store, struct date date,
                           enum day_mark mark, char *own)
{
    const struct calendar_day day = {.calendar = name,
                                     .date = date,
                                     .mark = mark,
                                     .sessions = own,
                                     .label = label};
    enum put_result result = PUT_SAME;
    struct err err = {0};

    check_ok(store_put_calendar_day(store, &day, &result, &err));
    return result;
}

static bool enter(struct store *store, const char *calendar, int year)
{
    struct err err = {0};
    bool fresh = false;

    check_ok(store_enter_calendar_year(store, calendar, year, &fresh, &err));
    return fresh;
}

/* The calendar of that name as the store has it. */
static struct calendar *load(struct store *store, const struct zone *zone,
                             const char *which)
{
    const struct week week = {0};
    struct calendar *calendar = calendar_new(which, zone, &week);
    struct err err = {0};

    check_ok(store_load_days(store, which, calendar, &err));
    check_ok(store_load_years(store, which, calendar, &err));
    calendar_seal(calendar);
    return calendar;
}

TEST_CASE(tells_new_changed_and_same_days_apart)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;

    assert_int_equal(put(store, feast, DAY_HOLIDAY, none), PUT_NEW);
    assert_int_equal(put(store, feast, DAY_HOLIDAY, none), PUT_SAME);
    assert_int_equal(put(store, feast, DAY_WORKDAY, none), PUT_CHANGED);
    assert_int_equal(put(store, feast, DAY_WORKDAY, sessions), PUT_CHANGED);
    assert_int_equal(put(store, feast, DAY_WORKDAY, sessions), PUT_SAME);
    assert_true(enter(store, name, 2026));
    assert_false(enter(store, name, 2026));
    assert_true(enter(store, name, 2027));
}

TEST_CASE(loads_the_days_and_years_of_one_calendar)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(zone_free) struct zone *zone = NULL;
    struct store *store = fixture.store;
    struct err err = {0};

    check_ok(zone_open("UTC", &zone, &err));
    (void)put(store, feast, DAY_HOLIDAY, none);
    (void)put(store, swap_day, DAY_WORKDAY, sessions);
    (void)enter(store, name, 2026);
    (void)enter(store, "another", 2027);

    owned(calendar_free) struct calendar *calendar = load(store, zone, name);
    assert_true(calendar_has_year(calendar, 2026));
    assert_false(calendar_has_year(calendar, 2027));
    assert_true(calendar_is_holiday(calendar, feast));
    assert_string_equal(calendar_label(calendar, feast), label);
    struct day_plan plan = calendar_day(calendar, swap_day, NULL);
    assert_int_equal(plan.count, 1);
    assert_int_equal(plan.sessions[0].start, 7 * 3600 + 1800);
    assert_int_equal(plan.sessions[0].end, 11 * 3600 + 1800);

    owned(calendar_free) struct calendar *other = load(store, zone, "another");
    assert_false(calendar_is_holiday(other, feast));
}

TEST_CASE(drops_the_days_of_a_year_that_its_list_no_longer_has)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct err err = {0};
    int dropped = -1;

    (void)put(store, feast, DAY_HOLIDAY, none);
    (void)put(store, swap_day, DAY_WORKDAY, none);
    (void)put(store, new_year, DAY_HOLIDAY, none);
    check_ok(store_drop_calendar_days(store, name, 2026, &swap_day, 1, &dropped,
                                      &err));
    assert_int_equal(dropped, 1);
    check_ok(store_drop_calendar_days(store, name, 2026, &swap_day, 1, &dropped,
                                      &err));
    assert_int_equal(dropped, 0);
    assert_int_equal(put(store, feast, DAY_HOLIDAY, none), PUT_NEW);
    assert_int_equal(put(store, swap_day, DAY_WORKDAY, none), PUT_SAME);
    assert_int_equal(put(store, new_year, DAY_HOLIDAY, none), PUT_SAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_new_changed_and_same_days_apart),
        cmocka_unit_test(loads_the_days_and_years_of_one_calendar),
        cmocka_unit_test(drops_the_days_of_a_year_that_its_list_no_longer_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
