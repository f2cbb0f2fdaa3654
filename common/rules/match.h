/* match.h - does a rule apply to an item? */
#ifndef RULES_MATCH_H
#define RULES_MATCH_H

#include <stdbool.h>

#include "rules/policy.h"

/* All rules that do count (R5).  Texts are compared in any spelling: letters
 * of either case, accents composed or not, blanks. */
bool rule_matches(const struct policy *policy, const struct rule *rule,
                  const struct item *item);

#endif
