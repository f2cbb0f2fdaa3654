#include "telling/planner_inside.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "telling/delivery.h"
#include "telling/doubts.h"
#include "telling/evaluator.h"
#include "telling/marks.h"
#include "telling/teller.h"
#include "telling/troubles.h"
#include "rules/decide.h"
#include "rules/openings.h"
#include "store/alerts.h"
#include "store/items.h"
#include "store/notices.h"
#include "store/office.h"

enum { BATCH_PEOPLE = 50 }; /* told in one transaction */

static const char troubled_name[] = "troubled_at";

int planner_open(const struct settings *settings, struct store *store,
                 int64_t now, struct planner **planner_r, struct err *err)
{
    owned(planner_free) struct planner *planner = mem_new(struct planner);

    planner->settings = settings;
    planner->store = store;
    planner->moment.now = now;
    if (store_data_version(store, &planner->office_version, err) ||
        office_load(settings, store, &planner->office, err) ||
        store_meta_int(store, troubled_name, INSTANT_NONE,
                       &planner->troubled_at, err) ||
        marks_note_rules(settings, store, &planner->moment, err) ||
        marks_note_served(store, &planner->moment, err) ||
        delivery_note_mode(settings, store, now, &planner->moment.rehearsing,
                           err))
        return -1;
    *planner_r = give(planner);
    return 0;
}

void planner_free(struct planner **planner)
{
    if (!*planner)
        return;
    office_free(&(*planner)->office);
    free(*planner);
    *planner = NULL;
}

void planner_listen(struct planner *planner, planner_news *news, void *context)
{
    planner->news = news;
    planner->news_context = context;
}

void planner_spare_bodies(struct planner *planner)
{
    planner->bodiless = true;
}

void planner_never_stop(struct planner *planner)
{
    planner->heedless = true;
}

const struct office *planner_office(const struct planner *planner)
{
    return planner->office;
}

int planner_refresh(struct planner *planner, int64_t now, struct err *err)
{
    struct office *fresh = NULL;
    int64_t version = 0;

    (void)now;
    if (store_data_version(planner->store, &version, err) ||
        office_load(planner->settings, planner->store, &fresh, err))
        return -1;
    office_free(&planner->office);
    planner->office = fresh;
    planner->office_version = version;
    return 0;
}

int planner_reload(struct planner *planner, const struct settings *settings,
                   int64_t now, struct err *err)
{
    struct office *fresh = NULL;

    planner->moment.now = now;
    if (office_load(settings, planner->store, &fresh, err))
        return -1;
    if (marks_note_rules(settings, planner->store, &planner->moment, err) ||
        delivery_note_mode(settings, planner->store, now,
                           &planner->moment.rehearsing, err)) {
        office_free(&fresh);
        return -1;
    }
    planner->settings = settings;
    office_free(&planner->office);
    planner->office = fresh;
    return 0;
}

int planner_begin(struct planner *planner, struct err *err)
{
    int64_t version = 0;

    if (store_begin(planner->store, 0, err))
        return -1;
    if (store_data_version(planner->store, &version, err) == 0 &&
        (version == planner->office_version ||
         planner_refresh(planner, planner->moment.now, err) == 0))
        return 0;
    store_rollback(planner->store);
    return -1;
}

/* Tell subscribers what was committed. */
static void tell_news(const struct planner *planner, const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *news = json_at(list, i);
        planner->news(planner->news_context, json_text(news, "topic"), news);
    }
}

/* Evaluate a batch of items that are due. */
static int evaluate_some(struct planner *planner, bool *more_r, struct err *err)
{
    owned(json_free) struct json *news =
        planner->news ? json_new_array() : NULL;
    int64_t next = INSTANT_NEVER;
    bool any = false;

    if (store_next_due(planner->store, &next, err))
        return -1;
    if (next > planner->moment.now)
        return 0;
    if (planner_begin(planner, err))
        return -1;
    const struct evaluator evaluator = {planner->office, planner->store,
                                        &planner->moment, news};
    if (evaluator_run(&evaluator, BATCH_ITEMS, &any, err) ||
        store_commit(planner->store, err)) {
        store_rollback(planner->store);
        return -1;
    }
    tell_news(planner, news);
    *more_r = any;
    return 0;
}

/* The latest opening of any rule's window that has come and was not served;
 * INSTANT_NONE when all were. */
static int64_t unserved_opening(const struct planner *planner)
{
    struct opening last = {0};
    struct err none = {0};

    if (opening_last_of_all(office_policy(planner->office), planner->moment.now,
                            &last, &none) == 0 &&
        last.at > planner->moment.served_until)
        return last.at;
    return INSTANT_NONE;
}

static bool same_date(const struct planner *planner, int64_t a, int64_t b)
{
    const struct zone *zone = office_zone(planner->office);

    return b != INSTANT_NONE && date_compare(zone_civil(zone, a).date,
                                             zone_civil(zone, b).date) == 0;
}

/* Also those of which no admin can be told reach the journal (R14). */
static void tell_troubles(const struct planner *planner,
                          const struct troubles *troubles)
{
    for (size_t i = 0; planner->news && i < troubles->count; i++) {
        if (!troubles->items[i].raised)
            continue;
        owned(json_free) struct json *news = json_new_object();
        json_put_text(news, "item", troubles->items[i].code);
        json_put_text(news, "detail", troubles->items[i].title);
        planner->news(planner->news_context, "trouble.raised", news);
    }
}

static int record_troubles(struct planner *planner, int64_t opening_at,
                           struct err *err)
{
    struct troubles troubles = {0};

    if (troubles_find(planner->office, planner->settings, planner->store,
                      planner->moment.now, &troubles, err))
        return -1;
    int failed =
        store_begin(planner->store, 0, err) ||
        troubles_record(&troubles, planner->store, opening_at, err) ||
        store_meta_set_int(planner->store, troubled_name, opening_at, err) ||
        store_commit(planner->store, err);
    if (failed)
        store_rollback(planner->store);
    else
        tell_troubles(planner, &troubles);
    troubles_done(&troubles);
    return failed;
}

/* At the first opening that is served on a day: what must an admin see to?
 * Raised before anything is bundled, so that it leaves in this opening. */
static int seek_troubles(struct planner *planner, bool *more_r, struct err *err)
{
    const struct policy *policy = office_policy(planner->office);
    const struct rule *system = &policy->rules[policy->rule_count - 1];
    struct hours hours = hours_of(policy, system, NOBODY);
    struct opening last = {0};

    if (opening_last(&hours, planner->moment.now, &last, err))
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    if (last.at <= planner->moment.served_until ||
        planner->moment.now >= last.closes_at ||
        same_date(planner, last.at, planner->troubled_at))
        return 0;
    if (record_troubles(planner, last.at, err))
        return -1;
    planner->troubled_at = last.at;
    *more_r = true;
    return 0;
}

/* A newer opening has come: undelivered notices give their alerts back. */
static int withdraw_expired(struct planner *planner, struct err *err)
{
    struct notices expired = {0};
    int failed = 0;

    if (store_notices_expired(planner->store, planner->moment.now, &expired,
                              err))
        return -1;
    for (size_t i = 0; i < expired.count && !failed; i++)
        failed = store_withdraw_notice(
            planner->store, expired.items[i].id, planner->moment.now,
            "not delivered before the next opening", planner->moment.now, err);
    notices_done(&expired);
    return failed;
}

/* Tell some of those for whom something waits. */
static int tell_some(struct planner *planner, bool *more_r, struct err *err)
{
    struct strs people = {0};
    int64_t opens_at = INSTANT_NEVER;
    bool progress = false;
    int failed = 0;

    planner->blocked = false;
    if (planner->stopped)
        return 0;
    if (store_next_opening(planner->store, &opens_at, err))
        return -1;
    if (opens_at > planner->moment.now)
        return 0;
    if (planner_begin(planner, err))
        return -1;
    const struct teller teller = {
        .office = planner->office,
        .settings = planner->settings,
        .store = planner->store,
        .moment = planner->moment,
        .bodiless = planner->bodiless,
    };
    failed =
        store_people_to_tell(planner->store, planner->moment.now, &people, err);
    size_t told = 0;
    for (size_t i = 0; i < people.count && told < BATCH_PEOPLE && !failed;
         i++) {
        enum telling_end outcome = TOLD_BLOCKED;
        failed = teller_tell(&teller, people.items[i], &outcome, err);
        planner->blocked |= outcome == TOLD_BLOCKED;
        progress |= outcome != TOLD_BLOCKED;
        told += outcome != TOLD_BLOCKED;
    }
    strs_done(&people);
    if (failed || store_commit(planner->store, err)) {
        store_rollback(planner->store);
        return -1;
    }
    *more_r = progress;
    return 0;
}

static int begin_opening(struct planner *planner, struct err *err)
{
    int64_t expires = INSTANT_NEVER;

    if (store_next_expiry(planner->store, &expires, err))
        return -1;
    if (expires > planner->moment.now)
        return 0;
    if (store_begin(planner->store, 0, err))
        return -1;
    if (withdraw_expired(planner, err) || store_commit(planner->store, err)) {
        store_rollback(planner->store);
        return -1;
    }
    return 0;
}

static int end_opening(struct planner *planner, struct err *err)
{
    if (unserved_opening(planner) == INSTANT_NONE)
        return 0;
    if (doubts_give_up(planner->settings, planner->store, planner->moment.now,
                       planner->news, planner->news_context, err))
        return -1;
    return marks_serve(planner->store, &planner->moment, err);
}

/* May anything leave?  What is held then waits, and is merged after. */
static int heed_stop(struct planner *planner, struct err *err)
{
    if (planner->heedless)
        return 0;
    return delivery_stopped(planner->settings->delivery.mode, planner->store,
                            &planner->stopped, err);
}

int planner_turn(struct planner *planner, int64_t now, bool *more_r,
                 struct err *err)
{
    *more_r = false;
    planner->moment.now = now;
    if (heed_stop(planner, err) ||
        marks_meet_clock(planner->store, &planner->moment, err) ||
        evaluate_some(planner, more_r, err))
        return -1;
    if (*more_r)
        return 0;
    if (seek_troubles(planner, more_r, err))
        return -1;
    if (*more_r)
        return 0;
    if (begin_opening(planner, err) || tell_some(planner, more_r, err))
        return -1;
    return *more_r ? 0 : end_opening(planner, err);
}

static void keep_least(int64_t *least, int64_t candidate)
{
    if (candidate < *least)
        *least = candidate;
}

int planner_next_opening(struct planner *planner, int64_t now,
                         int64_t *opens_at_r, struct err *err)
{
    const struct policy *policy = office_policy(planner->office);
    int64_t held = INSTANT_NEVER, next = INSTANT_NEVER;

    planner->moment.now = now;
    if (store_next_opening(planner->store, &held, err))
        return -1;
    if (held > now || !(planner->blocked || planner->stopped))
        keep_least(&next, held);
    if (unserved_opening(planner) != INSTANT_NONE)
        keep_least(&next, now);
    struct opening opening = {0};
    struct err never = {0};
    if (opening_next_of_all(policy, now + 1, &opening, &never) == 0)
        keep_least(&next, opening.at);
    *opens_at_r = next;
    return 0;
}

int planner_next(struct planner *planner, int64_t now, int64_t *next_r,
                 struct err *err)
{
    int64_t next = INSTANT_NEVER, at = INSTANT_NEVER;

    if (planner_next_opening(planner, now, &next, err) ||
        store_next_due(planner->store, &at, err))
        return -1;
    keep_least(&next, at);
    if (store_next_expiry(planner->store, &at, err))
        return -1;
    keep_least(&next, at);
    *next_r = next;
    return 0;
}
