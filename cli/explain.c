/* kiphan explain CODE: why an item is late, or is not. */
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/decided.h"
#include "cli/derived.h"
#include "cli/explained.h"
#include "cli/moment.h"
#include "cli/named.h"
#include "cli/paused.h"
#include "cli/verbs.h"
#include "store/office.h"

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

/* The middle of a derivation: without what was asked and the result, which
 * stand in lines of their own. */
static void print_middle(const struct page *page,
                         const struct derivation *derivation)
{
    struct derivation moved = *derivation;

    if (moved.count < 2)
        return;
    moved.steps++;
    moved.count -= 2;
    derived_rows(page->cli, &moved, TEXT_CLI_STEP_DUE, page->table);
}

static void print_receipt(const struct page *page)
{
    const struct explained *explained = page->explained;
    owned(str_free) char *source =
        source_text(page, explained_origin(explained));
    owned(str_free) char *when =
        explained->item.received_at == INSTANT_NONE
            ? str_copy("–")
            : derived_when(page->cli, explained->item.received_at);

    line(page, TEXT_CLI_RECEIVED, when, source);
    if (!explained->computed.count)
        print_middle(page, &explained->receipt);
}

/* "1,5 ngày làm việc" */
static char *span_text(const struct cli *cli, struct span span)
{
    static const enum text_id units[] = {
        [SPAN_HOURS] = TEXT_CLI_SPAN_HOURS,
        [SPAN_DAYS] = TEXT_CLI_SPAN_DAYS,
        [SPAN_DAYS_END] = TEXT_CLI_SPAN_DAYS_END,
        [SPAN_CALENDAR] = TEXT_CLI_SPAN_CALENDAR,
        [SPAN_SHARE] = TEXT_CLI_SPAN_SHARE,
        [SPAN_SAME_DAY] = TEXT_CLI_SPAN_SAME_DAY,
    };
    struct buf number = {0};
    char part[8] = "";

    buf_addf(&number, "%lld", (long long)(span.thousandths / 1000));
    (void)snprintf(part, sizeof(part), "%03d", (int)(span.thousandths % 1000));
    for (size_t i = 3; i > 0 && part[i - 1] == '0'; i--)
        part[i - 1] = '\0';
    if (*part)
        buf_addf(&number, "%s%s", cli->language == TEXTS_VI ? "," : ".", part);
    owned(str_free) char *count = buf_take(&number);
    return text_fill(units[span.unit], cli->language, "count", count, NULL);
}

static enum text_id how_submitted(enum submission submission)
{
    static const enum text_id texts[] = {
        [SUBMITTED_UNKNOWN] = TEXT_CLI_SUBMITTED_UNKNOWN,
        [SUBMITTED_ONLINE] = TEXT_CLI_SUBMITTED_ONLINE,
        [SUBMITTED_IN_PERSON] = TEXT_CLI_SUBMITTED_IN_PERSON,
        [SUBMITTED_BY_POST] = TEXT_CLI_SUBMITTED_BY_POST,
    };

    return texts[submission];
}

/* How the computed deadline stands to the promise. */
static char *difference_text(const struct page *page)
{
    const struct explained *explained = page->explained;
    const struct item *item = &explained->item;
    const struct cli *cli = page->cli;

    if (!explained->agrees) {
        owned(str_free) char *then = derived_when(cli, item->computed_due_at);
        return text_fill(TEXT_CLI_EXPLAIN_OTHERWISE_THEN, cli->language, "when",
                         then, NULL);
    }
    if (item->due_origin != DUE_AS_SAID)
        return str_copy(cli_text(cli, TEXT_CLI_EXPLAIN_COUNTS));
    if (!item_promise_differs(item, office_zone(cli->office)))
        return str_copy(cli_text(cli, TEXT_CLI_EXPLAIN_AGREES));
    owned(str_free) char *said = derived_when(cli, item->due_at);
    owned(str_free) char *by = derived_work(cli, explained->difference);
    return text_fill(TEXT_CLI_EXPLAIN_DIFFERS, cli->language, "when", said,
                     "time", by, NULL);
}

/* The term of the procedure, how it was counted, and where it ends. */
static void print_computed(const struct page *page)
{
    const struct explained *explained = page->explained;
    const struct cli *cli = page->cli;

    if (!explained->computed.count)
        return;
    owned(str_free) char *term = span_text(cli, explained->span);
    owned(str_free) char *of = text_fill(
        TEXT_CLI_EXPLAIN_PROCEDURE, cli->language, "name",
        explained->procedure ? explained->procedure->name
                             : explained->item.title,
        "how", cli_text(cli, how_submitted(explained->item.submission)), NULL);
    line(page, TEXT_CLI_EXPLAIN_TERM_OF, term, of);
    print_middle(page, &explained->computed);
    owned(str_free) char *due = derived_when(cli, explained->computed.result);
    owned(str_free) char *difference = difference_text(page);
    line(page, TEXT_CLI_EXPLAIN_COMPUTED, due, difference);
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
        owned(str_free) char *from = derived_when(cli, pause->started_at);
        owned(str_free) char *until = pause->ended_at == INSTANT_NONE
                                          ? str_copy("…")
                                          : derived_when(cli, pause->ended_at);
        owned(str_free) char *both = str_format("%s → %s", from, until);
        owned(str_free) char *took = paused_text(cli, pause);
        line(page, TEXT_CLI_STEP_PAUSE, both, took);
    }
}

/* The deadline that counts, where it is another than the promise. */
static void print_effective(const struct page *page)
{
    const struct explained *explained = page->explained;
    const struct cli *cli = page->cli;

    if (explained->item.give_back_waits) {
        line(page, TEXT_CLI_DEADLINE, "–", cli_text(cli, TEXT_CLI_PAUSE_WAITS));
        return;
    }
    if (!explained->given.count)
        return;
    print_middle(page, &explained->given);
    owned(str_free) char *when = derived_when(cli, explained->given.result);
    line(page, TEXT_CLI_DEADLINE, when, "");
}

static void print_now(const struct page *page)
{
    const struct explained *explained = page->explained;
    owned(str_free) char *now = derived_when(page->cli, page->cli->now);
    owned(str_free) char *left = listed_left(page->cli, &explained->listed);
    owned(str_free) char *stands = str_format(
        "%s%s%s%s%s", listed_level(page->cli, &explained->listed),
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

/* What became of a step that was reached: "An (an): sent, notice 17; ...". */
static char *became_text(const struct page *page,
                         const struct explained_step *step)
{
    const struct explained *explained = page->explained;
    struct buf text = {0};

    for (size_t i = 0; i < explained->alerts.count; i++) {
        const struct alert *alert = &explained->alerts.items[i];
        if (!explained_is_of(explained, step, alert))
            continue;
        owned(str_free) char *person =
            decided_person(page->cli, alert->recipient);
        owned(str_free) char *state = decided_state(page->cli, alert);
        buf_addf(&text, "%s%s: %s", text.length ? "; " : "", person, state);
    }
    return buf_take(&text);
}

/* Of a step that was told, what became of it; of others, whom they tell and
 * when. */
static char *step_text(const struct page *page,
                       const struct explained_step *step)
{
    owned(str_free) char *became = became_text(page, step);
    owned(str_free) char *whom = whom_text(page, &step->whom);
    owned(str_free) char *opens = step->opens_at == INSTANT_NONE
                                      ? str_copy("")
                                      : derived_when(page->cli, step->opens_at);
    owned(str_free) char *window =
        *opens ? text_fill(TEXT_CLI_EXPLAIN_WINDOW, page->cli->language, "when",
                           opens, NULL)
               : str_copy("");

    if (*became)
        return str_format("%s/%s → %s%s%s", step->rule->name, step->step->name,
                          became, *window ? "; " : "", window);
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
    print_computed(&page);
    print_deadlines(&page);
    print_term(&page);
    print_pauses(&page);
    print_effective(&page);
    print_now(&page);
    print_steps(&page);
    text_table_print(table, stdout, false, 0);
    return CLI_DONE;
}

/* One value a line, for programs that read many. */
static void print_line(struct json **whole)
{
    owned(str_free) char *text = json_format(*whole);

    json_free(whole);
    (void)puts(text);
}

/* Taking the item. */
static int explain(const struct cli *cli, const struct procedures *procedures,
                   struct item *item, struct err *err)
{
    struct explained explained = {0};

    if (explained_take(cli, procedures, item, &explained, err))
        return -1;
    struct json *whole = cli->json ? explained_json(cli, &explained) : NULL;
    if (whole && cli_option(cli, "all"))
        print_line(&whole);
    else if (whole)
        (void)cli_print_json(&whole);
    else
        (void)print_text(cli, &explained);
    explained_done(&explained);
    return 0;
}

/* One after the other, so that any number can be told. */
struct tour {
    const struct cli *cli;
    const struct procedures *procedures;
    bool begun;
};

static int visit(void *context, const struct item *item, struct err *err)
{
    struct tour *tour = context;
    struct item copy = item_copy(item);

    if (tour->begun && !tour->cli->json)
        (void)puts("");
    tour->begun = true;
    return explain(tour->cli, tour->procedures, &copy, err);
}

static int explain_all(const struct cli *cli,
                       const struct procedures *procedures, struct err *err)
{
    const struct item_filter filter = {.kind = -1};
    struct tour tour = {.cli = cli, .procedures = procedures};

    return store_visit_items(cli->store, &filter, visit, &tour, err);
}

int verb_explain(struct cli *cli, int argc, char **argv)
{
    owned(procedures_done) struct procedures procedures = {0};
    struct item item = {0};
    struct err err = {0};
    bool all = cli_option(cli, "all") != NULL;

    if (all == (argc > 0))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_EXPLAIN_WHICH));
    int code = cli_need_office(cli);
    if (code || (!all && (code = named_item(cli, argv[0], &item))))
        return code;
    int failed = store_load_procedures(cli->store, &procedures, &err) ||
                 (all ? explain_all(cli, &procedures, &err)
                      : explain(cli, &procedures, &item, &err));
    item_done(&item);
    return failed ? cli_fail(&err) : CLI_DONE;
}
