/* touched.h - what other calendars would change for an item and for what is
 * held of it; a change that was not made yet can be shown so. */
#ifndef RULES_TOUCHED_H
#define RULES_TOUCHED_H

#include <stdbool.h>
#include <stdint.h>

#include "model/alert.h"
#include "rules/evaluate.h"
#include "rules/policy.h"

/* A policy, and an item as it would be under it. */
struct view {
    const struct policy *policy;
    const struct item *item;
};

/* How an item stands in one view. */
struct item_standing {
    enum level level;
    int64_t left; /* of working time, negative: overdue */
    bool left_known;
};

struct touched {
    struct item_standing before;
    struct item_standing after;
    bool steps; /* one falls at another instant, or could not fall before */
};

/* Does anything differ at an instant? */
bool touched_item(const struct view *before, const struct view *after,
                  int64_t now, struct touched *touched_r);

/* What would become of a held alert. */
struct touched_alert {
    bool step;            /* its step would not be the person's any more */
    int64_t opens_before; /* when it may leave; INSTANT_NEVER: not at all */
    int64_t opens_after;
};

bool touched_held(const struct view *before, const struct view *after,
                  const struct alert *alert, int64_t now,
                  struct touched_alert *touched_r);

#endif
