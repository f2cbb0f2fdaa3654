#include "rules/policy.h"

#include "base/own.h"
#include "base/utf8.h"

const struct calendar *policy_calendar(const struct policy *policy,
                                       const struct item *item)
{
    if (item->kind == KIND_SYSTEM)
        return policy->calendar;
    return policy_unit_calendar(policy, item->unit);
}

const struct calendar *policy_unit_calendar(const struct policy *policy,
                                            const char *unit)
{
    return policy->timetable
               ? timetable_of_unit(policy->timetable, str_or_empty(unit))
               : policy->calendar;
}

const struct calendar *policy_person_calendar(const struct policy *policy,
                                              int person)
{
    return policy->timetable ? timetable_of_person(policy->timetable, person)
                             : policy->calendar;
}

const struct calendar *const *policy_followed(const struct policy *policy,
                                              size_t *count_r)
{
    *count_r = policy->timetable ? policy->timetable->followed_count : 1;
    return policy->timetable ? policy->timetable->followed : &policy->calendar;
}

const struct calendar *policy_calendar_named(const struct policy *policy,
                                             const char *name)
{
    for (size_t i = 0; i < policy->calendar_count; i++)
        if (str_equal(calendar_name(policy->calendars[i]), name))
            return policy->calendars[i];
    return NULL;
}

const struct window *policy_window(const struct policy *policy,
                                   const struct rule *rule)
{
    for (size_t i = 0; i < policy->window_count; i++)
        if (str_equal(policy->windows[i].name, rule->window))
            return &policy->windows[i];
    return NULL;
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
