/* kiphan items: what there is, worst first. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "cli/verbs.h"
#include "store/items.h"

/* Which items are wanted, and those found. */
struct search {
    const struct cli *cli;
    struct item_filter filter;
    int unit;  /* with what is below it; NO_UNIT: any */
    int level; /* -1: any */
    struct listed *items;
    size_t count;
    size_t room;
};

static int no_such(const struct cli *cli, enum text_id text, const char *name)
{
    owned(str_free) char *wrong =
        text_fill(text, cli->language, "name", name, NULL);
    return cli_refuse("%s", wrong);
}

static int find_level(struct search *search)
{
    const struct cli *cli = search->cli;
    const char *name = cli_option(cli, "level");
    struct nearest nearest = {.word = name};

    if (!name)
        return CLI_DONE;
    for (int level = LEVEL_PAUSED; level < LEVELS; level++) {
        nearest_offer(&nearest, level_name((enum level)level));
        if (str_equal(level_name((enum level)level), name)) {
            search->level = level;
            return CLI_DONE;
        }
    }
    return cli_unknown(cli, TEXT_CLI_NO_LEVEL, &nearest);
}

static int find_unit(struct search *search)
{
    const char *name = cli_option(search->cli, "unit");

    if (!name)
        return CLI_DONE;
    search->unit =
        directory_find_unit(office_directory(search->cli->office), name);
    if (search->unit == NO_UNIT)
        return no_such(search->cli, TEXT_CLI_NO_UNIT, name);
    return CLI_DONE;
}

static int find_assignee(struct search *search)
{
    const struct directory *directory = office_directory(search->cli->office);
    const char *name = cli_option(search->cli, "assignee");
    bool several = false;

    if (!name)
        return CLI_DONE;
    search->filter.assignee = "";
    if (str_equal(name, "-"))
        return CLI_DONE;
    int person = directory_find_person(directory, name, &several);
    if (person == NOBODY)
        return no_such(search->cli,
                       several ? TEXT_CLI_TWO_PEOPLE : TEXT_CLI_NO_PERSON,
                       name);
    search->filter.assignee = directory->people[person].code;
    return CLI_DONE;
}

static bool is_wanted(const struct search *search, const struct item *item)
{
    const struct directory *directory = office_directory(search->cli->office);
    int unit = directory_unit(directory, str_or_empty(item->unit));

    return search->unit == NO_UNIT ||
           (unit != NO_UNIT &&
            directory_is_within(directory, unit, search->unit));
}

static int take(void *context, const struct item *item, struct err *err)
{
    struct search *search = context;
    struct listed listed = listed_of(search->cli, item);

    (void)err;
    /* Of recurring tasks the occurrences are what is open. */
    if (!is_wanted(search, item) ||
        (search->filter.open_only && item_is_series(item)) ||
        (search->level >= 0 && (int)listed.level != search->level))
        return 0;
    if (search->count == search->room) {
        search->room = search->room ? 2 * search->room : 256;
        search->items =
            mem_grow(search->items, search->room, sizeof(*search->items));
    }
    listed.item = item_copy(item);
    search->items[search->count++] = listed;
    return 0;
}

/* Worst first; then the earlier deadline, then the code (R10). */
static int compare(const void *a, const void *b)
{
    const struct listed *first = a, *second = b;

    if (first->level != second->level)
        return first->level > second->level ? -1 : 1;
    int64_t due = item_deadline(&first->item);
    int64_t others = item_deadline(&second->item);
    if (due != others)
        return due < others ? -1 : 1;
    return strcmp(first->item.code, second->item.code);
}

static void print_table(const struct search *search)
{
    const struct cli *cli = search->cli;
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_CODE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_LEVEL), ALIGN_CUT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_LEFT), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_DUE), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_UNIT), ALIGN_CUT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_HOLDER), ALIGN_CUT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_TITLE), ALIGN_CUT);
    for (size_t i = 0; i < search->count; i++) {
        const struct listed *listed = &search->items[i];
        owned(str_free) char *left = listed_left(cli, listed);
        owned(str_free) char *due =
            moment_text(office_zone(cli->office), item_deadline(&listed->item));
        text_table_row(table, listed_shade(listed->level));
        text_table_cell(table, listed->item.code);
        owned(str_free) char *level = str_format(
            "%s%s", listed_level(cli, listed), listed->item.ours ? " *" : "");
        text_table_cell(table, level);
        text_table_cell(table, left);
        text_table_cell(table, due);
        text_table_cell(table, listed_unit(cli, &listed->item));
        text_table_cell(table, listed_holder(cli, &listed->item));
        text_table_cell(table, listed->item.title);
    }
    text_table_print(table, stdout, cli->colour, terminal_width());
}

static int print_json(const struct search *search)
{
    struct json *whole = json_new_object();
    struct json *items = json_new_array();

    moment_put(whole, "now", office_zone(search->cli->office),
               search->cli->now);
    for (size_t i = 0; i < search->count; i++) {
        struct json *item = listed_json(search->cli, &search->items[i]);
        json_add(items, &item);
    }
    json_put(whole, "items", &items);
    return cli_print_json(&whole);
}

static bool any_ours(const struct search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->items[i].item.ours)
            return true;
    return false;
}

static int print_found(const struct search *search)
{
    if (search->cli->json)
        return print_json(search);
    if (search->count)
        print_table(search);
    owned(str_free) char *number = str_format("%zu", search->count);
    owned(str_free) char *foot = text_fill(
        TEXT_CLI_ITEMS_FOUND, search->cli->language, "count", number, NULL);
    (void)printf("%s\n", foot);
    if (any_ours(search))
        (void)puts(cli_text(search->cli, TEXT_CLI_OURS_MARK));
    return CLI_DONE;
}

int verb_items(struct cli *cli, int argc, char **argv)
{
    struct search search = {
        .cli = cli, .filter = {.kind = -1}, .unit = NO_UNIT, .level = -1};
    struct err err = {0};

    (void)argc, (void)argv;
    int code = find_level(&search);
    if (code || (code = cli_need_office(cli)) || (code = find_unit(&search)) ||
        (code = find_assignee(&search)))
        return code;
    search.filter.open_only = cli_option(cli, "open") != NULL;
    if (store_visit_items(cli->store, &search.filter, take, &search, &err))
        code = cli_fail(&err);
    if (search.count)
        qsort(search.items, search.count, sizeof(*search.items), compare);
    if (!code)
        code = print_found(&search);
    for (size_t i = 0; i < search.count; i++)
        item_done(&search.items[i].item);
    free(search.items);
    return code;
}
