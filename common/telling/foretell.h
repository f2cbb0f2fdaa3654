/* foretell.h - what would be told, and when: the planner run over a copy of
 * the store, with a clock that steps from one instant at which something is
 * to do to the next.
 *
 * Every notice counts as delivered at the instant at which it may leave; one
 * whose channel is parked waits, as it would.  What becomes of items meanwhile
 * nobody knows: they stay as they are.
 */
#ifndef TELLING_FORETELL_H
#define TELLING_FORETELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/notice.h"
#include "settings/settings.h"
#include "store/store.h"

/* A notice leaves, at its attempt_at; its lines are in the store.  Non-zero:
 * an error, which ends the run. */
typedef int foretold(void *context, const struct notice *notice,
                     struct err *err);
/* It is that late by now. */
typedef void foretold_clock(void *context, int64_t now);

/* All borrowed. */
struct foretelling {
    const struct settings *settings;
    struct store *store; /* a store_copy(), which will hold what would be */
    int64_t from;
    int64_t until; /* also at this instant */
    bool bodies;   /* write the facts of notices */
    foretold *hear;
    foretold_clock *tick; /* NULL: not wanted */
    void *context;
};

int foretell(const struct foretelling *foretelling, struct err *err);

#endif
