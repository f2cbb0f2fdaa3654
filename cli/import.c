/* kiphan import: lists of units, people, procedures, items and calendar
 * days. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/calendar_options.h"
#include "cli/file.h"
#include "cli/hold.h"
#include "cli/moment.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "intake/intake.h"
#include "intake/waiting.h"
#include "store/office.h"

enum {
    FILE_MOST = 64 * 1024 * 1024, /* as the reader of lists allows */
};

/* One list on its way. */
struct import_run {
    struct cli *cli;
    char *path;
    char *name; /* base name */
    char *why;  /* the reason, on one line; or NULL */
    char *bytes;
    size_t length;
    int64_t written_at;
    struct intake_options options;
    struct intake_feed feed;
    struct intake_column *columns;
    struct progress progress;
    size_t done;
    size_t all;
    struct intake_report report;
};

typedef int taker(const struct intake_options *options, const char *bytes,
                  size_t length, struct intake_report *report_r,
                  struct err *err);
typedef int preparer(struct import_run *run);

/* ---- what each kind of list needs ---- */

static int prepare_nothing(struct import_run *run)
{
    (void)run;
    return CLI_DONE;
}

static void copy_feed(struct import_run *run,
                      const struct feed_setting *setting)
{
    run->columns = mem_zero(setting->column_count + 1, sizeof(*run->columns));
    for (size_t i = 0; i < setting->column_count; i++)
        run->columns[i] = (struct intake_column){setting->columns[i].field,
                                                 setting->columns[i].header};
    run->feed = (struct intake_feed){
        .name = setting->name,
        .kind = setting->kind,
        .complete = setting->complete,
        .gone_percent = setting->gone_percent,
        .columns = run->columns,
        .column_count = setting->column_count,
    };
    run->options.feed = &run->feed;
}

/* The feed that was named; else the only one. */
static int find_feed(struct import_run *run)
{
    const struct settings *settings = run->cli->settings;
    const char *name = cli_option(run->cli, "feed");
    struct strs names = {0};

    if (!name && settings->feed_count == 1)
        name = settings->feeds[0].name;
    const struct feed_setting *feed =
        name ? settings_feed(settings, name) : NULL;
    if (feed) {
        copy_feed(run, feed);
        return CLI_DONE;
    }
    for (size_t i = 0; i < settings->feed_count; i++)
        strs_add(&names, settings->feeds[i].name);
    owned(str_free) char *known = strs_join(&names, ", ");
    strs_done(&names);
    owned(str_free) char *wrong = text_fill(
        name ? TEXT_CLI_NO_FEED : TEXT_CLI_WHICH_FEED, run->cli->language,
        "name", str_or_empty(name), "known", known, NULL);
    return name ? cli_refuse("%s", wrong) : cli_usage(run->cli, wrong);
}

static int wrong_time(const struct cli *cli, const char *text)
{
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_BAD_TIME, cli->language, "value", text, NULL);

    return cli_usage(cli, wrong);
}

/* What the list is true for: as told, else when the file was written; never
 * later than now (R16). */
static int find_as_of(struct import_run *run)
{
    const char *text = cli_option(run->cli, "as-of");
    bool time_given = false;
    struct err err = {0};

    run->options.as_of = run->written_at;
    if (text && zone_parse(office_zone(run->cli->office), text,
                           &run->options.as_of, &time_given, &err))
        return wrong_time(run->cli, text);
    if (run->options.as_of > run->cli->now)
        run->options.as_of = run->cli->now;
    return CLI_DONE;
}

static int prepare_items(struct import_run *run)
{
    int code = find_feed(run);

    if (code || (code = cli_need_office(run->cli)) || (code = find_as_of(run)))
        return code;
    run->options.calendar = office_calendar(run->cli->office);
    run->options.timetable = office_timetable(run->cli->office);
    run->options.older_too = cli_option(run->cli, "older-too") != NULL;
    return CLI_DONE;
}

static int prepare_calendar(struct import_run *run)
{
    return calendar_options(run->cli, &run->options);
}

static const struct kind {
    const char *name;
    taker *take;
    preparer *prepare;
} kinds[] = {
    {"units", intake_units, prepare_nothing},
    {"people", intake_people, prepare_nothing},
    {"procedures", intake_procedures, prepare_nothing},
    {"items", intake_items, prepare_items},
    {"calendar", intake_calendar, prepare_calendar},
};

/* ---- what is said of it ---- */

static struct json *remarks_json(const struct intake_report *report)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < report->remark_count; i++) {
        const struct remark *remark = &report->remarks[i];
        struct json *row = json_new_object();
        json_put_int(row, "line", remark->line);
        json_put_text(row, "severity", remark_severity_name(remark->severity));
        json_put_text(row, "column", remark->column);
        json_put_text(row, "value", remark->value);
        json_put_text(row, "text", remark->text);
        json_put_int(row, "more", remark->more);
        json_add(array, &row);
    }
    return array;
}

static void print_json(const struct import_run *run, const struct kind *kind,
                       const char *error)
{
    const struct intake_report *report = &run->report;
    struct json *whole = json_new_object();
    struct json *remarks = remarks_json(report);

    json_put_text(whole, "kind", kind->name);
    json_put_text(whole, "file", run->name);
    json_put_bool(whole, "dry_run", run->options.dry_run);
    json_put_text(whole, "error", error);
    json_put_int(whole, "read", report->read);
    json_put_int(whole, "new", report->fresh);
    json_put_int(whole, "changed", report->changed);
    json_put_int(whole, "same", report->same);
    json_put_int(whole, "back", report->back);
    json_put_int(whole, "repeated", report->repeated);
    json_put_int(whole, "left_out", report->rejected);
    json_put_int(whole, "gone", report->gone);
    json_put_int(whole, "needs_you", report->needs_you);
    json_put_bool(whole, "stopped", report->stopped);
    json_put_bool(whole, "unchanged", report->unchanged);
    json_put(whole, "remarks", &remarks);
    json_put_int(whole, "remarks_dropped", report->remarks_dropped);
    (void)cli_print_json(&whole);
}

static void add_count(const struct cli *cli, struct buf *text, int64_t count,
                      enum text_id id)
{
    if (count == 0)
        return;
    owned(str_free) char *number = str_format("%lld", (long long)count);
    owned(str_free) char *part =
        text_fill(id, cli->language, "count", number, NULL);
    buf_addf(text, "%s%s", text->length ? ", " : "", part);
}

/* "373 read: 370 new, 3 left out; 3 need you". */
static void print_summary(const struct import_run *run)
{
    const struct cli *cli = run->cli;
    const struct intake_report *report = &run->report;
    struct buf counts = {0};

    add_count(cli, &counts, report->fresh, TEXT_CLI_ROWS_NEW);
    add_count(cli, &counts, report->changed, TEXT_CLI_ROWS_CHANGED);
    add_count(cli, &counts, report->same, TEXT_CLI_ROWS_SAME);
    add_count(cli, &counts, report->back, TEXT_CLI_ROWS_BACK);
    add_count(cli, &counts, report->repeated, TEXT_CLI_ROWS_REPEATED);
    add_count(cli, &counts, report->rejected, TEXT_CLI_ROWS_LEFT_OUT);
    add_count(cli, &counts, report->gone, TEXT_CLI_ROWS_GONE);
    owned(str_free) char *parts = buf_take(&counts);
    owned(str_free) char *read = str_format("%lld", (long long)report->read);
    owned(str_free) char *said =
        text_fill(TEXT_CLI_ROWS_READ, cli->language, "file", run->name, "count",
                  read, NULL);
    owned(str_free) char *needs =
        str_format("%lld", (long long)report->needs_you);
    owned(str_free) char *you =
        text_fill(TEXT_CLI_ROWS_NEED_YOU, cli->language, "count", needs, NULL);
    (void)printf("%s%s%s%s%s\n", said, *parts ? ", " : "", parts,
                 report->needs_you ? "; " : "", report->needs_you ? you : "");
    if (run->options.dry_run)
        (void)puts(cli_text(cli, TEXT_CLI_DRY_RUN));
    if (report->stopped)
        (void)puts(cli_text(cli, TEXT_CLI_STOPPED));
}

static char *remark_text(const struct cli *cli, const struct remark *remark)
{
    if (remark->more == 0)
        return str_copy(remark->text);
    owned(str_free) char *number = str_format("%d", remark->more);
    owned(str_free) char *more =
        text_fill(TEXT_CLI_MORE_ROWS, cli->language, "count", number, NULL);
    return str_format("%s %s", remark->text, more);
}

/* What is said of the list as a whole needs no columns. */
static void print_whole(const struct import_run *run)
{
    for (size_t i = 0; i < run->report.remark_count; i++) {
        const struct remark *remark = &run->report.remarks[i];
        owned(str_free) char *text = remark_text(run->cli, remark);
        if (!remark->line)
            (void)printf("  %s\n", text);
    }
}

static void print_remarks(const struct import_run *run)
{
    const struct cli *cli = run->cli;
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    print_whole(run);
    for (size_t i = 0; i < run->report.remark_count; i++) {
        const struct remark *remark = &run->report.remarks[i];
        if (!remark->line)
            continue;
        owned(str_free) char *line =
            str_format("  %s %d", cli_text(cli, TEXT_CLI_LINE), remark->line);
        owned(str_free) char *cell =
            *remark->value
                ? str_format("%s \"%s\"", remark->column, remark->value)
                : str_copy(remark->column);
        owned(str_free) char *text = remark_text(cli, remark);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, line);
        text_table_cell(table, cell);
        text_table_cell(table, text);
    }
    text_table_print(table, stdout, false, 0);
    if (!run->report.remarks_dropped)
        return;
    owned(str_free) char *number =
        str_format("%lld", (long long)run->report.remarks_dropped);
    owned(str_free) char *more =
        text_fill(TEXT_CLI_MORE_REMARKS, cli->language, "count", number, NULL);
    (void)printf("  %s\n", more);
}

/* ---- taking it in ---- */

static bool go_on(void *context, size_t done, size_t all)
{
    struct import_run *run = context;

    run->done = done;
    run->all = all;
    progress_draw(&run->progress, done, all);
    return hold_breathe();
}

static int open_file(struct import_run *run, const char *path)
{
    struct err err = {0};
    owned(str_free) char *copy = str_copy(path);
    owned(str_free) char *name = utf8_one_line(basename(copy));

    if (file_bytes(path, FILE_MOST, &run->bytes, &run->length, &err))
        return cli_fail(&err);
    run->path = str_copy(path);
    run->name = give(name);
    run->written_at = file_written_at(path, run->cli->now);
    return CLI_DONE;
}

static const struct calendar *calendar_of(void *context,
                                          const struct item *item)
{
    const struct office *office = context;
    return policy_calendar(office_policy(office), item);
}

/* A year was entered: what waited for it is made up for (R8). */
static int settle_waiting(struct import_run *run, struct err *err)
{
    const struct cli *cli = run->cli;
    owned(procedures_done) struct procedures procedures = {0};
    owned(office_free) struct office *office = NULL;
    const struct change like = {
        .store = cli->store,
        .procedures = &procedures,
        .at = cli->now,
        .learnt_at = cli->now,
        .source = run->name,
        .by = cli->login,
        .why = run->why,
        .language = cli->language,
    };

    if (run->options.dry_run || run->report.unchanged)
        return 0;
    if (office_load(cli->settings, cli->store, &office, err) ||
        store_load_procedures(cli->store, &procedures, err))
        return -1;
    return waiting_settle(&like, calendar_of, office, err);
}

static int take(struct import_run *run, const struct kind *kind)
{
    struct err err = {0};

    progress_start(&run->progress, run->name);
    hold_begin();
    int failed =
        kind->take(&run->options, run->bytes, run->length, &run->report, &err);
    if (!failed && kind->take == intake_calendar)
        failed = settle_waiting(run, &err);
    if (run->all)
        progress_end(&run->progress, run->done, run->all);
    if (run->cli->json) {
        print_json(run, kind, failed ? err.text : NULL);
    } else {
        if (!failed)
            print_summary(run);
        print_remarks(run);
    }
    (void)fflush(stdout);
    int code = failed ? cli_fail(&err) : CLI_DONE;
    if (!failed && (run->report.rejected || run->report.stopped))
        code = CLI_PARTLY;
    if (!run->options.dry_run && !run->report.unchanged && !failed)
        (void)cli_poke(run->cli);
    hold_end();
    return code;
}

static int import(struct import_run *run, const struct kind *kind,
                  const char *path)
{
    struct cli *cli = run->cli;
    /* The file first, by the right of who asks; then as the store's owner. */
    int code = open_file(run, path);

    if (code || (code = cli_need_store(cli, STORE_WRITE)))
        return code;
    const char *why = cli_option(cli, "why");
    run->why = why ? utf8_one_line(why) : NULL;
    run->options = (struct intake_options){
        .store = cli->store,
        .file = run->name,
        .by = cli->login,
        .why = run->why,
        .now = cli->now,
        .dry_run = cli_option(cli, "dry-run") != NULL,
        .language = cli->language,
        .progress = go_on,
        .context = run,
    };
    code = kind->prepare(run);
    return code ? code : take(run, kind);
}

static int no_such_kind(const struct cli *cli, const char *name)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        nearest_offer(&nearest, kinds[i].name);
    return cli_unknown(cli, TEXT_CLI_NO_KIND, &nearest);
}

int verb_import(struct cli *cli, int argc, char **argv)
{
    struct import_run run = {.cli = cli};

    (void)argc;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (!str_equal(argv[0], kinds[i].name))
            continue;
        int code = import(&run, &kinds[i], argv[1]);
        free(run.columns);
        str_free(&run.path);
        str_free(&run.name);
        str_free(&run.why);
        str_free(&run.bytes);
        intake_report_done(&run.report);
        return code;
    }
    return no_such_kind(cli, argv[0]);
}
