#include "rules/touched.h"

#include "base/str.h"
#include "rules/match.h"
#include "rules/openings.h"
#include "rules/steps.h"

static struct item_standing standing_of(const struct view *view, int64_t now)
{
    struct evaluation evaluation = {0};
    struct err unknown = {0};

    evaluate(view->policy, view->item, now, &evaluation);
    struct item_standing standing = {.level = evaluation.level};
    evaluation_done(&evaluation);
    standing.left_known = standing.level > LEVEL_NO_DEADLINE &&
                          item_time_left(view->policy, view->item, now,
                                         &standing.left, &unknown) == 0;
    return standing;
}

/* The instants at which a step was reached last and comes next. */
struct slots {
    int64_t at;
    int64_t next;
};

static struct slots slots_of(const struct view *view, const struct step *step,
                             int64_t now)
{
    struct slots slots = {INSTANT_NONE, INSTANT_NEVER};
    struct err unreached = {0};
    int slot = 0;

    if (!step_counts(view->item, step))
        return slots;
    if (step_latest_slot(view->policy, view->item, step, now, &slot, &slots.at,
                         &slots.next, &unreached))
        slots.at = INSTANT_NONE;
    return slots;
}

/* The rules are the same in both views. */
static bool steps_differ(const struct view *before, const struct view *after,
                         int64_t now)
{
    for (size_t i = 0; i < before->policy->rule_count; i++) {
        const struct rule *rule = &before->policy->rules[i];
        if (!rule_matches(before->policy, rule, before->item))
            continue;
        for (size_t j = 0; j < rule->step_count; j++) {
            struct slots one = slots_of(before, &rule->steps[j], now);
            struct slots other = slots_of(after, &rule->steps[j], now);
            if (one.at != other.at || one.next != other.next)
                return true;
        }
    }
    return false;
}

bool touched_item(const struct view *before, const struct view *after,
                  int64_t now, struct touched *touched_r)
{
    struct touched touched = {standing_of(before, now), standing_of(after, now),
                              false};

    touched.steps = steps_differ(before, after, now);
    *touched_r = touched;
    return touched.steps || touched.before.level != touched.after.level ||
           touched.before.left_known != touched.after.left_known ||
           touched.before.left != touched.after.left;
}

/* The step that would be told in place of the alert's, or the alert's own. */
static bool is_still_theirs(const struct view *view, const struct alert *alert,
                            int64_t now)
{
    const struct policy *policy = view->policy;
    struct evaluation evaluation = {0};

    evaluate(policy, view->item, now, &evaluation);
    const struct reached *top = evaluation_top_of(
        &evaluation, directory_person(policy->directory, alert->recipient),
        alert->subject);
    const struct rule *rule = top ? &policy->rules[top->rule] : NULL;
    bool theirs = top && top->slot == alert->slot &&
                  str_equal(rule->name, alert->rule) &&
                  str_equal(rule->steps[top->step].name, alert->step);
    evaluation_done(&evaluation);
    return theirs;
}

static const struct step *step_of(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->step_count; i++)
        if (str_equal(rule->steps[i].name, name))
            return &rule->steps[i];
    return NULL;
}

static int64_t opens_at(const struct view *view, const struct alert *alert,
                        int64_t now)
{
    const struct policy *policy = view->policy;
    int person = directory_person(policy->directory, alert->recipient);
    int64_t opens = INSTANT_NEVER;

    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        const struct step *step = str_equal(rule->name, alert->rule)
                                      ? step_of(rule, alert->step)
                                      : NULL;
        struct opening opening = {0};
        struct err never = {0};
        if (!step)
            continue;
        const struct hours hours = hours_of(policy, rule, person);
        const struct waiting waiting = {step, alert->reached_at, now, now};
        if (opening_for(&hours, &waiting, &opening, &never) == 0)
            opens = opening.at;
    }
    return opens;
}

bool touched_held(const struct view *before, const struct view *after,
                  const struct alert *alert, int64_t now,
                  struct touched_alert *touched_r)
{
    *touched_r = (struct touched_alert){
        .step = is_still_theirs(before, alert, now) !=
                is_still_theirs(after, alert, now),
        .opens_before = opens_at(before, alert, now),
        .opens_after = opens_at(after, alert, now),
    };
    return touched_r->step || touched_r->opens_before != touched_r->opens_after;
}
