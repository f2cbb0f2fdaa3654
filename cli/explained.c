#include "cli/explained.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "rules/match.h"
#include "rules/steps.h"
#include "store/alerts.h"

/* ---- the clock ---- */

/* The effective receipt, as the terms that are counted from it have it.  In a
 * year that was not entered nobody can say. */
static void find_receipt(struct explained *explained)
{
    const struct span nothing = {SPAN_HOURS, 0};
    struct err no_year = {0};

    if (explained->item.received_at != INSTANT_NONE)
        (void)derive_term(explained->calendar, explained->item.received_at,
                          nothing, 0, &explained->receipt, &no_year);
}

/* The term by which a deadline was computed then, which history has behind
 * its source: "motcua list.csv:51, 1.012345 1.5wd".  The table may have
 * another one by now. */
static bool term_then(const struct explained *explained, struct span *term_r)
{
    struct err unread = {0};

    for (size_t i = explained->history.count; i > 0; i--) {
        const struct history *row = &explained->history.items[i - 1];
        const char *space = strrchr(row->source, ' ');
        bool computed =
            str_equal(row->field, "computed-due") && *row->after && space;
        if (computed && span_parse(space + 1, SPAN_TERM, term_r, &unread) == 0)
            return true;
    }
    return false;
}

static void find_computed(struct explained *explained)
{
    const struct item *item = &explained->item;
    const struct procedure *procedure = explained->procedure;
    struct err no_year = {0};

    if (item->computed_due_at == INSTANT_NONE || !explained->receipt.count)
        return;
    if (!term_then(explained, &explained->span)) {
        if (!procedure)
            return;
        explained->span = procedure_term(procedure, item->submission);
    }
    if (derive_term(explained->calendar, item->received_at, explained->span,
                    procedure ? procedure->cutoff : CUTOFF_NONE,
                    &explained->computed, &no_year))
        return;
    explained->agrees = explained->computed.result == item->computed_due_at;
}

/* The promise is measured from the receipt; and what counts, from it. */
static void find_promised(struct explained *explained)
{
    const struct item *item = &explained->item;
    const struct calendar *calendar = explained->calendar;
    int64_t deadline = item_deadline(item);
    struct err no_year = {0};

    if (item->due_at == INSTANT_NONE)
        return;
    if (explained->receipt.count &&
        derive_until(calendar, item->received_at, item->due_at,
                     &explained->promised, &no_year) == 0)
        explained->has_term =
            calendar_count(calendar, explained->receipt.start, item->due_at,
                           &explained->term, &no_year) == 0;
    if (deadline != INSTANT_NONE && deadline > item->due_at)
        (void)derive_onwards(calendar, item->due_at, deadline,
                             &explained->given, &no_year);
    if (item->computed_due_at != INSTANT_NONE)
        (void)calendar_count(calendar, item->due_at, item->computed_due_at,
                             &explained->difference, &no_year);
}

/* ---- the steps ---- */

/* When the first of those whom the step tells may get a message that is
 * decided at an instant; INSTANT_NONE: nobody ever. */
static int64_t opens_for_any(const struct policy *policy,
                             const struct explained_step *row, int64_t at)
{
    const struct waiting waiting = {row->step, at, at, at - 1};
    int64_t earliest = INSTANT_NONE;

    for (size_t i = 0; i < row->whom.count; i++) {
        struct hours hours =
            hours_of(policy, row->rule, row->whom.items[i].person);
        struct opening opening = {0};
        struct err none = {0};
        if (opening_for(&hours, &waiting, &opening, &none) == 0 &&
            (earliest == INSTANT_NONE || opening.at < earliest))
            earliest = opening.at;
    }
    return earliest;
}

/* When the step is told next, and when a message may leave then. */
static void find_next(const struct cli *cli, const struct explained *explained,
                      struct explained_step *row)
{
    const struct policy *policy = office_policy(cli->office);
    struct err unused = {0};
    int64_t at = 0;
    int slot = 0;

    row->reached =
        step_latest_slot(policy, &explained->item, row->step, cli->now, &slot,
                         &at, &row->next_at, &unused) == 0;
    if (row->next_at != INSTANT_NEVER)
        row->opens_at = opens_for_any(policy, row, row->next_at);
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

    whom_add(policy,
             &(struct telling_of){rule, step, &explained->item, cli->now},
             &row.whom);
    if (step_reached_at(policy, &explained->item, step, 0, &row.at,
                        &row.error) == 0)
        find_next(cli, explained, &row);
    else
        row.at = INSTANT_NONE;
    explained->steps =
        mem_grow(explained->steps, explained->step_count + 1, sizeof(row));
    explained->steps[explained->step_count++] = row;
}

static int compare(const void *a, const void *b)
{
    const struct explained_step *first = a, *second = b;

    return (first->at > second->at) - (first->at < second->at);
}

/* Only what can be told of the item as it stands. */
static void find_steps(const struct cli *cli, struct explained *explained)
{
    const struct policy *policy = office_policy(cli->office);
    const struct item *item = &explained->item;

    if (item->due_at == INSTANT_NONE && item_is_open(item) &&
        !item_is_paused(item))
        return;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct rule *rule = &policy->rules[i];
        if (!rule_matches(policy, rule, item))
            continue;
        for (size_t j = 0; j < rule->step_count; j++)
            if (step_counts(item, &rule->steps[j]))
                add_step(cli, explained, rule, &rule->steps[j]);
    }
    if (explained->step_count)
        qsort(explained->steps, explained->step_count,
              sizeof(*explained->steps), compare);
}

/* ---- public ---- */

int explained_take(const struct cli *cli, const struct procedures *procedures,
                   struct item *item, struct explained *explained_r,
                   struct err *err)
{
    struct explained found = {.item = *item};
    int64_t id = found.item.id;

    *item = (struct item){0};
    if (store_get_history(cli->store, id, &found.history, err) ||
        store_get_pauses(cli->store, id, &found.pauses, err) ||
        store_alerts_of_item(cli->store, id, &found.alerts, err)) {
        explained_done(&found);
        return -1;
    }
    found.listed = listed_of(cli, &found.item);
    found.calendar = policy_calendar(office_policy(cli->office), &found.item);
    found.procedure = procedures_of(procedures, &found.item);
    find_receipt(&found);
    find_computed(&found);
    find_promised(&found);
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
    derivation_done(&explained->computed);
    derivation_done(&explained->promised);
    derivation_done(&explained->given);
    alerts_done(&explained->alerts);
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

bool explained_is_of(const struct explained *explained,
                     const struct explained_step *step,
                     const struct alert *alert)
{
    return alert->due_at ==
               subject_version(&explained->item, step->step->subject) &&
           str_equal(alert->rule, step->rule->name) &&
           str_equal(alert->step, step->step->name);
}

bool explained_gives_back(const struct pause *pause)
{
    return !pause->contained && pause->ended_at != INSTANT_NONE &&
           pause->seconds != INSTANT_NONE;
}

int64_t explained_given(const struct explained *explained)
{
    int64_t seconds = 0;

    for (size_t i = 0; i < explained->pauses.count; i++)
        if (explained_gives_back(&explained->pauses.items[i]))
            seconds += explained->pauses.items[i].seconds;
    return seconds;
}
