#include "tests/unit/check.h"

#include "reports/counts.h"

TEST_CASE(says_how_many_may_still_be_late)
{
    static const struct {
        int64_t settled, on_time, due, may;
        const char *why;
    } rows[] = {
        {0, 0, 0, 0, "nothing to lose"},
        {100, 100, 0, 2, "2 of 100 are 98 %"},
        {100, 98, 0, 0, "exactly at the target"},
        {100, 97, 0, -1, "missed"},
        {100, 97, 50, 0, "147 of 150 are 98 %"},
        {100, 97, 49, -1, "146 of 149 are 97.99 %"},
        {900, 890, 100, 10, "980 of 1000"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct counts counts = {.settled = rows[i].settled,
                                      .on_time = rows[i].on_time};
        assert_int_equal(counts_may_be_late(&counts, rows[i].due, 980),
                         rows[i].may);
    }
}

/* Two dossiers of each way in, of which one is paused and one returned. */
static struct counts mixed(void)
{
    const struct standing paused = {.fresh = true, .paused = true};
    const struct standing returned = {.carried = true, .returned = true};
    const struct standing late = {
        .fresh = true, .settled = true, .punctuality = PUNCTUAL_LATE};
    const struct standing open = {
        .carried = true, .running = true, .deadline = INSTANT_NONE};
    struct counts counts = {0};

    counts_add(&counts, &paused, SUBMITTED_ONLINE);
    counts_add(&counts, &returned, SUBMITTED_ONLINE);
    counts_add(&counts, &late, SUBMITTED_BY_POST);
    counts_add(&counts, &open, SUBMITTED_UNKNOWN);
    return counts;
}

TEST_CASE(the_form_puts_paused_and_returned_where_the_office_wants_them)
{
    struct counts counts = mixed();
    struct form_counts plain = form_counts_of(&counts, (struct form_rule){0});
    struct form_counts without =
        form_counts_of(&counts, (struct form_rule){.paused_left_out = true});
    struct form_counts settled =
        form_counts_of(&counts, (struct form_rule){.returned_settled = true});

    (void)state;
    assert_true(counts_add_up(&counts));
    assert_int_equal(plain.received, 3);
    assert_int_equal(plain.in.carried, 1);
    assert_int_equal(plain.running, 2);
    assert_int_equal(plain.within, 1);
    assert_int_equal(without.received, 2);
    assert_int_equal(without.in.online, 0);
    assert_int_equal(settled.received, 4);
    assert_int_equal(settled.settled, 2);
    assert_int_equal(settled.on_time, 1);
}

TEST_CASE(an_unknown_way_is_no_way_and_a_missing_promise_no_delay)
{
    const struct standing open = {
        .fresh = true, .running = true, .deadline = INSTANT_NONE};
    struct counts counts = {0};

    (void)state;
    counts_add(&counts, &open, SUBMITTED_UNKNOWN);
    assert_int_equal(counts.in.unknown, 1);
    assert_int_equal(counts_online(&counts).whole, 0);
    assert_int_equal(counts.no_promise, 1);
    assert_int_equal(counts.within + counts.overdue, 0);
}

TEST_CASE(sees_that_figures_do_not_add_up)
{
    struct counts counts = mixed();

    (void)state;
    counts.settled++;
    counts.late++;
    assert_false(counts_add_up(&counts));
}

TEST_CASE(a_task_without_a_deadline_is_never_on_time_nor_late)
{
    const struct standing done = {
        .fresh = true, .settled = true, .punctuality = PUNCTUAL_UNKNOWN};
    const struct standing early = {
        .fresh = true, .settled = true, .punctuality = PUNCTUAL_EARLY};
    const struct standing paused = {.fresh = true, .paused = true};
    const struct standing cancelled = {.fresh = true, .returned = true};
    struct duty_counts counts = {0};

    (void)state;
    duty_counts_add(&counts, &done, false);
    duty_counts_add(&counts, &early, false);
    duty_counts_add(&counts, &paused, false);
    duty_counts_add(&counts, &cancelled, false);
    assert_int_equal(duty_counts_total(&counts), 2);
    assert_int_equal(duty_counts_punctual(&counts).whole, 1);
    assert_int_equal(counts.on_time, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_how_many_may_still_be_late),
        cmocka_unit_test(
            the_form_puts_paused_and_returned_where_the_office_wants_them),
        cmocka_unit_test(
            an_unknown_way_is_no_way_and_a_missing_promise_no_delay),
        cmocka_unit_test(sees_that_figures_do_not_add_up),
        cmocka_unit_test(a_task_without_a_deadline_is_never_on_time_nor_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
