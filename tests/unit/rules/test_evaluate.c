#include "tests/unit/check.h"

#include "rules/evaluate.h"
#include "rules/steps.h"
#include "tests/unit/rules/ward.h"

/* A ward with the sample's rule: at risk 2wd before, the due day, overdue
 * daily, escalated after 2wd. */
static struct ward *sample_ward(void)
{
    struct ward *ward = ward_new();

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_add(ward, "head", ROLE_HEAD, "h@x.example", true);
    ward_add(ward, "vc1", ROLE_VICE_CHAIR, "v1@x.example", true);
    ward_add(ward, "vc2", ROLE_VICE_CHAIR, "v2@x.example", true);
    ward_add(ward, "chair", ROLE_CHAIR, "c@x.example", true);
    ward_add(ward, "left", ROLE_STAFF, "l@x.example", false);
    ward_add(ward, "mute", ROLE_STAFF, NULL, true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "dossiers");
    ward_step(rule, "at-risk", STEP_BEFORE, "2wd", "assignee");
    ward_step(rule, "due", STEP_DUE_DAY, NULL, "assignee");
    struct step *overdue =
        ward_step(rule, "overdue", STEP_AFTER, "0h", "assignee,head");
    overdue->repeats = true;
    overdue->repeat_every = (struct span){SPAN_DAYS, 1000};
    overdue->repeat_times = -1;
    ward_step(rule, "escalate", STEP_AFTER, "2wd", "vice-chair");
    return ward;
}

static const struct reached *top_of(const struct ward *ward,
                                    const struct evaluation *evaluation,
                                    const char *code)
{
    return evaluation_top(evaluation, directory_person(ward->directory, code));
}

TEST_CASE(steps_fall_where_the_rulings_say)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-25 17:00", "staff");
    /* Step, slot, when, why. */
    const struct {
        int step, slot;
        const char *when;
    } table[] = {
        {0, 0, "2026-06-23 17:00"},    /* 2wd before keeps the clock (R1) */
        {1, 0, "2026-06-25 07:30"},    /* start of the due day (R5) */
        {2, 0, "2026-06-25 17:00:01"}, /* one second after (R5) */
        {2, 1, "2026-06-26 17:00"},    /* slot k is k spans later (R5) */
        {2, 2, "2026-06-29 17:00"},    /* over the weekend */
        {3, 0, "2026-06-29 17:00"},    /* 17:00 + 2wd (R4) */
    };
    struct err err = {0};

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        int64_t when = 0;
        check_ok(step_reached_at(&ward->policy, &item,
                                 &ward->rules[0].steps[table[i].step],
                                 table[i].slot, &when, &err));
        assert_int_equal(when, at(ward, table[i].when));
    }
    item_done(&item);
}

TEST_CASE(a_step_before_the_receipt_is_reached_at_the_receipt)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-25 06:00", "2026-06-25 17:00", "staff");
    struct err err = {0};
    int64_t when = 0;

    check_ok(step_reached_at(&ward->policy, &item, &ward->rules[0].steps[0], 0,
                             &when, &err));
    assert_int_equal(when, at(ward, "2026-06-25 07:30"));
    item_done(&item);
}

TEST_CASE(a_share_of_the_term_is_what_is_left_of_it)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct rule *rule = ward_rule(ward, "share");
    struct step *step =
        ward_step(rule, "share", STEP_BEFORE, "20%", "assignee");
    /* Two days of 7.5 h from 07:30 to 17:00 the next day: 20 % is 3 h. */
    struct item item =
        ward_item(ward, "2026-06-24 07:00", "2026-06-25 17:00", "staff");
    struct err err = {0};
    int64_t when = 0;

    check_ok(step_reached_at(&ward->policy, &item, step, 0, &when, &err));
    assert_int_equal(when, at(ward, "2026-06-25 14:00"));
    item_done(&item);
}

TEST_CASE(levels_are_disjoint_and_follow_the_clock)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-25 17:00", "staff");
    const struct {
        const char *now;
        enum level level;
    } table[] = {
        {"2026-06-23 16:59:59", LEVEL_ON_TRACK},
        {"2026-06-23 17:00", LEVEL_AT_RISK},
        {"2026-06-25 00:00", LEVEL_DUE_TODAY}, /* promised today (R7) */
        {"2026-06-25 17:00", LEVEL_DUE_TODAY}, /* not after the promise */
        {"2026-06-25 17:00:01", LEVEL_OVERDUE},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        struct evaluation evaluation = {0};
        evaluate(&ward->policy, &item, at(ward, table[i].now), &evaluation);
        assert_int_equal(evaluation.level, table[i].level);
        evaluation_done(&evaluation);
    }
    item_done(&item);
}

TEST_CASE(a_paused_or_finished_item_reaches_nothing)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-17 17:00", "staff");
    struct evaluation evaluation = {0};

    item.status = status_find(KIND_DOSSIER, "5");
    evaluate(&ward->policy, &item, at(ward, "2026-06-25 08:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_PAUSED);
    assert_int_equal(evaluation.count, 0);
    item.status = status_find(KIND_DOSSIER, "9");
    evaluate(&ward->policy, &item, at(ward, "2026-06-25 08:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_NONE);
    assert_int_equal(evaluation.count, 0);
    item_done(&item);
}

/* Its occurrences are the work. */
TEST_CASE(a_recurring_task_is_never_late_itself)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-25 17:00", "staff");
    owned(str_free) char *weekly = str_copy("hằng tuần");
    struct evaluation evaluation = {0};

    ward->rules[0].match.kind = KIND_TASK;
    item.kind = KIND_TASK;
    item.status = status_find(KIND_TASK, "doing");
    evaluate(&ward->policy, &item, at(ward, "2026-06-29 09:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_OVERDUE);
    assert_true(evaluation.count > 0);
    evaluation_done(&evaluation);
    str_replace(&item.recurrence, &weekly);
    evaluate(&ward->policy, &item, at(ward, "2026-06-29 09:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_NONE);
    assert_int_equal(evaluation.count, 0);
    evaluation_done(&evaluation);
    item_done(&item);
}

TEST_CASE(a_later_step_hides_an_earlier_one_for_the_same_person_only)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-23 17:00", "staff");
    struct evaluation evaluation = {0};

    evaluate(&ward->policy, &item, at(ward, "2026-06-26 07:30"), &evaluation);
    /* Three days later: the staff and head at the second repeat ... */
    assert_int_equal(top_of(ward, &evaluation, "staff")->step, 2);
    assert_int_equal(top_of(ward, &evaluation, "staff")->slot, 2);
    assert_int_equal(top_of(ward, &evaluation, "head")->step, 2);
    /* ... and the vice chair who oversees the unit, not the other (R14). */
    assert_int_equal(top_of(ward, &evaluation, "vc2")->step, 3);
    assert_null(top_of(ward, &evaluation, "vc1"));
    assert_int_equal(evaluation.next_at, at(ward, "2026-06-26 17:00"));
    evaluation_done(&evaluation);
    item_done(&item);
}

TEST_CASE(who_cannot_be_told_is_replaced_by_the_head)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    const struct {
        const char *assignee; /* why he cannot be told */
        const char *stands_for;
    } table[] = {
        {"left", "left"}, /* has left */
        {"mute", "mute"}, /* has no address */
        {"", ""},         /* nobody by that name */
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        struct item item = ward_item(ward, "2026-06-15 08:00",
                                     "2026-06-25 17:00", table[i].assignee);
        struct evaluation evaluation = {0};
        evaluate(&ward->policy, &item, at(ward, "2026-06-24 08:00"),
                 &evaluation);
        const struct reached *top = top_of(ward, &evaluation, "head");
        assert_non_null(top);
        assert_int_equal(
            top->stands_for,
            directory_person(ward->directory, table[i].stands_for));
        assert_int_equal(evaluation.count, 1);
        evaluation_done(&evaluation);
        item_done(&item);
    }
}

TEST_CASE(a_role_that_nobody_has_does_not_hide_for_whom_one_stands_in)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_new();
    struct evaluation evaluation = {0};

    ward_add(ward, "mute-head", ROLE_HEAD, NULL, true);
    ward_add(ward, "admin", ROLE_ADMIN, "a@x.example", true);
    ward_seal(ward);
    ward_step(ward_rule(ward, "dossiers"), "late", STEP_AFTER, "0h",
              "head,vice-chair");
    struct item item =
        ward_item(ward, "2026-06-15 08:00", "2026-06-25 17:00", "");
    evaluate(&ward->policy, &item, at(ward, "2026-06-26 08:00"), &evaluation);
    assert_int_equal(evaluation.count, 1);
    assert_int_equal(top_of(ward, &evaluation, "admin")->stands_for,
                     directory_person(ward->directory, "mute-head"));
    evaluation_done(&evaluation);
    item_done(&item);
}

TEST_CASE(a_step_that_needs_a_missing_year_is_left_out_alone)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2026-12-15 08:00", "2026-12-31 17:00", "staff");
    struct evaluation evaluation = {0};

    evaluate(&ward->policy, &item, at(ward, "2026-12-31 08:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_DUE_TODAY);
    assert_int_equal(top_of(ward, &evaluation, "staff")->step, 1);
    assert_int_equal(evaluation.missing_year, 2027);
    evaluation_done(&evaluation);
    item_done(&item);
}

/* Nobody can say when work on it began, but that it is overdue. */
TEST_CASE(what_was_received_in_a_missing_year_is_overdue_all_the_same)
{
    (void)state;
    owned(ward_free) struct ward *ward = sample_ward();
    struct item item =
        ward_item(ward, "2027-01-02 13:10", "2027-01-04 17:00", "staff");
    struct evaluation evaluation = {0};

    evaluate(&ward->policy, &item, at(ward, "2027-01-05 07:30"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_OVERDUE);
    assert_int_equal(top_of(ward, &evaluation, "staff")->at,
                     at(ward, "2027-01-04 17:00") + 1);
    evaluation_done(&evaluation);
    item_done(&item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_fall_where_the_rulings_say),
        cmocka_unit_test(a_step_before_the_receipt_is_reached_at_the_receipt),
        cmocka_unit_test(a_share_of_the_term_is_what_is_left_of_it),
        cmocka_unit_test(levels_are_disjoint_and_follow_the_clock),
        cmocka_unit_test(a_paused_or_finished_item_reaches_nothing),
        cmocka_unit_test(a_recurring_task_is_never_late_itself),
        cmocka_unit_test(
            a_later_step_hides_an_earlier_one_for_the_same_person_only),
        cmocka_unit_test(who_cannot_be_told_is_replaced_by_the_head),
        cmocka_unit_test(
            a_role_that_nobody_has_does_not_hide_for_whom_one_stands_in),
        cmocka_unit_test(a_step_that_needs_a_missing_year_is_left_out_alone),
        cmocka_unit_test(
            what_was_received_in_a_missing_year_is_overdue_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
