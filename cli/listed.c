#include "cli/listed.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"

struct listed listed_of(const struct cli *cli, const struct item *item)
{
    const struct policy *policy = office_policy(cli->office);
    struct listed listed = {.item = *item};
    struct evaluation evaluation = {0};
    struct err err = {0};

    evaluate(policy, item, cli->now, &evaluation);
    listed.level = evaluation.level;
    evaluation_done(&evaluation);
    /* In a year that was not entered nobody can say; the level still can. */
    listed.has_left =
        listed.level > LEVEL_NO_DEADLINE && item->kind != KIND_SYSTEM &&
        item_time_left(policy, item, cli->now, &listed.left, &err) == 0;
    return listed;
}

char *listed_left(const struct cli *cli, const struct listed *listed)
{
    const struct policy *policy = office_policy(cli->office);

    if (!listed->has_left)
        return str_copy("");
    return moment_left(cli, policy_calendar(policy, &listed->item),
                       listed->level, listed->left);
}

const char *listed_level(const struct cli *cli, const struct listed *listed)
{
    bool recurs = item_is_series(&listed->item) && item_is_open(&listed->item);

    return recurs && listed->level == LEVEL_NONE
               ? cli_text(cli, TEXT_CLI_LEVEL_SERIES)
               : moment_level(cli, listed->level);
}

enum shade listed_shade(enum level level)
{
    static const enum shade shades[LEVELS] = {
        [LEVEL_NONE] = SHADE_FAINT,
        [LEVEL_AT_RISK] = SHADE_AT_RISK,
        [LEVEL_DUE_TODAY] = SHADE_DUE_TODAY,
        [LEVEL_OVERDUE] = SHADE_OVERDUE,
    };

    return shades[level];
}

const char *listed_holder(const struct cli *cli, const struct item *item)
{
    const struct directory *directory = office_directory(cli->office);
    int person = directory_person(directory, str_or_empty(item->assignee));

    if (person != NOBODY)
        return directory->people[person].name;
    return str_empty(item->assignee) ? str_or_empty(item->assignee_text)
                                     : item->assignee;
}

const char *listed_unit(const struct cli *cli, const struct item *item)
{
    const struct directory *directory = office_directory(cli->office);
    int unit = directory_unit(directory, str_or_empty(item->unit));

    if (unit == NO_UNIT)
        return str_or_empty(item->unit);
    return str_empty(directory->units[unit].short_name)
               ? directory->units[unit].name
               : directory->units[unit].short_name;
}

struct json *listed_json(const struct cli *cli, const struct listed *listed)
{
    const struct zone *zone = office_zone(cli->office);
    const struct item *item = &listed->item;
    struct json *object = json_new_object();
    struct json *left =
        listed->has_left ? json_new_int(listed->left) : json_new_text(NULL);

    json_put_text(object, "code", item->code);
    json_put_text(object, "kind", item_kind_name(item->kind));
    json_put_text(object, "title", item->title);
    json_put_text(object, "level", level_name(listed->level));
    json_put_text(object, "status", item->status->code);
    json_put_text(object, "unit", str_or_empty(item->unit));
    json_put_text(object, "assignee", str_or_empty(item->assignee));
    json_put_text(object, "assignee_text", str_or_empty(item->assignee_text));
    moment_put(object, "received", zone, item->received_at);
    moment_put(object, "due", zone, item->due_at);
    moment_put(object, "effective_due", zone, item_deadline(item));
    json_put_bool(object, "due_by_date", item->due_by_date);
    json_put(object, "working_seconds_left", &left);
    moment_put(object, "finished", zone, item->finished_at);
    json_put_bool(object, "gone", item->gone);
    json_put_bool(object, "ours", item->ours);
    json_put_text(object, "feed", str_or_empty(item->feed));
    return object;
}
