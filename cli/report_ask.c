#include "cli/report_ask.h"

#include "base/own.h"
#include "base/str.h"

static int wrong(const struct cli *cli, enum text_id text, const char *value)
{
    owned(str_free) char *said =
        text_fill(text, cli->language, "value", value, NULL);

    return cli_usage(cli, said);
}

/* The day of a date written as people do. */
static int read_day(const struct cli *cli, const char *text,
                    struct date *date_r)
{
    const struct zone *zone = office_zone(cli->office);
    int64_t instant = 0;
    bool time_given = false;
    struct err err = {0};

    if (zone_parse(zone, text, &instant, &time_given, &err) || time_given)
        return wrong(cli, TEXT_CLI_REPORT_BAD_DAY, text);
    *date_r = zone_civil(zone, instant).date;
    return CLI_DONE;
}

static int ask_days(const struct cli *cli, struct period *period_r)
{
    const char *from = cli_option(cli, "from"), *to = cli_option(cli, "to");
    struct date first = {0}, end = {0};

    if (!from || !to)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_REPORT_WORDS));
    int code = read_day(cli, from, &first);
    if (!code)
        code = read_day(cli, to, &end);
    if (code)
        return code;
    if (date_compare(first, end) >= 0)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_REPORT_BACKWARDS));
    *period_r = period_of_days(office_zone(cli->office), first, end);
    return CLI_DONE;
}

static int ask_kind(const struct cli *cli, enum period_kind kind,
                    const char *word, struct period *period_r)
{
    const struct zone *zone = office_zone(cli->office);
    struct date day = zone_civil(zone, cli->now).date;

    if (word) {
        int code = read_day(cli, word, &day);
        *period_r = period_around(zone, kind, day);
        return code;
    }
    struct period present = period_around(zone, kind, day);
    *period_r = period_before(zone, &present);
    return CLI_DONE;
}

static int ask_any(const struct cli *cli, int argc, char **argv,
                   struct period *period_r)
{
    struct nearest nearest = {.word = argc ? argv[0] : NULL};
    bool has_days = cli_option(cli, "from") || cli_option(cli, "to");

    if (argc == 0)
        return ask_days(cli, period_r);
    if (has_days)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_REPORT_WORDS));
    nearest_offer(&nearest, "list");
    for (enum period_kind kind = PERIOD_WEEK; kind <= PERIOD_QUARTER; kind++) {
        nearest_offer(&nearest, period_kind_name(kind));
        if (str_equal(argv[0], period_kind_name(kind)))
            return ask_kind(cli, kind, argc > 1 ? argv[1] : NULL, period_r);
    }
    return cli_unknown(cli, TEXT_CLI_REPORT_NO_WORD, &nearest);
}

int report_ask_period(const struct cli *cli, int argc, char **argv,
                      struct period *period_r)
{
    int code = ask_any(cli, argc, argv, period_r);

    if (!code && period_r->start > cli->now)
        return cli_refuse("%s", cli_text(cli, TEXT_CLI_REPORT_AHEAD));
    return code;
}

int64_t report_moment(const struct cli *cli, const struct period *period)
{
    int64_t start = cli->now, end = 0;
    bool assumed = false;
    struct err none = {0};

    if (period->end > cli->now ||
        calendar_next_start(office_calendar(cli->office), period->end, &start,
                            &end, &assumed, &none) ||
        start > cli->now)
        return cli->now;
    return start;
}

int report_ask_known(const struct cli *cli, const struct period *period,
                     int64_t *known_at_r)
{
    const char *text = cli_option(cli, "known-at");
    bool time_given = false;
    struct err err = {0};

    *known_at_r =
        cli_option(cli, "as-known-now") ? cli->now : report_moment(cli, period);
    if (!text)
        return CLI_DONE;
    if (zone_parse(office_zone(cli->office), text, known_at_r, &time_given,
                   &err))
        return wrong(cli, TEXT_CLI_REPORT_BAD_TIME, text);
    if (*known_at_r > cli->now)
        *known_at_r = cli->now;
    return CLI_DONE;
}
