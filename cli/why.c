/* kiphan why CODE [PERSON]: the story of an item, in order. */
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/answered.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/story.h"
#include "cli/verbs.h"

/* ---- for programs ---- */

static void put_alert(const struct cli *cli, struct json *row,
                      const struct alert *alert)
{
    const struct zone *zone = office_zone(cli->office);

    json_put_text(row, "person", alert->recipient);
    json_put_text(row, "rule", alert->rule);
    json_put_text(row, "step", alert->step);
    json_put_int(row, "slot", alert->slot);
    moment_put(row, "due", zone, alert->due_at);
    moment_put(row, "reached", zone, alert->reached_at);
    moment_put(row, "opens", zone, alert->opens_at);
    json_put_text(row, "state", alert_state_name(alert->state));
    json_put_text(row, "reason", alert_reason_name(alert->reason));
}

static void put_notice(struct json *row, const struct event *event)
{
    json_put_int(row, "notice", event->notice->id);
    json_put_text(row, "person", event->notice->recipient);
    json_put_text(row, "state", notice_state_name(event->notice->state));
    if (!event->attempt)
        return;
    json_put_int(row, "attempt", event->attempt->attempt);
    json_put_text(row, "channel", event->attempt->channel);
    json_put_text(row, "verdict", event->attempt->verdict);
    json_put_text(row, "detail", event->attempt->detail);
}

static struct json *events_json(const struct cli *cli,
                                const struct story *story)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < story->count; i++) {
        const struct event *event = &story->events[i];
        struct json *row = json_new_object();
        owned(str_free) char *text = event_text(cli, story, event);
        moment_put(row, "at", office_zone(cli->office), event->at);
        json_put_text(row, "event", event_name(event->kind));
        json_put_text(row, "text", text);
        if (event->changes)
            json_put_text(row, "source", event->changes->source);
        if (event->alert)
            put_alert(cli, row, event->alert);
        if (event->notice)
            put_notice(row, event);
        json_add(array, &row);
    }
    return array;
}

static int print_json(const struct cli *cli, const struct story *story,
                      int person)
{
    const struct listed listed = listed_of(cli, &story->item);
    struct json *whole = listed_json(cli, &listed);
    struct json *events = events_json(cli, story);

    moment_put(whole, "now", office_zone(cli->office), cli->now);
    json_put_text(whole, "person",
                  person == NOBODY
                      ? NULL
                      : office_directory(cli->office)->people[person].code);
    json_put(whole, "events", &events);
    return cli_print_json(&whole);
}

/* ---- for people ---- */

static void add_row(struct text_table *table, const char *when,
                    const char *what)
{
    text_table_row(table, SHADE_PLAIN);
    text_table_cell(table, when);
    text_table_cell(table, what);
}

/* How it stands now: the last line. */
static void add_present(const struct cli *cli, const struct story *story,
                        struct text_table *table)
{
    const struct listed listed = listed_of(cli, &story->item);
    owned(str_free) char *now = moment_text(office_zone(cli->office), cli->now);
    owned(str_free) char *left = listed_left(cli, &listed);
    owned(str_free) char *stands =
        str_format("%s%s%s%s%s", listed_level(cli, &listed), *left ? ", " : "",
                   left, story->item.gone ? ", " : "",
                   story->item.gone ? cli_text(cli, TEXT_CLI_IS_GONE) : "");

    add_row(table, now, stands);
}

static int print_text(const struct cli *cli, const struct story *story,
                      int person)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    for (size_t i = 0; i < story->count; i++) {
        owned(str_free) char *when =
            moment_text(office_zone(cli->office), story->events[i].at);
        owned(str_free) char *what = event_text(cli, story, &story->events[i]);
        add_row(table, when, what);
    }
    add_present(cli, story, table);
    text_table_print(table, stdout, false, 0);
    if (person == NOBODY)
        return CLI_DONE;
    struct answered answered = {0};
    answered_take(cli, &story->item, person, &story->alerts, &story->notices,
                  &answered);
    owned(str_free) char *comes = answered_comes(cli, &answered);
    cli_say("%s", comes);
    answered_done(&answered);
    return CLI_DONE;
}

int verb_why(struct cli *cli, int argc, char **argv)
{
    struct story story = {0};
    struct item item = {0};
    struct err err = {0};
    int person = NOBODY;
    int code = cli_need_office(cli);

    if (code || (argc > 1 && (code = named_person(cli, argv[1], &person))) ||
        (code = named_item(cli, argv[0], &item)))
        return code;
    const char *whose =
        person == NOBODY ? NULL
                         : office_directory(cli->office)->people[person].code;
    if (story_take(cli, &item, whose, &story, &err))
        return cli_fail(&err);
    code = cli->json ? print_json(cli, &story, person)
                     : print_text(cli, &story, person);
    story_done(&story);
    return code;
}
