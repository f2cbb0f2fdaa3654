#include "cli/past.h"

#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/change.h"
#include "cli/moment.h"
#include "cli/table.h"

struct json *past_json(const struct cli *cli, const struct histories *past)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < past->count; i++) {
        const struct history *change = &past->items[i];
        struct json *row = json_new_object();
        json_put_int(row, "row", change->id);
        moment_put(row, "happened", zone, change->happened_at);
        moment_put(row, "learnt", zone, change->learnt_at);
        json_put_text(row, "field", change->field);
        json_put_text(row, "before", change->before);
        json_put_text(row, "after", change->after);
        json_put_text(row, "source", change->source);
        json_put_text(row, "by", change->by);
        json_put_text(row, "why", change->why);
        json_add(array, &row);
    }
    return array;
}

/* The columns that both tables end with. */
static void add_columns(const struct cli *cli, struct text_table *table)
{
    static const enum text_id titles[] = {TEXT_CLI_SOURCE, TEXT_CLI_BY,
                                          TEXT_CLI_DUE_WHY};

    for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
        text_table_column(table, cli_text(cli, titles[i]), ALIGN_LEFT);
}

static void add_origin(struct text_table *table, const struct history *change)
{
    text_table_cell(table, change->source);
    text_table_cell(table, change->by);
    text_table_cell(table, change->why);
}

static void add_times(const struct cli *cli, struct text_table *table,
                      const struct history *change)
{
    const struct zone *zone = office_zone(cli->office);
    owned(str_free) char *happened = moment_text(zone, change->happened_at);
    owned(str_free) char *learnt = moment_text(zone, change->learnt_at);

    text_table_cell(table, happened);
    text_table_cell(table, learnt);
}

static void print_titled(const struct cli *cli, enum text_id title,
                         struct text_table *table)
{
    (void)printf("\n%s\n", cli_text(cli, title));
    text_table_print(table, stdout, false, 0);
}

void past_print(const struct cli *cli, enum item_kind kind,
                const struct histories *past)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    if (past->count == 0)
        return;
    text_table_column(table, cli_text(cli, TEXT_CLI_HAPPENED), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_LEARNT), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_CHANGE), ALIGN_LEFT);
    add_columns(cli, table);
    for (size_t i = 0; i < past->count; i++) {
        const struct history *change = &past->items[i];
        owned(str_free) char *what = change_text(cli, kind, change);
        text_table_row(table, SHADE_PLAIN);
        add_times(cli, table, change);
        text_table_cell(table, what);
        add_origin(table, change);
    }
    print_titled(cli, TEXT_CLI_HISTORY, table);
}

/* What a change means for the deadline; TEXT_COUNT: nothing.  *known: an
 * original one was met before. */
static enum text_id meaning(const struct history *change, bool *known)
{
    if (str_equal(change->field, "original-due"))
        return TEXT_CLI_DUE_OTHER_ORIGINAL;
    if (str_equal(change->field, "deadline"))
        return *change->after ? TEXT_CLI_DUE_GIVEN_BACK : TEXT_COUNT;
    if (str_equal(change->field, "finished") && *change->before &&
        *change->after)
        return TEXT_CLI_DUE_OTHER_FINISH;
    if (!str_equal(change->field, "due"))
        return TEXT_COUNT;
    if (!*change->after)
        return TEXT_CLI_DUE_TAKEN_BACK;
    bool first = !*known;
    *known = true;
    return first ? TEXT_CLI_DUE_ORIGINAL : TEXT_CLI_DUE_LATER;
}

void past_print_deadlines(const struct cli *cli, const struct histories *past)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    bool known = false, any = false;

    text_table_column(table, cli_text(cli, TEXT_CLI_CHANGE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DUE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_HAPPENED), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_LEARNT), ALIGN_LEFT);
    add_columns(cli, table);
    for (size_t i = 0; i < past->count; i++) {
        const struct history *change = &past->items[i];
        const char *label = NULL;
        enum text_id means = meaning(change, &known);
        if (means == TEXT_COUNT)
            continue;
        owned(str_free) char *due =
            change_value(cli, KIND_DOSSIER, "due", change->after, &label);
        any = true;
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, cli_text(cli, means));
        text_table_cell(table, due);
        add_times(cli, table, change);
        add_origin(table, change);
    }
    if (any)
        print_titled(cli, TEXT_CLI_DUE_HISTORY, table);
}
