#include "rules/policy.h"

#include "base/own.h"
#include "base/utf8.h"

const struct calendar *policy_calendar(const struct policy *policy,
                                       const struct item *item)
{
    (void)item; /* one calendar an office, so far */
    return policy->calendar;
}

const struct window *policy_window(const struct policy *policy,
                                   const struct rule *rule)
{
    for (size_t i = 0; i < policy->window_count; i++)
        if (str_equal(policy->windows[i].name, rule->window))
            return &policy->windows[i];
    return NULL;
}

const struct calendar *policy_window_calendar(const struct policy *policy,
                                              const struct window *window)
{
    for (size_t i = 0; i < policy->calendar_count; i++)
        if (str_equal(calendar_name(policy->calendars[i]), window->calendar))
            return policy->calendars[i];
    return policy->calendar;
}

const struct way *policy_way(const struct policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->way_count; i++)
        if (str_equal(policy->ways[i].name, name))
            return &policy->ways[i];
    return NULL;
}

const struct way *policy_first_way(const struct policy *policy,
                                   const struct rule *rule,
                                   const struct person *person,
                                   bool pass_parked)
{
    const struct way *parked = NULL;

    for (size_t i = 0; i < rule->via.count; i++) {
        const struct way *way = policy_way(policy, rule->via.items[i]);
        if (!way || !person_address(person, way->address))
            continue;
        if (!pass_parked || !way->parked)
            return way;
        if (!parked)
            parked = way;
    }
    return parked;
}

enum level step_level(const struct step *step)
{
    if (step->subject != SUBJECT_DEADLINE &&
        step->subject != SUBJECT_SUPPLEMENT)
        return LEVEL_ON_TRACK;
    switch (step->anchor) {
    case STEP_BEFORE:
        return LEVEL_AT_RISK;
    case STEP_DUE_DAY:
        return LEVEL_DUE_TODAY;
    case STEP_AFTER:
        return LEVEL_OVERDUE;
    case STEP_RAISED:
        break;
    }
    return LEVEL_SYSTEM;
}
