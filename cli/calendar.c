/* kiphan calendar: a month as an office sees it, and how a term is counted. */
#include "base/own.h"
#include "base/str.h"
#include "cli/calendar_diff.h"
#include "cli/derived.h"
#include "cli/moment.h"
#include "cli/month.h"
#include "cli/verbs.h"

enum { CUTOFF = 15 * 3600 }; /* of same-day terms (R3) */

/* ---- which calendar ---- */

static int find_of_unit(struct cli *cli, const char *name,
                        const struct calendar **calendar_r)
{
    const struct directory *directory = office_directory(cli->office);
    int unit = directory_find_unit(directory, name);

    if (unit == NO_UNIT) {
        owned(str_free) char *wrong =
            text_fill(TEXT_CLI_NO_UNIT, cli->language, "name", name, NULL);
        return cli_refuse("%s", wrong);
    }
    *calendar_r = policy_unit_calendar(office_policy(cli->office),
                                       directory->units[unit].code);
    return CLI_DONE;
}

/* The one that was named, or that the named unit follows; else the main. */
static int find_calendar(struct cli *cli, const struct calendar **calendar_r)
{
    const char *name = cli_option(cli, "calendar");
    const char *unit = cli_option(cli, "unit");
    int code = cli_need_office(cli);

    if (code)
        return code;
    if (name && unit)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_CALENDAR_OR_UNIT));
    if (unit)
        return find_of_unit(cli, unit, calendar_r);
    const struct policy *policy = office_policy(cli->office);
    *calendar_r = name ? policy_calendar_named(policy, name) : policy->calendar;
    if (*calendar_r)
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_CALENDAR, cli->language, "name", name, NULL);
    return cli_refuse("%s", wrong);
}

/* ---- show ---- */

/* The month that was named, else the present one: its first day. */
static int find_month(const struct cli *cli, const char *word,
                      struct date *first_r)
{
    struct err err = {0};

    if (!word) {
        *first_r = zone_civil(office_zone(cli->office), cli->now).date;
        first_r->day = 1;
        return CLI_DONE;
    }
    owned(str_free) char *text = str_format("%s-01", word);
    if (date_parse(text, first_r, &err) == 0)
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_BAD_MONTH, cli->language, "month", word, NULL);
    return cli_usage(cli, wrong);
}

static int show(struct cli *cli, char **argv)
{
    const struct calendar *calendar = NULL;
    struct date first = {0};
    int code = find_calendar(cli, &calendar);

    if (code || (code = find_month(cli, argv[1], &first)))
        return code;
    return cli->json ? month_print_json(cli, calendar, first)
                     : month_print(cli, calendar, first);
}

/* ---- add ---- */

enum counting { FROM_RECEIPT, FROM_DEADLINE, BEFORE_DEADLINE };

/* A question and its answer. */
struct sum {
    struct cli *cli;
    const struct calendar *calendar;
    enum counting counting;
    int64_t instant;
    struct span span;
    struct derivation derivation;
};

/* How --before and --as say that one counts. */
static int find_counting(struct sum *sum)
{
    const struct cli *cli = sum->cli;
    const char *as = cli_option(cli, "as");
    bool before = cli_option(cli, "before") != NULL;
    bool receipt = as ? str_equal(as, "receipt") : !before;

    if (as && !receipt && !str_equal(as, "deadline"))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_BAD_AS));
    if (before && receipt)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_BEFORE_RECEIPT));
    sum->counting = receipt  ? FROM_RECEIPT
                    : before ? BEFORE_DEADLINE
                             : FROM_DEADLINE;
    return CLI_DONE;
}

/* A day without a time is its first session's start, or its last one's end;
 * on a day off the whole day (R2). */
static void take_day(struct sum *sum)
{
    const struct zone *zone = office_zone(sum->cli->office);
    struct civil civil = zone_civil(zone, sum->instant);
    struct err off = {0};

    if (sum->counting == FROM_RECEIPT) {
        (void)calendar_first_start(sum->calendar, civil.date, &sum->instant,
                                   &off);
        return;
    }
    if (calendar_last_end(sum->calendar, civil.date, &sum->instant, &off)) {
        civil.seconds = 24 * 3600 - 1;
        sum->instant = zone_instant(zone, civil);
    }
}

static int read_question(struct sum *sum, char **argv, struct err *err)
{
    bool has_time = false;
    unsigned allowed =
        sum->counting == FROM_RECEIPT ? SPAN_TERM : SPAN_STEP_AFTER;

    if (zone_parse(office_zone(sum->cli->office), argv[1], &sum->instant,
                   &has_time, err) ||
        span_parse(argv[2], allowed, &sum->span, err))
        return -1;
    if (!has_time)
        take_day(sum);
    return 0;
}

static int answer(struct sum *sum, struct err *err)
{
    switch (sum->counting) {
    case FROM_DEADLINE:
        return derive_after(sum->calendar, sum->instant, sum->span,
                            &sum->derivation, err);
    case BEFORE_DEADLINE:
        return derive_before(sum->calendar, sum->instant, sum->span,
                             &sum->derivation, err);
    case FROM_RECEIPT:
        break;
    }
    return derive_term(sum->calendar, sum->instant, sum->span, CUTOFF,
                       &sum->derivation, err);
}

static int print_json(const struct sum *sum)
{
    static const char *const countings[] = {
        [FROM_RECEIPT] = "from-receipt",
        [FROM_DEADLINE] = "from-deadline",
        [BEFORE_DEADLINE] = "before-deadline",
    };
    const struct zone *zone = office_zone(sum->cli->office);
    struct json *whole = json_new_object();
    struct json *steps = derived_json(sum->cli, &sum->derivation);
    char span[32];

    span_format(sum->span, span);
    json_put_text(whole, "calendar", calendar_name(sum->calendar));
    json_put_text(whole, "counting", countings[sum->counting]);
    moment_put(whole, "instant", zone, sum->instant);
    json_put_text(whole, "span", span);
    moment_put(whole, "start", zone, sum->derivation.start);
    moment_put(whole, "result", zone, sum->derivation.result);
    json_put(whole, "steps", &steps);
    return cli_print_json(&whole);
}

static int print_text(const struct sum *sum)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    for (int i = 0; i < 3; i++)
        text_table_column(table, "", ALIGN_LEFT);
    derived_rows(sum->cli, &sum->derivation,
                 sum->counting == FROM_RECEIPT ? TEXT_CLI_STEP_DUE
                                               : TEXT_CLI_STEP_RESULT,
                 table);
    text_table_print(table, stdout, false, 0);
    return CLI_DONE;
}

static int add(struct cli *cli, char **argv)
{
    struct sum sum = {.cli = cli};
    struct err err = {0};
    int code = find_counting(&sum);

    if (code || (code = find_calendar(cli, &sum.calendar)))
        return code;
    if (read_question(&sum, argv, &err) || answer(&sum, &err))
        return cli_fail(&err);
    code = cli->json ? print_json(&sum) : print_text(&sum);
    derivation_done(&sum.derivation);
    return code;
}

/* ---- diff ---- */

static int diff(struct cli *cli, char **argv)
{
    return calendar_diff(cli, argv[1]);
}

/* ---- the verb ---- */

static const struct {
    const char *name;
    int (*obey)(struct cli *cli, char **argv);
    int least;
    int most;
} orders[] = {
    {"show", show, 1, 2},
    {"add", add, 3, 3},
    {"diff", diff, 2, 2},
};

int verb_calendar(struct cli *cli, int argc, char **argv)
{
    struct nearest nearest = {.word = argv[0]};

    for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        nearest_offer(&nearest, orders[i].name);
        if (!str_equal(argv[0], orders[i].name))
            continue;
        if (argc < orders[i].least || argc > orders[i].most)
            return cli_usage(cli, cli_text(cli, TEXT_CLI_CALENDAR_WORDS));
        return orders[i].obey(cli, argv);
    }
    return cli_unknown(cli, TEXT_CLI_CALENDAR_NO_ORDER, &nearest);
}
