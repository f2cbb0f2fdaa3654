#include "rules/evaluate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rules/leave.h"
#include "rules/match.h"
#include "rules/steps.h"
#include "rules/whom.h"

static bool same_day(const struct policy *policy, const struct item *item,
                     int64_t now)
{
    const struct zone *zone = calendar_zone(policy_calendar(policy, item));
    struct date today = zone_civil(zone, now).date;
    return date_compare(today, zone_civil(zone, item_deadline(item)).date) == 0;
}

/* R7, but for "at risk", which takes the steps of the rules. */
static enum level level_by_promise(const struct policy *policy,
                                   const struct item *item, int64_t now)
{
    if (item->kind == KIND_SYSTEM)
        return item_is_open(item) ? LEVEL_SYSTEM : LEVEL_NONE;
    if (item_is_open(item) && item_is_paused(item))
        return LEVEL_PAUSED;
    if (!item_is_open(item))
        return LEVEL_NONE;
    if (item_is_series(item)) /* each occurrence stands by itself */
        return LEVEL_NONE;
    if (item_deadline(item) == INSTANT_NONE)
        return LEVEL_NO_DEADLINE;
    if (now > item_deadline(item))
        return LEVEL_OVERDUE;
    return same_day(policy, item, now) ? LEVEL_DUE_TODAY : LEVEL_ON_TRACK;
}

static void add_reached(struct evaluation *evaluation,
                        const struct reached *reached)
{
    evaluation->reached = mem_grow(evaluation->reached, evaluation->count + 1,
                                   sizeof(*evaluation->reached));
    evaluation->reached[evaluation->count++] = *reached;
}

/* One step that was reached: a line for each person whom it names. */
static void add_people(const struct policy *policy, const struct item *item,
                       int64_t now, struct reached reached,
                       struct evaluation *evaluation)
{
    const struct rule *rule = &policy->rules[reached.rule];
    const struct telling_of of = {rule, &rule->steps[reached.step], item, now};
    struct recipients people = {0};

    whom_add(policy, &of, &people);
    for (size_t i = 0; i < people.count; i++) {
        reached.person = people.items[i].person;
        reached.stands_for = people.items[i].stands_for;
        add_reached(evaluation, &reached);
    }
    recipients_done(&people);
}

static int year_of(const struct policy *policy, const struct item *item,
                   int64_t now)
{
    const struct calendar *calendar = policy_calendar(policy, item);
    int year = zone_civil(calendar_zone(calendar), now).date.year;
    return calendar_has_year(calendar, year) ? year + 1 : year;
}

static void evaluate_step(const struct policy *policy, const struct item *item,
                          int64_t now, struct reached at_step,
                          struct evaluation *evaluation)
{
    const struct step *step = &policy->rules[at_step.rule].steps[at_step.step];
    int64_t next = INSTANT_NEVER;
    struct err err = {0};

    if (!step_counts(item, step))
        return;
    int failed = step_latest_slot(policy, item, step, now, &at_step.slot,
                                  &at_step.at, &next, &err);
    if (next < evaluation->next_at)
        evaluation->next_at = next;
    if (failed && err.code == ERR_NO_YEAR)
        evaluation->missing_year = year_of(policy, item, now);
    if (failed || step_instant(policy, item, step, &at_step.step_at, &err))
        return;
    if (step->subject == SUBJECT_DEADLINE && step->anchor == STEP_BEFORE &&
        evaluation->level == LEVEL_ON_TRACK)
        evaluation->level = LEVEL_AT_RISK;
    add_people(policy, item, now, at_step, evaluation);
}

void evaluate(const struct policy *policy, const struct item *item, int64_t now,
              struct evaluation *evaluation_r)
{
    *evaluation_r = (struct evaluation){
        .level = level_by_promise(policy, item, now),
        .next_at = INSTANT_NEVER,
    };
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        if (!rule_matches(policy, rule, item))
            continue;
        for (size_t j = 0; j < rule->step_count; j++)
            evaluate_step(policy, item, now,
                          (struct reached){.rule = (int)i,
                                           .step = (int)j,
                                           .subject = rule->steps[j].subject},
                          evaluation_r);
    }
    /* Whoever goes or comes back changes whom the steps name. */
    int64_t leave = leave_next(policy, now);
    if (leave < evaluation_r->next_at)
        evaluation_r->next_at = leave;
}

void evaluation_done(struct evaluation *evaluation)
{
    free(evaluation->reached);
    *evaluation = (struct evaluation){0};
}

const struct reached *evaluation_top(const struct evaluation *evaluation,
                                     int person)
{
    return evaluation_top_of(evaluation, person, SUBJECT_DEADLINE);
}

const struct reached *evaluation_top_of(const struct evaluation *evaluation,
                                        int person, enum subject subject)
{
    const struct reached *top = NULL;

    for (size_t i = 0; i < evaluation->count; i++) {
        const struct reached *reached = &evaluation->reached[i];
        if (reached->person == person && reached->subject == subject &&
            (!top || reached->step_at >= top->step_at))
            top = reached;
    }
    return top;
}

int item_time_left(const struct policy *policy, const struct item *item,
                   int64_t now, int64_t *seconds_r, struct err *err)
{
    if (item_deadline(item) == INSTANT_NONE)
        return err_set(err, ERR_NOT_FOUND, "%s has no deadline", item->code);
    return calendar_count(policy_calendar(policy, item), now,
                          item_deadline(item), seconds_r, err);
}
