/* Steps of other clocks than the deadline's, and of what happens. */
#include "tests/unit/check.h"

#include "base/mem.h"
#include "base/own.h"
#include "rules/about.h"
#include "rules/decide.h"
#include "rules/steps.h"
#include "tests/unit/rules/ward.h"

static struct step *step_about(struct rule *rule, const char *name,
                               enum subject subject, enum step_anchor anchor,
                               const char *span)
{
    struct step *step = ward_step(rule, name, anchor, span, "assignee");

    step->subject = subject;
    return step;
}

static struct ward *asking_ward(void)
{
    struct ward *ward = ward_new();

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_add(ward, "head", ROLE_HEAD, "h@x.example", true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "dossiers");
    ward_step(rule, "overdue", STEP_AFTER, "0h", "assignee");
    step_about(rule, "papers", SUBJECT_SUPPLEMENT, STEP_BEFORE, "1wd");
    step_about(rule, "over", SUBJECT_SUPPLEMENT, STEP_AFTER, "0h");
    step_about(rule, "long", SUBJECT_PAUSE, STEP_AFTER, "2wd");
    step_about(rule, "nobody", SUBJECT_UNASSIGNED, STEP_AFTER, "4h");
    step_about(rule, "asked", SUBJECT_REQUESTED, STEP_RAISED, NULL)->times = 2;
    step_about(rule, "once", SUBJECT_RESUMED, STEP_RAISED, NULL);
    step_about(rule, "moved", SUBJECT_FINISH_MOVED, STEP_RAISED, NULL);
    step_about(rule, "original", SUBJECT_ORIGINAL_MOVED, STEP_RAISED, NULL);
    return ward;
}

/* Overdue since 23/06 17:00; papers were asked for 22/06 09:00, until 25/06
 * 17:00. */
static struct item asked_item(const struct ward *ward)
{
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-06-23 17:00", "staff");

    item.status = status_find(KIND_DOSSIER, "5");
    item.paused_at = item.supplement_at = at(ward, "2026-06-22 09:00");
    item.supplement_count = 1;
    item.supplement_due_at = at(ward, "2026-06-25 17:00");
    item.supplement_over_at = item.unassigned_at = INSTANT_NONE;
    return item;
}

/* The names of the steps that the item has reached, with blanks; yours. */
static char *reached_at(const struct ward *ward, const struct item *item,
                        const char *now)
{
    struct evaluation evaluation = {0};
    struct buf names = {0};

    evaluate(&ward->policy, item, at(ward, now), &evaluation);
    for (size_t i = 0; i < evaluation.count; i++)
        buf_addf(&names, "%s%s", i ? " " : "",
                 ward->rules[0].steps[evaluation.reached[i].step].name);
    evaluation_done(&evaluation);
    return buf_take(&names);
}

#define check_reached(ward, item, now, names)                                  \
    do {                                                                       \
        owned(str_free) char *reached_ = reached_at(ward, item, now);          \
        assert_string_equal(reached_, names);                                  \
    } while (0)

TEST_CASE(of_a_paused_item_only_what_is_about_the_pause_is_reached)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);

    check_reached(ward, &item, "2026-06-23 17:00", "");
    check_reached(ward, &item, "2026-06-24 09:00", "long");
    check_reached(ward, &item, "2026-06-24 17:00", "papers long");
    check_reached(ward, &item, "2026-06-25 17:00", "papers long");
    check_reached(ward, &item, "2026-06-25 17:01", "papers over long");
    item.supplement_count = 2;
    check_reached(ward, &item, "2026-06-22 09:00", "asked");
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(a_limit_that_is_shorter_than_the_warning_warns_at_the_request)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);
    int64_t reached = 0;
    struct err err = {0};

    item.supplement_due_at = at(ward, "2026-06-22 17:00");
    check_ok(step_reached_at(&ward->policy, &item, &ward->rules[0].steps[1], 0,
                             &reached, &err));
    assert_int_equal(reached, at(ward, "2026-06-22 09:00"));
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(without_a_limit_only_the_pause_is_counted)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);

    item.supplement_due_at = INSTANT_NONE;
    check_reached(ward, &item, "2026-06-29 17:00", "long");
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(worked_on_again_the_deadline_counts_beside_what_happened)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);

    item.status = status_find(KIND_DOSSIER, "4");
    item.supplement_over_at = at(ward, "2026-06-24 09:00");
    check_reached(ward, &item, "2026-06-24 09:00", "overdue once");
    item.gone = true;
    check_reached(ward, &item, "2026-06-24 09:00", "");
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(of_a_finished_item_only_what_was_done_to_its_dates_is_reached)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);

    item.status = status_find(KIND_DOSSIER, "9");
    item.supplement_over_at = at(ward, "2026-06-24 09:00");
    check_reached(ward, &item, "2026-06-25 09:00", "");
    item.finish_moved =
        (struct shift){.times = 1, .at = at(ward, "2026-06-25 09:00")};
    item.original_moved = item.finish_moved;
    check_reached(ward, &item, "2026-06-25 09:00", "moved original");
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(an_item_that_nobody_holds_has_a_clock_of_its_own)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-07-10 17:00", "");

    item.unassigned_at = at(ward, "2026-06-22 16:00");
    check_reached(ward, &item, "2026-06-23 10:29", "");
    check_reached(ward, &item, "2026-06-23 10:30", "nobody");
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(tasks_without_deadline_are_counted_by_the_same_weeks)
{
    (void)state;
    struct ward *ward = ward_new();
    struct item item =
        ward_item(ward, "2026-06-17 16:00", "2026-07-10 17:00", "staff");
    struct evaluation evaluation = {0};

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "tasks");
    rule->match.kind = item.kind = KIND_TASK;
    item.due_at = item.original_due_at = INSTANT_NONE;
    item.status = status_find(KIND_TASK, "doing");
    struct step *step =
        step_about(rule, "weekly", SUBJECT_NO_DEADLINE, STEP_AFTER, "7d");
    step->repeats = true;
    step->repeat_every = step->span;
    step->repeat_times = -1;
    check_reached(ward, &item, "2026-06-19 16:59", "");
    check_reached(ward, &item, "2026-06-19 17:00", "weekly");
    evaluate(&ward->policy, &item, at(ward, "2026-06-22 08:00"), &evaluation);
    assert_int_equal(evaluation.level, LEVEL_NO_DEADLINE);
    assert_int_equal(evaluation.next_at, at(ward, "2026-06-26 17:00"));
    evaluation_done(&evaluation);
    item.recurrence = str_copy("thường xuyên");
    check_reached(ward, &item, "2026-06-22 08:00", "");
    item_done(&item);
    ward_free(&ward);
}

/* ---- telling ---- */

/* Gather what staff is told, with one cause about a subject. */
static struct bundle gather(const struct ward *ward, const struct item *item,
                            const char *now, enum subject subject)
{
    struct alert cause = {.item = item->id,
                          .subject = subject,
                          .due_at = subject_version(item, subject)};
    const struct alerts causes = {&cause, 1};
    const struct alerts none = {0};
    struct bundle bundle = {0};

    bundle_gather(&ward->policy, directory_person(ward->directory, "staff"),
                  item, 1, at(ward, now), NULL,
                  subject == SUBJECT_DEADLINE ? &none : &causes, &bundle);
    return bundle;
}

TEST_CASE(what_happened_is_listed_only_where_it_is_told)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item =
        ward_item(ward, "2026-06-01 08:00", "2026-07-10 17:00", "staff");

    item.finish_moved =
        (struct shift){.times = 1, .at = at(ward, "2026-06-25 09:00")};
    struct bundle bundle =
        gather(ward, &item, "2026-06-25 13:30", SUBJECT_FINISH_MOVED);
    assert_int_equal(bundle.count, 1);
    assert_int_equal(section_of(&bundle.lines[0]), SECTION_TO_KNOW);
    assert_true(bundle.lines[0].fresh);
    assert_true(line_has_news(&bundle.lines[0]));
    bundle_done(&bundle);
    bundle = gather(ward, &item, "2026-06-26 07:30", SUBJECT_DEADLINE);
    assert_int_equal(bundle.count, 0);
    bundle_done(&bundle);
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(a_paused_item_that_is_listed_is_not_counted_as_left_out)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);
    struct bundle bundle =
        gather(ward, &item, "2026-06-25 07:30", SUBJECT_DEADLINE);

    assert_int_equal(bundle.count, 1);
    assert_int_equal(bundle.paused, 0);
    assert_int_equal(section_of(&bundle.lines[0]), SECTION_WAITING);
    assert_true(bundle_tells(&bundle, item.id, SUBJECT_SUPPLEMENT));
    assert_false(bundle_tells(&bundle, item.id, SUBJECT_DEADLINE));
    bundle_done(&bundle);
    bundle = gather(ward, &item, "2026-06-23 07:30", SUBJECT_DEADLINE);
    assert_int_equal(bundle.paused, 1);
    bundle_done(&bundle);
    item_done(&item);
    ward_free(&ward);
}

/* ---- the ledger ---- */

/* What the sent alerts of a ledger have told. */
static struct tolds tolds_of(const struct alerts *ledger)
{
    struct tolds told = {0};

    told.items = mem_zero(ledger->count + 1, sizeof(*told.items));
    for (size_t i = 0; i < ledger->count; i++) {
        const struct alert *alert = &ledger->items[i];
        if (alert->state == ALERT_SENT)
            told.items[told.count++] = (struct told){
                str_copy(alert->recipient), alert->subject, alert->level};
    }
    return told;
}

static struct alerts decide_at(const struct ward *ward, const struct item *item,
                               const char *now, const struct alerts *alerts,
                               const char *rules_since)
{
    struct evaluation evaluation = {0};
    struct alerts changes = {0};
    struct tolds told = tolds_of(alerts);
    const struct ledger ledger = {alerts, &told};
    struct err err = {0};
    const struct moment moment = {.now = at(ward, now),
                                  .served_until = at(ward, "2026-06-24 13:30"),
                                  .rules_since = at(ward, rules_since)};

    evaluate(&ward->policy, item, moment.now, &evaluation);
    check_ok(decide(&ward->policy, item, &evaluation, &ledger, &moment,
                    &changes, &err));
    evaluation_done(&evaluation);
    tolds_done(&told);
    return changes;
}

static size_t count_held(const struct alerts *alerts, enum subject subject)
{
    size_t count = 0;

    for (size_t i = 0; i < alerts->count; i++)
        count += alerts->items[i].state == ALERT_HELD &&
                 alerts->items[i].subject == subject;
    return count;
}

TEST_CASE(each_subject_is_a_ladder_and_a_version_of_its_own)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);
    const struct alerts nothing = {0};
    struct alerts changes = decide_at(ward, &item, "2026-06-25 17:01", &nothing,
                                      "2026-06-01 00:00");

    /* "over" hides "papers", but not "long". */
    assert_int_equal(changes.count, 3);
    assert_int_equal(count_held(&changes, SUBJECT_SUPPLEMENT), 1);
    assert_int_equal(count_held(&changes, SUBJECT_PAUSE), 1);
    for (size_t i = 0; i < changes.count; i++)
        assert_int_equal(changes.items[i].due_at,
                         changes.items[i].subject == SUBJECT_PAUSE
                             ? item.paused_at
                             : item.supplement_due_at);
    alerts_done(&changes);
    item_done(&item);
    ward_free(&ward);
}

TEST_CASE(what_is_over_is_dropped_and_what_was_told_is_not_repeated)
{
    (void)state;
    struct ward *ward = asking_ward();
    struct item item = asked_item(ward);
    const struct alerts nothing = {0};
    struct alerts ledger = decide_at(ward, &item, "2026-06-24 17:00", &nothing,
                                     "2026-06-01 00:00");

    for (size_t i = 0; i < ledger.count; i++)
        ledger.items[i].id = (int64_t)i + 1;
    item.status = status_find(KIND_DOSSIER, "4");
    item.supplement_over_at = at(ward, "2026-06-24 17:10");
    struct alerts changes =
        decide_at(ward, &item, "2026-06-24 17:10", &ledger, "2026-06-01 00:00");
    for (size_t i = 0; i < changes.count; i++)
        if (changes.items[i].subject == SUBJECT_SUPPLEMENT)
            assert_int_equal(changes.items[i].reason, REASON_OVER);
    assert_int_equal(count_held(&changes, SUBJECT_RESUMED), 1);
    alerts_done(&changes);

    /* Told, then renamed: whatever the names, it is the same (R13). */
    for (size_t i = 0; i < ledger.count; i++)
        ledger.items[i].state = ALERT_SENT;
    item.status = status_find(KIND_DOSSIER, "5");
    item.supplement_over_at = INSTANT_NONE;
    str_free(&ward->rules[0].name);
    ward->rules[0].name = str_copy("renamed");
    changes =
        decide_at(ward, &item, "2026-06-25 08:00", &ledger, "2026-06-25 07:50");
    assert_int_equal(count_held(&changes, SUBJECT_SUPPLEMENT), 0);
    assert_int_equal(count_held(&changes, SUBJECT_PAUSE), 0);
    alerts_done(&changes);
    alerts_done(&ledger);
    item_done(&item);
    ward_free(&ward);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            of_a_paused_item_only_what_is_about_the_pause_is_reached),
        cmocka_unit_test(
            a_limit_that_is_shorter_than_the_warning_warns_at_the_request),
        cmocka_unit_test(without_a_limit_only_the_pause_is_counted),
        cmocka_unit_test(
            worked_on_again_the_deadline_counts_beside_what_happened),
        cmocka_unit_test(
            of_a_finished_item_only_what_was_done_to_its_dates_is_reached),
        cmocka_unit_test(an_item_that_nobody_holds_has_a_clock_of_its_own),
        cmocka_unit_test(tasks_without_deadline_are_counted_by_the_same_weeks),
        cmocka_unit_test(what_happened_is_listed_only_where_it_is_told),
        cmocka_unit_test(
            a_paused_item_that_is_listed_is_not_counted_as_left_out),
        cmocka_unit_test(each_subject_is_a_ladder_and_a_version_of_its_own),
        cmocka_unit_test(
            what_is_over_is_dropped_and_what_was_told_is_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
