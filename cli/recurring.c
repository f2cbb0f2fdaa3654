#include "cli/recurring.h"

#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/listed.h"
#include "cli/moment.h"
#include "model/cycle.h"
#include "series/dates.h"
#include "series/series.h"
#include "store/items.h"
#include "store/occurrences.h"

/* The code of the series of which an item is an occurrence, "" for none;
 * yours. */
static char *series_of(const struct cli *cli, const struct item *item)
{
    owned(item_done) struct item series = {0};
    struct occurrence occurrence = {0};
    struct err none = {0};

    if (store_occurrence_of(cli->store, item->id, &occurrence, &none) ||
        store_get_item_by_id(cli->store, occurrence.series, &series, &none))
        return str_copy("");
    return str_copy(series.code);
}

/* The day of a series that cannot be opened before its year is entered.
 * 0: it is another reason, or none. */
static int awaited_year(const struct cli *cli, const struct item *series,
                        struct date *day_r)
{
    const struct calendar *calendar =
        policy_calendar(office_policy(cli->office), series);
    const struct zone *zone = office_zone(cli->office);
    struct occurrence last = {0};
    struct err none = {0};
    int64_t due = 0;
    int year = 0;

    struct date first = zone_civil(zone, series->due_at).date;
    struct date after = date_plus(first, -1);
    if (store_last_occurrence(cli->store, series->id, &last, &none) == 0)
        after = last.day;
    if (!item_is_open(series) ||
        series_date_after(cycle_parse(series->recurrence), first, after, day_r,
                          &none))
        return 0;
    (void)series_due(calendar, *day_r, &due, &year, &none);
    return year;
}

static struct json *occurrences_json(const struct cli *cli,
                                     const struct occurrences *list)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < list->count; i++) {
        owned(item_done) struct item item = {0};
        struct json *row = json_new_object();
        struct err none = {0};
        char day[11] = "";
        if (store_get_item_by_id(cli->store, list->items[i].item, &item,
                                 &none) == 0) {
            date_format(list->items[i].day, day);
            json_put_text(row, "code", item.code);
            json_put_text(row, "day", day);
            moment_put(row, "due", office_zone(cli->office), item.due_at);
            json_put_text(row, "status", item.status->code);
        }
        json_add(array, &row);
    }
    return array;
}

void recurring_put(const struct cli *cli, const struct item *item,
                   struct json *whole)
{
    owned(occurrences_done) struct occurrences list = {0};
    owned(str_free) char *series = series_of(cli, item);
    struct err none = {0};
    struct date day = {0};

    (void)store_get_occurrences(cli->store, item->id, &list, &none);
    struct json *occurrences = occurrences_json(cli, &list);
    int year = item_is_series(item) ? awaited_year(cli, item, &day) : 0;
    struct json *awaited = year ? json_new_int(year) : json_new_text(NULL);
    json_put_text(whole, "recurrence", str_or_empty(item->recurrence));
    json_put_text(whole, "series", *series ? series : NULL);
    json_put(whole, "occurrences", &occurrences);
    json_put(whole, "awaits_year", &awaited);
}

static void print_occurrence(const struct cli *cli, struct text_table *table,
                             const struct occurrence *occurrence)
{
    owned(item_done) struct item item = {0};
    struct err none = {0};

    if (store_get_item_by_id(cli->store, occurrence->item, &item, &none))
        return;
    struct listed listed = listed_of(cli, &item);
    owned(str_free) char *due =
        moment_text(office_zone(cli->office), item_deadline(&item));
    text_table_row(table, listed_shade(listed.level));
    text_table_cell(table, item.code);
    text_table_cell(table, due);
    text_table_cell(table, listed_level(cli, &listed));
}

static void print_awaited(const struct cli *cli, const struct item *series)
{
    struct date day = {0};
    int year = awaited_year(cli, series, &day);
    char text[11] = "";

    if (!year)
        return;
    date_format(day, text);
    owned(str_free) char *number = str_format("%d", year);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_SERIES_AWAITS_YEAR, cli->language, "day", text,
                  "year", number, NULL);
    (void)puts(said);
}

static void print_series(const struct cli *cli, const struct item *series)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    owned(occurrences_done) struct occurrences list = {0};
    struct err none = {0};

    (void)printf("\n%s (%s)\n", cli_text(cli, TEXT_CLI_OCCURRENCES),
                 series->recurrence);
    (void)store_get_occurrences(cli->store, series->id, &list, &none);
    for (int column = 0; column < 3; column++)
        text_table_column(table, "", ALIGN_LEFT);
    for (size_t i = 0; i < list.count; i++)
        print_occurrence(cli, table, &list.items[i]);
    text_table_print(table, stdout, cli->colour, 0);
    print_awaited(cli, series);
}

void recurring_print(const struct cli *cli, const struct item *item)
{
    owned(str_free) char *series = series_of(cli, item);

    if (*series)
        (void)printf("\n%s %s\n", cli_text(cli, TEXT_CLI_OCCURRENCE_OF),
                     series);
    if (item_is_series(item))
        print_series(cli, item);
}
