#include "tests/unit/check.h"

#include "rules/openings.h"
#include "tests/unit/rules/ward.h"

static struct ward *plain_ward(void)
{
    struct ward *ward = ward_new();
    ward_seal(ward);
    ward_step(ward_rule(ward, "r"), "s", STEP_AFTER, "0h", "head");
    return ward;
}

static int next_opening(const struct ward *ward, int64_t instant,
                        struct opening *opening_r, struct err *err)
{
    struct hours hours = hours_of(&ward->policy, &ward->rules[0], NOBODY);
    return opening_next(&hours, instant, opening_r, err);
}

/* When an alert reached and decided at two local times leaves. */
static int64_t leaves_at(const struct ward *ward, const char *reached,
                         const char *now, const char *served)
{
    struct opening opening = {0};
    struct err err = {0};

    struct hours hours = hours_of(&ward->policy, &ward->rules[0], NOBODY);
    struct waiting waiting = {&ward->rules[0].steps[0], at(ward, reached),
                              at(ward, now), at(ward, served)};
    check_ok(opening_for(&hours, &waiting, &opening, &err));
    return opening.at;
}

TEST_CASE(an_alert_waits_for_the_next_opening)
{
    (void)state;
    owned(ward_free) struct ward *ward = plain_ward();
    const struct {
        const char *reached, *now, *served, *leaves;
    } table[] = {
        /* Decided in the turn that serves the opening: leaves in it. */
        {"2026-06-25 07:30", "2026-06-25 07:30", "2026-06-24 13:30",
         "2026-06-25 07:30"},
        /* Decided after it: waits for the next (R11). */
        {"2026-06-25 07:31", "2026-06-25 07:31", "2026-06-25 07:30",
         "2026-06-25 13:30"},
        /* The daemon was down at 07:30: made up while the session runs. */
        {"2026-06-25 07:00", "2026-06-25 08:10", "2026-06-24 13:30",
         "2026-06-25 07:30"},
        /* Not for what was reached only after that opening. */
        {"2026-06-25 08:00", "2026-06-25 08:10", "2026-06-24 13:30",
         "2026-06-25 13:30"},
        /* The session is over: the next one. */
        {"2026-06-25 07:00", "2026-06-25 12:00", "2026-06-24 13:30",
         "2026-06-25 13:30"},
        /* Friday evening: Monday. */
        {"2026-06-26 17:00:01", "2026-06-26 17:00:01", "2026-06-26 13:30",
         "2026-06-29 07:30"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        assert_int_equal(
            leaves_at(ward, table[i].reached, table[i].now, table[i].served),
            at(ward, table[i].leaves));
}

TEST_CASE(urgent_leaves_at_once_but_not_in_quiet_hours)
{
    (void)state;
    owned(ward_free) struct ward *ward = plain_ward();
    const struct {
        const char *now, *leaves;
    } table[] = {
        {"2026-06-25 12:00", "2026-06-25 12:00"},
        {"2026-06-25 17:00", "2026-06-25 17:00"},
        {"2026-06-25 18:00", "2026-06-26 07:00"},
        {"2026-06-27 10:00", "2026-06-29 07:00"}, /* a Saturday */
    };

    ward->rules[0].steps[0].urgent = true;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        assert_int_equal(
            leaves_at(ward, table[i].now, table[i].now, table[i].now),
            at(ward, table[i].leaves));
}

TEST_CASE(openings_in_quiet_hours_do_not_open)
{
    (void)state;
    owned(ward_free) struct ward *ward = plain_ward();
    struct opening opening = {0};
    struct err err = {0};

    ward->window.open = OPEN_TIMES;
    ward->window.times[0] = 6 * 3600;
    ward->window.times[1] = 10 * 3600;
    ward->window.time_count = 2;
    check_ok(next_opening(ward, at(ward, "2026-06-25 05:00"), &opening, &err));
    assert_int_equal(opening.at, at(ward, "2026-06-25 10:00"));
    assert_int_equal(opening.closes_at, at(ward, "2026-06-25 11:30"));
    ward->window.time_count = 1;
    assert_int_equal(
        next_opening(ward, at(ward, "2026-06-25 05:00"), &opening, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(a_session_that_runs_into_quiet_hours_closes_there)
{
    (void)state;
    owned(ward_free) struct ward *ward = plain_ward();
    struct opening opening = {0};
    struct err err = {0};

    ward->policy.quiet.from = 16 * 3600;
    check_ok(next_opening(ward, at(ward, "2026-06-25 13:00"), &opening, &err));
    assert_int_equal(opening.at, at(ward, "2026-06-25 13:30"));
    assert_int_equal(opening.closes_at, at(ward, "2026-06-25 16:00"));
    ward->policy.quiet.until = 16 * 3600; /* no quiet hours at all */
    check_ok(next_opening(ward, at(ward, "2026-06-25 13:00"), &opening, &err));
    assert_int_equal(opening.closes_at, at(ward, "2026-06-25 17:00"));
}

TEST_CASE(a_missing_year_opens_as_on_ordinary_weekdays)
{
    (void)state;
    owned(ward_free) struct ward *ward = plain_ward();
    struct opening opening = {0};
    struct err err = {0};

    check_ok(next_opening(ward, at(ward, "2027-01-02 05:00"), &opening, &err));
    assert_int_equal(opening.at, at(ward, "2027-01-04 07:30"));
    assert_true(opening.assumed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_waits_for_the_next_opening),
        cmocka_unit_test(urgent_leaves_at_once_but_not_in_quiet_hours),
        cmocka_unit_test(openings_in_quiet_hours_do_not_open),
        cmocka_unit_test(a_session_that_runs_into_quiet_hours_closes_there),
        cmocka_unit_test(a_missing_year_opens_as_on_ordinary_weekdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
