/* kiphan hold --all and kiphan release: nothing leaves, and it leaves again.
 */
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/moment.h"
#include "cli/sending.h"
#include "cli/verbs.h"
#include "model/instant.h"
#include "store/alerts.h"

/* ---- one change of the order ---- */

static int write_hold(struct cli *cli, const struct delivery_hold *hold,
                      struct err *err)
{
    bool begins = hold->since != INSTANT_NONE;

    return delivery_put_hold(cli->store, hold, err) ||
                   cli_record(cli, begins ? "hold" : "release",
                              str_or_empty(hold->note), err)
               ? -1
               : 0;
}

static int change_hold(struct cli *cli, const struct delivery_hold *hold)
{
    struct err err = {0};
    int code = cli_begin(cli);

    if (code)
        return code;
    if (write_hold(cli, hold, &err)) {
        cli_rollback(cli);
        return cli_fail(&err);
    }
    code = cli_commit(cli);
    if (!code)
        (void)cli_poke(cli);
    return code;
}

/* What is in force afterwards. */
static int print_state(const struct cli *cli, const char *said)
{
    struct sending sending = {0};
    struct err err = {0};

    if (!cli->json) {
        cli_say("%s", said);
        return CLI_DONE;
    }
    if (sending_take(cli, &sending, &err))
        return cli_fail(&err);
    struct json *whole = json_new_object();
    struct json *delivery = sending_json(cli, &sending);
    moment_put(whole, "now", office_zone(cli->office), cli->now);
    json_put(whole, "delivery", &delivery);
    sending_done(&sending);
    return cli_print_json(&whole);
}

static int open_for_change(struct cli *cli, struct delivery_hold *hold_r)
{
    struct err err = {0};
    int code = cli_need_store(cli, STORE_WRITE);

    if (code || (code = cli_need_office(cli)))
        return code;
    return delivery_get_hold(cli->store, hold_r, &err) ? cli_fail(&err)
                                                       : CLI_DONE;
}

/* ---- the verbs ---- */

int verb_hold(struct cli *cli, int argc, char **argv)
{
    owned(delivery_hold_done) struct delivery_hold hold = {.since =
                                                               INSTANT_NONE};

    (void)argc, (void)argv;
    if (!cli_option(cli, "all"))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_HOLD_NEEDS_ALL));
    int code = open_for_change(cli, &hold);
    if (code)
        return code;
    enum text_id text = TEXT_CLI_HELD_ALREADY;
    if (hold.since == INSTANT_NONE) {
        delivery_hold_done(&hold);
        hold.since = cli->now;
        hold.by = str_copy(cli->login);
        hold.note = utf8_nfc(str_or_empty(cli_option(cli, "note")));
        text = TEXT_CLI_HELD_SINCE;
        code = change_hold(cli, &hold);
    }
    if (code)
        return code;
    owned(str_free) char *said = sending_hold_text(cli, &hold, text);
    return print_state(cli, said);
}

int verb_release(struct cli *cli, int argc, char **argv)
{
    owned(delivery_hold_done) struct delivery_hold hold = {.since =
                                                               INSTANT_NONE};
    const struct delivery_hold none = {.since = INSTANT_NONE};
    struct err err = {0};
    int64_t held = 0;

    (void)argc, (void)argv;
    int code = open_for_change(cli, &hold);
    if (code)
        return code;
    if (hold.since == INSTANT_NONE)
        return print_state(cli, cli_text(cli, TEXT_CLI_RELEASED_NOTHING));
    if (store_count_alerts(cli->store, ALERT_HELD, &held, &err))
        return cli_fail(&err);
    code = change_hold(cli, &none);
    if (code)
        return code;
    owned(str_free) char *count = str_format("%lld", (long long)held);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_RELEASED, cli->language, "count", count, NULL);
    return print_state(cli, said);
}
