#include "telling/foretell.h"

#include "base/own.h"
#include "model/instant.h"
#include "store/alerts.h"
#include "store/notices.h"
#include "telling/attempt.h"
#include "telling/planner.h"

enum {
    BATCH_NOTICES = 100,
    NAP_SECONDS = 60, /* as long as the daemon sleeps at most */
};

struct run {
    const struct foretelling *what;
    struct planner *planner;
    int64_t now;
};

/* ---- delivery ---- */

static int settle(const struct run *run, const struct notice *notice,
                  enum notice_state state, int64_t at, struct err *err)
{
    return store_settle_notice(run->what->store, notice->id, state, at,
                               notice->ambiguous, notice->detail, run->now,
                               err);
}

/* Is it still what there is to say?  If not it has been withdrawn. */
static int review(const struct run *run, int64_t id, bool *good_r,
                  struct err *err)
{
    owned(notice_done) struct notice notice = {0};

    if (store_get_notice(run->what->store, id, &notice, err))
        return -1;
    return planner_review(run->planner, &notice, run->now, good_r, err);
}

static int64_t begins(const struct run *run, const struct notice *notice)
{
    int64_t at = attempt_begins(notice, run->now);

    return at > notice->expires_at ? planner_opening(run->planner, notice, at)
                                   : at;
}

/* What the dispatcher does with a notice when there is a worker whose every
 * attempt succeeds. */
static int deliver_one(const struct run *run, struct notice *notice,
                       struct err *err)
{
    int64_t at = begins(run, notice);
    bool good = true;

    if (at > run->now)
        return settle(run, notice, NOTICE_QUEUED, at, err);
    if (attempt_needs_review(notice, run->now) &&
        review(run, notice->id, &good, err))
        return -1;
    if (!good)
        return 0;
    notice->attempt_at = run->now;
    return settle(run, notice, NOTICE_SENT, run->now, err) ||
           run->what->hear(run->what->context, notice, err);
}

static int deliver_some(const struct run *run, const char *channel, bool *any_r,
                        struct err *err)
{
    owned(notices_done) struct notices due = {0};

    if (store_notices_to_send(run->what->store, channel, run->now,
                              BATCH_NOTICES, &due, err))
        return -1;
    for (size_t i = 0; i < due.count; i++)
        if (deliver_one(run, &due.items[i], err))
            return -1;
    *any_r = due.count > 0;
    return 0;
}

/* All that may leave now; *any_r: there was something. */
static int deliver_all(const struct run *run, bool *any_r, struct err *err)
{
    const struct policy *policy = office_policy(planner_office(run->planner));

    *any_r = false;
    for (size_t i = 0; i < policy->way_count; i++) {
        bool more = !policy->ways[i].parked;
        while (more) {
            if (deliver_some(run, policy->ways[i].name, &more, err))
                return -1;
            *any_r |= more;
        }
    }
    return 0;
}

static int deliver(const struct run *run, bool *any_r, struct err *err)
{
    int64_t at = INSTANT_NEVER;

    *any_r = false;
    if (store_next_attempt(run->what->store, &at, err))
        return -1;
    if (at > run->now)
        return 0;
    if (store_begin(run->what->store, 0, err))
        return -1;
    if (deliver_all(run, any_r, err)) {
        store_rollback(run->what->store);
        return -1;
    }
    return store_commit(run->what->store, err);
}

/* What a worker holds at the start is on its way, and no longer foretold. */
static int land(const struct run *run, struct err *err)
{
    owned(notices_done) struct notices flying = {0};

    if (store_notices_in_flight(run->what->store, &flying, err) ||
        store_begin(run->what->store, 0, err))
        return -1;
    for (size_t i = 0; i < flying.count; i++)
        if (settle(run, &flying.items[i], NOTICE_SENT, run->now, err)) {
            store_rollback(run->what->store);
            return -1;
        }
    return store_commit(run->what->store, err);
}

/* ---- time ---- */

/* All that is to do at this instant. */
static int rest(const struct run *run, struct err *err)
{
    bool any = true;

    while (any) {
        bool more = true;
        while (more)
            if (planner_turn(run->planner, run->now, &more, err))
                return -1;
        if (deliver(run, &any, err))
            return -1;
    }
    return 0;
}

static void keep_least(int64_t *least, int64_t candidate)
{
    if (candidate < *least)
        *least = candidate;
}

/* When something opens, expires or may be tried: what is between are items
 * that come due. */
static int next_event(const struct run *run, int64_t *next_r, struct err *err)
{
    int64_t next = INSTANT_NEVER, at = INSTANT_NEVER;

    if (planner_next_opening(run->planner, run->now, &next, err) ||
        store_next_expiry(run->what->store, &at, err))
        return -1;
    keep_least(&next, at);
    if (store_next_attempt(run->what->store, &at, err))
        return -1;
    if (at > run->now) /* else nobody will take it */
        keep_least(&next, at);
    *next_r = next > run->now ? next : run->now + NAP_SECONDS;
    return 0;
}

/* To the next instant, having looked at the items on the way. */
static int step(struct run *run, struct err *err)
{
    int64_t next = INSTANT_NEVER, last = run->what->until;

    if (next_event(run, &next, err))
        return -1;
    int64_t before = next > last ? last + 1 : next;
    if (planner_look_ahead(run->planner, before, err) ||
        store_next_opening(run->what->store, &before, err))
        return -1;
    /* Something urgent may have turned up, which opens earlier. */
    if (before > run->now)
        keep_least(&next, before);
    run->now = next;
    return 0;
}

int foretell(const struct foretelling *what, struct err *err)
{
    owned(planner_free) struct planner *planner = NULL;
    struct run run = {.what = what, .now = what->from};

    if (planner_open(what->settings, what->store, what->from, &planner, err))
        return -1;
    run.planner = planner;
    planner_never_stop(planner);
    if (!what->bodies)
        planner_spare_bodies(planner);
    if (land(&run, err))
        return -1;
    while (run.now <= what->until) {
        if (rest(&run, err))
            return -1;
        if (what->tick)
            what->tick(what->context, run.now);
        if (step(&run, err))
            return -1;
    }
    return 0;
}
