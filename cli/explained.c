#include "cli/explained.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "rules/match.h"
#include "rules/steps.h"

/* ---- the clock ---- */

/* The effective receipt, as the terms that are counted from it have it.  In a
 * year that was not entered nobody can say. */
static void find_receipt(struct explained *explained)
{
    const struct span nothing = {SPAN_HOURS, 0};
    struct err no_year = {0};

    if (explained->item.received_at == INSTANT_NONE ||
        derive_term(explained->calendar, explained->item.received_at, nothing,
                    0, &explained->receipt, &no_year))
        return;
    explained->has_term =
        explained->item.due_at != INSTANT_NONE &&
        calendar_count(explained->calendar, explained->receipt.start,
                       explained->item.due_at, &explained->term, &no_year) == 0;
}

/* ---- the steps ---- */

/* When the step is told next, and when a message may leave then. */
static void find_next(const struct cli *cli, const struct explained *explained,
                      struct explained_step *row)
{
    const struct policy *policy = office_policy(cli->office);
    struct opening opening = {0};
    struct err unused = {0};
    int64_t at = 0;
    int slot = 0;

    row->reached =
        step_latest_slot(policy, &explained->item, row->step, cli->now, &slot,
                         &at, &row->next_at, &unused) == 0;
    if (row->next_at != INSTANT_NEVER &&
        opening_for(policy, row->rule, row->step, row->next_at, row->next_at,
                    row->next_at - 1, &opening, &unused) == 0)
        row->opens_at = opening.at;
}

static void add_step(const struct cli *cli, struct explained *explained,
                     const struct rule *rule, const struct step *step)
{
    const struct policy *policy = office_policy(cli->office);
    struct explained_step row = {.rule = rule,
                                 .step = step,
                                 .at = INSTANT_NONE,
                                 .next_at = INSTANT_NEVER,
                                 .opens_at = INSTANT_NONE};

    if (step_reached_at(policy, &explained->item, step, 0, &row.at,
                        &row.error) == 0)
        find_next(cli, explained, &row);
    else
        row.at = INSTANT_NONE;
    whom_add(policy, rule, step, &explained->item, &row.whom);
    explained->steps =
        mem_grow(explained->steps, explained->step_count + 1, sizeof(row));
    explained->steps[explained->step_count++] = row;
}

static int compare(const void *a, const void *b)
{
    const struct explained_step *first = a, *second = b;

    return (first->at > second->at) - (first->at < second->at);
}

/* Nothing falls for what is finished, gone, paused or without a deadline. */
static void find_steps(const struct cli *cli, struct explained *explained)
{
    const struct policy *policy = office_policy(cli->office);
    const struct item *item = &explained->item;

    if (!item_is_open(item) || item_is_paused(item) ||
        item->due_at == INSTANT_NONE)
        return;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        if (!rule_matches(policy, rule, item))
            continue;
        for (size_t j = 0; j < rule->step_count; j++)
            add_step(cli, explained, rule, &rule->steps[j]);
    }
    if (explained->step_count)
        qsort(explained->steps, explained->step_count,
              sizeof(*explained->steps), compare);
}

/* ---- public ---- */

int explained_take(const struct cli *cli, struct item *item,
                   struct explained *explained_r, struct err *err)
{
    struct explained found = {.item = *item};

    *item = (struct item){0};
    if (store_get_history(cli->store, found.item.id, &found.history, err) ||
        store_get_pauses(cli->store, found.item.id, &found.pauses, err)) {
        explained_done(&found);
        return -1;
    }
    found.listed = listed_of(cli, &found.item);
    found.calendar = policy_calendar(office_policy(cli->office), &found.item);
    find_receipt(&found);
    find_steps(cli, &found);
    *explained_r = found;
    return 0;
}

void explained_done(struct explained *explained)
{
    for (size_t i = 0; i < explained->step_count; i++)
        recipients_done(&explained->steps[i].whom);
    free(explained->steps);
    derivation_done(&explained->receipt);
    pauses_done(&explained->pauses);
    histories_done(&explained->history);
    item_done(&explained->item);
    *explained = (struct explained){0};
}

const struct history *explained_origin(const struct explained *explained)
{
    return explained->history.count ? &explained->history.items[0] : NULL;
}

bool explained_deadline(const struct explained *explained,
                        const struct history *change, int64_t *due_r)
{
    struct err unused = {0};
    bool has_time = false;

    if (!str_equal(change->field, "due"))
        return false;
    if (zone_parse(calendar_zone(explained->calendar), change->after, due_r,
                   &has_time, &unused))
        *due_r = INSTANT_NONE;
    return true;
}

bool explained_pause(const struct explained *explained,
                     const struct pause *pause, int64_t now, int64_t *seconds_r)
{
    int64_t end = pause->ended_at == INSTANT_NONE ? now : pause->ended_at;
    struct err no_year = {0};

    return calendar_count(explained->calendar, pause->started_at, end,
                          seconds_r, &no_year) == 0;
}
