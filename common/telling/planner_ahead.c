#include "telling/planner_inside.h"

#include "store/alerts.h"
#include "store/items.h"
#include "telling/evaluator.h"

/* Is this before everything that is held opens?  What should have left
 * already waits for something else. */
static int opens_after(struct planner *planner, int64_t due, int64_t since,
                       bool *after_r, struct err *err)
{
    int64_t opens_at = INSTANT_NEVER;

    if (store_next_opening(planner->store, &opens_at, err))
        return -1;
    *after_r = opens_at > due || opens_at <= since;
    return 0;
}

/* Look at the items of the next instant that comes before the one given. */
static int look_at_next(struct planner *planner, int64_t before, int64_t since,
                        bool *more_r, struct err *err)
{
    const struct evaluator evaluator = {planner->office, planner->store,
                                        &planner->moment, NULL};
    int64_t due = INSTANT_NEVER;

    if (store_next_due(planner->store, &due, err) ||
        opens_after(planner, due, since, more_r, err))
        return -1;
    *more_r = *more_r && due < before;
    if (!*more_r)
        return 0;
    /* What was woken at the last instant is due since ever. */
    if (due > planner->moment.now)
        planner->moment.now = due;
    return evaluator_run(&evaluator, BATCH_ITEMS, more_r, err);
}

int planner_look_ahead(struct planner *planner, int64_t before, struct err *err)
{
    int64_t since = planner->moment.now;
    bool more = true;

    if (planner_begin(planner, err))
        return -1;
    while (more)
        if (look_at_next(planner, before, since, &more, err)) {
            store_rollback(planner->store);
            return -1;
        }
    return store_commit(planner->store, err);
}
