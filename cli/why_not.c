/* kiphan why-not CODE PERSON: what stands between a person and word of an
 * item, and when it will come. */
#include "base/own.h"
#include "base/str.h"
#include "cli/answered.h"
#include "cli/decided.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/verbs.h"
#include "store/alerts.h"
#include "store/items.h"

/* ---- for programs ---- */

static struct json *line_json(const struct cli *cli,
                              const struct answered *answered,
                              const struct why_line *line)
{
    const struct zone *zone = office_zone(cli->office);
    const struct person *people = office_directory(cli->office)->people;
    const struct alert *alert = line->alert;
    struct json *row = json_new_object();
    struct json *whom = json_new_array();
    struct json *notice = alert && alert->notice ? json_new_int(alert->notice)
                                                 : json_new_text(NULL);
    owned(str_free) char *text = answered_line(cli, answered, line);

    for (size_t i = 0; i < line->whom.count; i++)
        json_add_text(whom, people[line->whom.items[i].person].code);
    json_put_text(row, "rule", line->rule->name);
    json_put_text(row, "step", line->step ? line->step->name : NULL);
    json_put_text(row, "answer", answer_name(line->answer));
    json_put_text(row, "reason",
                  alert ? alert_reason_name(alert->reason) : NULL);
    moment_put(row, "at", zone, line->at);
    moment_put(row, "opens", zone,
               line->answer == ANSWER_HELD ? alert->opens_at : line->opens_at);
    json_put(row, "notice", &notice);
    json_put(row, "tell", &whom);
    json_put_text(row, "text", text);
    return row;
}

static int print_json(const struct cli *cli, const struct answered *answered)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *whole = json_new_object();
    struct json *lines = json_new_array();
    struct json *last =
        answered->last ? json_new_int(answered->last->id) : json_new_text(NULL);

    for (size_t i = 0; i < answered->why.count; i++) {
        struct json *row = line_json(cli, answered, &answered->why.lines[i]);
        json_add(lines, &row);
    }
    moment_put(whole, "now", zone, cli->now);
    json_put_text(whole, "code", answered->item->code);
    json_put_text(whole, "person",
                  office_directory(cli->office)->people[answered->person].code);
    json_put_bool(whole, "told", answered->times > 0);
    json_put_int(whole, "times", answered->times);
    json_put(whole, "last_notice", &last);
    json_put_text(whole, "standstill",
                  standstill_name(answered->why.standstill));
    json_put_bool(whole, "active", answered->why.active);
    json_put_text(whole, "stopped", answered->stopped);
    moment_put(whole, "comes", zone, answered_comes_at(answered));
    json_put(whole, "lines", &lines);
    return cli_print_json(&whole);
}

/* ---- for people ---- */

static void print_head(const struct cli *cli, const struct answered *answered)
{
    const char *name =
        office_directory(cli->office)->people[answered->person].name;
    owned(str_free) char *times =
        str_format("%lld", (long long)answered->times);
    owned(str_free) char *number = str_format(
        "%lld", answered->last ? (long long)answered->last->id : 0LL);
    owned(str_free) char *when =
        moment_text(office_zone(cli->office),
                    answered->last ? answered->last->changed_at : INSTANT_NONE);
    owned(str_free) char *head =
        text_fill(answered->last ? TEXT_WHY_WAS_TOLD : TEXT_WHY_WAS_NOT_TOLD,
                  cli->language, "person", name, "code", answered->item->code,
                  "times", times, "number", number, "when", when, NULL);

    cli_say("%s", head);
}

/* What keeps the item from everybody, and the person from everything. */
static void print_obstacles(const struct cli *cli,
                            const struct answered *answered)
{
    static const enum text_id stills[] = {
        [STANDSTILL_NONE] = TEXT_NONE,
        [STANDSTILL_FINISHED] = TEXT_WHY_STILL_FINISHED,
        [STANDSTILL_PAUSED] = TEXT_WHY_STILL_PAUSED,
        [STANDSTILL_GONE] = TEXT_WHY_STILL_GONE,
    };
    enum text_id still = stills[answered->why.standstill];
    const struct status *status = answered->item->status;

    if (still != TEXT_NONE) {
        owned(str_free) char *said = text_fill(
            still, cli->language, "status",
            cli->language == TEXTS_VI ? status->vi : status->en, NULL);
        cli_say("  %s", said);
    }
    if (!answered->why.active)
        cli_say("  %s", cli_text(cli, TEXT_WHY_LEFT));
}

static int print_text(const struct cli *cli, const struct answered *answered)
{
    owned(str_free) char *comes = answered_comes(cli, answered);

    print_head(cli, answered);
    print_obstacles(cli, answered);
    for (size_t i = 0; i < answered->why.count; i++) {
        owned(str_free) char *line =
            answered_line(cli, answered, &answered->why.lines[i]);
        cli_say("  %s", line);
    }
    cli_say("%s", comes);
    return CLI_DONE;
}

int verb_why_not(struct cli *cli, int argc, char **argv)
{
    owned(alerts_done) struct alerts alerts = {0};
    owned(notices_done) struct notices notices = {0};
    owned(item_done) struct item item = {0};
    struct answered answered = {0};
    struct err err = {0};
    int person = NOBODY;
    int code = cli_need_office(cli);

    (void)argc;
    if (code || (code = named_person(cli, argv[1], &person)) ||
        (code = named_item(cli, argv[0], &item)))
        return code;
    if (store_alerts_of_item(cli->store, item.id, &alerts, &err) ||
        store_notices_of_item(cli->store, item.id, &notices, &err))
        return cli_fail(&err);
    answered_take(cli, &item, person, &alerts, &notices, &answered);
    code = cli->json ? print_json(cli, &answered) : print_text(cli, &answered);
    answered_done(&answered);
    return code;
}
