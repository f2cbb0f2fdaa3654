#include "cli/order.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/own.h"
#include "cli/change.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "store/items.h"

/* What became of an order. */
struct obeyed {
    struct order_end end;
    struct histories history; /* of the item */
    size_t before;            /* so many rows of it were there already */
    bool dry_run;
};

static void obeyed_done(struct obeyed *obeyed)
{
    order_end_done(&obeyed->end);
    histories_done(&obeyed->history);
}

static struct order order_of(const struct cli *cli, enum order_verb verb,
                             const char *code)
{
    return (struct order){
        .verb = verb,
        .code = code,
        .on = cli_option(cli, "on"),
        .by = cli_option(cli, "by"),
        .why = cli_option(cli, "why"),
        .document = cli_option(cli, "document"),
        .due = cli_option(cli, "due"),
        .assignee = cli_option(cli, "assignee"),
        .title = cli_option(cli, "title"),
        .unit = cli_option(cli, "unit"),
        .coordinating = cli_option(cli, "coordinating"),
        .assigned_by = cli_option(cli, "assigned-by"),
        .recurrence = cli_option(cli, "recurrence"),
        .output = cli_option(cli, "output"),
    };
}

/* How long the item's history is before the order; of no item, 0. */
static int count_history(struct cli *cli, const char *code, size_t *count_r,
                         struct err *err)
{
    owned(item_done) struct item item = {0};
    struct histories history = {0};

    *count_r = 0;
    if (!code || store_get_item(cli->store, code, &item, err))
        return !code || err->code == ERR_NOT_FOUND ? 0 : -1;
    if (store_get_history(cli->store, item.id, &history, err))
        return -1;
    *count_r = history.count;
    histories_done(&history);
    return 0;
}

static int carry_out(struct cli *cli, const struct order *order,
                     struct obeyed *obeyed, struct err *err)
{
    owned(str_free) char *verb =
        str_format("%s %s", cli->verb->name, order_name(order->verb));
    const struct intake_options options = {
        .store = cli->store,
        .calendar = office_calendar(cli->office),
        .timetable = office_timetable(cli->office),
        .by = cli->login,
        .now = cli->now,
        .language = cli->language,
    };

    if (count_history(cli, order->code, &obeyed->before, err) ||
        order_carry_out(&options, order, &obeyed->end, err) ||
        store_get_history(cli->store, obeyed->end.item.id, &obeyed->history,
                          err))
        return -1;
    return cli_record(cli, verb, obeyed->end.item.code, err);
}

static struct json *changes_json(const struct cli *cli,
                                 const struct obeyed *obeyed)
{
    struct json *array = json_new_array();

    for (size_t i = obeyed->before; i < obeyed->history.count; i++) {
        const struct history *change = &obeyed->history.items[i];
        struct json *row = json_new_object();
        moment_put(row, "happened", office_zone(cli->office),
                   change->happened_at);
        json_put_text(row, "field", change->field);
        json_put_text(row, "before", change->before);
        json_put_text(row, "after", change->after);
        json_add(array, &row);
    }
    return array;
}

static int print_json(const struct cli *cli, const struct obeyed *obeyed)
{
    struct listed listed = listed_of(cli, &obeyed->end.item);
    struct json *whole = listed_json(cli, &listed);
    struct json *changes = changes_json(cli, obeyed);
    struct json *opened = json_new_array();

    for (size_t i = 0; i < obeyed->end.opened.count; i++)
        json_add_text(opened, obeyed->end.opened.items[i]);
    json_put_bool(whole, "dry_run", obeyed->dry_run);
    json_put(whole, "changes", &changes);
    json_put(whole, "opened", &opened);
    return cli_print_json(&whole);
}

static void print_opened(const struct cli *cli, const struct obeyed *obeyed)
{
    if (!obeyed->end.opened.count)
        return;
    owned(str_free) char *codes = strs_join(&obeyed->end.opened, ", ");
    owned(str_free) char *said =
        text_fill(TEXT_CLI_ORDER_OPENED, cli->language, "codes", codes, NULL);
    (void)puts(said);
}

static int print(const struct cli *cli, const struct obeyed *obeyed)
{
    const struct item *item = &obeyed->end.item;

    (void)printf("%s  %s\n", item->code, item->title);
    for (size_t i = obeyed->before; i < obeyed->history.count; i++) {
        owned(str_free) char *change =
            change_text(cli, item->kind, &obeyed->history.items[i]);
        (void)printf("  %s\n", change);
    }
    if (item->ours)
        (void)printf("  %s\n", cli_text(cli, TEXT_CLI_ORDER_OURS));
    print_opened(cli, obeyed);
    if (obeyed->dry_run)
        (void)puts(cli_text(cli, TEXT_CLI_DRY_RUN));
    return CLI_DONE;
}

static int obey(struct cli *cli, const struct order *order,
                struct obeyed *obeyed)
{
    struct err err = {0};
    int code = cli_begin(cli);

    if (code)
        return code;
    if (carry_out(cli, order, obeyed, &err)) {
        cli_rollback(cli);
        return cli_fail(&err);
    }
    if (obeyed->dry_run) {
        cli_rollback(cli);
        return CLI_DONE;
    }
    code = cli_commit(cli);
    if (!code)
        (void)cli_poke(cli);
    return code;
}

int order_obey(struct cli *cli, enum order_verb verb, const char *code)
{
    const struct order order = order_of(cli, verb, code);
    owned(obeyed_done) struct obeyed obeyed = {
        .dry_run = cli_option(cli, "dry-run") != NULL};
    int failed = cli_need_store(cli, STORE_WRITE);

    if (failed || (failed = cli_need_office(cli)) ||
        (failed = obey(cli, &order, &obeyed)))
        return failed;
    return cli->json ? print_json(cli, &obeyed) : print(cli, &obeyed);
}
