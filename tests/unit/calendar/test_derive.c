/* How a deadline was counted, told step by step and added up again. */
#include "tests/unit/calendar/office.h"

#include "base/mem.h"
#include "calendar/derive.h"

enum { CUTOFF = 15 * 3600, QUESTIONS = 20000 };

struct world {
    struct zone *zone;
    struct calendar *calendar;
    uint64_t dice;
};

static int open_world(void **state)
{
    static struct world world;

    world.zone = office_zone("Asia/Ho_Chi_Minh");
    world.calendar = office_calendar(world.zone);
    world.dice = 20260625;
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

/* ---- tables ---- */

static void tell_place(const struct world *world, struct buf *out,
                       int64_t instant)
{
    struct civil civil = zone_civil(world->zone, instant);

    buf_addf(out, " %d/%d %02d:%02d", civil.date.day, civil.date.month,
             civil.seconds / 3600, civil.seconds % 3600 / 60);
}

/* "start in-session 25/6 16:50; day1 26/6 16:50 +450; ...". */
static void tell_step(const struct world *world, struct buf *out,
                      const struct derive_step *step)
{
    buf_addf(out, "%s%s", out->length ? "; " : "",
             derive_kind_name(step->kind));
    if (step->number)
        buf_addf(out, "%d", (int)step->number);
    if (step->why)
        buf_addf(out, " %s", derive_why_name(step->why));
    if (derive_counts(step->kind) || step->kind == DERIVE_START ||
        step->kind == DERIVE_RESULT)
        tell_place(world, out, step->at);
    else if (step->kind != DERIVE_ASKED && step->kind != DERIVE_PAUSE)
        buf_addf(out, " %d/%d", step->date.day, step->date.month);
    if (step->seconds)
        buf_addf(out, " +%d", (int)step->seconds / 60);
}

static char *tell(const struct world *world, const struct derivation *all)
{
    struct buf out = {0};

    for (size_t i = 1; i < all->count; i++)
        tell_step(world, &out, &all->steps[i]);
    return buf_take(&out);
}

struct row {
    const char *from;
    const char *span;
    const char *told;
};

typedef int derive_span(const struct calendar *calendar, int64_t instant,
                        struct span span, struct derivation *derivation_r,
                        struct err *err);

static int derive_receipt(const struct calendar *calendar, int64_t received,
                          struct span term, struct derivation *derivation_r,
                          struct err *err)
{
    return derive_term(calendar, received, term, CUTOFF, derivation_r, err);
}

static void check_rows(const struct world *world, derive_span *derive,
                       const struct row *rows, size_t count)
{
    struct err err = {0};

    for (size_t i = 0; i < count; i++) {
        struct derivation all = {0};
        check_ok(derive(world->calendar,
                        office_instant(world->zone, rows[i].from),
                        office_span(rows[i].span), &all, &err));
        owned(str_free) char *told = tell(world, &all);
        if (!str_equal(told, rows[i].told))
            fail_msg("%s %s:\n got %s\nwant %s", rows[i].from, rows[i].span,
                     told, rows[i].told);
        derivation_done(&all);
    }
}

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

TEST_CASE(tells_how_a_term_is_counted)
{
    static const struct row rows[] = {
        {"2026-06-19 16:50", "8h",
         "start in-session 19/6 16:50; piece 19/6 17:00 +10; rest-day 20/6; "
         "rest-day 21/6; piece 22/6 11:30 +240; piece 22/6 17:00 +210; "
         "piece 23/6 07:50 +20; result 23/6 07:50"},
        {"2026-06-25 11:45", "4h",
         "start between-sessions 25/6 13:30; piece 25/6 17:00 +210; "
         "piece 26/6 08:00 +30; result 26/6 08:00"},
        {"2026-06-25 16:00", "0h",
         "start in-session 25/6 16:00; result 25/6 16:00"},
        {"2026-06-25 06:10", "1wd",
         "start before-hours 25/6 07:30; not-counted 25/6; "
         "day1 26/6 07:30 +450; result 26/6 07:30"},
        {"2026-06-25 17:00", "1wd",
         "start after-hours 26/6 07:30; not-counted 26/6; rest-day 27/6; "
         "rest-day 28/6; day1 29/6 07:30 +450; result 29/6 07:30"},
        {"2026-06-20 09:00", "0.5wd",
         "rest-day 20/6; rest-day 21/6; start day-off 22/6 07:30; "
         "piece 22/6 11:15 +225; result 22/6 11:15"},
        {"2026-08-21 16:00", "1wd",
         "start in-session 21/8 16:00; not-counted 21/8; swap-day 22/8; "
         "day1 22/8 16:00 +450; result 22/8 16:00"},
        {"2026-08-22 16:00", "2h",
         "swap-day 22/8; start in-session 22/8 16:00; piece 22/8 17:00 +60; "
         "rest-day 23/8; piece 24/8 08:30 +60; result 24/8 08:30"},
        {"2026-08-28 16:00", "1wd",
         "start in-session 28/8 16:00; not-counted 28/8; rest-day 29/8; "
         "rest-day 30/8; holiday 31/8; holiday 1/9; holiday 2/9; "
         "day1 3/9 16:00 +450; result 3/9 16:00"},
        {"2026-06-19 16:50", "1.5wd",
         "start in-session 19/6 16:50; not-counted 19/6; rest-day 20/6; "
         "rest-day 21/6; day1 22/6 16:50 +450; piece 22/6 17:00 +10; "
         "piece 23/6 11:05 +215; result 23/6 11:05"},
        {"2026-06-25 15:30", "1.5wd-end",
         "start in-session 25/6 15:30; not-counted 25/6; "
         "day1 26/6 17:00 +540; rest-day 27/6; rest-day 28/6; "
         "end 29/6 11:30 +240; result 29/6 11:30"},
        {"2026-06-25 15:30", "0.5wd-end",
         "start in-session 25/6 15:30; not-counted 25/6; "
         "end 26/6 11:30 +330; result 26/6 11:30"},
        {"2026-04-29 09:00", "2d",
         "start in-session 29/4 09:00; not-counted 29/4; calendar-day1 30/4; "
         "calendar-day2 1/5; holiday 1/5; rest-day 2/5; rest-day 3/5; "
         "end 4/5 17:00 +810; result 4/5 17:00"},
        {"2026-06-25 15:00:00", "same-day",
         "start in-session 25/6 15:00; cut-off in-time 25/6; "
         "end 25/6 17:00 +120; result 25/6 17:00"},
        {"2026-06-26 15:00:01", "same-day",
         "start in-session 26/6 15:00; cut-off too-late 26/6; rest-day 27/6; "
         "rest-day 28/6; end 29/6 17:00 +569; result 29/6 17:00"},
    };
    check_rows(*state, derive_receipt, rows, COUNT(rows));
}

TEST_CASE(tells_how_a_step_is_counted_from_a_deadline)
{
    static const struct row after[] = {
        {"2026-06-25 17:00", "2wd",
         "start in-session 25/6 17:00; day1 26/6 17:00 +450; rest-day 27/6; "
         "rest-day 28/6; day2 29/6 17:00 +450; result 29/6 17:00"},
        {"2026-06-27 10:00", "1h",
         "rest-day 27/6; rest-day 28/6; start day-off 29/6 07:30; "
         "piece 29/6 08:30 +60; result 29/6 08:30"},
        {"2026-06-25 20:00", "0h", "result 25/6 20:00"},
    };
    static const struct row before[] = {
        {"2026-06-25 17:00", "2wd",
         "start in-session 25/6 17:00; day1 24/6 17:00 +450; "
         "day2 23/6 17:00 +450; result 23/6 17:00"},
        {"2026-06-25 11:30", "4h",
         "start in-session 25/6 11:30; piece 25/6 07:30 +240; "
         "result 25/6 07:30"},
        {"2026-06-29 08:00", "1.5wd",
         "start in-session 29/6 08:00; rest-day 28/6; rest-day 27/6; "
         "day1 26/6 08:00 +450; piece 26/6 07:30 +30; "
         "piece 25/6 13:45 +195; result 25/6 13:45"},
        {"2026-06-28 10:00", "1h",
         "rest-day 28/6; rest-day 27/6; start day-off 26/6 17:00; "
         "piece 26/6 16:00 +60; result 26/6 16:00"},
        {"2026-05-04 17:00", "2d",
         "start in-session 4/5 17:00; calendar-day1 3/5; calendar-day2 2/5; "
         "rest-day 2/5; holiday 1/5; holiday 30/4; end 29/4 17:00 +450; "
         "result 29/4 17:00"},
        {"2026-06-25 07:30", "0h",
         "start before-hours 24/6 17:00; result 24/6 17:00"},
    };
    check_rows(*state, derive_after, after, COUNT(after));
    check_rows(*state, derive_before, before, COUNT(before));
}

/* ---- pauses ---- */

static struct derivation paused(const struct world *world,
                                const struct interval *pauses, size_t count)
{
    struct derivation all = {0};
    struct err err = {0};

    check_ok(derive_term(world->calendar,
                         office_instant(world->zone, "2026-06-22 08:00"),
                         office_span("1wd-end"), 0, &all, &err));
    check_ok(derive_pauses(world->calendar, pauses, count, &all, &err));
    return all;
}

static struct interval interval(const struct world *world, const char *start,
                                const char *end)
{
    return (struct interval){office_instant(world->zone, start),
                             office_instant(world->zone, end)};
}

TEST_CASE(gives_a_pause_back_in_working_time)
{
    const struct world *world = *state;
    const struct interval pauses[] = {
        interval(world, "2026-06-23 09:00", "2026-06-24 16:00"),
        interval(world, "2026-06-27 08:00", "2026-06-28 16:00"),
    };
    struct derivation all = paused(world, pauses, 1);

    check_instant(world->zone, all.result, "2026-06-25 14:30",
                  "23/06 17:00 + 12 h 30 (R4)");
    derivation_done(&all);
    all = paused(world, &pauses[1], 1);
    check_instant(world->zone, all.result, "2026-06-23 17:00",
                  "a weekend gives nothing back");
    derivation_done(&all);
    all = paused(world, pauses, 2);
    owned(str_free) char *told = tell(world, &all);
    assert_non_null(strstr(told, "result 23/6 17:00; pause +750; pause; "
                                 "piece 24/6 11:30 +240; "
                                 "piece 24/6 17:00 +210; "
                                 "piece 25/6 11:30 +240; "
                                 "piece 25/6 14:30 +60; result 25/6 14:30"));
    derivation_done(&all);
}

TEST_CASE(a_pause_before_the_receipt_takes_nothing)
{
    const struct world *world = *state;
    const struct interval early =
        interval(world, "2026-06-19 08:00", "2026-06-22 09:00");
    struct derivation all = paused(world, &early, 1);

    check_instant(world->zone, all.result, "2026-06-24 08:30",
                  "only the hour from 08:00 to 09:00 counts");
    derivation_done(&all);
}

/* ---- failures ---- */

TEST_CASE(refuses_what_needs_a_year_that_was_not_entered)
{
    const struct world *world = *state;
    struct derivation all = {0};
    struct err err = {0};

    assert_int_equal(
        derive_term(world->calendar,
                    office_instant(world->zone, "2026-12-30 08:00"),
                    office_span("5wd"), 0, &all, &err),
        -1);
    assert_int_equal(err.code, ERR_NO_YEAR);
    assert_non_null(strstr(err.text, "2027"));
    assert_null(all.steps);
}

/* ---- added up again ---- */

static int pick(struct world *world, int least, int most)
{
    uint64_t z = world->dice += 0x9E3779B97F4A7C15U;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    return least + (int)(z % (uint64_t)(most - least + 1));
}

/* From the start over every step that counts to the result: no working time
 * lies between two of them, and their seconds are all there is. */
static void add_up(const struct world *world, const struct derivation *all)
{
    struct err err = {0};
    int64_t at = all->start;
    int64_t sum = 0, between = 0, wanted = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct derive_step *step = &all->steps[i];
        if (!derive_counts(step->kind))
            continue;
        check_ok(
            calendar_count(world->calendar, at, step->from, &between, &err));
        assert_int_equal(between, 0);
        check_ok(calendar_count(world->calendar, step->from, step->at, &between,
                                &err));
        assert_int_equal(between < 0 ? -between : between, step->seconds);
        sum += step->seconds;
        at = step->at;
    }
    assert_int_equal(at, all->result);
    assert_int_equal(all->steps[all->count - 1].kind, DERIVE_RESULT);
    assert_int_equal(all->steps[all->count - 1].at, all->result);
    check_ok(calendar_count(world->calendar, all->start, all->result, &wanted,
                            &err));
    assert_int_equal(sum, wanted < 0 ? -wanted : wanted);
}

static int plain(const struct world *world, int way, int64_t instant,
                 struct span span, int64_t *at_r)
{
    struct err err = {0};

    if (way == 0)
        return calendar_term(world->calendar, instant, span, CUTOFF, at_r,
                             &err);
    if (way == 1)
        return calendar_after(world->calendar, instant, span, at_r, &err);
    return calendar_before(world->calendar, instant, span, at_r, &err);
}

static struct span pick_span(struct world *world, int way)
{
    static const struct {
        enum span_unit unit;
        int grain;
        int most;
    } units[] = {
        {SPAN_HOURS, 1, 90000},    {SPAN_DAYS, 1, 15000},
        {SPAN_CALENDAR, 1000, 20}, {SPAN_DAYS_END, 500, 30},
        {SPAN_SAME_DAY, 1000, 0},
    };
    int i = pick(world, 0, way == 0 ? 4 : 2);
    bool is_round = units[i].grain == 1 && pick(world, 0, 1);
    int64_t number = pick(world, 0, units[i].most) * (int64_t)units[i].grain;

    if (is_round)
        number -= number % 500;
    return (struct span){units[i].unit, number};
}

TEST_CASE(every_derivation_ends_where_the_calendar_says)
{
    static derive_span *const derivers[] = {derive_receipt, derive_after,
                                            derive_before};
    struct world *world = *state;
    int64_t first = office_instant(world->zone, "2025-12-30 00:00");
    int answered = 0;

    for (int i = 0; i < QUESTIONS; i++) {
        struct derivation all = {0};
        struct err err = {0};
        int64_t wanted = 0;
        int way = pick(world, 0, 2);
        int64_t instant = first + pick(world, 0, 368 * 48) * INT64_C(1800) +
                          pick(world, -1, 1);
        struct span span = pick_span(world, way);
        int failed = plain(world, way, instant, span, &wanted);
        assert_int_equal(
            derivers[way](world->calendar, instant, span, &all, &err), failed);
        if (!failed && !(way == 1 && span.thousandths == 0)) {
            assert_int_equal(all.result, wanted);
            add_up(world, &all);
            answered++;
        }
        derivation_done(&all);
    }
    assert_true(answered > QUESTIONS / 2);
}

typedef int derive_to(const struct calendar *calendar, int64_t from, int64_t to,
                      struct derivation *derivation_r, struct err *err);

static void check_way(const struct world *world, derive_to *derive,
                      const char *from, const char *to, const char *wanted)
{
    struct derivation all = {0};
    struct err err = {0};

    check_ok(derive(world->calendar, office_instant(world->zone, from),
                    office_instant(world->zone, to), &all, &err));
    owned(str_free) char *told = tell(world, &all);
    assert_string_equal(told, wanted);
    derivation_done(&all);
}

TEST_CASE(tells_the_sessions_on_the_way_to_a_promise)
{
    const struct world *world = *state;

    check_way(world, derive_until, "2026-06-19 16:50", "2026-06-22 09:00",
              "start in-session 19/6 16:50; piece 19/6 17:00 +10; "
              "rest-day 20/6; rest-day 21/6; piece 22/6 09:00 +90; "
              "result 22/6 09:00");
    /* A promise outside of every session counts to the session before it. */
    check_way(world, derive_until, "2026-06-26 16:00", "2026-06-27 20:00",
              "start in-session 26/6 16:00; piece 26/6 17:00 +60; "
              "result 27/6 20:00");
    /* One before the receipt counts has nothing on the way. */
    check_way(world, derive_until, "2026-06-26 18:00", "2026-06-26 17:00",
              "rest-day 27/6; rest-day 28/6; start after-hours 29/6 07:30; "
              "result 26/6 17:00");
}

TEST_CASE(tells_the_sessions_from_a_deadline_to_a_later_one)
{
    const struct world *world = *state;

    check_way(world, derive_onwards, "2026-06-23 17:00", "2026-06-24 09:00",
              "start in-session 23/6 17:00; piece 24/6 09:00 +90; "
              "result 24/6 09:00");
    check_way(world, derive_onwards, "2026-06-27 20:00", "2026-06-29 08:00",
              "rest-day 27/6; rest-day 28/6; start day-off 29/6 07:30; "
              "piece 29/6 08:00 +30; result 29/6 08:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_how_a_term_is_counted),
        cmocka_unit_test(tells_how_a_step_is_counted_from_a_deadline),
        cmocka_unit_test(gives_a_pause_back_in_working_time),
        cmocka_unit_test(a_pause_before_the_receipt_takes_nothing),
        cmocka_unit_test(refuses_what_needs_a_year_that_was_not_entered),
        cmocka_unit_test(every_derivation_ends_where_the_calendar_says),
        cmocka_unit_test(tells_the_sessions_on_the_way_to_a_promise),
        cmocka_unit_test(tells_the_sessions_from_a_deadline_to_a_later_one),
    };

    return cmocka_run_group_tests(tests, open_world, close_world);
}
