/* kiphan preview: who would get which messages in the days to come. */
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/contrast.h"
#include "cli/moment.h"
#include "cli/table.h"
#include "cli/tally.h"
#include "cli/verbs.h"
#include "store/notices.h"

enum { DAYS_USUAL = 7, DAYS_MOST = 366, DAY_SECONDS = 24 * 3600 };

/* One run of the verb. */
struct preview {
    struct cli *cli;
    struct settings *other; /* with --rules */
    struct outlook outlook;
    struct forecast forecast;
    struct forecast present; /* by the present rules, with --diff */
    struct channel_states parked;
};

/* ---- the question ---- */

static int wrong_time(const struct cli *cli, const char *option,
                      const char *text)
{
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_PREVIEW_BAD_TIME, cli->language, "option", option,
                  "value", text, NULL);
    return cli_usage(cli, wrong);
}

/* The last second of a day, so many days after that of an instant. */
static int64_t end_of_day(const struct cli *cli, int64_t instant, int days)
{
    const struct zone *zone = office_zone(cli->office);
    struct civil civil = zone_civil(zone, instant);

    civil.date = date_plus(civil.date, days + 1);
    civil.seconds = 0;
    return zone_instant(zone, civil) - 1;
}

/* "7d", from the day it begins on. */
static bool read_days(const char *text, long long *days_r)
{
    size_t length = strlen(text);

    if (length < 2 || text[length - 1] != 'd')
        return false;
    owned(str_free) char *number = str_copy_bytes(text, length - 1);
    return str_to_long(number, 1, DAYS_MOST, days_r);
}

static int find_from(struct preview *preview)
{
    const struct cli *cli = preview->cli;
    const char *text = cli_option(cli, "from");
    struct err err = {0};
    bool has_time = false;

    preview->outlook.from = cli->now;
    if (!text)
        return CLI_DONE;
    if (zone_parse(office_zone(cli->office), text, &preview->outlook.from,
                   &has_time, &err))
        return wrong_time(cli, "from", text);
    if (preview->outlook.from >= cli->now)
        return CLI_DONE;
    if (has_time || end_of_day(cli, preview->outlook.from, 0) < cli->now)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_PREVIEW_PAST));
    preview->outlook.from = cli->now; /* today, of which the rest is ahead */
    return CLI_DONE;
}

static int find_until(struct preview *preview)
{
    const struct cli *cli = preview->cli;
    const char *text = cli_option(cli, "to");
    struct outlook *outlook = &preview->outlook;
    long long days = DAYS_USUAL;
    struct err err = {0};
    bool has_time = false;

    if (!text || read_days(text, &days))
        outlook->until = end_of_day(cli, outlook->from, (int)days - 1);
    else if (zone_parse(office_zone(cli->office), text, &outlook->until,
                        &has_time, &err))
        return wrong_time(cli, "to", text);
    else if (!has_time)
        outlook->until = end_of_day(cli, outlook->until, 0);
    if (outlook->until < outlook->from)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_PREVIEW_BACKWARDS));
    if (outlook->until - cli->now > (int64_t)DAYS_MOST * DAY_SECONDS)
        return cli_usage(cli, cli_text(cli, TEXT_CLI_PREVIEW_FAR));
    return CLI_DONE;
}

static int find_person(struct preview *preview)
{
    const struct cli *cli = preview->cli;
    const struct directory *directory = office_directory(cli->office);
    const char *text = cli_option(cli, "person");
    bool several = false;

    if (!text)
        return CLI_DONE;
    owned(str_free) char *name = utf8_nfc(text);
    int person = directory_find_person(directory, name, &several);
    if (person != NOBODY) {
        preview->outlook.person = directory->people[person].code;
        return CLI_DONE;
    }
    owned(str_free) char *wrong =
        text_fill(several ? TEXT_CLI_TWO_PEOPLE : TEXT_CLI_NO_PERSON,
                  cli->language, "name", name, NULL);
    return cli_refuse("%s", wrong);
}

static int say_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        owned(str_free) char *line = problem_format(&problems->items[i]);
        (void)fprintf(stderr, "%s\n", line);
    }
    return problems->count ? CLI_REFUSED : CLI_DONE;
}

/* The other rules, as strictly read as those that are in force. */
static int find_rules(struct preview *preview)
{
    const struct cli *cli = preview->cli;
    const char *path = cli_option(cli, "rules");
    owned(problems_done) struct problems problems = {0};

    if (!path)
        return cli_option(cli, "diff")
                   ? cli_usage(cli, cli_text(cli, TEXT_CLI_PREVIEW_DIFF_WHAT))
                   : CLI_DONE;
    preview->other = settings_read_instead(cli->settings_path, path, &problems);
    if (preview->other)
        settings_check_names(preview->other, office_directory(cli->office),
                             &problems);
    preview->outlook.settings = preview->other;
    return say_problems(&problems);
}

static int ask(struct preview *preview)
{
    struct cli *cli = preview->cli;
    int code = cli_need_office(cli);
    bool messages = cli_option(cli, "messages") != NULL;

    if (code)
        return code;
    preview->outlook.settings = cli->settings;
    preview->outlook.lines = messages || cli_option(cli, "diff");
    preview->outlook.subjects = messages;
    preview->outlook.label = cli_text(cli, TEXT_CLI_PREVIEW_BAR);
    code = find_from(preview);
    code = code ? code : find_until(preview);
    code = code ? code : find_person(preview);
    return code ? code : find_rules(preview);
}

static int answer(struct preview *preview)
{
    struct cli *cli = preview->cli;
    struct outlook present = preview->outlook;
    struct err err = {0};

    present.settings = cli->settings;
    if (store_parked_channels(cli->store, &preview->parked, &err) ||
        forecast_make(cli, &preview->outlook, &preview->forecast, &err) ||
        (cli_option(cli, "diff") &&
         forecast_make(cli, &present, &preview->present, &err)))
        return cli_fail(&err);
    return CLI_DONE;
}

/* ---- for programs ---- */

static struct json *lines_json(const struct foreseen *message)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < message->line_count; i++) {
        const struct foreseen_line *line = &message->lines[i];
        struct json *row = json_new_object();
        json_put_text(row, "code", line->code);
        json_put_text(row, "level", level_name(line->level));
        json_put_bool(row, "fresh", line->fresh);
        json_add(array, &row);
    }
    return array;
}

static struct json *messages_json(const struct preview *preview)
{
    const struct zone *zone = office_zone(preview->cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < preview->forecast.count; i++) {
        const struct foreseen *message = &preview->forecast.items[i];
        struct json *row = json_new_object();
        moment_put(row, "at", zone, message->at);
        moment_put(row, "opening", zone, message->opening);
        json_put_text(row, "person", message->person);
        json_put_text(row, "channel", message->channel);
        if (preview->outlook.subjects) {
            struct json *lines = lines_json(message);
            json_put_text(row, "kind", message->kind);
            json_put_text(row, "subject", message->subject);
            json_put(row, "lines", &lines);
        }
        json_add(array, &row);
    }
    return array;
}

static struct json *parked_json(const struct preview *preview)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < preview->parked.count; i++)
        json_add_text(array, preview->parked.items[i].channel);
    return array;
}

static int print_json(const struct preview *preview)
{
    const struct cli *cli = preview->cli;
    const struct zone *zone = office_zone(cli->office);
    struct json *whole = json_new_object();
    struct json *messages = messages_json(preview);
    struct json *parked = parked_json(preview);
    struct tally tally = tally_of(cli, &preview->outlook, &preview->forecast);
    struct json *people = tally_json(&tally);

    moment_put(whole, "now", zone, cli->now);
    moment_put(whole, "from", zone, preview->outlook.from);
    moment_put(whole, "to", zone, preview->outlook.until);
    json_put_text(whole, "rules", cli_option(cli, "rules"));
    json_put_int(whole, "most_in_a_day", tally.most);
    json_put(whole, "parked_channels", &parked);
    json_put(whole, "people", &people);
    json_put(whole, "messages", &messages);
    tally_done(&tally);
    if (cli_option(cli, "diff")) {
        struct contrast contrast =
            contrast_of(&preview->present, &preview->forecast);
        struct json *diff = contrast_json(cli, &contrast);
        json_put(whole, "diff", &diff);
        contrast_done(&contrast);
    }
    return cli_print_json(&whole);
}

/* ---- for people ---- */

static void print_message(const struct cli *cli, const struct foreseen *message)
{
    owned(str_free) char *when =
        moment_text(office_zone(cli->office), message->at);
    owned(str_free) char *subject =
        utf8_one_line(str_or_empty(message->subject));
    owned(text_table_free) struct text_table *table = text_table_new();

    (void)printf("%s  %s  %s  %s\n", when, message->person, message->channel,
                 subject);
    for (int i = 0; i < 3; i++)
        text_table_column(table, "", i < 2 ? ALIGN_LEFT : ALIGN_CUT);
    for (size_t i = 0; i < message->line_count; i++) {
        const struct foreseen_line *line = &message->lines[i];
        owned(str_free) char *code = str_format("  %s", line->code);
        owned(str_free) char *level =
            str_format("%s%s", moment_level(cli, line->level),
                       line->fresh ? cli_text(cli, TEXT_CLI_FRESH) : "");
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, code);
        text_table_cell(table, level);
        text_table_cell(table, line->title);
    }
    text_table_print(table, stdout, false, terminal_width());
    (void)putchar('\n');
}

/* What was assumed, and what is known not to work. */
static void print_notes(const struct preview *preview)
{
    const struct cli *cli = preview->cli;

    (void)puts(cli_text(cli, TEXT_CLI_PREVIEW_ASSUMED));
    for (size_t i = 0; i < preview->parked.count; i++) {
        owned(str_free) char *line =
            text_fill(TEXT_CLI_PREVIEW_PARKED, cli->language, "channel",
                      preview->parked.items[i].channel, NULL);
        (void)puts(line);
    }
}

static void print_diff(const struct preview *preview)
{
    const struct cli *cli = preview->cli;
    struct contrast contrast =
        contrast_of(&preview->present, &preview->forecast);

    contrast_print(cli, &contrast, preview->outlook.subjects);
    contrast_done(&contrast);
}

static int print_text(const struct preview *preview)
{
    const struct cli *cli = preview->cli;

    if (cli_option(cli, "diff")) {
        print_diff(preview);
        print_notes(preview);
        return CLI_DONE;
    }
    for (size_t i = 0; preview->outlook.subjects && i < preview->forecast.count;
         i++)
        print_message(cli, &preview->forecast.items[i]);
    struct tally tally = tally_of(cli, &preview->outlook, &preview->forecast);
    tally_print(cli, &tally);
    tally_done(&tally);
    print_notes(preview);
    return CLI_DONE;
}

int verb_preview(struct cli *cli, int argc, char **argv)
{
    struct preview preview = {.cli = cli};
    int code = ask(&preview);

    (void)argc;
    (void)argv;
    code = code ? code : answer(&preview);
    if (!code)
        code = cli->json ? print_json(&preview) : print_text(&preview);
    forecast_done(&preview.forecast);
    forecast_done(&preview.present);
    channel_states_done(&preview.parked);
    settings_free(&preview.other);
    return code;
}
