#include "rules/leave.h"

enum { HOPS = 2 }; /* to a deputy, and on to theirs */

const struct leave *leave_of(const struct policy *policy, int person,
                             int64_t now)
{
    for (size_t i = 0; i < policy->leave_count; i++) {
        const struct leave *leave = &policy->leaves[i];
        if (leave->person == person && leave->from <= now && now < leave->until)
            return leave;
    }
    return NULL;
}

int leave_receiver(const struct policy *policy, const struct rule *rule,
                   int person, int64_t now)
{
    const struct leave *leave = leave_of(policy, person, now);

    for (int hop = 0; leave && hop < HOPS; hop++) {
        person = leave->deputy;
        if (person == NOBODY)
            return NOBODY;
        leave = leave_of(policy, person, now);
    }
    if (leave)
        return NOBODY;
    const struct person *who = &policy->directory->people[person];
    bool can_be_told =
        who->active && policy_first_way(policy, rule, who, false);
    return can_be_told ? person : NOBODY;
}

int64_t leave_next(const struct policy *policy, int64_t after)
{
    int64_t next = INSTANT_NEVER;

    for (size_t i = 0; i < policy->leave_count; i++) {
        const struct leave *leave = &policy->leaves[i];
        if (leave->from > after && leave->from < next)
            next = leave->from;
        if (leave->until > after && leave->until < next)
            next = leave->until;
    }
    return next;
}
