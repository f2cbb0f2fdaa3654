#include "telling/evaluator.h"

#include "base/own.h"
#include "rules/evaluate.h"
#include "series/series.h"
#include "store/alerts.h"
#include "store/items.h"
#include "store/notices.h"

/* News of an alert that is newly held. */
static void note_news(const struct evaluator *evaluator,
                      const struct item *item, const struct alert *alert)
{
    if (!evaluator->news || alert->id != 0 || alert->state != ALERT_HELD)
        return;
    struct json *news = json_new_object();
    owned(str_free) char *topic =
        str_format("item.%s", alert->subject == SUBJECT_DEADLINE
                                  ? level_name(alert->level)
                                  : subject_name(alert->subject));
    json_put_text(news, "topic", topic);
    json_put_text(news, "item", item->code);
    json_put_text(news, "unit", item->unit);
    json_put_text(news, "rule", alert->rule);
    json_put_text(news, "step", alert->step);
    json_put_int(news, "slot", alert->slot);
    json_put_text(news, "recipient", alert->recipient);
    if (item->due_at != INSTANT_NONE)
        json_put_int(news, "due_at", item->due_at);
    if (item_deadline(item) != item->due_at &&
        item_deadline(item) != INSTANT_NONE)
        json_put_int(news, "effective_due_at", item_deadline(item));
    json_put_int(news, "opens_at", alert->opens_at);
    json_add(evaluator->news, &news);
}

/* When an item is to be looked at again: of a closed one, never. */
static int64_t next_look(const struct item *item,
                         const struct evaluation *evaluation)
{
    return item_is_open(item) ? evaluation->next_at : INSTANT_NEVER;
}

static bool has_id(const struct alerts *alerts, int64_t id)
{
    for (size_t i = 0; i < alerts->count; i++)
        if (alerts->items[i].id == id)
            return true;
    return false;
}

/* Add the alert that is on record for a reached step, if it is not held. */
static int add_known(const struct evaluator *evaluator, const struct item *item,
                     const struct reached *reached, struct alerts *alerts,
                     struct err *err)
{
    struct alert key =
        decide_key(office_policy(evaluator->office), item, reached);
    struct alerts found = {0};

    if (store_find_alert(evaluator->store, &key, &found, err))
        return -1;
    if (found.count && !has_id(alerts, found.items[0].id)) {
        alerts_add(alerts, &found.items[0]);
        found.count = 0;
    }
    alerts_done(&found);
    return 0;
}

/* What of the ledger is asked for: not all of it, which grows with every slot
 * of a repeat. */
static int read_ledger(const struct evaluator *evaluator,
                       const struct item *item,
                       const struct evaluation *evaluation,
                       struct alerts *alerts, struct err *err)
{
    if (store_held_of_item(evaluator->store, item->id, alerts, err))
        return -1;
    for (size_t i = 0; i < evaluation->count; i++)
        if (add_known(evaluator, item, &evaluation->reached[i], alerts, err))
            return -1;
    return 0;
}

/* Open the occurrences of a series whose time has come; they are looked at
 * after it. */
static int open_occurrences(const struct evaluator *evaluator,
                            const struct item *series,
                            struct evaluation *evaluation, struct err *err)
{
    const struct policy *policy = office_policy(evaluator->office);
    struct series_end end = {0};

    if (series_open(evaluator->store, policy_calendar(policy, series), series,
                    evaluator->moment->now, &end, err))
        return -1;
    evaluation->next_at = end.next_at;
    series_end_done(&end);
    return 0;
}

/* Look at one item and write down what is to be said of it. */
static int look_at(const struct evaluator *evaluator, const struct item *item,
                   struct err *err)
{
    const struct policy *policy = office_policy(evaluator->office);
    struct evaluation evaluation = {0};
    struct alerts alerts = {0}, changes = {0};
    struct tolds told = {0};
    const struct ledger ledger = {&alerts, &told};
    int64_t now = evaluator->moment->now;

    evaluate(policy, item, now, &evaluation);
    int failed =
        (item_is_series(item) &&
         open_occurrences(evaluator, item, &evaluation, err)) ||
        read_ledger(evaluator, item, &evaluation, &alerts, err) ||
        (decide_needs_told(policy, item, &evaluation, &alerts,
                           evaluator->moment) &&
         store_told_of_item(evaluator->store, item,
                            evaluator->moment->rehearsing, &told, err)) ||
        decide(policy, item, &evaluation, &ledger, evaluator->moment, &changes,
               err);
    for (size_t i = 0; i < changes.count && !failed; i++) {
        note_news(evaluator, item, &changes.items[i]);
        failed = store_put_alert(evaluator->store, &changes.items[i], now, err);
    }
    failed = failed || store_set_live(evaluator->store, item, err) ||
             store_set_next(evaluator->store, item->id,
                            next_look(item, &evaluation), err);
    alerts_done(&changes);
    alerts_done(&alerts);
    tolds_done(&told);
    evaluation_done(&evaluation);
    return failed ? -1 : 0;
}

int evaluator_run(const struct evaluator *evaluator, size_t most, bool *any_r,
                  struct err *err)
{
    owned(items_done) struct items due = {0};

    if (store_items_due(evaluator->store, evaluator->moment->now, most, &due,
                        err))
        return -1;
    for (size_t i = 0; i < due.count; i++)
        if (look_at(evaluator, &due.items[i], err))
            return -1;
    *any_r = due.count > 0;
    return 0;
}
