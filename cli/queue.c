/* kiphan queue: messages on their way, and orders about one of them. */
#include "base/own.h"
#include "base/str.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "cli/notices.h"
#include "cli/verbs.h"
#include "store/items.h"
#include "store/notices.h"
#include "store/office.h"

enum { LIMIT_USUAL = 50, LIMIT_MOST = 100000 };

/* ---- the list ---- */

/* What is not over: those that wait, are under way, or need somebody. */
static const int unsettled[] = {NOTICE_IN_FLIGHT, NOTICE_QUEUED, NOTICE_DEAD};

static int gather(struct cli *cli, size_t limit, struct notices *notices)
{
    struct err err = {0};

    if (cli_option(cli, "all"))
        return store_list_notices(cli->store, -1, limit, notices, &err)
                   ? cli_fail(&err)
                   : CLI_DONE;
    for (size_t i = 0; i < sizeof(unsettled) / sizeof(*unsettled); i++) {
        struct notices some = {0};
        if (store_list_notices(cli->store, unsettled[i], limit, &some, &err))
            return cli_fail(&err);
        for (size_t j = 0; j < some.count; j++)
            notices_add(notices, &some.items[j]);
        notices_done(&some);
    }
    return CLI_DONE;
}

static int print_list(const struct cli *cli, const struct notices *notices)
{
    if (!cli->json) {
        if (notices->count)
            notices_print(cli, notices);
        else
            (void)puts(cli_text(cli, TEXT_CLI_QUEUE_EMPTY));
        return CLI_DONE;
    }
    struct json *whole = json_new_object();
    struct json *array = json_new_array();
    for (size_t i = 0; i < notices->count; i++) {
        struct json *row = notice_json(cli, &notices->items[i]);
        json_add(array, &row);
    }
    moment_put(whole, "now", office_zone(cli->office), cli->now);
    json_put(whole, "notices", &array);
    return cli_print_json(&whole);
}

static int list(struct cli *cli)
{
    struct notices notices = {0};
    long long limit = LIMIT_USUAL;
    int code = cli_option_number(cli, "limit", 1, LIMIT_MOST, &limit);

    if (!code)
        code = cli_need_office(cli);
    if (!code)
        code = gather(cli, (size_t)limit, &notices);
    if (!code)
        code = print_list(cli, &notices);
    notices_done(&notices);
    return code;
}

/* ---- one notice ---- */

static struct json *lines_json(struct cli *cli, const struct notice *notice)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < notice->line_count; i++) {
        const struct notice_line *line = &notice->lines[i];
        struct json *row = json_new_object();
        struct item item = {0};
        struct err err = {0};
        (void)store_get_item_by_id(cli->store, line->item, &item, &err);
        json_put_text(row, "code", item.code);
        json_put_text(row, "level", level_name(line->level));
        json_put_bool(row, "fresh", line->fresh);
        json_add(array, &row);
        item_done(&item);
    }
    return array;
}

static struct json *attempts_json(const struct cli *cli,
                                  const struct attempts *attempts)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < attempts->count; i++) {
        const struct attempt *attempt = &attempts->items[i];
        struct json *row = json_new_object();
        json_put_int(row, "attempt", attempt->attempt);
        json_put_text(row, "worker", attempt->worker);
        moment_put(row, "leased", zone, attempt->leased_at);
        moment_put(row, "ended", zone, attempt->ended_at);
        json_put_text(row, "verdict", attempt->verdict);
        json_put_text(row, "detail", attempt->detail);
        json_add(array, &row);
    }
    return array;
}

static void print_lines(struct cli *cli, const struct json *lines)
{
    for (size_t i = 0; i < json_count(lines); i++) {
        const struct json *line = json_at(lines, i);
        enum level level = level_parse(json_text(line, "level"));
        (void)printf("  %s  %s%s\n", str_or_empty(json_text(line, "code")),
                     moment_level(cli, level),
                     json_bool(line, "fresh") ? cli_text(cli, TEXT_CLI_FRESH)
                                              : "");
    }
}

static void print_attempts(struct cli *cli, const struct attempts *attempts)
{
    const struct zone *zone = office_zone(cli->office);
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_ATTEMPT),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_LEASED), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_ENDED), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_WORKER), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_VERDICT), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DETAIL), ALIGN_LEFT);
    for (size_t i = 0; i < attempts->count; i++) {
        const struct attempt *attempt = &attempts->items[i];
        owned(str_free) char *leased = moment_text(zone, attempt->leased_at);
        owned(str_free) char *ended = moment_text(zone, attempt->ended_at);
        text_table_row(table, SHADE_PLAIN);
        text_table_number(table, attempt->attempt);
        text_table_cell(table, leased);
        text_table_cell(table, ended);
        text_table_cell(table, attempt->worker);
        text_table_cell(table, verdict_text(cli, attempt->verdict));
        text_table_cell(table, attempt->detail);
    }
    text_table_print(table, stdout, false, 0);
}

static int show_found(struct cli *cli, const struct notice *notice,
                      const struct attempts *attempts)
{
    owned(json_free) struct json *lines = lines_json(cli, notice);

    if (cli->json) {
        struct json *whole = notice_json(cli, notice);
        struct json *tried = attempts_json(cli, attempts);
        json_put(whole, "lines", &lines);
        json_put(whole, "tried", &tried);
        return cli_print_json(&whole);
    }
    struct notices one = {.count = 1};
    struct notice row = *notice; /* borrowed by the list */
    one.items = &row;
    notices_print(cli, &one);
    print_lines(cli, lines);
    if (attempts->count)
        print_attempts(cli, attempts);
    return CLI_DONE;
}

static int show(struct cli *cli, const struct notice *notice)
{
    struct attempts attempts = {0};
    struct err err = {0};
    int code = store_get_attempts(cli->store, notice->id, &attempts, &err)
                   ? cli_fail(&err)
                   : show_found(cli, notice, &attempts);

    attempts_done(&attempts);
    return code;
}

/* ---- orders ---- */

/* An address that the far side refused is tried once more. */
static int forgive_address(struct cli *cli, const struct notice *notice,
                           struct err *err)
{
    const struct channel_setting *channel =
        settings_channel(cli->settings, notice->channel);

    if (!channel || channel->address == ADDRESS_CODE ||
        store_clear_refusal(cli->store,
                            str_empty(notice->rehearsed_to)
                                ? notice->recipient
                                : notice->rehearsed_to,
                            channel->address, err) == 0 ||
        err->code == ERR_NOT_FOUND)
        return 0;
    return -1;
}

static int settle(struct cli *cli, const struct notice *notice,
                  enum notice_state state, struct err *err)
{
    owned(str_free) char *by = str_format(
        state == NOTICE_QUEUED ? "queued again by %s" : "cancelled by %s",
        cli->login);
    owned(str_free) char *detail =
        str_format("notice %lld", (long long)notice->id);

    if (state == NOTICE_QUEUED && forgive_address(cli, notice, err))
        return -1;
    if (store_settle_notice(cli->store, notice->id, state, cli->now,
                            notice->ambiguous, by, cli->now, err))
        return -1;
    return cli_record(cli,
                      state == NOTICE_QUEUED ? "queue retry" : "queue cancel",
                      detail, err);
}

/* Notices that a worker holds, and those that are over, stay as they are. */
static int change(struct cli *cli, const struct notice *notice,
                  enum notice_state state)
{
    struct err err = {0};

    if (notice->state != NOTICE_QUEUED && notice->state != NOTICE_DEAD) {
        owned(str_free) char *number =
            str_format("%lld", (long long)notice->id);
        owned(str_free) char *wrong =
            text_fill(TEXT_CLI_QUEUE_STAYS, cli->language, "number", number,
                      "state", notice_state_text(cli, notice->state), NULL);
        cli_rollback(cli);
        return cli_refuse("%s", wrong);
    }
    if (settle(cli, notice, state, &err)) {
        cli_rollback(cli);
        return cli_fail(&err);
    }
    return cli_commit(cli);
}

static int print_changed(struct cli *cli, const struct notice *notice)
{
    if (cli->json)
        return show(cli, notice);
    owned(str_free) char *number = str_format("%lld", (long long)notice->id);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_QUEUE_CHANGED, cli->language, "number", number,
                  "state", notice_state_text(cli, notice->state), NULL);
    (void)puts(said);
    return CLI_DONE;
}

static int not_got(const struct cli *cli, int64_t number, const struct err *err)
{
    owned(str_free) char *text = str_format("%lld", (long long)number);
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_NOTICE, cli->language, "number", text, NULL);

    return err->code == ERR_NOT_FOUND ? cli_refuse("%s", wrong) : cli_fail(err);
}

static int order(struct cli *cli, int64_t number, enum notice_state state)
{
    struct notice notice = {0};
    struct err err = {0};
    int code = cli_begin(cli);

    if (code)
        return code;
    if (store_get_notice(cli->store, number, &notice, &err)) {
        cli_rollback(cli);
        return not_got(cli, number, &err);
    }
    code = change(cli, &notice, state);
    notice_done(&notice);
    if (code)
        return code;
    (void)cli_poke(cli);
    if (store_get_notice(cli->store, number, &notice, &err))
        return cli_fail(&err);
    code = print_changed(cli, &notice);
    notice_done(&notice);
    return code;
}

static int show_number(struct cli *cli, int64_t number)
{
    struct notice notice = {0};
    struct err err = {0};

    if (store_get_notice(cli->store, number, &notice, &err))
        return not_got(cli, number, &err);
    int code = show(cli, &notice);
    notice_done(&notice);
    return code;
}

static const struct {
    const char *name;
    enum store_mode mode;
    enum notice_state state; /* that the notice is put into */
} orders[] = {
    {"show", STORE_READ, NOTICE_SENT},
    {"retry", STORE_WRITE, NOTICE_QUEUED},
    {"cancel", STORE_WRITE, NOTICE_WITHDRAWN},
};

static int wrong_order(const struct cli *cli, const char *name)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++)
        nearest_offer(&nearest, orders[i].name);
    return cli_unknown(cli, TEXT_CLI_QUEUE_NO_ORDER, &nearest);
}

int verb_queue(struct cli *cli, int argc, char **argv)
{
    long long number = 0;

    if (argc == 0)
        return list(cli);
    for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        if (!str_equal(argv[0], orders[i].name))
            continue;
        if (argc != 2 || !str_to_long(argv[1], 1, INT64_MAX, &number))
            return cli_usage(cli, cli_text(cli, TEXT_CLI_QUEUE_NUMBER));
        int code = cli_need_store(cli, orders[i].mode);
        if (code || (code = cli_need_office(cli)))
            return code;
        return orders[i].mode == STORE_READ
                   ? show_number(cli, number)
                   : order(cli, number, orders[i].state);
    }
    return wrong_order(cli, argv[0]);
}
