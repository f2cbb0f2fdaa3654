/* decide.h - what the ledger is to say of an item now (R6, R13).
 *
 * From an evaluation and the item's alerts so far: which alerts to add, which
 * to change.  The caller writes them down together with the item's next_at,
 * in one transaction.
 */
#ifndef RULES_DECIDE_H
#define RULES_DECIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/alert.h"
#include "model/notice.h"
#include "rules/evaluate.h"
#include "rules/policy.h"

/* When a decision is taken. */
struct moment {
    int64_t now;
    int64_t served_until; /* openings up to it have been served (R11) */
    int64_t rules_since;  /* when the rules last changed (R13), or
                             INSTANT_NONE: never */
    bool rehearsing;      /* what was rehearsed counts as told */
};

/* What was decided and told of an item so far; borrowed. */
struct ledger {
    const struct alerts *alerts; /* held ones of every version, and those of
                                    the keys of what is reached, at least */
    const struct tolds *told;    /* of the present version, where it matters */
};

/* The key under which a reached step is in the ledger; its texts are
 * borrowed. */
struct alert decide_key(const struct policy *policy, const struct item *item,
                        const struct reached *reached);

/* Does it matter to whom what was told?  Only of what lies before a change of
 * the rules and was not decided under its present name. */
bool decide_needs_told(const struct policy *policy, const struct item *item,
                       const struct evaluation *evaluation,
                       const struct alerts *alerts,
                       const struct moment *moment);

/* Fill changes_r with the alerts to insert (id 0) and to update (id set). */
int decide(const struct policy *policy, const struct item *item,
           const struct evaluation *evaluation, const struct ledger *ledger,
           const struct moment *moment, struct alerts *changes_r,
           struct err *err);

#endif
