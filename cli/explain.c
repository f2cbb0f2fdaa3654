/* kiphan explain CODE: why an item is late, or is not. */
#include "base/own.h"
#include "base/str.h"
#include "cli/derived.h"
#include "cli/explained.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/verbs.h"

/* ---- for programs ---- */

static struct json *receipt_json(const struct cli *cli,
                                 const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    const struct history *origin = explained_origin(explained);
    bool known = explained->receipt.count > 0;
    struct json *object = json_new_object();
    struct json *steps = derived_json(cli, &explained->receipt);

    moment_put(object, "at", zone, explained->item.received_at);
    json_put_text(object, "source", origin ? origin->source : NULL);
    json_put_text(object, "by", origin ? origin->by : NULL);
    moment_put(object, "learnt", zone,
               origin ? origin->learnt_at : INSTANT_NONE);
    moment_put(object, "effective", zone,
               known ? explained->receipt.start : INSTANT_NONE);
    json_put(object, "steps", &steps);
    return object;
}

static struct json *deadlines_json(const struct cli *cli,
                                   const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->history.count; i++) {
        const struct history *change = &explained->history.items[i];
        int64_t due = INSTANT_NONE;
        if (!explained_deadline(explained, change, &due))
            continue;
        struct json *row = json_new_object();
        moment_put(row, "due", zone, due);
        json_put_text(row, "source", change->source);
        json_put_text(row, "by", change->by);
        moment_put(row, "learnt", zone, change->learnt_at);
        json_add(array, &row);
    }
    return array;
}

static struct json *pauses_json(const struct cli *cli,
                                const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->pauses.count; i++) {
        const struct pause *pause = &explained->pauses.items[i];
        struct json *row = json_new_object();
        int64_t took = 0;
        bool known = explained_pause(explained, pause, cli->now, &took);
        struct json *seconds = known ? json_new_int(took) : json_new_text(NULL);
        moment_put(row, "from", zone, pause->started_at);
        moment_put(row, "until", zone, pause->ended_at);
        json_put(row, "working_seconds", &seconds);
        json_add(array, &row);
    }
    return array;
}

static struct json *whom_json(const struct cli *cli,
                              const struct recipients *whom)
{
    const struct person *people = office_directory(cli->office)->people;
    struct json *array = json_new_array();

    for (size_t i = 0; i < whom->count; i++) {
        const struct recipient *one = &whom->items[i];
        struct json *row = json_new_object();
        json_put_text(row, "person", people[one->person].code);
        json_put_text(row, "stands_for",
                      one->stands_for == NOBODY ? NULL
                                                : people[one->stands_for].code);
        json_add(array, &row);
    }
    return array;
}

static struct json *steps_json(const struct cli *cli,
                               const struct explained *explained)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < explained->step_count; i++) {
        const struct explained_step *step = &explained->steps[i];
        struct json *row = json_new_object();
        struct json *whom = whom_json(cli, &step->whom);
        json_put_text(row, "rule", step->rule->name);
        json_put_text(row, "step", step->step->name);
        moment_put(row, "at", zone, step->at);
        json_put_bool(row, "reached", step->reached);
        moment_put(row, "next", zone, step->next_at);
        moment_put(row, "opening", zone, step->opens_at);
        json_put(row, "tell", &whom);
        json_put_text(row, "error",
                      step->at == INSTANT_NONE ? step->error.text : NULL);
        json_add(array, &row);
    }
    return array;
}

static int print_json(const struct cli *cli, const struct explained *explained)
{
    struct json *whole = listed_json(cli, &explained->listed);
    struct json *receipt = receipt_json(cli, explained);
    struct json *deadlines = deadlines_json(cli, explained);
    struct json *pauses = pauses_json(cli, explained);
    struct json *steps = steps_json(cli, explained);
    struct json *term = explained->has_term ? json_new_int(explained->term)
                                            : json_new_text(NULL);

    moment_put(whole, "now", office_zone(cli->office), cli->now);
    json_put_text(whole, "calendar", calendar_name(explained->calendar));
    json_put(whole, "receipt", &receipt);
    json_put(whole, "deadlines", &deadlines);
    json_put(whole, "working_seconds_in_all", &term);
    json_put(whole, "pauses", &pauses);
    json_put(whole, "steps", &steps);
    return cli_print_json(&whole);
}

/* ---- for people ---- */

/* The page under way: three columns, what, when and why. */
struct page {
    const struct cli *cli;
    const struct explained *explained;
    struct text_table *table;
};

static void line(const struct page *page, enum text_id what, const char *when,
                 const char *why)
{
    text_table_row(page->table, SHADE_PLAIN);
    text_table_cell(page->table, cli_text(page->cli, what));
    text_table_cell(page->table, when);
    text_table_cell(page->table, why);
}

static char *source_text(const struct page *page, const struct history *change)
{
    const struct cli *cli = page->cli;

    if (!change)
        return str_copy("");
    owned(str_free) char *learnt =
        moment_text(office_zone(cli->office), change->learnt_at);
    return text_fill(TEXT_CLI_DUE_SOURCE, cli->language, "source",
                     change->source, "when", learnt, "by", change->by, NULL);
}

static void print_receipt(const struct page *page)
{
    const struct explained *explained = page->explained;
    struct derivation moved = explained->receipt;
    owned(str_free) char *source =
        source_text(page, explained_origin(explained));

    if (explained->item.received_at == INSTANT_NONE) {
        line(page, TEXT_CLI_RECEIVED, "–", source);
        return;
    }
    owned(str_free) char *when =
        derived_when(page->cli, explained->item.received_at);
    line(page, TEXT_CLI_RECEIVED, when, source);
    if (moved.count < 2)
        return;
    /* Without what was asked, said above, and the result, said there too. */
    moved.steps++;
    moved.count -= 2;
    derived_rows(page->cli, &moved, TEXT_CLI_STEP_DUE, page->table);
}

static void print_deadlines(const struct page *page)
{
    const struct explained *explained = page->explained;
    enum text_id what = TEXT_CLI_EXPLAIN_PROMISED;

    for (size_t i = 0; i < explained->history.count; i++) {
        const struct history *change = &explained->history.items[i];
        int64_t due = INSTANT_NONE;
        if (!explained_deadline(explained, change, &due))
            continue;
        owned(str_free) char *when =
            due == INSTANT_NONE ? str_copy("–") : derived_when(page->cli, due);
        owned(str_free) char *source = source_text(page, change);
        line(page, what, when, source);
        what = TEXT_CLI_EXPLAIN_MOVED;
    }
    if (explained->item.due_at == INSTANT_NONE)
        line(page, TEXT_CLI_STEP_DUE, "–",
             cli_text(page->cli, TEXT_CLI_NOT_PROMISED));
}

/* The marked days between receipt and promise, and how much time is in it. */
static void print_term(const struct page *page)
{
    const struct explained *explained = page->explained;
    const struct zone *zone = office_zone(page->cli->office);

    if (!explained->has_term)
        return;
    struct date date = zone_civil(zone, explained->receipt.start).date;
    struct date last = zone_civil(zone, explained->item.due_at).date;
    for (; date_compare(date, last) <= 0; date = date_plus(date, 1)) {
        const char *label = calendar_label(explained->calendar, date);
        if (!label)
            continue;
        owned(str_free) char *day = derived_day(page->cli, date);
        line(page,
             calendar_is_holiday(explained->calendar, date)
                 ? TEXT_CLI_STEP_OFF
                 : TEXT_CLI_STEP_SWAP,
             day, label);
    }
    owned(str_free) char *term = derived_work(page->cli, explained->term);
    line(page, TEXT_CLI_EXPLAIN_TERM, term,
         explained->item.due_by_date
             ? cli_text(page->cli, TEXT_CLI_EXPLAIN_BY_DATE)
             : "");
}

static void print_pauses(const struct page *page)
{
    const struct cli *cli = page->cli;

    for (size_t i = 0; i < page->explained->pauses.count; i++) {
        const struct pause *pause = &page->explained->pauses.items[i];
        int64_t seconds = 0;
        bool known =
            explained_pause(page->explained, pause, cli->now, &seconds);
        owned(str_free) char *from = derived_when(cli, pause->started_at);
        owned(str_free) char *until = pause->ended_at == INSTANT_NONE
                                          ? str_copy("…")
                                          : derived_when(cli, pause->ended_at);
        owned(str_free) char *both = str_format("%s → %s", from, until);
        owned(str_free) char *took =
            known ? derived_work(cli, seconds) : str_copy("");
        line(page, TEXT_CLI_STEP_PAUSE, both, took);
    }
}

static void print_now(const struct page *page)
{
    const struct explained *explained = page->explained;
    owned(str_free) char *now = derived_when(page->cli, page->cli->now);
    owned(str_free) char *left = listed_left(page->cli, &explained->listed);
    owned(str_free) char *stands = str_format(
        "%s%s%s%s%s", moment_level(page->cli, explained->listed.level),
        *left ? ", " : "", left, explained->item.gone ? ", " : "",
        explained->item.gone ? cli_text(page->cli, TEXT_CLI_IS_GONE) : "");

    line(page, TEXT_CLI_EXPLAIN_NOW, now, stands);
}

/* "Trần Thị Bình, Lê Văn Chín (thay Đỗ Dung)" */
static char *whom_text(const struct page *page, const struct recipients *whom)
{
    const struct person *people = office_directory(page->cli->office)->people;
    struct buf text = {0};

    for (size_t i = 0; i < whom->count; i++) {
        const struct recipient *one = &whom->items[i];
        buf_addf(&text, "%s%s", i ? ", " : "", people[one->person].name);
        if (one->stands_for == NOBODY)
            continue;
        owned(str_free) char *instead =
            text_fill(TEXT_CLI_EXPLAIN_INSTEAD, page->cli->language, "name",
                      people[one->stands_for].name, NULL);
        buf_addf(&text, " (%s)", instead);
    }
    return buf_take(&text);
}

static char *step_text(const struct page *page,
                       const struct explained_step *step)
{
    owned(str_free) char *whom = whom_text(page, &step->whom);
    owned(str_free) char *opens = step->opens_at == INSTANT_NONE
                                      ? str_copy("")
                                      : derived_when(page->cli, step->opens_at);
    owned(str_free) char *window =
        *opens ? text_fill(TEXT_CLI_EXPLAIN_WINDOW, page->cli->language, "when",
                           opens, NULL)
               : str_copy("");

    return str_format("%s/%s → %s%s%s", step->rule->name, step->step->name,
                      *whom ? whom : "–", *window ? ", " : "", window);
}

static void print_steps(const struct page *page)
{
    for (size_t i = 0; i < page->explained->step_count; i++) {
        const struct explained_step *step = &page->explained->steps[i];
        if (step->at == INSTANT_NONE) {
            line(page, TEXT_CLI_EXPLAIN_UNKNOWN, "–", step->error.text);
            continue;
        }
        owned(str_free) char *when = derived_when(page->cli, step->at);
        owned(str_free) char *text = step_text(page, step);
        line(page,
             step->reached ? TEXT_CLI_EXPLAIN_REACHED : TEXT_CLI_EXPLAIN_AHEAD,
             when, text);
    }
}

static int print_text(const struct cli *cli, const struct explained *explained)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    const struct page page = {cli, explained, table};

    for (int i = 0; i < 3; i++)
        text_table_column(table, "", ALIGN_LEFT);
    print_receipt(&page);
    print_deadlines(&page);
    print_term(&page);
    print_pauses(&page);
    print_now(&page);
    print_steps(&page);
    text_table_print(table, stdout, false, 0);
    return CLI_DONE;
}

int verb_explain(struct cli *cli, int argc, char **argv)
{
    struct explained explained = {0};
    struct item item = {0};
    struct err err = {0};
    int code = cli_need_office(cli);

    (void)argc;
    if (code || (code = named_item(cli, argv[0], &item)))
        return code;
    if (explained_take(cli, &item, &explained, &err))
        return cli_fail(&err);
    code =
        cli->json ? print_json(cli, &explained) : print_text(cli, &explained);
    explained_done(&explained);
    return code;
}
