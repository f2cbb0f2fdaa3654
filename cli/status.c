/* kiphan status: how everything stands, on one screen. */
#include "base/own.h"
#include "base/str.h"
#include "cli/health.h"
#include "cli/moment.h"
#include "cli/overview.h"
#include "cli/table.h"
#include "cli/verbs.h"

/* ---- for people ---- */

static void print_head(const struct cli *cli, const struct overview *overview)
{
    owned(str_free) char *now = moment_text(office_zone(cli->office), cli->now);
    owned(str_free) char *mode = sending_text(cli, &overview->sending);
    bool odd = overview->sending.delivery->mode != DELIVERY_LIVE ||
               sending_stopped(&overview->sending);

    (void)printf("%s · %s · %s%s%s\n",
                 cli->settings->organisation.text[cli_languages(cli)], now,
                 odd && cli->colour ? shade_begin(SHADE_OVERDUE) : "", mode,
                 odd && cli->colour ? shade_end(SHADE_OVERDUE) : "");
}

static void print_sources(const struct cli *cli,
                          const struct overview *overview)
{
    const struct zone *zone = office_zone(cli->office);

    for (size_t i = 0; i < overview->sources.count; i++) {
        const struct source *source = &overview->sources.items[i];
        const struct feed_setting *feed =
            settings_feed(cli->settings, source->name);
        bool never = source->as_of == INSTANT_NONE;
        owned(str_free) char *when = moment_near(zone, source->as_of, cli->now);
        owned(str_free) char *text =
            text_fill(never ? TEXT_CLI_FEED_NEVER : TEXT_CLI_FEED_UNTIL,
                      cli->language, "feed", source->name, "when", when, NULL);
        const char *expected = feed ? str_or_empty(feed->expected) : "";
        enum shade shade = source->stale ? SHADE_OVERDUE : SHADE_PLAIN;
        (void)printf("%s%s%s%s%s%s\n", cli->colour ? shade_begin(shade) : "",
                     text, *expected ? ", " : "", expected,
                     source->stale ? cli_text(cli, TEXT_CLI_IS_STALE) : "",
                     cli->colour ? shade_end(shade) : "");
    }
}

static enum shade shade_of(const struct unit_counts *counts)
{
    if (counts->by_level[LEVEL_OVERDUE])
        return SHADE_OVERDUE;
    if (counts->by_level[LEVEL_DUE_TODAY])
        return SHADE_DUE_TODAY;
    return counts->by_level[LEVEL_AT_RISK] ? SHADE_AT_RISK : SHADE_PLAIN;
}

static void add_counts(struct text_table *table, const char *name,
                       const struct unit_counts *counts)
{
    text_table_row(table, shade_of(counts));
    text_table_cell(table, name);
    text_table_number(table, counts->open);
    text_table_number(table, counts->by_level[LEVEL_AT_RISK]);
    text_table_number(table, counts->by_level[LEVEL_DUE_TODAY]);
    text_table_number(table, counts->by_level[LEVEL_OVERDUE]);
    text_table_number(table, counts->by_level[LEVEL_PAUSED]);
}

static void print_units(const struct cli *cli, const struct overview *overview)
{
    const struct directory *directory = office_directory(cli->office);
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COUNT_OPEN), ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COUNT_AT_RISK),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COUNT_DUE_TODAY),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COUNT_OVERDUE),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COUNT_PAUSED), ALIGN_RIGHT);
    for (size_t i = 0; i < directory->unit_count; i++)
        if (overview->units[i].open)
            add_counts(table, directory->units[i].name, &overview->units[i]);
    if (overview->units[directory->unit_count].open)
        add_counts(table, cli_text(cli, TEXT_CLI_WITHOUT_UNIT),
                   &overview->units[directory->unit_count]);
    add_counts(table, cli_text(cli, TEXT_CLI_TOTAL), &overview->total);
    text_table_print(table, stdout, cli->colour, 0);
}

/* "mail 1", "zalo 0", "mail !" for one that is parked. */
static char *workers_text(const struct cli *cli,
                          const struct overview *overview)
{
    struct buf text = {0};

    if (!overview->daemon)
        return str_copy(overview->daemon_err.text);
    buf_add(&text, cli_text(cli, TEXT_CLI_WORKERS_OF));
    for (size_t i = 0; i < cli->settings->channel_count; i++) {
        const char *channel = cli->settings->channels[i].name;
        buf_addf(&text, " %s %lld%s", channel,
                 (long long)overview_workers(overview, channel),
                 overview_parked(overview, channel) ? "!" : "");
    }
    return buf_take(&text);
}

static void print_foot(const struct cli *cli, const struct overview *overview)
{
    owned(str_free) char *sent =
        str_format("%lld", (long long)overview->sent_today);
    owned(str_free) char *waiting =
        str_format("%lld", (long long)overview->waiting);
    owned(str_free) char *dead = str_format("%lld", (long long)overview->dead);
    owned(str_free) char *workers = workers_text(cli, overview);
    owned(str_free) char *opening =
        moment_near(office_zone(cli->office), overview->next_opening, cli->now);
    owned(str_free) char *foot = text_fill(
        TEXT_CLI_STATUS_FOOT, cli->language, "sent", sent, "waiting", waiting,
        "dead", dead, "workers", workers, "opening", opening, NULL);

    (void)printf("%s\n", foot);
    if (!overview->gone)
        return;
    owned(str_free) char *number =
        str_format("%lld", (long long)overview->gone);
    owned(str_free) char *gone =
        text_fill(TEXT_CLI_GONE, cli->language, "count", number, NULL);
    (void)printf("%s\n", gone);
}

static int print_overview(const struct cli *cli,
                          const struct overview *overview)
{
    print_head(cli, overview);
    print_sources(cli, overview);
    print_units(cli, overview);
    print_foot(cli, overview);
    for (size_t i = 0; i < overview->troubles.count; i++)
        (void)printf("! %s\n", overview->troubles.items[i]);
    return CLI_DONE;
}

/* ---- for programs ---- */

static struct json *counts_json(const struct unit_counts *counts)
{
    struct json *object = json_new_object();

    json_put_int(object, "open", counts->open);
    for (int level = LEVEL_PAUSED; level < LEVELS; level++)
        if (level != LEVEL_SYSTEM)
            json_put_int(object, level_name((enum level)level),
                         counts->by_level[level]);
    return object;
}

static struct json *units_json(const struct cli *cli,
                               const struct overview *overview)
{
    const struct directory *directory = office_directory(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i <= directory->unit_count; i++) {
        bool is_none = i == directory->unit_count;
        struct json *row = counts_json(&overview->units[i]);
        json_put_text(row, "unit", is_none ? NULL : directory->units[i].code);
        json_put_text(row, "name", is_none ? NULL : directory->units[i].name);
        json_add(array, &row);
    }
    return array;
}

static struct json *feeds_json(const struct cli *cli,
                               const struct overview *overview)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < overview->sources.count; i++) {
        const struct source *source = &overview->sources.items[i];
        struct json *row = json_new_object();
        json_put_text(row, "feed", source->name);
        moment_put(row, "as_of", zone, source->as_of);
        json_put_bool(row, "stale", source->stale);
        json_add(array, &row);
    }
    return array;
}

static struct json *channels_json(const struct cli *cli,
                                  const struct overview *overview)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < cli->settings->channel_count; i++) {
        const char *channel = cli->settings->channels[i].name;
        const struct channel_state *parked = overview_parked(overview, channel);
        struct json *row = json_new_object();
        struct json *workers =
            overview->daemon ? json_new_int(overview_workers(overview, channel))
                             : json_new_text(NULL);
        json_put_text(row, "channel", channel);
        json_put(row, "workers", &workers);
        json_put_text(row, "parked",
                      parked ? str_or_empty(parked->detail) : NULL);
        json_add(array, &row);
    }
    return array;
}

static struct json *notices_json(const struct overview *overview)
{
    struct json *object = json_new_object();

    json_put_int(object, "sent_today", overview->sent_today);
    json_put_int(object, "waiting", overview->waiting);
    json_put_int(object, "dead", overview->dead);
    return object;
}

static struct json *checks_json(const struct health_report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->count; i++) {
        struct json *row = json_new_object();
        json_put_text(row, "name", report->items[i].name);
        json_put_text(row, "health", health_name(report->items[i].health));
        json_put_text(row, "text", report->items[i].text);
        json_add(array, &row);
    }
    return array;
}

static struct json *daemon_json(const struct overview *overview)
{
    struct json *object = json_new_object();

    json_put_bool(object, "answers", overview->daemon != NULL);
    json_put_text(object, "error",
                  overview->daemon ? NULL : overview->daemon_err.text);
    return object;
}

static void put_lists(struct json *whole, const struct cli *cli,
                      const struct overview *overview)
{
    struct json *units = units_json(cli, overview);
    struct json *total = counts_json(&overview->total);
    struct json *feeds = feeds_json(cli, overview);
    struct json *channels = channels_json(cli, overview);
    struct json *troubles = json_new_array();

    for (size_t i = 0; i < overview->troubles.count; i++)
        json_add_text(troubles, overview->troubles.items[i]);
    json_put(whole, "units", &units);
    json_put(whole, "total", &total);
    json_put(whole, "feeds", &feeds);
    json_put(whole, "channels", &channels);
    json_put(whole, "troubles", &troubles);
}

static int print_json(const struct cli *cli, const struct overview *overview,
                      const struct health_report *report)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *whole = json_new_object();
    struct json *daemon = daemon_json(overview);
    struct json *notices = notices_json(overview);
    struct json *delivery = sending_json(cli, &overview->sending);
    struct json *checks = checks_json(report);
    struct json *settled =
        overview->daemon ? json_new_bool(json_bool(overview->daemon, "settled"))
                         : json_new_text(NULL);

    json_put_text(whole, "organisation",
                  cli->settings->organisation.text[cli_languages(cli)]);
    moment_put(whole, "now", zone, cli->now);
    json_put(whole, "delivery", &delivery);
    json_put(whole, "settled", &settled);
    json_put(whole, "daemon", &daemon);
    put_lists(whole, cli, overview);
    json_put_int(whole, "gone", overview->gone);
    json_put(whole, "notices", &notices);
    moment_put(whole, "next_opening", zone, overview->next_opening);
    json_put_text(whole, "health", health_name(report->worst));
    json_put(whole, "checks", &checks);
    return cli_print_json(&whole);
}

/* ---- for monitoring ---- */

/* One line with the worst in front, then what each check found. */
static void print_checks(const struct health_report *report)
{
    static const char *const words[] = {
        [HEALTH_OK] = "OK",
        [HEALTH_WARNING] = "WARNING",
        [HEALTH_CRITICAL] = "CRITICAL",
    };
    struct strs wrong = {0};

    for (size_t i = 0; i < report->count; i++)
        if (report->items[i].health != HEALTH_OK)
            strs_add(&wrong, report->items[i].text);
    owned(str_free) char *summary = strs_join(&wrong, "; ");
    (void)printf("KIPHAN %s%s%s\n", words[report->worst], *summary ? " - " : "",
                 summary);
    for (size_t i = 0; i < report->count; i++)
        (void)printf("%-8s %-16s %s\n", health_name(report->items[i].health),
                     report->items[i].name, report->items[i].text);
    strs_done(&wrong);
}

static int print_taken(struct cli *cli, const struct overview *overview)
{
    struct health_report report = {0};
    bool checking = cli_option(cli, "check") != NULL;
    int code = CLI_DONE;

    health_take(cli, overview, &report);
    if (cli->json)
        code = print_json(cli, overview, &report);
    else if (checking)
        print_checks(&report);
    else
        code = print_overview(cli, overview);
    if (checking)
        code = (int)report.worst;
    health_done(&report);
    return code;
}

int verb_status(struct cli *cli, int argc, char **argv)
{
    struct overview overview = {0};
    int code = cli_need_office(cli);

    (void)argc, (void)argv;
    if (!code)
        code = overview_take(cli, &overview);
    /* Monitoring knows no exit codes of ours: not to know is critical. */
    if (code)
        return cli_option(cli, "check") ? (int)HEALTH_CRITICAL : code;
    code = print_taken(cli, &overview);
    overview_done(&overview);
    return code;
}
