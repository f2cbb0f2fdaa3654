#include "tests/unit/store/fixture.h"

#include "series/series.h"
#include "store/occurrences.h"

struct ward {
    struct fixture fixture;
    struct zone *zone;
    struct calendar *calendar;
    struct item series;
};

static void ward_done(struct ward *ward)
{
    item_done(&ward->series);
    calendar_free(&ward->calendar);
    zone_free(&ward->zone);
    fixture_remove(&ward->fixture);
}

static int64_t local(const struct ward *ward, const char *text)
{
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    check_ok(zone_parse(ward->zone, text, &instant, &time_given, &err));
    return instant;
}

/* Monday to Friday, with 2026 (and more) entered, and Tết off. */
static struct calendar *make_calendar(const struct zone *zone, int last_year)
{
    struct week week = {0};
    struct err err = {0};

    for (int day = 0; day < 5; day++)
        check_ok(
            day_plan_parse("07:30-11:30 13:30-17:00", &week.days[day], &err));
    struct calendar *calendar = calendar_new("lich", zone, &week);
    for (int year = 2026; year <= last_year; year++)
        calendar_enter_year(calendar, year);
    for (int day = 16; day <= 20; day++)
        check_ok(calendar_mark(calendar, (struct date){2026, 2, (int8_t)day},
                               DAY_HOLIDAY, NULL, "Tết", &err));
    calendar_seal(calendar);
    return calendar;
}

/* A series first due on a day, given in January 2026; written down. */
static struct ward ward_new(const char *recurrence, const char *due)
{
    struct ward ward = {.fixture = fixture_writing()};
    struct err err = {0};

    check_ok(zone_open("Asia/Ho_Chi_Minh", &ward.zone, &err));
    ward.calendar = make_calendar(ward.zone, 2026);
    ward.series = item_fresh(KIND_TASK, "NV-1");
    owned(str_free) char *words = str_copy(recurrence);
    owned(str_free) char *holder = str_copy("an");
    str_replace(&ward.series.recurrence, &words);
    str_replace(&ward.series.assignee, &holder);
    ward.series.status = status_find(KIND_TASK, "doing");
    ward.series.received_at = local(&ward, "2026-01-05 08:00");
    ward.series.due_at = local(&ward, due);
    check_ok(store_put_item(ward.fixture.store, &ward.series, &err));
    return ward;
}

/* What is opened at an instant: codes with commas; yours. */
static char *opened_at(struct ward *ward, const char *now,
                       struct series_end *end_r)
{
    struct err err = {0};

    check_ok(series_open(ward->fixture.store, ward->calendar, &ward->series,
                         local(ward, now), end_r, &err));
    return strs_join(&end_r->opened, ",");
}

static void check_opened(struct ward *ward, const char *now, const char *codes,
                         const char *next)
{
    owned(series_end_done) struct series_end end = {0};
    owned(str_free) char *opened = opened_at(ward, now, &end);

    assert_string_equal(opened, codes);
    assert_true(end.next_at == (*next ? local(ward, next) : INSTANT_NEVER));
}

static struct item item_of(const struct ward *ward, const char *code)
{
    struct item item = {0};
    struct err err = {0};

    check_ok(store_get_item(ward->fixture.store, code, &item, &err));
    return item;
}

static void check_due(const struct ward *ward, const char *code,
                      const char *due, const char *given)
{
    owned(item_done) struct item item = item_of(ward, code);

    assert_true(item.due_at == local(ward, due));
    assert_true(item.original_due_at == item.due_at);
    assert_true(item.received_at == local(ward, given));
    assert_string_equal(item.assignee, "an");
    assert_string_equal(item.recurrence, "");
}

static void finish(const struct ward *ward, const char *code)
{
    owned(item_done) struct item item = item_of(ward, code);
    struct err err = {0};

    item.status = status_find(KIND_TASK, "done");
    check_ok(store_put_item(ward->fixture.store, &item, &err));
}

TEST_CASE(each_occurrence_is_opened_when_the_one_before_is_due)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    check_opened(&ward, "2026-01-09 16:59", "", "2026-01-09 17:00");
    check_opened(&ward, "2026-01-09 17:00", "NV-1/2026-W03",
                 "2026-01-16 17:00");
    check_due(&ward, "NV-1/2026-W02", "2026-01-09 17:00", "2026-01-05 08:00");
    check_due(&ward, "NV-1/2026-W03", "2026-01-16 17:00", "2026-01-09 17:00");
}

TEST_CASE(what_is_done_early_opens_the_next_one)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    finish(&ward, "NV-1/2026-W02");
    check_opened(&ward, "2026-01-07 10:00", "NV-1/2026-W03",
                 "2026-01-16 17:00");
    check_due(&ward, "NV-1/2026-W03", "2026-01-16 17:00", "2026-01-07 10:00");
}

TEST_CASE(an_extension_does_not_put_off_the_next_one)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");
    struct err err = {0};

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    owned(item_done) struct item item = item_of(&ward, "NV-1/2026-W02");
    item.due_at = local(&ward, "2026-01-30 17:00");
    check_ok(store_put_item(ward.fixture.store, &item, &err));
    check_opened(&ward, "2026-01-09 16:59", "", "2026-01-09 17:00");
    check_opened(&ward, "2026-01-09 17:00", "NV-1/2026-W03",
                 "2026-01-16 17:00");
}

/* 13 and 20 February are Fridays, 14 to 22 a week off: both reports are due on
 * the 13th, and neither is opened only when it is overdue. */
TEST_CASE(a_day_off_counts_as_the_working_day_before)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-02-13 17:00");

    check_opened(&ward, "2026-02-10 08:00", "NV-1/2026-W07,NV-1/2026-W08",
                 "2026-02-13 17:00");
    check_due(&ward, "NV-1/2026-W08", "2026-02-13 17:00", "2026-02-10 08:00");
    check_opened(&ward, "2026-02-13 17:00", "NV-1/2026-W09",
                 "2026-02-27 17:00");
}

TEST_CASE(the_31st_is_the_last_of_each_month_or_the_working_day_before)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tháng", "2026-01-31 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-01", "2026-01-30 17:00");
    check_opened(&ward, "2026-05-29 17:00",
                 "NV-1/2026-02,NV-1/2026-03,NV-1/2026-04,NV-1/2026-05,"
                 "NV-1/2026-06",
                 "2026-06-30 17:00");
    /* A Saturday; a Sunday: the Friday before. */
    check_due(&ward, "NV-1/2026-02", "2026-02-27 17:00", "2026-01-30 17:00");
    check_due(&ward, "NV-1/2026-05", "2026-05-29 17:00", "2026-04-30 17:00");
}

TEST_CASE(nothing_is_left_out_after_an_outage_nor_opened_twice)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    check_opened(&ward, "2026-01-28 09:00",
                 "NV-1/2026-W03,NV-1/2026-W04,NV-1/2026-W05",
                 "2026-01-30 17:00");
    check_opened(&ward, "2026-01-28 09:00", "", "2026-01-30 17:00");
    check_due(&ward, "NV-1/2026-W04", "2026-01-23 17:00", "2026-01-16 17:00");
}

TEST_CASE(a_series_that_is_known_late_begins_with_the_latest_day_that_came)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-03-11 09:00", "NV-1/2026-W10,NV-1/2026-W11",
                 "2026-03-13 17:00");
}

TEST_CASE(what_falls_in_a_pause_of_the_series_is_never_opened)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");
    struct store *store = ward.fixture.store;
    struct err err = {0};
    owned(str_free) char *source = str_copy("test");
    struct pause pause = {.started_at = local(&ward, "2026-01-12 08:00"),
                          .ended_at = local(&ward, "2026-01-26 08:00"),
                          .seconds = 0,
                          .source = source,
                          .end_source = source};

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    ward.series.status = status_find(KIND_TASK, "paused");
    check_opened(&ward, "2026-01-20 08:00", "", "");
    check_ok(store_start_pause(store, ward.series.id, &pause, &err));
    check_ok(store_end_pause(store, ward.series.id, &pause, &err));
    ward.series.status = status_find(KIND_TASK, "doing");
    check_opened(&ward, "2026-01-26 08:00", "NV-1/2026-W05",
                 "2026-01-30 17:00");
}

TEST_CASE(a_year_that_is_not_entered_is_waited_for)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tháng", "2026-12-31 17:00");
    owned(series_end_done) struct series_end end = {0};

    check_opened(&ward, "2026-12-01 08:00", "NV-1/2026-12", "");
    owned(str_free) char *none = opened_at(&ward, "2027-01-04 08:00", &end);
    assert_string_equal(none, "");
    assert_int_equal(end.missing_year, 2027);
    assert_int_equal(end.waiting.day, 31);
    calendar_free(&ward.calendar);
    ward.calendar = make_calendar(ward.zone, 2027);
    check_opened(&ward, "2027-01-04 08:00", "NV-1/2027-01", "2027-01-29 17:00");
}

TEST_CASE(a_series_that_is_cancelled_opens_no_more)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    ward.series.status = status_find(KIND_TASK, "cancelled");
    check_opened(&ward, "2026-01-12 08:00", "", "");
}

/* A list whose keeper moves the date on by hand each week says nothing new. */
TEST_CASE(a_first_date_that_moves_on_opens_nothing_twice)
{
    (void)state;
    owned(ward_done) struct ward ward =
        ward_new("hằng tuần", "2026-01-09 17:00");

    check_opened(&ward, "2026-01-05 08:00", "NV-1/2026-W02",
                 "2026-01-09 17:00");
    check_opened(&ward, "2026-01-09 17:00", "NV-1/2026-W03",
                 "2026-01-16 17:00");
    ward.series.due_at = local(&ward, "2026-01-15 17:00"); /* a Thursday */
    check_opened(&ward, "2026-01-16 17:00", "NV-1/2026-W04",
                 "2026-01-22 17:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_occurrence_is_opened_when_the_one_before_is_due),
        cmocka_unit_test(what_is_done_early_opens_the_next_one),
        cmocka_unit_test(an_extension_does_not_put_off_the_next_one),
        cmocka_unit_test(a_day_off_counts_as_the_working_day_before),
        cmocka_unit_test(
            the_31st_is_the_last_of_each_month_or_the_working_day_before),
        cmocka_unit_test(nothing_is_left_out_after_an_outage_nor_opened_twice),
        cmocka_unit_test(
            a_series_that_is_known_late_begins_with_the_latest_day_that_came),
        cmocka_unit_test(what_falls_in_a_pause_of_the_series_is_never_opened),
        cmocka_unit_test(a_year_that_is_not_entered_is_waited_for),
        cmocka_unit_test(a_series_that_is_cancelled_opens_no_more),
        cmocka_unit_test(a_first_date_that_moves_on_opens_nothing_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
