#include "cli/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/table.h"

enum {
    WIDTH_USUAL = 100, /* where there is no terminal */
    DAY_WIDTH = 11,    /* of a column, with what is between */
    TOTAL_WIDTH = 8,
};

/* ---- counting ---- */

static struct date date_of(const struct cli *cli, int64_t instant)
{
    return zone_civil(office_zone(cli->office), instant).date;
}

static bool any_on(const struct cli *cli, const struct forecast *forecast,
                   size_t *next, struct date date)
{
    bool any = false;

    for (; *next < forecast->count; ++*next) {
        int order = date_compare(date_of(cli, forecast->items[*next].at), date);
        if (order > 0)
            break;
        any |= order == 0;
    }
    return any;
}

static bool is_working(const struct cli *cli, struct date date)
{
    int64_t start = 0;
    struct err none = {0};

    return calendar_first_start(office_calendar(cli->office), date, &start,
                                &none) == 0;
}

static void find_days(const struct cli *cli, const struct outlook *outlook,
                      const struct forecast *forecast, struct tally *tally)
{
    struct date last = date_of(cli, outlook->until);
    size_t next = 0;

    for (struct date day = date_of(cli, outlook->from);
         date_compare(day, last) <= 0; day = date_plus(day, 1)) {
        if (!any_on(cli, forecast, &next, day) && !is_working(cli, day))
            continue;
        tally->days =
            mem_grow(tally->days, tally->day_count + 1, sizeof(*tally->days));
        tally->days[tally->day_count++] = day;
    }
}

static int by_person(const void *a, const void *b)
{
    const struct tally_row *one = a, *other = b;
    int order = strcmp(one->person, other->person);

    return order ? order : strcmp(one->channel, other->channel);
}

static void find_rows(const struct forecast *forecast, struct tally *tally)
{
    struct tally_row *rows = mem_zero(forecast->count + 1, sizeof(*rows));
    size_t kept = 0;

    for (size_t i = 0; i < forecast->count; i++)
        rows[i] = (struct tally_row){.person = forecast->items[i].person,
                                     .channel = forecast->items[i].channel};
    qsort(rows, forecast->count, sizeof(*rows), by_person);
    for (size_t i = 0; i < forecast->count; i++)
        if (i == 0 || by_person(&rows[kept - 1], &rows[i]) != 0)
            rows[kept++] = rows[i];
    for (size_t i = 0; i < kept; i++)
        rows[i].counts = mem_zero(tally->day_count + 1, sizeof(int64_t));
    tally->rows = rows;
    tally->row_count = kept;
}

static void count_messages(const struct cli *cli,
                           const struct forecast *forecast, struct tally *tally)
{
    size_t day = 0;

    for (size_t i = 0; i < forecast->count; i++) {
        const struct foreseen *message = &forecast->items[i];
        const struct tally_row key = {.person = message->person,
                                      .channel = message->channel};
        struct tally_row *row = bsearch(&key, tally->rows, tally->row_count,
                                        sizeof(key), by_person);
        struct date date = date_of(cli, message->at);
        while (date_compare(tally->days[day], date) < 0)
            day++;
        row->counts[day]++;
        row->total++;
        tally->total++;
    }
}

/* The rows of a person stand together. */
static void find_most(struct tally *tally)
{
    for (size_t i = 0, end; i < tally->row_count; i = end) {
        for (end = i;
             end < tally->row_count &&
             str_equal(tally->rows[end].person, tally->rows[i].person);)
            end++;
        tally->people++;
        for (size_t day = 0; day < tally->day_count; day++) {
            int64_t count = 0;
            for (size_t j = i; j < end; j++)
                count += tally->rows[j].counts[day];
            tally->most = count > tally->most ? count : tally->most;
        }
    }
}

struct tally tally_of(const struct cli *cli, const struct outlook *outlook,
                      const struct forecast *forecast)
{
    struct tally tally = {0};

    find_days(cli, outlook, forecast, &tally);
    find_rows(forecast, &tally);
    count_messages(cli, forecast, &tally);
    find_most(&tally);
    return tally;
}

void tally_done(struct tally *tally)
{
    for (size_t i = 0; i < tally->row_count; i++)
        free(tally->rows[i].counts);
    free(tally->rows);
    free(tally->days);
    *tally = (struct tally){0};
}

/* ---- printing ---- */

/* "Th5 25/6" */
static char *day_text(const struct cli *cli, struct date date)
{
    enum text_id weekday =
        (enum text_id)(TEXT_CLI_MON + (unsigned)date_weekday(date));

    return str_format("%s %d/%d", cli_text(cli, weekday), date.day, date.month);
}

static size_t widest(const struct tally *tally)
{
    size_t width = 0;

    for (size_t i = 0; i < tally->row_count; i++) {
        size_t columns = utf8_columns(tally->rows[i].person) +
                         utf8_columns(tally->rows[i].channel);
        width = columns > width ? columns : width;
    }
    return width;
}

static size_t days_that_fit(const struct tally *tally)
{
    size_t all = terminal_width() ? terminal_width() : WIDTH_USUAL;
    size_t taken = widest(tally) + TOTAL_WIDTH + 2 * 2;

    return all > taken + DAY_WIDTH ? (all - taken) / DAY_WIDTH : 1;
}

static void add_count(struct text_table *table, int64_t count)
{
    if (count)
        text_table_number(table, count);
    else
        text_table_cell(table, "–");
}

static void add_row(struct text_table *table, const struct tally_row *row,
                    size_t from, size_t until, bool last)
{
    text_table_row(table, SHADE_PLAIN);
    text_table_cell(table, row->person);
    text_table_cell(table, row->channel);
    for (size_t day = from; day < until; day++)
        add_count(table, row->counts[day]);
    if (last)
        text_table_number(table, row->total);
}

static void add_totals(const struct cli *cli, struct text_table *table,
                       const struct tally *tally, size_t from, size_t until)
{
    text_table_row(table, SHADE_FAINT);
    text_table_cell(table, cli_text(cli, TEXT_CLI_TOTAL));
    text_table_cell(table, "");
    for (size_t day = from; day < until; day++) {
        int64_t count = 0;
        for (size_t i = 0; i < tally->row_count; i++)
            count += tally->rows[i].counts[day];
        add_count(table, count);
    }
    if (until == tally->day_count)
        text_table_number(table, tally->total);
}

static void print_days(const struct cli *cli, const struct tally *tally,
                       size_t from, size_t until)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    bool last = until == tally->day_count;

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    for (size_t day = from; day < until; day++) {
        owned(str_free) char *head = day_text(cli, tally->days[day]);
        text_table_column(table, head, ALIGN_RIGHT);
    }
    if (last)
        text_table_column(table, cli_text(cli, TEXT_CLI_TOTAL), ALIGN_RIGHT);
    for (size_t i = 0; i < tally->row_count; i++)
        add_row(table, &tally->rows[i], from, until, last);
    if (tally->row_count > 1)
        add_totals(cli, table, tally, from, until);
    text_table_print(table, stdout, cli->colour, 0);
}

static void print_sum(const struct cli *cli, const struct tally *tally)
{
    owned(str_free) char *people = str_format("%lld", (long long)tally->people);
    owned(str_free) char *messages =
        str_format("%lld", (long long)tally->total);
    owned(str_free) char *most = str_format("%lld", (long long)tally->most);
    owned(str_free) char *line =
        text_fill(TEXT_CLI_PREVIEW_SUM, cli->language, "people", people,
                  "messages", messages, "most", most, NULL);

    (void)puts(line);
}

void tally_print(const struct cli *cli, const struct tally *tally)
{
    size_t room = days_that_fit(tally);

    if (tally->total == 0) {
        (void)puts(cli_text(cli, TEXT_CLI_PREVIEW_NONE));
        return;
    }
    for (size_t from = 0; from < tally->day_count; from += room) {
        size_t until = from + room;
        if (from)
            (void)putchar('\n');
        print_days(cli, tally, from,
                   until < tally->day_count ? until : tally->day_count);
    }
    print_sum(cli, tally);
}

/* ---- for programs ---- */

static struct json *row_json(const struct tally *tally,
                             const struct tally_row *row)
{
    struct json *object = json_new_object();
    struct json *days = json_new_object();

    for (size_t day = 0; day < tally->day_count; day++) {
        char name[11] = "";
        date_format(tally->days[day], name);
        json_put_int(days, name, row->counts[day]);
    }
    json_put_text(object, "person", row->person);
    json_put_text(object, "channel", row->channel);
    json_put_int(object, "total", row->total);
    json_put(object, "days", &days);
    return object;
}

struct json *tally_json(const struct tally *tally)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < tally->row_count; i++) {
        struct json *row = row_json(tally, &tally->rows[i]);
        json_add(array, &row);
    }
    return array;
}
