#include "cli/overview.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "rules/openings.h"
#include "store/items.h"
#include "wire/control.h"
#include "wire/socket.h"

enum { STATUS_WAIT_MS = 3000 };

/* What a visitor fills. */
struct count {
    const struct cli *cli;
    struct overview *overview;
};

static void add_item(struct unit_counts *counts, enum level level)
{
    counts->open++;
    counts->by_level[level]++;
}

static int count_item(void *context, const struct item *item, struct err *err)
{
    struct count *count = context;
    const struct directory *directory = office_directory(count->cli->office);
    int unit = directory_unit(directory, str_or_empty(item->unit));
    size_t place = unit == NO_UNIT ? directory->unit_count : (size_t)unit;

    (void)err;
    if (item_is_series(item)) /* its occurrences are the work */
        return 0;
    struct listed listed = listed_of(count->cli, item);
    add_item(&count->overview->units[place], listed.level);
    add_item(&count->overview->total, listed.level);
    return 0;
}

static int add_trouble(void *context, const struct item *item, struct err *err)
{
    struct count *count = context;

    (void)err;
    strs_add(&count->overview->troubles, item->title);
    return 0;
}

static int count_items(struct cli *cli, struct overview *overview,
                       struct err *err)
{
    const struct directory *directory = office_directory(cli->office);
    const struct item_filter open = {.kind = -1, .open_only = true};
    const struct item_filter system = {.kind = KIND_SYSTEM, .open_only = true};
    struct count count = {cli, overview};

    overview->units =
        mem_zero(directory->unit_count + 1, sizeof(*overview->units));
    return store_visit_items(cli->store, &open, count_item, &count, err) ||
                   store_visit_items(cli->store, &system, add_trouble, &count,
                                     err) ||
                   store_count_gone(cli->store, &overview->gone, err)
               ? -1
               : 0;
}

static int count_notices(struct cli *cli, struct overview *overview,
                         struct err *err)
{
    struct store *store = cli->store;
    int64_t today = moment_midnight(office_zone(cli->office), cli->now);
    int64_t in_flight = 0;

    if (store_count_notices(store, NOTICE_SENT, today, &overview->sent_today,
                            err) ||
        store_count_notices(store, NOTICE_QUEUED, INSTANT_NONE,
                            &overview->waiting, err) ||
        store_count_notices(store, NOTICE_IN_FLIGHT, INSTANT_NONE, &in_flight,
                            err) ||
        store_count_notices(store, NOTICE_DEAD, INSTANT_NONE, &overview->dead,
                            err) ||
        store_parked_channels(store, &overview->parked, err))
        return -1;
    overview->waiting += in_flight;
    return 0;
}

static void find_opening(const struct cli *cli, struct overview *overview)
{
    struct opening opening = {.at = INSTANT_NONE};
    struct err none = {0};

    (void)opening_next_of_all(office_policy(cli->office), cli->now + 1,
                              &opening, &none);
    overview->next_opening = opening.at;
}

static void ask_daemon(const struct cli *cli, struct overview *overview)
{
    wire_init();
    if (control_ask(cli->settings->wire.control, CONTROL_STATUS, NULL,
                    STATUS_WAIT_MS, &overview->daemon, &overview->daemon_err) &&
        overview->daemon_err.code == ERR_NOT_FOUND)
        (void)err_set(&overview->daemon_err, ERR_NOT_FOUND, "%s",
                      cli_text(cli, TEXT_CLI_DAEMON_DOWN));
}

int overview_take(struct cli *cli, struct overview *overview_r)
{
    struct overview overview = {0};
    struct err err = {0};

    int failed = store_read_begin(cli->store, &err) ||
                 count_items(cli, &overview, &err) ||
                 count_notices(cli, &overview, &err) ||
                 sending_take(cli, &overview.sending, &err) ||
                 office_sources(cli->office, cli->store, cli_languages(cli),
                                cli->now, &overview.sources, &err);
    store_read_end(cli->store);
    if (failed) {
        overview_done(&overview);
        return cli_fail(&err);
    }
    find_opening(cli, &overview);
    ask_daemon(cli, &overview);
    *overview_r = overview;
    return CLI_DONE;
}

void overview_done(struct overview *overview)
{
    free(overview->units);
    sources_done(&overview->sources);
    strs_done(&overview->troubles);
    sending_done(&overview->sending);
    channel_states_done(&overview->parked);
    json_free(&overview->daemon);
    *overview = (struct overview){0};
}

const struct json *overview_channel(const struct overview *overview,
                                    const char *name)
{
    const struct json *channels = json_get(overview->daemon, "channels");

    for (size_t i = 0; i < json_count(channels); i++)
        if (str_equal(json_text(json_at(channels, i), "channel"), name))
            return json_at(channels, i);
    return NULL;
}

int64_t overview_workers(const struct overview *overview, const char *channel)
{
    const struct json *found = overview_channel(overview, channel);

    return (int64_t)json_count(json_get(found, "workers"));
}

const struct channel_state *overview_parked(const struct overview *overview,
                                            const char *name)
{
    for (size_t i = 0; i < overview->parked.count; i++)
        if (str_equal(overview->parked.items[i].channel, name))
            return &overview->parked.items[i];
    return NULL;
}
