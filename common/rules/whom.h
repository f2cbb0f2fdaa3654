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

/* Add those whom the step tells of the item.  Whoever cannot be told (not
 * known, left, no address on any channel of the rule) is replaced by the head
 * of the item's unit, else the vice chair, the chair, the admins.  One
 * person is added once; in their own right goes before standing in. */
void whom_add(const struct policy *policy, const struct rule *rule,
              const struct step *step, const struct item *item,
              struct recipients *list);
void recipients_done(struct recipients *list);

/* Do the step's words mean this person, told in person or not? */
bool whom_names(const struct policy *policy, const struct step *step,
                const struct item *item, int person);

/* Could this person be told of an item by this rule? */
bool whom_reachable(const struct policy *policy, const struct rule *rule,
                    int person);

#endif
