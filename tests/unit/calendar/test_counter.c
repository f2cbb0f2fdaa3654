/* Random questions about random calendars, answered twice: by the tables and
 * by walker.h.  KIPHAN_QUESTIONS sets how many, KIPHAN_SEED which ones. */
#include "tests/unit/calendar/office.h"
#include "tests/unit/calendar/walker.h"

#include <stdlib.h>

enum { QUESTIONS = 20000, QUESTIONS_A_CALENDAR = 200 };

/* A calendar twice over, and the source of what is asked. */
struct world {
    uint64_t seed;
    uint64_t dice;
    struct zone *zone;
    struct calendar *calendar;
    struct walker walker;
};

static uint64_t roll(struct world *world)
{
    uint64_t z = world->dice += 0x9E3779B97F4A7C15U;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

static int pick(struct world *world, int least, int most)
{
    return least + (int)(roll(world) % (uint64_t)(most - least + 1));
}

static bool one_in(struct world *world, int chances)
{
    return pick(world, 1, chances) == 1;
}

/* Where clocks change in many ways, and where we live, most often. */
static const char *pick_zone(struct world *world)
{
    static const char *const zones[] = {
        "Asia/Ho_Chi_Minh",  "Asia/Ho_Chi_Minh",
        "Asia/Ho_Chi_Minh",  "Europe/Berlin",
        "America/New_York",  "America/Santiago",
        "America/Havana",    "Australia/Lord_Howe",
        "Pacific/Apia",      "America/Sao_Paulo",
        "Africa/Casablanca", "Asia/Beirut",
        "Antarctica/Troll",  "UTC",
    };
    return zones[pick(world, 0, sizeof(zones) / sizeof(zones[0]) - 1)];
}

/* Up to four sessions, sometimes touching, sometimes to midnight. */
static struct day_plan pick_plan(struct world *world)
{
    struct day_plan plan = {0};
    int32_t minute = one_in(world, 4) ? 0 : pick(world, 0, 600);

    for (int i = pick(world, 1, 4); i > 0 && minute < 1440; i--) {
        int32_t end = one_in(world, 8) ? 1440 : minute + pick(world, 1, 400);
        if (end > 1440)
            end = 1440;
        plan.sessions[plan.count++] = (struct session){60 * minute, 60 * end};
        minute = end + (one_in(world, 4) ? 0 : pick(world, 1, 200));
    }
    return plan;
}

static void pick_week(struct world *world)
{
    struct day_plan usual = one_in(world, 2)
                                ? office_plan("07:30-11:30 13:30-17:00")
                                : pick_plan(world);

    for (int i = 0; i < 7; i++) {
        world->walker.week.days[i] = usual;
        if (i >= 5 || one_in(world, 6))
            world->walker.week.days[i] =
                one_in(world, 3) ? pick_plan(world) : (struct day_plan){0};
    }
    world->walker.week.days[1] = usual;
}

/* As R2 defines it, written once more. */
static struct day_plan ordinary_plan(const struct week *week, int32_t *seconds)
{
    int32_t lengths[7] = {0};
    int best = -1;
    int votes[7] = {0};

    for (int i = 0; i < 7; i++)
        for (int j = 0; j < week->days[i].count; j++)
            lengths[i] +=
                week->days[i].sessions[j].end - week->days[i].sessions[j].start;
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++)
            votes[i] += lengths[i] > 0 && lengths[i] == lengths[j];
    for (int i = 0; i < 7; i++)
        if (votes[i] > 0 &&
            (best < 0 || votes[i] > votes[best] ||
             (votes[i] == votes[best] && lengths[i] > lengths[best])))
            best = i;
    *seconds = lengths[best];
    return week->days[best];
}

static struct date pick_date(struct world *world)
{
    const struct walker *walker = &world->walker;
    struct date first = {(int16_t)walker->first_year, 1, 1};
    int years = walker->last_year - walker->first_year + 1;

    return date_plus(first, pick(world, 0, 365 * years - 1));
}

/* Mark a day in both calendars; a date that is marked already is refused. */
static void pick_mark(struct world *world, struct date date,
                      struct day_plan ordinary)
{
    struct walker *walker = &world->walker;
    struct err err = {0};
    bool own = one_in(world, 3);
    bool off = !own && !one_in(world, 3);
    struct day_plan plan = own ? pick_plan(world) : ordinary;

    if (calendar_mark(world->calendar, date, off ? DAY_HOLIDAY : DAY_WORKDAY,
                      own ? &plan : NULL, "a day", &err) != 0)
        return;
    if (off)
        plan.count = 0;
    walker->marks[walker->mark_count++] = (struct walk_mark){date, plan};
}

static void pick_marks(struct world *world, struct day_plan ordinary)
{
    struct date date = pick_date(world);

    for (int i = pick(world, 0, WALK_MARKS); i > 0; i--) {
        bool in_a_row = one_in(world, 2);
        date = in_a_row ? date_plus(date, 1) : pick_date(world);
        pick_mark(world, date, ordinary);
    }
}

static void open_world(struct world *world, uint64_t seed)
{
    struct walker *walker = &world->walker;

    *world = (struct world){.seed = seed, .dice = seed};
    world->zone = office_zone(pick_zone(world));
    walker->zone = world->zone;
    walker->first_year = pick(world, 2009, 2040);
    if (one_in(world, 10))
        walker->first_year = pick(world, 1970, 2197);
    walker->last_year = walker->first_year + pick(world, 0, 2);
    if (walker->last_year == walker->first_year + 2 && one_in(world, 2))
        walker->missing_year = walker->first_year + 1;
    pick_week(world);
    struct day_plan ordinary = ordinary_plan(&walker->week, &walker->ordinary);
    world->calendar = calendar_new("random", world->zone, &walker->week);
    assert_int_equal(calendar_ordinary_day(world->calendar), walker->ordinary);
    pick_marks(world, ordinary);
    for (int year = walker->first_year; year <= walker->last_year; year++)
        if (walk_has(walker, year))
            calendar_enter_year(world->calendar, year);
    calendar_seal(world->calendar);
    walk_build(walker);
}

static void close_world(struct world *world)
{
    calendar_free(&world->calendar);
    zone_free(&world->zone);
    free(world->walker.minutes);
}

/* Half of them at the edge of a session or next to it. */
static int64_t pick_instant(struct world *world)
{
    const struct walker *walker = &world->walker;
    struct date date = pick_date(world);
    struct day_plan plan = walk_plan(walker, date);
    int32_t clock = pick(world, 0, 24 * 3600);

    if (plan.count > 0 && one_in(world, 2)) {
        struct session session = plan.sessions[pick(world, 0, plan.count - 1)];
        clock = one_in(world, 2) ? session.start : session.end;
    }
    int64_t instant = walk_clock(walker, date, clock);
    return one_in(world, 2) ? instant : instant + pick(world, -1, 1);
}

/* The n-th whole, half or thousandth of a unit, mostly small. */
static struct span pick_span(struct world *world, unsigned allowed)
{
    struct span span = {SPAN_HOURS, 0};

    do
        span.unit = (enum span_unit)pick(world, 0, SPAN_SAME_DAY);
    while (!(allowed >> span.unit & 1U));
    int64_t number = pick(world, 0, one_in(world, 10) ? 300 : 12);
    span.thousandths = 1000 * number;
    if (span.unit <= SPAN_DAYS_END && one_in(world, 3))
        span.thousandths += 500;
    if (span.unit <= SPAN_DAYS && one_in(world, 4))
        span.thousandths = 1000 * number + pick(world, 0, 999);
    if (span.unit == SPAN_SAME_DAY)
        span.thousandths = 0;
    return span;
}

/* Both said the same: an answer, or that a year is missing, and which. */
static void compare(const struct world *world, const char *question,
                    int64_t asked, struct span span, int lacks, int64_t walked,
                    int result, int64_t answer, const struct err *err)
{
    char at[20];
    char wanted[32];
    char got[32];
    char text[32];
    owned(str_free) char *year = str_format("%d", lacks);

    if (lacks == WALK_OK && result == 0 && walked == answer)
        return;
    if (lacks != WALK_OK && result == -1 && err->code == ERR_NO_YEAR &&
        strstr(err->text, year))
        return;
    zone_format(world->zone, asked, at);
    zone_format(world->zone, walked, wanted);
    zone_format(world->zone, answer, got);
    span_format(span, text);
    fail_msg("seed %llu, %s: %s %s %s: walked to %s (%lld, lacks %d), got %s "
             "(%lld, %s)",
             (unsigned long long)world->seed, zone_name(world->zone), question,
             at, text, wanted, (long long)walked, lacks, got, (long long)answer,
             result == 0 ? "ok" : err->text);
}

static void ask_term(struct world *world)
{
    int64_t asked = pick_instant(world);
    struct span span = pick_span(world, SPAN_TERM);
    int32_t cutoff = one_in(world, 2) ? pick(world, 0, 24 * 60) * 60
                                      : zone_civil(world->zone, asked).seconds;
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_term(&world->walker, &walked, span, cutoff);
    int result =
        calendar_term(world->calendar, asked, span, cutoff, &answer, &err);

    compare(world, "term", asked, span, lacks, walked, result, answer, &err);
}

static void ask_after(struct world *world)
{
    int64_t asked = pick_instant(world);
    struct span span = pick_span(world, SPAN_STEP_AFTER);
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_step_after(&world->walker, &walked, span);
    int result = calendar_after(world->calendar, asked, span, &answer, &err);

    compare(world, "after", asked, span, lacks, walked, result, answer, &err);
}

static void ask_before(struct world *world)
{
    int64_t asked = pick_instant(world);
    struct span span = pick_span(world, SPAN_STEP_AFTER);
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_step_before(&world->walker, &walked, span);
    int result = calendar_before(world->calendar, asked, span, &answer, &err);

    compare(world, "before", asked, span, lacks, walked, result, answer, &err);
}

static void ask_seconds(struct world *world)
{
    static const struct span none = {SPAN_HOURS, 0};
    int64_t asked = pick_instant(world);
    int64_t seconds = pick(world, 0, one_in(world, 5) ? 3000000 : 100000);
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_after(&world->walker, &walked, seconds);
    int result =
        calendar_after_seconds(world->calendar, asked, seconds, &answer, &err);
    compare(world, "after seconds", asked, none, lacks, walked, result, answer,
            &err);

    walked = asked;
    lacks = seconds ? walk_before(&world->walker, &walked, seconds)
                    : walk_back(&world->walker, &walked);
    result =
        calendar_before_seconds(world->calendar, asked, seconds, &answer, &err);
    compare(world, "before seconds", asked, none, lacks, walked, result, answer,
            &err);
}

static void ask_count(struct world *world)
{
    static const struct span none = {SPAN_HOURS, 0};
    int64_t from = pick_instant(world);
    int64_t to = from + pick(world, 0, one_in(world, 5) ? 20000000 : 1000000);
    int64_t walked = 0;
    int64_t answer = 0;
    struct err err = {0};

    if (to > world->walker.end)
        to = world->walker.end;
    int lacks = walk_count(&world->walker, from, to, &walked);
    int result = calendar_count(world->calendar, from, to, &answer, &err);
    compare(world, "count", from, none, lacks, walked, result, answer, &err);
    if (result == 0) {
        check_ok(calendar_count(world->calendar, to, from, &answer, &err));
        assert_int_equal(answer, -walked);
    }
}

static void ask_receipt(struct world *world)
{
    static const struct span none = {SPAN_HOURS, 0};
    int64_t asked = pick_instant(world);
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_receipt(&world->walker, &walked);
    int result = calendar_receipt(world->calendar, asked, &answer, &err);

    compare(world, "receipt", asked, none, lacks, walked, result, answer, &err);
}

static void ask_due_day(struct world *world)
{
    static const struct span none = {SPAN_HOURS, 0};
    int64_t asked = pick_instant(world);
    int64_t walked = asked;
    int64_t answer = 0;
    struct err err = {0};
    int lacks = walk_due_day(&world->walker, &walked);
    int result = calendar_due_day(world->calendar, asked, &answer, &err);

    compare(world, "due day", asked, none, lacks, walked, result, answer, &err);
}

/* The next start is the start of a session, and no other lies before it. */
static void ask_next_start(struct world *world)
{
    const struct walker *walker = &world->walker;
    int64_t asked = pick_instant(world);
    int64_t start = 0;
    int64_t end = 0;
    int64_t first = 0;
    bool assumed = false;
    struct err err = {0};
    struct date date = date_plus(walk_date(walker, asked), -1);

    check_ok(calendar_next_start(world->calendar, asked, &start, &end, &assumed,
                                 &err));
    for (bool found = false; !found; date = date_plus(date, 1)) {
        struct walker lenient = *walker;
        if (!walk_has(walker, date.year))
            lenient.mark_count = 0;
        struct day_plan plan = walk_plan(&lenient, date);
        for (int i = 0; i < plan.count && !found; i++) {
            first = walk_clock(walker, date, plan.sessions[i].start);
            found = first >= asked;
            if (found) {
                assert_int_equal(start, first);
                assert_int_equal(
                    end, walk_clock(walker, date, plan.sessions[i].end));
                assert_int_equal(assumed, !walk_has(walker, date.year));
            }
        }
    }
}

/* Of deadlines in (start, end]: add(t, count(t, u)) = u; counts add up and
 * never fall; nothing is refused within a year that was entered. */
static void ask_laws(struct world *world)
{
    const struct walker *walker = &world->walker;
    int64_t a = pick_instant(world);
    int64_t u = a + pick(world, 0, 3000000);
    int64_t b = a + pick(world, 0, (int)(u - a));
    int64_t whole = 0;
    int64_t left = 0;
    int64_t right = 0;
    int64_t back = 0;
    struct err err = {0};

    if (calendar_count(world->calendar, a, u, &whole, &err) != 0)
        return;
    check_ok(calendar_count(world->calendar, a, b, &left, &err));
    check_ok(calendar_count(world->calendar, b, u, &right, &err));
    assert_int_equal(left + right, whole);
    assert_true(left >= 0 && right >= 0);
    if (!walk_holds(walker, u))
        return;
    check_ok(calendar_after_seconds(world->calendar, a, whole, &back, &err));
    assert_int_equal(back, u);
}

TEST_CASE(agrees_with_a_walk_minute_by_minute)
{
    (void)state;
    typedef void ask(struct world *);
    static ask *const asks[] = {
        ask_term,  ask_term,    ask_after,   ask_before,     ask_seconds,
        ask_count, ask_receipt, ask_due_day, ask_next_start, ask_laws,
    };
    long long questions = QUESTIONS;
    long long seed = 20260625;

    (void)str_to_long(getenv("KIPHAN_QUESTIONS"), 1, 1000000, &questions);
    (void)str_to_long(getenv("KIPHAN_SEED"), 0, INT64_MAX / 2, &seed);
    for (long long asked = 0; asked < questions; seed++) {
        struct world world;
        open_world(&world, (uint64_t)seed);
        for (int i = 0; i < QUESTIONS_A_CALENDAR && asked < questions; i++)
            asks[asked++ % (long long)(sizeof(asks) / sizeof(asks[0]))](&world);
        close_world(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_walk_minute_by_minute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
