/* What becomes of notices that could not leave at once. */
#include "base/str.h"
#include "rules/openings.h"
#include "store/items.h"
#include "store/notices.h"
#include "store/office.h"
#include "telling/delivery.h"
#include "telling/planner_inside.h"
#include "telling/teller.h"

int planner_review(struct planner *planner, const struct notice *notice,
                   int64_t now, bool *good_r, struct err *err)
{
    struct teller teller = {
        .office = planner->office,
        .settings = planner->settings,
        .store = planner->store,
        .moment = planner->moment,
    };

    teller.moment.now = now;
    *good_r = !delivery_is_astray(
        delivery_addressee(&planner->settings->delivery), notice);
    if (*good_r && teller_still_good(&teller, notice, good_r, err))
        return -1;
    if (*good_r)
        return 0;
    return store_withdraw_notice(planner->store, notice->id, now,
                                 "its items changed", now, err);
}

int64_t planner_opening(struct planner *planner, const struct notice *notice,
                        int64_t at)
{
    const struct policy *policy = office_policy(planner->office);
    int person = directory_person(policy->directory, notice->recipient);

    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        struct hours hours = hours_of(policy, rule, person);
        struct opening opening = {0};
        struct err err = {0};
        if (!str_equal(rule->window, notice->window))
            continue;
        if (opening_last(&hours, at, &opening, &err) == 0 &&
            at < opening.closes_at)
            return at;
        if (opening_next(&hours, at, &opening, &err) == 0)
            return opening.at;
    }
    return at;
}

/* The one person of a rehearsal: nobody stands in for them. */
static int rehearsal_refused(struct planner *planner,
                             const struct notice *notice, const char *detail,
                             int64_t now, struct err *err)
{
    const struct way *way =
        policy_way(office_policy(planner->office), notice->channel);

    if (way && store_refuse_address(planner->store, notice->rehearsed_to,
                                    way->address, now, detail, err))
        return -1;
    if (planner_refresh(planner, now, err))
        return -1;
    return store_settle_notice(planner->store, notice->id, NOTICE_UNSENT, now,
                               notice->ambiguous, detail, now, err);
}

int planner_refused(struct planner *planner, const struct notice *notice,
                    const char *detail, int64_t now, struct err *err)
{
    const struct policy *policy = office_policy(planner->office);
    const struct way *way = policy_way(policy, notice->channel);
    struct strs ladder = {0};
    bool another = false;

    if (!str_empty(notice->rehearsed_to))
        return rehearsal_refused(planner, notice, detail, now, err);
    if (way && store_refuse_address(planner->store, notice->recipient,
                                    way->address, now, detail, err))
        return -1;
    if (planner_refresh(planner, now, err) ||
        store_wake_items(planner->store, -1, err))
        return -1;
    policy = office_policy(planner->office);
    int person = directory_person(policy->directory, notice->recipient);
    strs_split(&ladder, notice->via, ',');
    for (size_t i = 0; i < ladder.count && person != NOBODY; i++) {
        const struct way *next = policy_way(policy, ladder.items[i]);
        if (next &&
            person_address(&policy->directory->people[person], next->address))
            another = true;
    }
    strs_done(&ladder);
    /* Held again in either case, and decided anew: each cause's own rule says
     * who is told now, and by what. */
    if (store_withdraw_notice(planner->store, notice->id, notice->opening_at,
                              detail, now, err))
        return -1;
    if (another)
        return 0;
    return store_settle_notice(planner->store, notice->id, NOTICE_DEAD, now,
                               notice->ambiguous, detail, now, err);
}
