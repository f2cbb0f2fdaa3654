/* What explains an item, for programs. */
#include "base/own.h"
#include "base/str.h"
#include "cli/derived.h"
#include "cli/explained.h"
#include "cli/moment.h"
#include "cli/paused.h"

static struct json *receipt_json(const struct cli *cli,
                                 const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    const struct history *origin = explained_origin(explained);
    bool known = explained->receipt.count > 0;
    struct json *object = json_new_object();
    struct json *steps = derived_json(cli, &explained->receipt);

    moment_put(object, "at", zone, explained->item.received_at);
    json_put_text(object, "source", origin ? origin->source : NULL);
    json_put_text(object, "by", origin ? origin->by : NULL);
    moment_put(object, "learnt", zone,
               origin ? origin->learnt_at : INSTANT_NONE);
    moment_put(object, "effective", zone,
               known ? explained->receipt.start : INSTANT_NONE);
    json_put(object, "steps", &steps);
    return object;
}

static struct json *deadlines_json(const struct cli *cli,
                                   const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->history.count; i++) {
        const struct history *change = &explained->history.items[i];
        int64_t due = INSTANT_NONE;
        if (!explained_deadline(explained, change, &due))
            continue;
        struct json *row = json_new_object();
        moment_put(row, "due", zone, due);
        json_put_text(row, "source", change->source);
        json_put_text(row, "by", change->by);
        json_put_text(row, "why", change->why);
        moment_put(row, "learnt", zone, change->learnt_at);
        json_add(array, &row);
    }
    return array;
}

static struct json *pauses_json(const struct cli *cli,
                                const struct explained *explained)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->pauses.count; i++) {
        const struct pause *pause = &explained->pauses.items[i];
        struct json *row = paused_json(cli, pause);
        json_put_bool(row, "given_back", explained_gives_back(pause));
        json_add(array, &row);
    }
    return array;
}

/* The term by which the procedure promises; null when none was counted. */
static struct json *term_json(const struct explained *explained)
{
    const struct procedure *procedure = explained->procedure;
    char span[32];

    if (!explained->computed.count)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    span_format(explained->span, span);
    json_put_text(object, "span", span);
    json_put_text(object, "procedure", procedure ? procedure->code : NULL);
    json_put_text(object, "name", procedure ? procedure->name : NULL);
    json_put_text(object, "submission",
                  submission_name(explained->item.submission));
    return object;
}

static struct json *computed_json(const struct cli *cli,
                                  const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    const struct derivation *computed = &explained->computed;

    if (!computed->count)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    struct json *steps = derived_json(cli, computed);
    moment_put(object, "kept", zone, explained->item.computed_due_at);
    moment_put(object, "start", zone, computed->start);
    moment_put(object, "due", zone, computed->result);
    json_put_bool(object, "agrees", explained->agrees);
    json_put(object, "steps", &steps);
    return object;
}

static struct json *promise_json(const struct cli *cli,
                                 const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    const struct item *item = &explained->item;
    struct json *object = json_new_object();
    struct json *steps = derived_json(cli, &explained->promised);
    struct json *difference =
        item->computed_due_at != INSTANT_NONE && item->due_at != INSTANT_NONE
            ? json_new_int(explained->difference)
            : json_new_text(NULL);

    moment_put(object, "due", zone, item->due_at);
    json_put_text(object, "origin", due_origin_name(item->due_origin));
    moment_put(object, "original", zone, item->original_due_at);
    json_put_bool(object, "differs", item_promise_differs(item, zone));
    json_put(object, "difference_working_seconds", &difference);
    json_put(object, "steps", &steps);
    return object;
}

static struct json *given_json(const struct cli *cli,
                               const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    const struct derivation *given = &explained->given;

    if (!given->count)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    struct json *steps = derived_json(cli, given);
    json_put_int(object, "working_seconds", explained_given(explained));
    moment_put(object, "from", zone, explained->item.due_at);
    moment_put(object, "to", zone, given->result);
    json_put(object, "steps", &steps);
    return object;
}

static struct json *whom_json(const struct cli *cli,
                              const struct recipients *whom)
{
    const struct person *people = office_directory(cli->office)->people;
    struct json *array = json_new_array();

    for (size_t i = 0; i < whom->count; i++) {
        const struct recipient *one = &whom->items[i];
        struct json *row = json_new_object();
        json_put_text(row, "person", people[one->person].code);
        json_put_text(row, "stands_for",
                      one->stands_for == NOBODY ? NULL
                                                : people[one->stands_for].code);
        json_add(array, &row);
    }
    return array;
}

/* What became of a step: the decisions of the present promise. */
static struct json *became_json(const struct cli *cli,
                                const struct explained *explained,
                                const struct explained_step *step)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->alerts.count; i++) {
        const struct alert *alert = &explained->alerts.items[i];
        if (!explained_is_of(explained, step, alert))
            continue;
        struct json *row = json_new_object();
        struct json *notice =
            alert->notice ? json_new_int(alert->notice) : json_new_text(NULL);
        json_put_text(row, "person", alert->recipient);
        json_put_int(row, "slot", alert->slot);
        json_put_text(row, "state", alert_state_name(alert->state));
        json_put_text(row, "reason", alert_reason_name(alert->reason));
        moment_put(row, "opens", zone, alert->opens_at);
        json_put(row, "notice", &notice);
        json_add(array, &row);
    }
    return array;
}

static struct json *steps_json(const struct cli *cli,
                               const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->step_count; i++) {
        const struct explained_step *step = &explained->steps[i];
        struct json *row = json_new_object();
        struct json *whom = whom_json(cli, &step->whom);
        struct json *became = became_json(cli, explained, step);
        json_put_text(row, "rule", step->rule->name);
        json_put_text(row, "step", step->step->name);
        moment_put(row, "at", zone, step->at);
        json_put_bool(row, "reached", step->reached);
        moment_put(row, "next", zone, step->next_at);
        moment_put(row, "opening", zone, step->opens_at);
        json_put(row, "tell", &whom);
        json_put(row, "became", &became);
        json_put_text(row, "error",
                      step->at == INSTANT_NONE ? step->error.text : NULL);
        json_add(array, &row);
    }
    return array;
}

struct json *explained_json(const struct cli *cli,
                            const struct explained *explained)
{
    struct json *whole = listed_json(cli, &explained->listed);
    struct json *receipt = receipt_json(cli, explained);
    struct json *deadlines = deadlines_json(cli, explained);
    struct json *pauses = pauses_json(cli, explained);
    struct json *steps = steps_json(cli, explained);
    struct json *by = term_json(explained);
    struct json *computed = computed_json(cli, explained);
    struct json *promise = promise_json(cli, explained);
    struct json *given = given_json(cli, explained);
    struct json *term = explained->has_term ? json_new_int(explained->term)
                                            : json_new_text(NULL);

    moment_put(whole, "now", office_zone(cli->office), cli->now);
    json_put_text(whole, "calendar", calendar_name(explained->calendar));
    json_put(whole, "receipt", &receipt);
    json_put(whole, "term", &by);
    json_put(whole, "computed", &computed);
    json_put(whole, "deadlines", &deadlines);
    json_put(whole, "promise", &promise);
    json_put(whole, "working_seconds_in_all", &term);
    json_put(whole, "pauses", &pauses);
    json_put(whole, "give_back", &given);
    json_put(whole, "steps", &steps);
    return whole;
}
