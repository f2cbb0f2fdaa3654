/* kiphan away: who is on leave, and who stands in. */
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "store/absences.h"
#include "store/items.h"

static const struct person *person_at(const struct cli *cli, int index)
{
    return &office_directory(cli->office)->people[index];
}

static const char *name_of(const struct cli *cli, const char *code)
{
    int index = directory_person(office_directory(cli->office), code);

    return index == NOBODY ? code : person_at(cli, index)->name;
}

static struct date today_of(const struct cli *cli)
{
    return zone_civil(office_zone(cli->office), cli->now).date;
}

/* "29/06/2026"; yours. */
static char *day_text(struct date date)
{
    return str_format("%02d/%02d/%04d", date.day, date.month, date.year);
}

/* ---- what is printed ---- */

static struct json *absence_json(const struct cli *cli,
                                 const struct absence *absence)
{
    struct json *object = json_new_object();
    char first[11], last[11];

    date_format(absence->first, first);
    date_format(absence->last, last);
    json_put_text(object, "person", absence->person);
    json_put_text(object, "name", name_of(cli, absence->person));
    json_put_text(object, "from", first);
    json_put_text(object, "until", last);
    json_put_text(object, "deputy", absence->deputy);
    json_put_text(object, "why", absence->why);
    json_put_text(object, "by", absence->login);
    moment_put(object, "recorded", office_zone(cli->office),
               absence->recorded_at);
    return object;
}

static int print_json(const struct cli *cli, const struct absences *list,
                      bool dry_run)
{
    struct json *whole = json_new_object();
    struct json *array = json_new_array();

    for (size_t i = 0; i < list->count; i++) {
        struct json *one = absence_json(cli, &list->items[i]);
        json_add(array, &one);
    }
    json_put_bool(whole, "dry_run", dry_run);
    json_put(whole, "absences", &array);
    return cli_print_json(&whole);
}

static int print_table(const struct cli *cli, const struct absences *list)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    if (!list->count) {
        cli_say("%s", cli_text(cli, TEXT_CLI_AWAY_NOBODY));
        return CLI_DONE;
    }
    text_table_column(table, cli_text(cli, TEXT_CLI_AWAY_WHO), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_AWAY_FROM), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_AWAY_UNTIL), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_AWAY_DEPUTY), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_AWAY_WHY), ALIGN_CUT);
    for (size_t i = 0; i < list->count; i++) {
        const struct absence *absence = &list->items[i];
        owned(str_free) char *first = day_text(absence->first);
        owned(str_free) char *last = day_text(absence->last);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, name_of(cli, absence->person));
        text_table_cell(table, first);
        text_table_cell(table, last);
        text_table_cell(table, name_of(cli, absence->deputy));
        text_table_cell(table, absence->why);
    }
    text_table_print(table, stdout, cli->colour, terminal_width());
    return CLI_DONE;
}

/* ---- the list ---- */

/* Those of one person, or of all (NULL), that are not over. */
static int load(const struct cli *cli, const char *person,
                struct absences *list_r, struct err *err)
{
    owned(absences_done) struct absences all = {0};

    if (store_load_absences(cli->store, &all, err))
        return -1;
    for (size_t i = 0; i < all.count; i++)
        if ((!person || str_equal(all.items[i].person, person)) &&
            (cli_option(cli, "all") ||
             date_compare(all.items[i].last, today_of(cli)) >= 0))
            absences_add(list_r, &all.items[i]);
    return 0;
}

static int show(const struct cli *cli, const char *person, bool dry_run)
{
    owned(absences_done) struct absences list = {0};
    struct err err = {0};

    if (load(cli, person, &list, &err))
        return cli_fail(&err);
    return cli->json ? print_json(cli, &list, dry_run)
                     : print_table(cli, &list);
}

/* ---- an absence is entered, or struck out ---- */

static int read_day(const struct cli *cli, const char *option,
                    struct date *date_r)
{
    const struct zone *zone = office_zone(cli->office);
    const char *text = cli_option(cli, option);
    struct err err = {0};
    bool time_given = false;
    int64_t instant = 0;

    if (!text) {
        owned(str_free) char *missing = text_fill(
            TEXT_CLI_AWAY_NEEDS, cli->language, "option", option, NULL);
        return cli_usage(cli, missing);
    }
    if (zone_parse(zone, text, &instant, &time_given, &err))
        return cli_fail(&err);
    *date_r = zone_civil(zone, instant).date;
    return CLI_DONE;
}

static int refuse(const struct cli *cli, enum text_id text,
                  const struct absence *absence)
{
    owned(str_free) char *first = day_text(absence->first);
    owned(str_free) char *last = day_text(absence->last);
    owned(str_free) char *said = text_fill(
        text, cli->language, "person", name_of(cli, absence->person), "from",
        first, "until", last, "deputy", name_of(cli, absence->deputy), NULL);

    return cli_refuse("%s", said);
}

static int read_deputy(const struct cli *cli, struct absence *absence)
{
    const char *text = cli_option(cli, "deputy");
    int deputy = NOBODY;

    absence->deputy = str_copy("");
    if (!text)
        return CLI_DONE;
    int code = named_person(cli, text, &deputy);
    if (code)
        return code;
    owned(str_free) char *found = str_copy(person_at(cli, deputy)->code);
    str_replace(&absence->deputy, &found);
    if (str_equal(absence->deputy, absence->person))
        return refuse(cli, TEXT_CLI_AWAY_OWN_DEPUTY, absence);
    if (!person_at(cli, deputy)->active)
        return refuse(cli, TEXT_CLI_AWAY_DEPUTY_LEFT, absence);
    return CLI_DONE;
}

static int read_absence(const struct cli *cli, struct absence *absence)
{
    int code = read_day(cli, "from", &absence->first);

    if (code || (code = read_day(cli, "until", &absence->last)) ||
        (code = read_deputy(cli, absence)))
        return code;
    if (date_compare(absence->last, absence->first) < 0)
        return refuse(cli, TEXT_CLI_AWAY_REVERSED, absence);
    if (date_compare(absence->last, today_of(cli)) < 0)
        return refuse(cli, TEXT_CLI_AWAY_OVER, absence);
    return CLI_DONE;
}

/* What is written beside who and when. */
static int enter(struct cli *cli, const struct absence *absence,
                 struct err *err)
{
    owned(absences_done) struct absences all = {0};

    if (store_load_absences(cli->store, &all, err))
        return cli_fail(err);
    const struct absence *clash = absences_clash(&all, absence);
    if (clash)
        return refuse(cli, TEXT_CLI_AWAY_CLASH, clash);
    if (store_put_absence(cli->store, absence, err) ||
        store_wake_items(cli->store, -1, err) ||
        cli_record(cli, "away", absence->person, err))
        return cli_fail(err);
    return CLI_DONE;
}

static int strike_out(struct cli *cli, const struct absence *absence,
                      struct err *err)
{
    if (store_drop_absence(cli->store, absence->person, absence->first, err)) {
        if (err->code == ERR_NOT_FOUND)
            return refuse(cli, TEXT_CLI_AWAY_NONE, absence);
        return cli_fail(err);
    }
    if (store_wake_items(cli->store, -1, err) ||
        cli_record(cli, "away --cancel", absence->person, err))
        return cli_fail(err);
    return CLI_DONE;
}

static int change(struct cli *cli, const struct absence *absence)
{
    bool dry_run = cli_option(cli, "dry-run");
    struct err err = {0};
    int code = cli_begin(cli);

    if (code)
        return code;
    code = cli_option(cli, "cancel") ? strike_out(cli, absence, &err)
                                     : enter(cli, absence, &err);
    if (!code && dry_run)
        code = show(cli, absence->person, true);
    if (code || dry_run) {
        cli_rollback(cli);
        if (!code && !cli->json)
            cli_say("%s", cli_text(cli, TEXT_CLI_DRY_RUN));
        return code;
    }
    code = cli_commit(cli);
    if (code)
        return code;
    (void)cli_poke(cli);
    return show(cli, absence->person, false);
}

static int change_of(struct cli *cli, const char *text)
{
    owned(absence_done) struct absence absence = {
        .login = str_copy(cli->login),
        .why = utf8_nfc(str_or_empty(cli_option(cli, "why"))),
        .recorded_at = cli->now,
    };
    int person = NOBODY;
    int code = named_person(cli, text, &person);

    if (code)
        return code;
    absence.person = str_copy(person_at(cli, person)->code);
    code = cli_option(cli, "cancel") ? read_day(cli, "from", &absence.first)
                                     : read_absence(cli, &absence);
    return code ? code : change(cli, &absence);
}

int verb_away(struct cli *cli, int argc, char **argv)
{
    bool changes =
        argc > 0 && (cli_option(cli, "from") || cli_option(cli, "until") ||
                     cli_option(cli, "cancel"));
    int person = NOBODY;
    int code = cli_need_store(cli, changes ? STORE_WRITE : STORE_READ);

    if (code || (code = cli_need_office(cli)))
        return code;
    if (changes)
        return change_of(cli, argv[0]);
    if (argc == 0)
        return show(cli, NULL, false);
    code = named_person(cli, argv[0], &person);
    return code ? code : show(cli, person_at(cli, person)->code, false);
}
