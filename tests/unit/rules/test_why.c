#include "tests/unit/check.h"

#include "rules/decide.h"
#include "rules/why.h"
#include "tests/unit/rules/ward.h"

static struct ward *asked_ward(void)
{
    struct ward *ward = ward_new();

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_add(ward, "mute", ROLE_STAFF, NULL, true);
    ward_add(ward, "leaver", ROLE_STAFF, "l@x.example", false);
    ward_add(ward, "head", ROLE_HEAD, "h@x.example", true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "dossiers");
    ward_step(rule, "at-risk", STEP_BEFORE, "2wd", "assignee");
    ward_step(rule, "overdue", STEP_AFTER, "0h", "assignee,head");
    struct rule *tasks = ward_rule(ward, "tasks");
    tasks->match.kind = KIND_TASK;
    ward_step(tasks, "at-risk", STEP_BEFORE, "2wd", "assignee");
    return ward;
}

/* The question under test, with a ledger of what was decided at some time. */
struct asked {
    struct item item;
    struct alerts alerts;
    struct why why;
};

static void decide_at(const struct ward *ward, struct asked *asked,
                      const char *now)
{
    struct evaluation evaluation = {0};
    struct tolds told = {0};
    struct err err = {0};
    const struct ledger ledger = {&asked->alerts, &told};
    struct alerts changes = {0};
    const struct moment moment = {.now = at(ward, now),
                                  .served_until = at(ward, now) - 1,
                                  .rules_since = at(ward, "2026-01-01")};

    evaluate(&ward->policy, &asked->item, moment.now, &evaluation);
    check_ok(decide(&ward->policy, &asked->item, &evaluation, &ledger, &moment,
                    &changes, &err));
    evaluation_done(&evaluation);
    alerts_done(&asked->alerts);
    asked->alerts = changes;
}

static void ask(const struct ward *ward, struct asked *asked, const char *code,
                const char *now)
{
    why_done(&asked->why);
    why_ask(&ward->policy, &asked->item,
            directory_person(ward->directory, code), &asked->alerts,
            at(ward, now), &asked->why);
}

/* What is said of a step; nothing: ANSWERS. */
static struct why_line line_of(const struct asked *asked, const char *step)
{
    for (size_t i = 0; i < asked->why.count; i++)
        if (asked->why.lines[i].step &&
            str_equal(asked->why.lines[i].step->name, step))
            return asked->why.lines[i];
    return (struct why_line){.answer = ANSWERS};
}

static void asked_done(struct asked *asked)
{
    why_done(&asked->why);
    alerts_done(&asked->alerts);
    item_done(&asked->item);
}

TEST_CASE(a_step_to_come_says_when_it_falls_and_may_leave)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    ask(ward, &asked, "staff", "2026-06-22 09:00");
    struct why_line line = line_of(&asked, "at-risk");
    assert_int_equal(line.answer, ANSWER_AHEAD);
    assert_int_equal(line.at, at(ward, "2026-06-23 17:00"));
    assert_int_equal(line.opens_at, at(ward, "2026-06-24 07:30"));
    assert_int_equal(why_comes_at(&asked.why), at(ward, "2026-06-24 07:30"));
    assert_null(asked.why.top_step);
}

TEST_CASE(whom_a_step_does_not_name_is_told_so)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    ask(ward, &asked, "head", "2026-06-24 09:00");
    assert_int_equal(line_of(&asked, "at-risk").answer, ANSWER_NOT_NAMED);
    assert_int_equal(line_of(&asked, "overdue").answer, ANSWER_AHEAD);
}

TEST_CASE(a_rule_for_another_kind_or_unit_is_one_line)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    ask(ward, &asked, "staff", "2026-06-24 09:00");
    assert_int_equal(asked.why.count, 3);
    assert_int_equal(asked.why.lines[2].answer, ANSWER_OTHER_KIND);
    assert_null(asked.why.lines[2].step);
    strs_add(&ward->rules[0].match.lists[MATCH_UNIT].values, "elsewhere");
    ask(ward, &asked, "staff", "2026-06-24 09:00");
    assert_int_equal(asked.why.lines[0].answer, ANSWER_OTHER_UNIT);
    strs_done(&ward->rules[0].match.lists[MATCH_UNIT].values);
    strs_add(&ward->rules[0].match.lists[MATCH_FIELD].values, "another");
    match_settle(&ward->rules[0].match, KIND_DOSSIER);
    ask(ward, &asked, "staff", "2026-06-24 09:00");
    assert_int_equal(asked.why.lines[0].answer, ANSWER_OTHER_ITEMS);
}

TEST_CASE(who_cannot_be_told_hears_who_is_told_instead)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "mute")};

    ask(ward, &asked, "mute", "2026-06-24 09:00");
    struct why_line line = line_of(&asked, "at-risk");
    assert_int_equal(line.answer, ANSWER_REPLACED);
    assert_int_equal(line.whom.count, 1);
    assert_int_equal(line.whom.items[0].person,
                     directory_person(ward->directory, "head"));
    assert_true(asked.why.active);
    ask(ward, &asked, "leaver", "2026-06-24 09:00");
    assert_false(asked.why.active);
    assert_int_equal(why_comes_at(&asked.why), INSTANT_NEVER);
}

TEST_CASE(what_the_ledger_says_comes_first)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    ask(ward, &asked, "staff", "2026-06-26 07:00");
    assert_int_equal(line_of(&asked, "overdue").answer, ANSWER_NEXT_LOOK);
    decide_at(ward, &asked, "2026-06-26 07:00");
    ask(ward, &asked, "staff", "2026-06-26 07:00");
    assert_int_equal(line_of(&asked, "overdue").answer, ANSWER_HELD);
    assert_int_equal(why_comes_at(&asked.why), at(ward, "2026-06-26 07:30"));
    assert_int_equal(line_of(&asked, "at-risk").answer, ANSWER_SUPPRESSED);
    assert_ptr_equal(asked.why.top_step, &ward->rules[0].steps[1]);
}

TEST_CASE(of_a_finished_item_only_the_ledger_is_told)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    asked.item.status = status_find(KIND_DOSSIER, "9");
    ask(ward, &asked, "staff", "2026-06-26 07:00");
    assert_int_equal(asked.why.standstill, STANDSTILL_FINISHED);
    assert_int_equal(line_of(&asked, "overdue").answer, ANSWERS);
    assert_int_equal(why_comes_at(&asked.why), INSTANT_NEVER);
}

TEST_CASE(a_deadline_that_is_not_known_is_said)
{
    (void)state;
    owned(ward_free) struct ward *ward = asked_ward();
    owned(asked_done) struct asked asked = {
        .item =
            ward_item(ward, "2026-06-01 08:00", "2026-06-25 17:00", "staff")};

    asked.item.due_at = INSTANT_NONE;
    ask(ward, &asked, "staff", "2026-06-26 07:00");
    assert_int_equal(line_of(&asked, "overdue").answer, ANSWER_NO_DEADLINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_to_come_says_when_it_falls_and_may_leave),
        cmocka_unit_test(whom_a_step_does_not_name_is_told_so),
        cmocka_unit_test(a_rule_for_another_kind_or_unit_is_one_line),
        cmocka_unit_test(who_cannot_be_told_hears_who_is_told_instead),
        cmocka_unit_test(what_the_ledger_says_comes_first),
        cmocka_unit_test(of_a_finished_item_only_the_ledger_is_told),
        cmocka_unit_test(a_deadline_that_is_not_known_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
