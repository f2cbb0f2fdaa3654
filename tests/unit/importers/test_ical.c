#include "tests/unit/check.h"

#include <string.h>

#include "importers/ical.h"

#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define START(day) "DTSTART;VALUE=DATE:" day "\r\n"
#define END(day) "DTEND;VALUE=DATE:" day "\r\n"
#define NAMED(name) "SUMMARY:" name "\r\n"
#define YEARLY "RRULE:FREQ=YEARLY\r\n"
#define CALENDAR(events)                                                       \
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"

/* "line:date|kind|name" of each day, "line!text" of each fault; or "error:
 * ...".  Yours. */
static char *read_bytes(const char *text, size_t length, int year)
{
    owned(ical_done) struct ical ical = {0};
    struct err err = {0};
    struct buf out = {0};

    if (ical_read(text, length, year, TEXTS_EN, &ical, &err))
        return str_format("error: %s", err.text);
    for (size_t i = 1; i < ical.sheet.count; i++) {
        owned(str_free) char *cells = strs_join(&ical.sheet.rows[i].cells, "|");
        buf_addf(&out, "%s%d:%s", out.length ? "/" : "",
                 ical.sheet.rows[i].line, cells);
    }
    for (size_t i = 0; i < ical.fault_count; i++)
        buf_addf(&out, "%s%d!%s", out.length ? "/" : "", ical.faults[i].line,
                 text_of(ical.faults[i].why, TEXTS_EN));
    if (ical.observances)
        buf_addf(&out, "%sobservances %d", out.length ? "/" : "",
                 (int)ical.observances);
    return buf_take(&out);
}

struct row_case {
    const char *text, *said, *why;
};

static void check_all(const struct row_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        owned(str_free) char *said =
            read_bytes(cases[i].text, strlen(cases[i].text), 2026);
        bool whole = !strchr(cases[i].said, '*');
        if (whole ? !str_equal(said, cases[i].said)
                  : strncmp(said, cases[i].said, strcspn(cases[i].said, "*")))
            fail_msg("%s: %s", cases[i].why, said);
    }
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(*(cases)))

TEST_CASE(reads_the_days_of_a_year)
{
    static const struct row_case cases[] = {
        {CALENDAR(EVENT(START("20260430") NAMED("Ngày Chiến thắng"))),
         "3:2026-04-30|holiday|Ngày Chiến thắng", "one day"},
        {CALENDAR(EVENT(START("20260901") END("20260903") NAMED("Quốc khánh"))),
         "3:2026-09-01|holiday|Quốc khánh/3:2026-09-02|holiday|Quốc khánh",
         "DTEND is the day after the last"},
        {CALENDAR(EVENT(START("20260901") END("20260901") NAMED("a"))),
         "3:2026-09-01|holiday|a", "or the only day, as some write it"},
        {CALENDAR(EVENT(START("20260901") "DURATION:P2D\r\n" NAMED("a"))),
         "3:2026-09-01|holiday|a/3:2026-09-02|holiday|a", "a length of days"},
        {CALENDAR(EVENT(START("20251231") END("20260102") NAMED("Tết"))),
         "3:2026-01-01|holiday|Tết", "only what lies in the year"},
        {CALENDAR(EVENT(START("20250501") NAMED("a"))), "", "another year"},
        {CALENDAR(EVENT(START("20260501") NAMED("a\\, b\r\n  c\\nd"))),
         "3:2026-05-01|holiday|a, b c d", "folded, escaped, on one line"},
        {CALENDAR(EVENT(START("20260501") NAMED("Nguye\xCC\x82\xCC\x83n"))),
         "3:2026-05-01|holiday|Nguyễn", "composed"},
        {CALENDAR(EVENT(START("20260501") "LOCATION:\r\n" NAMED("a"))),
         "3:2026-05-01|holiday|a", "empty values are common"},
        {CALENDAR(EVENT(START("20260501") NAMED("a")))
             CALENDAR(EVENT(START("20260502") NAMED("b"))),
         "3:2026-05-01|holiday|a/10:2026-05-02|holiday|b", "two calendars"},
        {CALENDAR(EVENT(START("20260501") "STATUS:CANCELLED\r\n" NAMED("z"))),
         "", "cancelled"},
        {CALENDAR(EVENT(START("20261120") "DESCRIPTION:Ngày lễ kỷ niệm\\nĐể "
                                          "ẩn\r\n" NAMED("20/11"))),
         "observances 1", "no day off, as it says itself"},
    };

    (void)state;
    CHECK_ALL(cases);
}

TEST_CASE(follows_yearly_repeats_of_the_same_day)
{
    static const struct row_case cases[] = {
        {CALENDAR(EVENT(START("20100501") YEARLY NAMED("a"))),
         "3:2026-05-01|holiday|a", "every year"},
        {CALENDAR(EVENT(START("20251231") END("20260102") YEARLY NAMED("a"))),
         "3:2026-01-01|holiday|a/3:2026-12-31|holiday|a",
         "over the turn of the year, twice"},
        {CALENDAR(EVENT(START("20270501") YEARLY NAMED("a"))), "",
         "not before it begins"},
        {CALENDAR(EVENT(START("20100501") "RRULE:FREQ=YEARLY;UNTIL="
                                          "20260430\r\n" NAMED("a"))),
         "", "until the day before"},
        {CALENDAR(EVENT(START("20100501") "RRULE:FREQ=YEARLY;UNTIL="
                                          "20260501\r\n" NAMED("a"))),
         "3:2026-05-01|holiday|a", "until that day"},
        {CALENDAR(EVENT(START("20240501") "RRULE:FREQ=YEARLY;COUNT=2\r\n")), "",
         "twice: 2024 and 2025"},
        {CALENDAR(EVENT(START("20240501") "RRULE:FREQ=YEARLY;COUNT=3\r\n")),
         "3:2026-05-01|holiday|", "three times"},
        {CALENDAR(EVENT(START("20230501") "RRULE:FREQ=YEARLY;INTERVAL=2\r\n")),
         "", "every other year, odd"},
        {CALENDAR(EVENT(START("20240501") "RRULE:FREQ=YEARLY;INTERVAL=2;"
                                          "BYMONTH=5;BYMONTHDAY=1\r\n")),
         "3:2026-05-01|holiday|", "every other year, even"},
        {CALENDAR(EVENT(START("20240501") YEARLY "EXDATE;VALUE=DATE:20250501,"
                                                 "20260501\r\n")),
         "", "but not that day"},
        {CALENDAR(EVENT(START("20240501") "RRULE:FREQ=YEARLY;BYMONTH=6\r\n")),
         "3!only a yearly repeat*", "another month"},
        {CALENDAR(EVENT(START("20240525") "RRULE:FREQ=YEARLY;BYMONTH=5;"
                                          "BYDAY=-1MO\r\n")),
         "3!only a yearly repeat*", "the last Monday"},
        {CALENDAR(EVENT(START("20240501") "RRULE:FREQ=MONTHLY\r\n")),
         "3!only a yearly repeat*", "every month"},
        {CALENDAR(EVENT(START("20240210") "RRULE:RSCALE=CHINESE;FREQ=YEARLY"
                                          "\r\n")),
         "3!*", "by the moon"},
        {CALENDAR(EVENT(START("20240229") YEARLY)), "3!only a yearly repeat*",
         "what is 29/02 in other years?"},
        {CALENDAR(EVENT(START("20250101") "RDATE;VALUE=DATE:20260102\r\n")),
         "3!only a yearly repeat*", "days of a list"},
        {CALENDAR(EVENT(START("20250101") "RRULE:FREQ=BOGUS\r\n")),
         "3!cannot be read*", "no rule at all"},
    };

    (void)state;
    CHECK_ALL(cases);
}

TEST_CASE(tells_a_swap_day_from_a_holiday_or_refuses)
{
    static const struct row_case cases[] = {
        {CALENDAR(EVENT(START("20260822") NAMED("Ngày LÀM BÙ cho 31/8"))),
         "3:2026-08-22|workday|Ngày LÀM BÙ cho 31/8", "by its summary"},
        {CALENDAR(EVENT(START("20260822") "CATEGORIES:Workday\r\n" NAMED(
             "Nghỉ 31/8, làm bù"))),
         "3:2026-08-22|workday|Nghỉ 31/8, làm bù", "the category decides"},
        {CALENDAR(EVENT(START("20260831") "CATEGORIES:Lịch,Holiday\r\n" NAMED(
             "Nghỉ, làm bù 22/8"))),
         "3:2026-08-31|holiday|Nghỉ, làm bù 22/8", "likewise"},
        {CALENDAR(EVENT(START("20260831") NAMED("Nghỉ bù"))),
         "3:2026-08-31|holiday|Nghỉ bù", "a day off instead is one"},
        {CALENDAR(EVENT(START("20260831") NAMED("Nghỉ, làm bù 22/8"))),
         "3!a day off or a swap day*", "both words"},
        {CALENDAR(EVENT(START("20260822") NAMED("Working day for 31/8"))),
         "3!a day off or a swap day*", "work, in other words"},
        {CALENDAR(EVENT(START("20260822") "CATEGORIES:HOLIDAY,WORKDAY\r\n")),
         "3!a day off or a swap day*", "both categories"},
    };

    (void)state;
    CHECK_ALL(cases);
}

TEST_CASE(names_the_line_of_what_cannot_be_taken)
{
    static const struct row_case cases[] = {
        {CALENDAR(EVENT(START("20260101"))
                      EVENT("DTSTART:20260501T080000Z\r\n" NAMED("meeting"))),
         "3:2026-01-01|holiday|/6!the event has a time*", "a time of day"},
        {CALENDAR(EVENT("DTSTART;TZID=Asia/Ho_Chi_Minh:20260501T080000\r\n")),
         "3!the event has a time*", "in a zone"},
        {CALENDAR(EVENT(START("20260501") "DURATION:PT12H\r\n")),
         "3!the event has a time*", "half a day"},
        {CALENDAR(EVENT(START("20260230"))), "3!there is no such day",
         "30 February"},
        {CALENDAR(EVENT(START("20260502") END("20260501"))),
         "3!the event ends before it begins", "reversed"},
        {CALENDAR(EVENT(START("20260101") END("20270101"))),
         "3!the event is longer than 31 days", "a year off"},
        {CALENDAR(EVENT(NAMED("x"))), "3!the event has no first day*",
         "no DTSTART"},
        {CALENDAR(EVENT(START("20260501") "STATUS:TENTATIVE\r\n")),
         "3!the event is tentative*", "not announced yet"},
        {CALENDAR(EVENT(START("20260501") "no property\r\n")),
         "3!cannot be read*", "a line that is none"},
        {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" START("20260501"),
         "error: line 3: the file is cut off*", "a download that broke off"},
        {"BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VEVENT\n",
         "error: line 3: an END without*", "an END too many"},
        {"BEGIN:VCALENDAR\n\xFF\xFE\nEND:VCALENDAR\n", "error: line 2 is not*",
         "bad bytes"},
        {"date,kind\n", "error: line 1: cannot be read*", "no iCalendar"},
    };

    (void)state;
    CHECK_ALL(cases);
}

TEST_CASE(refuses_what_is_too_large_or_deep_or_of_no_year)
{
    struct buf deep = {0};

    (void)state;
    owned(str_free) char *no_year =
        read_bytes(CALENDAR(""), strlen(CALENDAR("")), 0);
    assert_non_null(strstr(no_year, "--year"));
    for (int i = 0; i < 50000; i++)
        buf_add(&deep, "BEGIN:VCALENDAR\r\n");
    owned(str_free) char *text = buf_take(&deep);
    owned(str_free) char *said = read_bytes(text, strlen(text), 2026);
    assert_string_equal(said, "error: line 9: too many components inside each "
                              "other");
    struct buf wide = {0};
    buf_add(&wide, "BEGIN:VCALENDAR\r\nX-A");
    for (int i = 0; i < 2000; i++)
        buf_add(&wide, ";A=B\r\n ");
    buf_add(&wide, ":x\r\nEND:VCALENDAR\r\n");
    owned(str_free) char *wide_text = buf_take(&wide);
    owned(str_free) char *too_wide =
        read_bytes(wide_text, strlen(wide_text), 2026);
    assert_non_null(strstr(too_wide, "the line is longer than 8 KiB"));
    struct buf large = {0};
    while (large.length <= 1024 * 1024)
        buf_add(&large, "X-LONG:0123456789012345678901234567890\r\n");
    owned(str_free) char *long_text = buf_take(&large);
    owned(str_free) char *refused =
        read_bytes(long_text, strlen(long_text), 2026);
    assert_non_null(strstr(refused, "larger than 1 MiB"));
}

TEST_CASE(is_told_by_how_it_begins)
{
    static const char marked[] = "\xEF\xBB\xBF"
                                 "begin:vcalendar\n";

    (void)state;
    assert_true(ical_is(marked, strlen(marked)));
    assert_false(ical_is("date,kind,name\n", 15));
    assert_false(ical_is("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_days_of_a_year),
        cmocka_unit_test(follows_yearly_repeats_of_the_same_day),
        cmocka_unit_test(tells_a_swap_day_from_a_holiday_or_refuses),
        cmocka_unit_test(names_the_line_of_what_cannot_be_taken),
        cmocka_unit_test(refuses_what_is_too_large_or_deep_or_of_no_year),
        cmocka_unit_test(is_told_by_how_it_begins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
