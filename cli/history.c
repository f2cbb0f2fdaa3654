/* kiphan history PERSON: what was sent to somebody, message by message. */
#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/notices.h"
#include "cli/verbs.h"
#include "store/items.h"
#include "store/notices.h"

enum { MOST_LINES = 15 }; /* shown of a message; --json has all */

struct period {
    int64_t from;
    int64_t until;
};

/* A day without a clock time means the whole day. */
static int read_instant(const struct cli *cli, const char *option, bool is_end,
                        int64_t *instant_io)
{
    const struct zone *zone = office_zone(cli->office);
    const char *text = cli_option(cli, option);
    bool time_given = false;
    struct err err = {0};

    if (!text)
        return CLI_DONE;
    if (zone_parse(zone, text, instant_io, &time_given, &err)) {
        owned(str_free) char *wrong = str_format("--%s: %s", option, err.text);
        return cli_usage(cli, wrong);
    }
    if (is_end && !time_given) {
        struct civil civil = zone_civil(zone, *instant_io);
        civil.date = date_plus(civil.date, 1);
        *instant_io = zone_instant(zone, civil);
    }
    return CLI_DONE;
}

/* ---- one message ---- */

/* The codes of its lines; of what is not known any more "". */
static struct json *lines_json(const struct cli *cli,
                               const struct notice *notice)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < notice->line_count; i++) {
        const struct notice_line *line = &notice->lines[i];
        owned(item_done) struct item item = {0};
        struct err err = {0};
        (void)store_get_item_by_id(cli->store, line->item, &item, &err);
        struct json *row = json_new_object();
        json_put_text(row, "code", str_or_empty(item.code));
        json_put_text(row, "level", level_name(line->level));
        json_put_bool(row, "fresh", line->fresh);
        json_add(array, &row);
    }
    return array;
}

/* When it arrived; INSTANT_NONE when it did not. */
static int64_t sent_at(const struct notice *notice)
{
    return notice->state == NOTICE_SENT ? notice->changed_at : INSTANT_NONE;
}

static struct json *message_json(const struct cli *cli,
                                 const struct notice *notice)
{
    struct json *row = notice_json(cli, notice);
    struct json *lines = lines_json(cli, notice);

    moment_put(row, "sent", office_zone(cli->office), sent_at(notice));
    json_put(row, "lines", &lines);
    return row;
}

static void print_lines(const struct cli *cli, const struct json *lines)
{
    size_t count = json_count(lines);

    for (size_t i = 0; i < count && i < MOST_LINES; i++) {
        const struct json *line = json_at(lines, i);
        enum level level = level_parse(json_text(line, "level"));
        cli_say("    %s  %s%s", json_text(line, "code"),
                moment_level(cli, level),
                json_bool(line, "fresh") ? cli_text(cli, TEXT_CLI_FRESH) : "");
    }
    if (count <= MOST_LINES)
        return;
    owned(str_free) char *more = str_format("%zu", count - MOST_LINES);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_HISTORY_MORE, cli->language, "count", more, NULL);
    cli_say("    %s", said);
}

static void print_message(const struct cli *cli, const struct notice *notice)
{
    const struct zone *zone = office_zone(cli->office);
    owned(json_free) struct json *lines = lines_json(cli, notice);
    int64_t at = sent_at(notice);
    owned(str_free) char *when =
        moment_text(zone, at == INSTANT_NONE ? notice->decided_at : at);
    owned(str_free) char *number = str_format("%lld", (long long)notice->id);
    owned(str_free) char *count = str_format("%zu", notice->line_count);
    owned(str_free) char *head = text_fill(
        notice->line_count ? TEXT_CLI_HISTORY_HEAD : TEXT_CLI_HISTORY_TEST,
        cli->language, "when", when, "number", number, "channel",
        notice->channel, "state", notice_state_text(cli, notice->state),
        "count", count, NULL);

    owned(str_free) char *rehearsed =
        str_empty(notice->rehearsed_to)
            ? str_copy("")
            : text_fill(TEXT_CLI_REHEARSED_TO, cli->language, "to",
                        notice->rehearsed_to, NULL);
    cli_say("%s%s%s%s%s%s", head, *rehearsed ? " (" : "", rehearsed,
            *rehearsed ? ")" : "", str_empty(notice->detail) ? "" : ": ",
            str_or_empty(notice->detail));
    print_lines(cli, lines);
}

/* ---- all of them ---- */

static int print_json(const struct cli *cli, const struct person *person,
                      const struct period *period,
                      const struct notices *notices)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *whole = json_new_object();
    struct json *array = json_new_array();

    for (size_t i = 0; i < notices->count; i++) {
        struct json *row = message_json(cli, &notices->items[i]);
        json_add(array, &row);
    }
    moment_put(whole, "now", zone, cli->now);
    json_put_text(whole, "person", person->code);
    moment_put(whole, "from", zone, period->from);
    moment_put(whole, "until", zone, period->until);
    json_put(whole, "messages", &array);
    return cli_print_json(&whole);
}

static int print_text(const struct cli *cli, const struct person *person,
                      const struct notices *notices)
{
    int64_t sent = 0;

    for (size_t i = 0; i < notices->count; i++) {
        print_message(cli, &notices->items[i]);
        sent += notices->items[i].state == NOTICE_SENT &&
                str_empty(notices->items[i].rehearsed_to);
    }
    owned(str_free) char *count = str_format("%lld", (long long)sent);
    owned(str_free) char *total =
        text_fill(TEXT_CLI_HISTORY_TOTAL, cli->language, "person", person->name,
                  "count", count, NULL);
    cli_say("%s", total);
    return CLI_DONE;
}

int verb_history(struct cli *cli, int argc, char **argv)
{
    owned(notices_done) struct notices notices = {0};
    struct period period = {INSTANT_NONE, INSTANT_NEVER};
    struct err err = {0};
    int found = NOBODY;
    int code = cli_need_office(cli);

    (void)argc;
    if (code || (code = read_instant(cli, "from", false, &period.from)) ||
        (code = read_instant(cli, "to", true, &period.until)) ||
        (code = named_person(cli, argv[0], &found)))
        return code;
    const struct person *person = &office_directory(cli->office)->people[found];
    if (store_notices_of_person(cli->store, person->code, period.from,
                                period.until, &notices, &err))
        return cli_fail(&err);
    return cli->json ? print_json(cli, person, &period, &notices)
                     : print_text(cli, person, &notices);
}
