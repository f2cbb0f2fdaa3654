/* whom.h - which people a step's words mean for an item (R14). */
#ifndef RULES_WHOM_H
#define RULES_WHOM_H

#include <stddef.h>

#include "rules/policy.h"

/* Somebody to be told; for whom, when in another's place. */
struct recipient {
    int person;
    int stands_for; /* NOBODY: told in their own right */
};

struct recipients {
    struct recipient *items;
    size_t count;
};

/* Of what somebody is to be told, and when. */
struct telling_of {
    const struct rule *rule;
    const struct step *step;
    const struct item *item;
    int64_t now;
};

/* Add those whom the step tells of the item.  Whoever cannot be told (not
 * known, left, no address on any channel of the rule, away) is replaced by
 * their deputy while they are away, else by the head of the item's unit, the
 * vice chair, the chair, the admins, or those one's deputies.  One person is
 * added once; in their own right goes before standing in. */
void whom_add(const struct policy *policy, const struct telling_of *of,
              struct recipients *list);
void recipients_done(struct recipients *list);

/* Do the step's words mean this person, told in person or not? */
bool whom_names(const struct policy *policy, const struct step *step,
                const struct item *item, int person);

/* Could this person be told of an item by this rule, when they are there? */
bool whom_reachable(const struct policy *policy, const struct rule *rule,
                    int person);

#endif
