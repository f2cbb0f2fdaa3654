#include "telling/teller.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "rules/bundle.h"
#include "rules/openings.h"
#include "store/alerts.h"
#include "store/items.h"
#include "store/notices.h"
#include "telling/delivery.h"
#include "telling/rehearsal.h"

/* One person's list, with what it was made from. */
struct telling {
    const struct teller *teller;
    int person;
    const char *code;
    struct alerts held;
    struct items items;
    struct notice last;
    struct bundle bundle;
};

static const struct rule *rule_named(const struct policy *policy,
                                     const char *name)
{
    for (size_t i = 0; i < policy->rule_count; i++)
        if (str_equal(policy->rules[i].name, name))
            return &policy->rules[i];
    return NULL;
}

static const struct step *step_named(const struct rule *rule, const char *name)
{
    for (size_t i = 0; rule && i < rule->step_count; i++)
        if (str_equal(rule->steps[i].name, name))
            return &rule->steps[i];
    return NULL;
}

static int suppress(const struct telling *telling, struct alert *alert,
                    enum alert_reason reason, struct err *err)
{
    alert->state = ALERT_SUPPRESSED;
    alert->reason = reason;
    return store_put_alert(telling->teller->store, alert,
                           telling->teller->moment.now, err);
}

/* Did the session of the opening that the alert waited for end?  Then it
 * waits for another, or leaves in the present one, late. */
static int put_off(const struct telling *telling, struct alert *alert,
                   bool *stays_r, struct err *err)
{
    const struct teller *teller = telling->teller;
    const struct policy *policy = office_policy(teller->office);
    const struct rule *rule = rule_named(policy, alert->rule);
    const struct step *step = step_named(rule, alert->step);
    struct hours hours = {0};
    struct opening present = {0}, next = {0};
    int64_t now = teller->moment.now;

    *stays_r = false;
    if (telling->person == NOBODY)
        return suppress(telling, alert, REASON_NOT_THEIRS, err);
    if (!step)
        return suppress(telling, alert, REASON_RULE_GONE, err);
    hours = hours_of(policy, rule, telling->person);
    if (step->urgent && !quiet_at(&hours, now)) {
        *stays_r = true;
        return 0;
    }
    if (opening_last(&hours, now, &present, err))
        return -1;
    if (now < present.closes_at && alert->opens_at <= now) {
        alert->late |= alert->opens_at < present.at;
        *stays_r = true;
        return 0;
    }
    struct waiting waiting = {step, alert->reached_at, now, now};
    if (opening_for(&hours, &waiting, &next, err))
        return -1;
    alert->opens_at = next.at;
    alert->late = true;
    return store_put_alert(teller->store, alert, now, err);
}

/* Keep those of the held alerts that may leave now. */
static int keep_open(struct telling *telling, struct err *err)
{
    struct alerts open = {0};
    int failed = 0;

    for (size_t i = 0; i < telling->held.count; i++) {
        struct alert *alert = &telling->held.items[i];
        bool stays = false;
        failed = failed || put_off(telling, alert, &stays, err);
        if (stays && !failed)
            alerts_add(&open, alert);
    }
    alerts_done(&telling->held);
    telling->held = open;
    return failed;
}

static void telling_done(struct telling *telling)
{
    bundle_done(&telling->bundle);
    notice_done(&telling->last);
    items_done(&telling->items);
    alerts_done(&telling->held);
}

/* Everything that may be on the person's list. */
static int gather(struct telling *telling, struct err *err)
{
    const struct teller *teller = telling->teller;

    if (store_items_of_person(teller->store, telling->code, &telling->items,
                              err) ||
        store_last_lines(teller->store, telling->code,
                         teller->moment.rehearsing, &telling->last, err))
        return -1;
    bundle_gather(office_policy(teller->office), telling->person,
                  telling->items.items, telling->items.count,
                  teller->moment.now, &telling->last, &telling->held,
                  &telling->bundle);
    return 0;
}

/* The channel by which an alert would leave: the first of its rule's ladder
 * that the person has; once it has waited in vain, one that works (R15). */
static const struct way *way_of(const struct telling *telling,
                                const struct alert *alert)
{
    const struct policy *policy = office_policy(telling->teller->office);
    const struct rule *rule = rule_named(policy, alert->rule);
    const struct person *person = &policy->directory->people[telling->person];

    return policy_first_way(policy, rule, person, alert->notice != 0);
}

/* A cause is dropped at the last moment when its item is no longer on the
 * list, or is there by another rule and its own reaches the person no more:
 * it would wait for ever. */
static int drop_unlisted(struct telling *telling, struct err *err)
{
    struct alerts listed = {0};
    int failed = 0;

    for (size_t i = 0; i < telling->held.count; i++) {
        struct alert *alert = &telling->held.items[i];
        if (bundle_tells(&telling->bundle, alert->item, alert->subject) &&
            way_of(telling, alert))
            alerts_add(&listed, alert);
        else
            failed = failed || suppress(telling, alert, REASON_NOT_THEIRS, err);
    }
    alerts_done(&telling->held);
    telling->held = listed;
    return failed;
}

/* Is a notice to this person under way on the channel?  One that only waits
 * in the queue is taken back, to be merged. */
static int clear_way(const struct teller *teller, const char *person,
                     const char *channel, bool *blocked_r, struct err *err)
{
    struct notice notice = {0};

    *blocked_r = false;
    if (store_undelivered_notice(teller->store, person, channel, &notice, err))
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    int failed = 0;
    if (notice.state == NOTICE_QUEUED && notice.ambiguous == 0)
        failed = store_withdraw_notice(
            teller->store, notice.id, teller->moment.now,
            "merged into a newer one", teller->moment.now, err);
    else
        *blocked_r = true;
    notice_done(&notice);
    return failed;
}

static char *new_identity(void)
{
    unsigned char bytes[16];
    char text[33];

    randombytes_buf(bytes, sizeof(bytes));
    (void)sodium_bin2hex(text, sizeof(text), bytes, sizeof(bytes));
    return str_copy(text);
}

static void add_lines(const struct bundle *bundle, struct notice *notice)
{
    notice->lines = mem_zero(bundle->count + 1, sizeof(*notice->lines));
    notice->line_count = bundle->count;
    for (size_t i = 0; i < bundle->count; i++)
        notice->lines[i] = (struct notice_line){
            .item = bundle->lines[i].item->id,
            .level = bundle->lines[i].level,
            .fresh = bundle->lines[i].fresh,
            .due_at = subject_version(bundle->lines[i].item, SUBJECT_DEADLINE),
        };
}

/* The session in which the notice may be tried, and when it expires. */
static int set_times(const struct telling *telling, const struct rule *rule,
                     struct notice *notice, struct err *err)
{
    const struct policy *policy = office_policy(telling->teller->office);
    struct hours hours = hours_of(policy, rule, telling->person);
    struct opening present = {0}, next = {0};
    int64_t now = telling->teller->moment.now;

    if (opening_last(&hours, now, &present, err) ||
        opening_next(&hours, now + 1, &next, err))
        return -1;
    notice->decided_at = now;
    notice->attempt_at = now;
    notice->opening_at = present.at;
    /* An urgent one may leave outside the session, but not in quiet hours. */
    notice->closes_at = quiet_begins(
        &hours, now, now < present.closes_at ? present.closes_at : next.at);
    notice->expires_at = next.at;
    return 0;
}

/* The facts as a worker gets them.  A list that is too long for the wire ends
 * earlier and says how many more there are: half a list is better than a dead
 * letter. */
static char *facts_text(const struct telling *telling,
                        const struct notice *notice, const struct way *way,
                        struct letterhead *head)
{
    const struct teller *teller = telling->teller;
    const struct policy *policy = office_policy(teller->office);
    const struct person *person = &policy->directory->people[telling->person];
    size_t room = (size_t)teller->settings->wire.message_bytes;

    for (size_t most = telling->bundle.count;; most = head->most_lines / 2) {
        head->most_lines = most;
        owned(json_free) struct json *facts =
            bundle_facts(policy, &telling->bundle, notice,
                         person_address(person, way->address), head);
        owned(str_free) char *text = json_format(facts);
        if (strlen(text) <= room || most <= 1)
            return give(text);
    }
}

static int write_facts(const struct telling *telling,
                       const struct notice *notice, const struct way *way,
                       const struct stand_in *stand_in, struct err *err)
{
    const struct teller *teller = telling->teller;
    const struct person *person =
        &office_directory(teller->office)->people[telling->person];
    enum languages language =
        language_parse(person->language, teller->settings->language);
    struct sources sources = {0};

    if (teller->bodiless)
        return 0;
    if (office_sources(teller->office, teller->store, language,
                       teller->moment.now, &sources, err))
        return -1;
    struct letterhead head = {
        .organisation = teller->settings->organisation.text[language],
        .language = language,
        .sources = sources.items,
        .source_count = sources.count,
        .opening_at = notice->opening_at,
        .now = teller->moment.now,
        .rehearsal_to = stand_in->person,
        .rehearsal_address = stand_in->address,
    };
    owned(str_free) char *text = facts_text(telling, notice, way, &head);
    sources_done(&sources);
    return store_set_notice_facts(teller->store, notice->id, text, err);
}

/* Queue one notice, caused by the alerts that leave by this channel.  What a
 * rehearsal does not send is written down all the same. */
static int write_notice(const struct telling *telling,
                        const struct alerts *causes, const struct way *way,
                        const struct stand_in *stand_in, struct err *err)
{
    const struct teller *teller = telling->teller;
    const struct policy *policy = office_policy(teller->office);
    const struct rule *rule = rule_named(policy, causes->items[0].rule);
    const struct person *person = &policy->directory->people[telling->person];

    assert(rule); /* keep_open() has dropped alerts of rules that are gone */
    struct notice notice = {
        .identity = new_identity(),
        .recipient = str_copy(telling->code),
        .channel = str_copy(way->name),
        .via = strs_join(&rule->via, ","),
        .window = str_copy(rule->window),
        .language = str_copy(person->language),
        .state = stand_in->unsent ? NOTICE_UNSENT : NOTICE_QUEUED,
        .facts = str_copy("{}"),
        .detail = str_copy(str_or_empty(stand_in->unsent)),
        .rehearsed_to =
            str_copy(delivery_addressee(&teller->settings->delivery)),
    };

    add_lines(&telling->bundle, &notice);
    int failed = set_times(telling, rule, &notice, err) ||
                 store_add_notice(teller->store, &notice, causes,
                                  teller->moment.now, err) ||
                 write_facts(telling, &notice, way, stand_in, err);
    notice_done(&notice);
    return failed ? -1 : 0;
}

static int queue_notice(const struct telling *telling,
                        const struct alerts *causes, const struct way *way,
                        struct err *err)
{
    owned(stand_in_done) struct stand_in stand_in = {0};

    return rehearsal_find(telling->teller, way, &stand_in, err) ||
                   write_notice(telling, causes, way, &stand_in, err)
               ? -1
               : 0;
}

/* One notice for each channel by which something is to leave. */
static int queue_by_channel(struct telling *telling, bool *blocked_r,
                            struct err *err)
{
    const struct policy *policy = office_policy(telling->teller->office);
    int failed = 0;

    for (size_t i = 0; i < policy->way_count && !failed; i++) {
        const struct way *way = &policy->ways[i];
        struct alerts causes = {0}; /* borrows what held owns */
        for (size_t j = 0; j < telling->held.count; j++) {
            if (way_of(telling, &telling->held.items[j]) != way)
                continue;
            struct alert borrowed = telling->held.items[j];
            alerts_add(&causes, &borrowed);
        }
        bool blocked = false;
        if (causes.count)
            failed = clear_way(telling->teller, telling->code, way->name,
                               &blocked, err);
        if (causes.count && !failed && !blocked)
            failed = queue_notice(telling, &causes, way, err);
        *blocked_r |= blocked;
        free(causes.items);
    }
    return failed;
}

/* Take back what only waits in the queue, so that it is merged. */
static int take_back(const struct teller *teller, const char *person,
                     struct err *err)
{
    const struct policy *policy = office_policy(teller->office);
    bool blocked = false;

    for (size_t i = 0; i < policy->way_count; i++)
        if (clear_way(teller, person, policy->ways[i].name, &blocked, err))
            return -1;
    return 0;
}

int teller_tell(const struct teller *teller, const char *person,
                enum telling_end *end_r, struct err *err)
{
    struct telling telling = {
        .teller = teller,
        .person = directory_person(office_directory(teller->office), person),
        .code = person,
    };
    bool blocked = false;
    int failed = take_back(teller, person, err) ||
                 store_held_alerts(teller->store, person, teller->moment.now,
                                   &telling.held, err) ||
                 keep_open(&telling, err);

    if (!failed && telling.held.count)
        failed = gather(&telling, err) || drop_unlisted(&telling, err) ||
                 queue_by_channel(&telling, &blocked, err);
    telling_done(&telling);
    *end_r = blocked ? TOLD_BLOCKED : TOLD_SENT;
    return failed ? -1 : 0;
}

int teller_still_good(const struct teller *teller, const struct notice *notice,
                      bool *good_r, struct err *err)
{
    struct telling telling = {
        .teller = teller,
        .person = directory_person(office_directory(teller->office),
                                   notice->recipient),
        .code = notice->recipient,
    };

    *good_r =
        teller->moment.now < notice->expires_at && telling.person != NOBODY;
    if (!*good_r)
        return 0;
    if (store_alerts_of_notice(teller->store, notice->id, &telling.held, err) ||
        gather(&telling, err)) {
        telling_done(&telling);
        return -1;
    }
    for (size_t i = 0; i < notice->line_count; i++)
        if (!bundle_has(&telling.bundle, notice->lines[i].item))
            *good_r = false;
    telling_done(&telling);
    return 0;
}
