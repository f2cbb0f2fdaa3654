/* steps.h - when the steps of a rule fall for an item (R1, R5, R6). */
#ifndef RULES_STEPS_H
#define RULES_STEPS_H

#include <stdint.h>

#include "base/err.h"
#include "rules/policy.h"

/* May the step be told of the item as it now is, ever? */
bool step_counts(const struct item *item, const struct step *step);

/* The step's own instant (of slot 0), also when it lies before the receipt:
 * by it steps are compared.  Fails as step_reached_at(). */
int step_instant(const struct policy *policy, const struct item *item,
                 const struct step *step, int64_t *at_r, struct err *err);

/* The instant at which an alert of slot (0, 1, ...) of the step is reached:
 * its own instant, or the effective receipt when that is later.  Fails with
 * ERR_NO_YEAR when the calendar lacks the year, ERR_NOT_FOUND when the item
 * has no deadline (or no receipt, for a share of the term). */
int step_reached_at(const struct policy *policy, const struct item *item,
                    const struct step *step, int slot, int64_t *at_r,
                    struct err *err);

/* The latest slot reached by now and when it was; ERR_NOT_FOUND when not
 * even slot 0 is.  next_r: when the following slot (or slot 0) falls,
 * INSTANT_NEVER when there is none; set in both cases. */
int step_latest_slot(const struct policy *policy, const struct item *item,
                     const struct step *step, int64_t now, int *slot_r,
                     int64_t *at_r, int64_t *next_r, struct err *err);

#endif
