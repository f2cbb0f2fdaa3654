/* kiphan item CODE: all that is known of one item, and why. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "cli/change.h"
#include "cli/decided.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/notices.h"
#include "cli/order.h"
#include "cli/ours.h"
#include "cli/past.h"
#include "cli/paused.h"
#include "cli/recurring.h"
#include "cli/verbs.h"
#include "store/alerts.h"
#include "store/items.h"
#include "store/notices.h"
#include "store/overrides.h"

/* Everything that the store has about the item. */
struct known {
    const struct cli *cli;
    struct item item;
    struct listed listed; /* borrows item */
    struct histories history;
    struct pauses pauses;
    struct overrides overrides;
    struct alerts alerts;
    struct notices notices; /* that had any of the alerts */
};

static void known_done(struct known *known)
{
    item_done(&known->item);
    histories_done(&known->history);
    pauses_done(&known->pauses);
    overrides_done(&known->overrides);
    alerts_done(&known->alerts);
    notices_done(&known->notices);
}

static bool has_notice(const struct known *known, int64_t id)
{
    for (size_t i = 0; i < known->notices.count; i++)
        if (known->notices.items[i].id == id)
            return true;
    return false;
}

static int get_notices(struct known *known, struct err *err)
{
    for (size_t i = 0; i < known->alerts.count; i++) {
        int64_t id = known->alerts.items[i].notice;
        struct notice notice = {0};
        if (id == 0 || has_notice(known, id))
            continue;
        if (store_get_notice(known->cli->store, id, &notice, err))
            return -1;
        notices_add(&known->notices, &notice);
    }
    return 0;
}

static int get_all(struct known *known, struct err *err)
{
    struct store *store = known->cli->store;

    if (store_get_history(store, known->item.id, &known->history, err) ||
        store_get_pauses(store, known->item.id, &known->pauses, err) ||
        store_get_overrides(store, known->item.id, &known->overrides, err) ||
        store_alerts_of_item(store, known->item.id, &known->alerts, err) ||
        get_notices(known, err))
        return -1;
    known->listed = listed_of(known->cli, &known->item);
    return 0;
}

/* The change by which the present promise became known; NULL for none. */
static const struct history *why_due(const struct known *known)
{
    const struct history *why = NULL;

    for (size_t i = 0; i < known->history.count; i++)
        if (str_equal(known->history.items[i].field, "due"))
            why = &known->history.items[i];
    return why;
}

/* ---- for programs ---- */

static struct json *pauses_json(const struct known *known)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < known->pauses.count; i++) {
        struct json *row = paused_json(known->cli, &known->pauses.items[i]);
        json_add(array, &row);
    }
    return array;
}

static struct json *alert_json(const struct zone *zone,
                               const struct alert *alert)
{
    struct json *row = json_new_object();
    struct json *notice =
        alert->notice ? json_new_int(alert->notice) : json_new_text(NULL);

    json_put_text(row, "rule", alert->rule);
    json_put_text(row, "step", alert->step);
    json_put_int(row, "slot", alert->slot);
    json_put_text(row, "recipient", alert->recipient);
    json_put_text(row, "stands_for", alert->stands_for);
    json_put_text(row, "level", level_name(alert->level));
    moment_put(row, "due", zone, alert->due_at);
    moment_put(row, "reached", zone, alert->reached_at);
    moment_put(row, "decided", zone, alert->decided_at);
    moment_put(row, "opens", zone, alert->opens_at);
    json_put_text(row, "state", alert_state_name(alert->state));
    json_put_text(row, "reason", alert_reason_name(alert->reason));
    json_put_bool(row, "late", alert->late);
    json_put(row, "notice", &notice);
    return row;
}

static struct json *deadline_json(const struct known *known)
{
    const struct zone *zone = office_zone(known->cli->office);
    const struct history *why = why_due(known);
    struct json *object = json_new_object();

    moment_put(object, "due", zone, known->item.due_at);
    moment_put(object, "original", zone, known->item.original_due_at);
    json_put_bool(object, "by_date", known->item.due_by_date);
    json_put_text(object, "origin", due_origin_name(known->item.due_origin));
    moment_put(object, "computed", zone, known->item.computed_due_at);
    json_put_bool(object, "differs", item_promise_differs(&known->item, zone));
    json_put_text(object, "procedure", str_or_empty(known->item.procedure));
    json_put_text(object, "source", why ? why->source : NULL);
    json_put_text(object, "by", why ? why->by : NULL);
    moment_put(object, "learnt", zone, why ? why->learnt_at : INSTANT_NONE);
    return object;
}

static int print_json(const struct known *known)
{
    const struct zone *zone = office_zone(known->cli->office);
    struct json *whole = listed_json(known->cli, &known->listed);
    struct json *deadline = deadline_json(known);
    struct json *history = past_json(known->cli, &known->history);
    struct json *pauses = pauses_json(known);
    struct json *ours = ours_json(known->cli, &known->overrides);
    struct json *alerts = json_new_array();
    struct json *notices = json_new_array();

    for (size_t i = 0; i < known->alerts.count; i++) {
        struct json *row = alert_json(zone, &known->alerts.items[i]);
        json_add(alerts, &row);
    }
    for (size_t i = 0; i < known->notices.count; i++) {
        struct json *row = notice_json(known->cli, &known->notices.items[i]);
        json_add(notices, &row);
    }
    moment_put(whole, "now", zone, known->cli->now);
    json_put(whole, "deadline", &deadline);
    json_put(whole, "history", &history);
    json_put(whole, "pauses", &pauses);
    json_put(whole, "ours_against_source", &ours);
    recurring_put(known->cli, &known->item, whole);
    json_put(whole, "alerts", &alerts);
    json_put(whole, "notices", &notices);
    return cli_print_json(&whole);
}

/* ---- for people ---- */

static void add_line(struct text_table *table, const struct known *known,
                     enum text_id label, const char *value)
{
    if (str_empty(value))
        return;
    text_table_row(table, SHADE_PLAIN);
    text_table_cell(table, cli_text(known->cli, label));
    text_table_cell(table, value);
}

/* Where the promise comes from, in one sentence. */
static char *deadline_text(const struct known *known)
{
    const struct cli *cli = known->cli;
    const struct history *why = why_due(known);
    const struct item *item = &known->item;

    if (item->due_at == INSTANT_NONE)
        return str_copy(cli_text(cli, item->due_origin == DUE_AWAITS_YEAR
                                          ? TEXT_CLI_DUE_AWAITS_YEAR
                                          : TEXT_CLI_NOT_PROMISED));
    owned(str_free) char *due =
        moment_text(office_zone(cli->office), item->due_at);
    owned(str_free) char *learnt = moment_text(
        office_zone(cli->office), why ? why->learnt_at : INSTANT_NONE);
    owned(str_free) char *source =
        why ? text_fill(item->due_origin == DUE_COMPUTED ? TEXT_CLI_DUE_COMPUTED
                                                         : TEXT_CLI_DUE_SOURCE,
                        cli->language, "source", why->source, "when", learnt,
                        "by", why->by, NULL)
            : str_copy("");
    return str_format("%s%s%s%s", due, why ? "; " : "", source,
                      item->due_by_date ? cli_text(cli, TEXT_CLI_DUE_BY_DATE)
                                        : "");
}

/* What the procedure's term gives, beside the promise of the source. */
static char *computed_text(const struct known *known)
{
    const struct cli *cli = known->cli;
    const struct zone *zone = office_zone(cli->office);
    const struct item *item = &known->item;

    if (item->computed_due_at == INSTANT_NONE ||
        item->due_origin != DUE_AS_SAID)
        return str_copy("");
    owned(str_free) char *computed = moment_text(zone, item->computed_due_at);
    return str_format("%s%s", computed,
                      item_promise_differs(item, zone)
                          ? cli_text(cli, TEXT_CLI_DUE_DIFFERS)
                          : "");
}

/* The deadline that counts, where pauses make it another than the promise. */
static char *effective_text(const struct known *known)
{
    const struct item *item = &known->item;

    if (item->due_at != INSTANT_NONE && item->give_back_waits)
        return str_copy(cli_text(known->cli, TEXT_CLI_DEADLINE_WAITS));
    return item->given_back == 0 ? str_copy("")
                                 : moment_text(office_zone(known->cli->office),
                                               item_deadline(item));
}

static char *original_text(const struct known *known)
{
    const struct item *item = &known->item;

    return item->original_due_at == item->due_at
               ? str_copy("")
               : moment_text(office_zone(known->cli->office),
                             item->original_due_at);
}

static char *stands_text(const struct known *known)
{
    owned(str_free) char *left = listed_left(known->cli, &known->listed);

    return str_format("%s%s%s%s%s", listed_level(known->cli, &known->listed),
                      *left ? ", " : "", left, known->item.gone ? ", " : "",
                      known->item.gone ? cli_text(known->cli, TEXT_CLI_IS_GONE)
                                       : "");
}

static const char *status_text(const struct known *known)
{
    const struct status *status = known->item.status;

    return known->cli->language == TEXTS_VI ? status->vi : status->en;
}

static void print_head(const struct known *known)
{
    const struct zone *zone = office_zone(known->cli->office);
    const struct item *item = &known->item;
    owned(text_table_free) struct text_table *table = text_table_new();
    owned(str_free) char *stands = stands_text(known);
    owned(str_free) char *received = moment_text(zone, item->received_at);
    owned(str_free) char *deadline = deadline_text(known);
    owned(str_free) char *computed = computed_text(known);
    owned(str_free) char *original = original_text(known);
    owned(str_free) char *effective = effective_text(known);
    owned(str_free) char *finished = moment_text(zone, item->finished_at);

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    add_line(table, known, TEXT_CLI_COLUMN_CODE, item->code);
    add_line(table, known, TEXT_CLI_COLUMN_TITLE, item->title);
    add_line(table, known, TEXT_CLI_COLUMN_STATUS, status_text(known));
    add_line(table, known, TEXT_CLI_COLUMN_LEVEL, stands);
    add_line(table, known, TEXT_CLI_COLUMN_UNIT, listed_unit(known->cli, item));
    add_line(table, known, TEXT_CLI_COLUMN_HOLDER,
             listed_holder(known->cli, item));
    add_line(table, known, TEXT_CLI_RECEIVED, received);
    add_line(table, known, TEXT_CLI_COLUMN_DUE, deadline);
    add_line(table, known, TEXT_CLI_DEADLINE, effective);
    add_line(table, known, TEXT_CLI_COMPUTED_DUE, computed);
    add_line(table, known, TEXT_CLI_ORIGINAL_DUE, original);
    if (item->finished_at != INSTANT_NONE)
        add_line(table, known, TEXT_CLI_FINISHED, finished);
    text_table_print(table, stdout, false, 0);
}

static void print_title(const struct known *known, enum text_id title)
{
    (void)printf("\n%s\n", cli_text(known->cli, title));
}

static void print_pauses(const struct known *known)
{
    const struct zone *zone = office_zone(known->cli->office);

    if (known->pauses.count)
        print_title(known, TEXT_CLI_PAUSES);
    for (size_t i = 0; i < known->pauses.count; i++) {
        owned(str_free) char *from =
            moment_text(zone, known->pauses.items[i].started_at);
        owned(str_free) char *until =
            moment_text(zone, known->pauses.items[i].ended_at);
        owned(str_free) char *given =
            paused_text(known->cli, &known->pauses.items[i]);
        (void)printf("%s → %s  %s\n", from, until, given);
    }
}

static void print_alerts(const struct known *known)
{
    const struct cli *cli = known->cli;
    const struct zone *zone = office_zone(cli->office);
    owned(text_table_free) struct text_table *table = text_table_new();

    print_title(known, TEXT_CLI_ALERTS);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DUE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_STEP), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_REACHED), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_PERSON), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_STATE), ALIGN_LEFT);
    for (size_t i = 0; i < known->alerts.count; i++) {
        const struct alert *alert = &known->alerts.items[i];
        owned(str_free) char *due = moment_text(zone, alert->due_at);
        owned(str_free) char *step = decided_step(alert);
        owned(str_free) char *reached = moment_text(zone, alert->reached_at);
        owned(str_free) char *state = decided_state(cli, alert);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, due);
        text_table_cell(table, step);
        text_table_cell(table, reached);
        text_table_cell(table, alert->recipient);
        text_table_cell(table, state);
    }
    text_table_print(table, stdout, false, 0);
}

static int print_known(const struct known *known)
{
    print_head(known);
    print_pauses(known);
    ours_print(known->cli, &known->item, &known->overrides);
    recurring_print(known->cli, &known->item);
    past_print_deadlines(known->cli, &known->history);
    past_print(known->cli, known->item.kind, &known->history);
    if (known->alerts.count)
        print_alerts(known);
    if (known->notices.count) {
        print_title(known, TEXT_CLI_NOTICES);
        notices_print(known->cli, &known->notices);
    }
    return CLI_DONE;
}

static int show(struct cli *cli, const char *text)
{
    struct known known = {.cli = cli};
    struct err err = {0};

    int code = cli_need_office(cli);
    if (code || (code = named_item(cli, text, &known.item)))
        return code;
    if (get_all(&known, &err))
        code = cli_fail(&err);
    else
        code = cli->json ? print_json(&known) : print_known(&known);
    known_done(&known);
    return code;
}

int verb_item(struct cli *cli, int argc, char **argv)
{
    if (argc == 1)
        return show(cli, argv[0]);
    for (int verb = ORDER_FINISH; verb <= ORDER_REOPEN; verb++)
        if (str_equal(argv[0], order_name((enum order_verb)verb)))
            return order_obey(cli, (enum order_verb)verb, argv[1]);
    return cli_usage(cli, cli_text(cli, TEXT_CLI_TOO_MANY));
}
