#include "rules/why.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rules/decide.h"
#include "rules/match.h"
#include "rules/openings.h"
#include "rules/steps.h"

static const char *const answer_names[ANSWERS] = {
    [ANSWER_OTHER_KIND] = "other-kind",
    [ANSWER_OTHER_UNIT] = "other-unit",
    [ANSWER_OTHER_ITEMS] = "other-items",
    [ANSWER_NOT_NAMED] = "not-named",
    [ANSWER_REPLACED] = "replaced",
    [ANSWER_NO_DEADLINE] = "no-deadline",
    [ANSWER_MISSING_YEAR] = "missing-year",
    [ANSWER_AHEAD] = "ahead",
    [ANSWER_NEXT_LOOK] = "next-look",
    [ANSWER_HELD] = "held",
    [ANSWER_NOTICED] = "noticed",
    [ANSWER_TOLD] = "told",
    [ANSWER_REHEARSED] = "rehearsed",
    [ANSWER_SUPPRESSED] = "suppressed",
};

const char *answer_name(enum answer answer)
{
    return answer_names[answer];
}

const char *standstill_name(enum standstill standstill)
{
    static const char *const names[] = {
        [STANDSTILL_NONE] = "none",
        [STANDSTILL_FINISHED] = "finished",
        [STANDSTILL_PAUSED] = "paused",
        [STANDSTILL_GONE] = "gone",
    };

    return names[standstill];
}

/* What the functions below share. */
struct question {
    const struct policy *policy;
    const struct item *item;
    int person;
    const char *code; /* of the person */
    const struct alerts *alerts;
    int64_t now;
    struct why *why;
};

static enum standstill standstill_of(const struct item *item)
{
    if (item->gone)
        return STANDSTILL_GONE;
    if (!item_is_open(item))
        return STANDSTILL_FINISHED;
    return item_is_paused(item) ? STANDSTILL_PAUSED : STANDSTILL_NONE;
}

static void add_line(const struct question *question,
                     const struct why_line *line)
{
    struct why *why = question->why;

    why->lines = mem_grow(why->lines, why->count + 1, sizeof(*why->lines));
    why->lines[why->count++] = *line;
}

/* ---- a rule that is for others ---- */

static enum answer why_no_match(const struct question *question,
                                const struct rule *rule)
{
    struct rule units_only = *rule;

    units_only.match = (struct match){
        .kind = rule->match.kind,
        .lists[MATCH_UNIT] = rule->match.lists[MATCH_UNIT],
    };
    if (rule->match.kind != question->item->kind)
        return ANSWER_OTHER_KIND;
    return rule_matches(question->policy, &units_only, question->item)
               ? ANSWER_OTHER_ITEMS
               : ANSWER_OTHER_UNIT;
}

/* ---- a step ---- */

/* The last word of the ledger on the step, the person and the present
 * promise. */
static const struct alert *last_alert(const struct question *question,
                                      const struct why_line *line)
{
    const struct alert *last = NULL;

    for (size_t i = 0; i < question->alerts->count; i++) {
        const struct alert *alert = &question->alerts->items[i];
        if (alert->subject == line->step->subject &&
            alert->due_at ==
                subject_version(question->item, line->step->subject) &&
            str_equal(alert->recipient, question->code) &&
            str_equal(alert->rule, line->rule->name) &&
            str_equal(alert->step, line->step->name) &&
            (!last || alert->slot >= last->slot))
            last = alert;
    }
    return last;
}

static enum answer answer_of(const struct alert *alert)
{
    static const enum answer answers[] = {
        [ALERT_HELD] = ANSWER_HELD,
        [ALERT_NOTICED] = ANSWER_NOTICED,
        [ALERT_SENT] = ANSWER_TOLD,
        [ALERT_SUPPRESSED] = ANSWER_SUPPRESSED,
    };

    bool sent = alert->state == ALERT_SENT || alert->state == ALERT_NOTICED;
    return sent && alert->rehearsed ? ANSWER_REHEARSED : answers[alert->state];
}

/* When the step falls, and when it is told next.  True when it was reached. */
static bool find_times(const struct question *question, struct why_line *line,
                       struct err *err)
{
    struct opening opening = {0};
    struct err unused = {0};
    int64_t reached_at = 0;
    int slot = 0;

    if (step_reached_at(question->policy, question->item, line->step, 0,
                        &line->at, err)) {
        line->at = INSTANT_NONE;
        return false;
    }
    bool reached = step_latest_slot(question->policy, question->item,
                                    line->step, question->now, &slot,
                                    &reached_at, &line->next_at, &unused) == 0;
    const struct hours hours =
        hours_of(question->policy, line->rule, question->person);
    const struct waiting waiting = {line->step, line->next_at, line->next_at,
                                    line->next_at - 1};
    if (line->next_at != INSTANT_NEVER &&
        opening_for(&hours, &waiting, &opening, &unused) == 0)
        line->opens_at = opening.at;
    return reached;
}

static bool has_person(const struct recipients *whom, int person)
{
    for (size_t i = 0; i < whom->count; i++)
        if (whom->items[i].person == person)
            return true;
    return false;
}

static enum answer ask_step(const struct question *question,
                            struct why_line *line)
{
    struct err err = {0};
    bool reached = find_times(question, line, &err);
    bool named = has_person(&line->whom, question->person);

    line->alert = last_alert(question, line);
    if (line->alert && (named || line->alert->state != ALERT_SUPPRESSED))
        return answer_of(line->alert);
    if (!named)
        return whom_names(question->policy, line->step, question->item,
                          question->person)
                   ? ANSWER_REPLACED
                   : ANSWER_NOT_NAMED;
    if (line->at == INSTANT_NONE)
        return err.code == ERR_NO_YEAR ? ANSWER_MISSING_YEAR
                                       : ANSWER_NO_DEADLINE;
    return reached ? ANSWER_NEXT_LOOK : ANSWER_AHEAD;
}

/* Of a step that cannot be told of the item as it stands only the ledger has
 * something to say. */
static void ask_rule(const struct question *question, const struct rule *rule)
{
    const struct why_line empty = {.rule = rule,
                                   .at = INSTANT_NONE,
                                   .next_at = INSTANT_NEVER,
                                   .opens_at = INSTANT_NONE};

    if (!rule_matches(question->policy, rule, question->item)) {
        struct why_line whole = empty;
        whole.answer = why_no_match(question, rule);
        add_line(question, &whole);
        return;
    }
    for (size_t i = 0; i < rule->step_count; i++) {
        struct why_line line = empty;
        line.step = &rule->steps[i];
        const struct telling_of of = {rule, line.step, question->item,
                                      question->now};
        whom_add(question->policy, &of, &line.whom);
        line.answer = ask_step(question, &line);
        if (!line.alert && !step_counts(question->item, line.step))
            recipients_done(&line.whom);
        else
            add_line(question, &line);
    }
}

static void find_top(const struct question *question)
{
    struct evaluation evaluation = {0};

    evaluate(question->policy, question->item, question->now, &evaluation);
    const struct reached *top = evaluation_top(&evaluation, question->person);
    if (top) {
        question->why->top_rule = &question->policy->rules[top->rule];
        question->why->top_step = &question->why->top_rule->steps[top->step];
    }
    evaluation_done(&evaluation);
}

void why_ask(const struct policy *policy, const struct item *item, int person,
             const struct alerts *alerts, int64_t now, struct why *why_r)
{
    const struct person *who = &policy->directory->people[person];
    struct why why = {.standstill = standstill_of(item), .active = who->active};
    const struct question question = {.policy = policy,
                                      .item = item,
                                      .person = person,
                                      .code = who->code,
                                      .alerts = alerts,
                                      .now = now,
                                      .why = &why};

    for (size_t i = 0; i < policy->rule_count; i++)
        /* The system's own rule matters to its own items only. */
        if (policy->rules[i].match.kind != KIND_SYSTEM ||
            item->kind == KIND_SYSTEM)
            ask_rule(&question, &policy->rules[i]);
    find_top(&question);
    *why_r = why;
}

void why_done(struct why *why)
{
    for (size_t i = 0; i < why->count; i++)
        recipients_done(&why->lines[i].whom);
    free(why->lines);
    *why = (struct why){0};
}

/* When word of this line may leave; INSTANT_NEVER.  A lower step that was
 * reached is never told again, whatever its repeats. */
static int64_t comes_at(const struct why *why, const struct why_line *line)
{
    if (line->answer == ANSWER_HELD)
        return line->alert->opens_at;
    if (why->standstill != STANDSTILL_NONE &&
        (!line->step || line->step->subject == SUBJECT_DEADLINE))
        return INSTANT_NEVER;
    bool comes = line->answer == ANSWER_AHEAD ||
                 (line->step && line->step == why->top_step);
    return comes && line->opens_at != INSTANT_NONE ? line->opens_at
                                                   : INSTANT_NEVER;
}

int64_t why_comes_at(const struct why *why)
{
    int64_t earliest = INSTANT_NEVER;

    for (size_t i = 0; i < why->count; i++) {
        int64_t at = comes_at(why, &why->lines[i]);
        if (at < earliest)
            earliest = at;
    }
    return earliest;
}
