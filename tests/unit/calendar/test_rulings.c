/* The answers of R4, and what else R1 to R5 say, row by row. */
#include "tests/unit/calendar/office.h"

enum { CUTOFF = 15 * 3600 };

struct world {
    struct zone *zone;
    struct calendar *calendar;
};

static int open_world(void **state)
{
    static struct world world;

    world.zone = office_zone("Asia/Ho_Chi_Minh");
    world.calendar = office_calendar(world.zone);
    *state = &world;
    return 0;
}

static int close_world(void **state)
{
    struct world *world = *state;

    calendar_free(&world->calendar);
    zone_free(&world->zone);
    return 0;
}

struct question {
    const char *instant;
    const char *span;
    const char *answer;
    const char *why;
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* calendar_after or calendar_before. */
typedef int ask_span(const struct calendar *calendar, int64_t instant,
                     struct span span, int64_t *answer_r, struct err *err);

static void check_all(const struct world *world, ask_span *ask,
                      const struct question *rows, size_t count)
{
    struct err err = {0};

    for (size_t i = 0; i < count; i++) {
        int64_t answer = 0;
        int64_t instant = office_instant(world->zone, rows[i].instant);
        check_ok(ask(world->calendar, instant, office_span(rows[i].span),
                     &answer, &err));
        check_instant(world->zone, answer, rows[i].answer, rows[i].why);
    }
}

static int ask_term(const struct calendar *calendar, int64_t received,
                    struct span term, int64_t *due_r, struct err *err)
{
    return calendar_term(calendar, received, term, CUTOFF, due_r, err);
}

TEST_CASE(answers_terms_as_r4_does)
{
    static const struct question rows[] = {
        {"2026-06-19 16:50", "8h", "2026-06-23 07:50",
         "Friday 10 min, Monday 7 h 30, 20 min are left for Tuesday"},
        {"2026-06-25 11:45", "4h", "2026-06-26 08:00",
         "at lunch one receives at 13:30: 3 h 30, then 30 min"},
        {"2026-06-25 07:30", "4h", "2026-06-25 11:30",
         "a session filled to the second ends at its end, not at 13:30"},
        {"2026-06-25 17:00:00", "1h", "2026-06-26 08:30:00",
         "17:00:00 is no longer in the session"},
        {"2026-06-25 16:59:59", "1h", "2026-06-26 08:29:59",
         "16:59:59 still is: one second of today counts"},
        {"2026-06-25 17:00:00", "1wd", "2026-06-29 07:30",
         "received Friday 07:30, and a working day later is Monday"},
        {"2026-06-25 06:10", "1wd", "2026-06-26 07:30",
         "received 07:30, the same position a working day later"},
        {"2026-06-25 06:10", "7.5h", "2026-06-25 17:00",
         "hours fill the day; that it differs from 1 wd is meant"},
        {"2026-08-21 16:00", "1wd", "2026-08-22 16:00",
         "Saturday 22/08 is worked for Monday 31/08"},
        {"2026-08-22 16:00", "2h", "2026-08-24 08:30",
         "an hour of the swap day, an hour of Monday"},
        {"2026-08-28 16:00", "1wd", "2026-09-03 16:00",
         "31/08, 01/09 and 02/09 are off"},
        {"2026-02-13 10:00", "1wd", "2026-02-23 10:00", "Tet is a whole week"},
        {"2026-11-23 10:00", "1wd", "2026-11-25 10:00", "24/11 is off"},
        {"2026-06-25 15:30", "0.5wd", "2026-06-26 09:45",
         "half of 7 h 30: 1 h 30 today, 2 h 15 tomorrow"},
        {"2026-06-25 07:45", "0.5wd", "2026-06-25 11:30",
         "3 h 45 end with the morning"},
        {"2026-06-19 16:50", "1.5wd", "2026-06-23 11:05",
         "Monday 16:50, then 10 min and 3 h 35"},
        {"2026-06-25 15:30", "0.5wd-end", "2026-06-26 11:30",
         "a half ends with the next day's first session"},
        {"2026-06-25 15:30", "1wd-end", "2026-06-26 17:00",
         "the day of the receipt is not counted"},
        {"2026-06-25 15:30", "1.5wd-end", "2026-06-29 11:30",
         "the half after Friday is Monday's morning"},
        {"2026-04-20 09:00", "10d", "2026-05-04 17:00",
         "30/4 is off, and 1/5, and the weekend"},
        {"2026-06-20 09:00", "5d", "2026-06-29 17:00",
         "received on Monday 22/06, so Saturday 27/06, so Monday"},
        {"2026-06-25 14:59:59", "same-day", "2026-06-25 17:00", "before 15:00"},
        {"2026-06-25 15:00:00", "same-day", "2026-06-25 17:00",
         "15:00:00 itself is in time"},
        {"2026-06-25 15:00:01", "same-day", "2026-06-26 17:00", "later"},
        {"2026-06-26 17:30", "same-day", "2026-06-29 17:00",
         "received Monday 07:30, which is before 15:00"},
        {"2026-06-27 16:00", "same-day", "2026-06-29 17:00",
         "Saturday's 16:00 is no hour of receipt"},
    };
    check_all(*state, ask_term, rows, COUNT(rows));
}

TEST_CASE(answers_terms_that_r4_does_not_list)
{
    static const struct question rows[] = {
        {"2026-06-25 07:30", "0h", "2026-06-25 07:30", "nothing to count"},
        {"2026-06-25 12:00", "0h", "2026-06-25 13:30", "the receipt itself"},
        {"2026-06-25 13:30", "1wd", "2026-06-26 13:30",
         "a session's start is a position of its own"},
        {"2026-06-25 09:00", "0wd-end", "2026-06-25 17:00",
         "the receipt's own day"},
        {"2026-06-25 09:00", "0d", "2026-06-25 17:00", "the receipt's own day"},
        {"2026-06-25 09:00", "1d", "2026-06-26 17:00", "the next day"},
        {"2026-06-25 09:00", "0.001h", "2026-06-25 09:00:03",
         "3.6 s rounded down"},
        {"2026-06-25 09:00", "0.001wd", "2026-06-25 09:00:27",
         "a thousandth of 7 h 30"},
        {"2026-08-31 09:00", "1h", "2026-09-03 08:30", "received on 03/09"},
    };
    check_all(*state, ask_term, rows, COUNT(rows));
}

TEST_CASE(answers_steps_after_a_deadline)
{
    static const struct question rows[] = {
        {"2026-06-25 17:00", "2wd", "2026-06-29 17:00", "17:00 stays 17:00"},
        {"2026-06-25 17:00", "0h", "2026-06-25 17:00", "the promise itself"},
        {"2026-06-25 20:00", "0h", "2026-06-25 20:00",
         "overdue from 20:00 as promised"},
        {"2026-06-27 10:00", "0wd", "2026-06-27 10:00",
         "overdue from Saturday as promised"},
        {"2026-06-25 17:00", "1h", "2026-06-26 08:30", "the next morning"},
        {"2026-06-25 11:30", "1h", "2026-06-25 14:30", "over lunch"},
        {"2026-06-25 11:30", "1wd", "2026-06-26 11:30", "11:30 stays 11:30"},
        {"2026-06-25 20:00", "1h", "2026-06-26 08:30",
         "counted from the start of the next session"},
        {"2026-06-27 10:00", "1wd", "2026-06-30 07:30",
         "from Monday 07:30 to Tuesday 07:30"},
        {"2026-06-29 07:30", "4h", "2026-06-29 11:30",
         "07:30 is in no (start, end]; the next start is itself"},
        {"2026-06-23 17:00", "12.5h", "2026-06-25 14:30",
         "R4: promise 23/06 17:00 + give-back 12 h 30"},
        {"2026-06-25 17:00", "1d", "2026-06-26 17:00", "the next day's end"},
        {"2026-06-25 17:00", "2d", "2026-06-29 17:00",
         "a Saturday moves on to Monday"},
        {"2026-06-25 10:00", "1.5wd", "2026-06-26 15:45",
         "26/06 10:00, 1 h 30 of the morning and 2 h 15"},
    };
    check_all(*state, calendar_after, rows, COUNT(rows));
}

TEST_CASE(answers_steps_before_a_deadline)
{
    static const struct question rows[] = {
        {"2026-06-25 17:00", "2wd", "2026-06-23 17:00", "R4"},
        {"2026-06-25 11:30", "4h", "2026-06-25 07:30",
         "R1: the latest instant with 4 h left"},
        {"2026-06-25 17:00", "3.5h", "2026-06-25 13:30",
         "13:30, not 11:30, is the latest with 3 h 30 left"},
        {"2026-06-25 17:00", "7.5h", "2026-06-25 07:30",
         "07:30, not the evening before"},
        {"2026-06-25 17:00", "8h", "2026-06-24 16:30", "half an hour more"},
        {"2026-06-25 17:00", "0h", "2026-06-25 17:00", "itself"},
        {"2026-06-25 20:00", "0h", "2026-06-25 17:00",
         "from the end of the last session before it"},
        {"2026-06-27 10:00", "2h", "2026-06-26 15:00", "from Friday 17:00"},
        {"2026-06-27 10:00", "1wd", "2026-06-25 17:00", "from Friday 17:00"},
        {"2026-06-25 12:00", "1h", "2026-06-25 10:30", "from 11:30"},
        {"2026-06-29 07:30", "1wd", "2026-06-25 17:00",
         "07:30 is in no (start, end], so from Friday 17:00"},
        {"2026-06-25 17:00", "0.5wd", "2026-06-25 11:15",
         "3 h 30 of the afternoon and 15 min"},
        {"2026-06-25 17:00", "1.5wd", "2026-06-24 11:15",
         "a day back, then 3 h 45"},
        {"2026-08-24 16:00", "1wd", "2026-08-22 16:00", "the swap day counts"},
        {"2026-09-03 16:00", "1wd", "2026-08-28 16:00", "the holidays do not"},
        {"2026-06-25 17:00", "1d", "2026-06-24 17:00", "the day before"},
        {"2026-06-29 17:00", "1d", "2026-06-26 17:00",
         "a Sunday moves back to Friday, or it would be the deadline"},
    };
    check_all(*state, calendar_before, rows, COUNT(rows));
}

TEST_CASE(counts_pauses_in_working_time)
{
    const struct world *world = *state;
    static const struct {
        const char *from;
        const char *to;
        int64_t seconds;
        const char *why;
    } rows[] = {
        {"2026-06-26 16:00", "2026-06-29 08:00", 5400, "R4: 1 h and 30 min"},
        {"2026-06-27 09:00", "2026-06-28 18:00", 0, "R4: a weekend"},
        {"2026-06-29 08:00", "2026-06-26 16:00", -5400, "backwards"},
        {"2026-06-25 11:30", "2026-06-25 13:30", 0, "lunch"},
        {"2026-06-25 00:00", "2026-06-26 00:00", 27000, "an ordinary day"},
        {"2026-01-01 00:00", "2026-12-31 23:59:59", 27000LL * 249,
         "261 weekdays, 14 of them off, and 2 Saturdays worked"},
    };
    struct err err = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t seconds = -1;
        check_ok(calendar_count(
            world->calendar, office_instant(world->zone, rows[i].from),
            office_instant(world->zone, rows[i].to), &seconds, &err));
        if (seconds != rows[i].seconds)
            fail_msg("%s: got %lld, wanted %lld", rows[i].why,
                     (long long)seconds, (long long)rows[i].seconds);
    }
}

TEST_CASE(receives_in_the_session_or_at_the_next_start)
{
    const struct world *world = *state;
    static const struct question rows[] = {
        {"2026-06-25 07:29:59", "", "2026-06-25 07:30", "before the day"},
        {"2026-06-25 07:30", "", "2026-06-25 07:30", "the start is in it"},
        {"2026-06-25 11:29:59", "", "2026-06-25 11:29:59", "inside"},
        {"2026-06-25 11:30", "", "2026-06-25 13:30", "the end is not"},
        {"2026-06-25 17:00", "", "2026-06-26 07:30", "nor is the day's"},
        {"2026-06-27 10:00", "", "2026-06-29 07:30", "Saturday"},
        {"2026-02-14 10:00", "", "2026-02-23 07:30", "Tet"},
    };
    struct err err = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t receipt = 0;
        check_ok(calendar_receipt(world->calendar,
                                  office_instant(world->zone, rows[i].instant),
                                  &receipt, &err));
        check_instant(world->zone, receipt, rows[i].answer, rows[i].why);
    }
}

TEST_CASE(finds_the_due_day)
{
    const struct world *world = *state;
    static const struct question rows[] = {
        {"2026-06-25 17:00", "", "2026-06-25 07:30", "its own day"},
        {"2026-06-25 06:00", "", "2026-06-25 07:30",
         "its own day, though the day begins later"},
        {"2026-06-27 23:59:59", "", "2026-06-26 07:30", "Saturday's is Friday"},
        {"2026-02-22 10:00", "", "2026-02-13 07:30", "the Friday before Tet"},
        {"2026-06-27 00:00", "", "2026-06-26 07:30",
         "Saturday 00:00 is Saturday"},
    };
    struct err err = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t start = 0;
        check_ok(calendar_due_day(world->calendar,
                                  office_instant(world->zone, rows[i].instant),
                                  &start, &err));
        check_instant(world->zone, start, rows[i].answer, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_terms_as_r4_does),
        cmocka_unit_test(answers_terms_that_r4_does_not_list),
        cmocka_unit_test(answers_steps_after_a_deadline),
        cmocka_unit_test(answers_steps_before_a_deadline),
        cmocka_unit_test(counts_pauses_in_working_time),
        cmocka_unit_test(receives_in_the_session_or_at_the_next_start),
        cmocka_unit_test(finds_the_due_day),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
