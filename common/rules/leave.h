/* leave.h - who is away at an instant, and who is told in their place. */
#ifndef RULES_LEAVE_H
#define RULES_LEAVE_H

#include <stdint.h>

#include "rules/policy.h"

/* The person's leave at an instant; NULL: they are there.  Borrowed. */
const struct leave *leave_of(const struct policy *policy, int person,
                             int64_t now);

/* Who is told of what is the person's by a rule: themselves; their deputy
 * while they are away; the deputy's while that one is away too, and no
 * further.  NOBODY: none of them can be told (R14). */
int leave_receiver(const struct policy *policy, const struct rule *rule,
                   int person, int64_t now);

/* When somebody goes or comes back next, after an instant; INSTANT_NEVER. */
int64_t leave_next(const struct policy *policy, int64_t after);

#endif
