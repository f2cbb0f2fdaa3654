/* kiphan report: the figures of a period, in the form that is wanted. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/file.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report_ask.h"
#include "cli/table.h"
#include "cli/verbs.h"
#include "reports/form_xlsx.h"
#include "reports/forms.h"
#include "store/past.h"

enum { MOST_LISTED = 12, MOST_BYTES = 1 << 30 };

/* A report on its way. */
struct making {
    struct cli *cli;
    struct output output;
    struct progress progress;
    struct report_options options;
    struct sources sources;
    struct workbook *workbook; /* with xlsx */
    char *path;                /* of a file in memory, for the library */
    int file;
    size_t all;
};

/* ---- forms ---- */

typedef int former(struct making *making, const struct report *report,
                   struct err *err);

static int write_text(struct making *making, char **text, struct err *err)
{
    int failed = output_write(&making->output, *text, strlen(*text), err);

    str_free(text);
    return failed;
}

static int form_text(struct making *making, const struct report *report,
                     struct err *err)
{
    char *text = report_as_text(report);

    return write_text(making, &text, err);
}

static int form_html(struct making *making, const struct report *report,
                     struct err *err)
{
    char *text = report_as_html(report);

    return write_text(making, &text, err);
}

static int form_csv(struct making *making, const struct report *report,
                    struct err *err)
{
    char *text = report_as_csv(report);

    return write_text(making, &text, err);
}

static int form_json(struct making *making, const struct report *report,
                     struct err *err)
{
    owned(json_free) struct json *whole = report_as_json(report);
    owned(str_free) char *json = json_format_pretty(whole);
    char *text = str_format("%s\n", json);

    return write_text(making, &text, err);
}

static int form_xlsx(struct making *making, const struct report *report,
                     struct err *err)
{
    owned(str_free) char *bytes = NULL;
    size_t length = 0;

    if (workbook_finish(making->workbook, report, err) ||
        file_bytes(making->path, MOST_BYTES, &bytes, &length, err))
        return -1;
    return output_write(&making->output, bytes, length, err);
}

/* The library wants a file by its name, and lists are written while figures
 * are gathered. */
static int begin_workbook(struct making *making, struct err *err)
{
    making->file = memfd_create("kiphan-report", MFD_CLOEXEC);
    if (making->file < 0)
        return err_set(err, ERR_SYSTEM, "memfd: %s", strerror(errno));
    making->path = str_format("/proc/self/fd/%d", making->file);
    making->workbook = workbook_new(making->path, &making->options);
    making->options.sink = workbook_sink(making->workbook);
    return 0;
}

static void end_workbook(struct making *making)
{
    workbook_free(&making->workbook);
    if (making->path)
        (void)close(making->file);
    str_free(&making->path);
}

static const struct form {
    const char *name;
    former *write;
    bool is_workbook;
} forms[] = {
    {"text", form_text, false}, {"json", form_json, false},
    {"csv", form_csv, false},   {"html", form_html, false},
    {"xlsx", form_xlsx, true},
};

static int find_form(const struct cli *cli, const struct form **form_r)
{
    const char *given = cli_option(cli, "format");
    const char *name = given ? given : cli->json ? "json" : "text";
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        nearest_offer(&nearest, forms[i].name);
        if (str_equal(forms[i].name, name)) {
            *form_r = &forms[i];
            return CLI_DONE;
        }
    }
    return cli_unknown(cli, TEXT_CLI_REPORT_NO_FORMAT, &nearest);
}

/* ---- making one ---- */

static void go_on(void *context, size_t done, size_t all)
{
    struct making *making = context;

    making->all = all;
    progress_draw(&making->progress, done, all);
}

static int find_unit(struct making *making)
{
    struct cli *cli = making->cli;
    const struct directory *directory = office_directory(cli->office);
    const char *name = cli_option(cli, "unit");

    if (!name)
        return CLI_DONE;
    int unit = directory_find_unit(directory, name);
    if (unit != NO_UNIT) {
        making->options.unit = directory->units[unit].code;
        return CLI_DONE;
    }
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_UNIT, cli->language, "name", name, NULL);
    return cli_refuse("%s", wrong);
}

static int prepare(struct making *making, int argc, char **argv)
{
    struct cli *cli = making->cli;
    struct report_options *options = &making->options;

    *options = (struct report_options){
        .as_known_now = cli_option(cli, "as-known-now") != NULL,
        .organisation = cli->settings->organisation.text[cli_languages(cli)],
        .policy = office_policy(cli->office),
        .target = REPORT_TARGET,
        .language = cli->language,
        .progress = go_on,
        .context = making,
    };
    int code = report_ask_period(cli, argc, argv, &options->period);
    if (!code)
        code = report_ask_known(cli, &options->period, &options->known_at);
    return code ? code : find_unit(making);
}

/* Say on the side that the store knows more by now. */
static void hint(const struct making *making)
{
    const struct cli *cli = making->cli;
    struct sources newest = {0};
    struct err err = {0};

    if (making->options.known_at >= cli->now ||
        office_sources(cli->office, cli->store, cli_languages(cli), cli->now,
                       &newest, &err))
        return;
    for (size_t i = 0; i < newest.count; i++) {
        if (newest.items[i].as_of <= making->options.known_at)
            continue;
        owned(str_free) char *when =
            moment_text(office_zone(cli->office), newest.items[i].as_of);
        owned(str_free) char *said =
            text_fill(TEXT_CLI_REPORT_NEWER, cli->language, "feed",
                      newest.items[i].label, "when", when, NULL);
        cli_warn("%s", said);
    }
    sources_done(&newest);
}

static int make(struct making *making, const struct form *form, struct err *err)
{
    struct cli *cli = making->cli;
    struct report report = {0};

    if (office_sources_at(cli->office, cli->store, cli_languages(cli),
                          making->options.known_at, &making->sources, err))
        return -1;
    making->options.sources = making->sources.items;
    making->options.source_count = making->sources.count;
    if (form->is_workbook && begin_workbook(making, err))
        return -1;
    progress_start(&making->progress, cli_text(cli, TEXT_CLI_REPORT_LABEL));
    int failed = report_make(cli->store, &making->options, &report, err);
    if (making->all)
        progress_end(&making->progress, making->all, making->all);
    if (!failed)
        failed = form->write(making, &report, err);
    report_done(&report);
    end_workbook(making);
    return failed;
}

static int make_one(struct making *making, const struct form *form, int argc,
                    char **argv)
{
    struct cli *cli = making->cli;
    struct err err = {0};
    int code = cli_need_office(cli);

    if (!code)
        code = prepare(making, argc, argv);
    if (code)
        return code;
    int failed = store_read_begin(cli->store, &err) || make(making, form, &err);
    store_read_end(cli->store);
    sources_done(&making->sources);
    if (failed)
        return cli_fail(&err);
    hint(making);
    return CLI_DONE;
}

static int report(struct cli *cli, int argc, char **argv)
{
    const struct form *form = NULL;
    struct making making = {.cli = cli};
    struct err err = {0};
    int code = find_form(cli, &form);

    if (code)
        return code;
    if (output_open(&making.output, cli_option(cli, "output"), &err))
        return cli_fail(&err);
    code = form->is_workbook && output_is_terminal(&making.output)
               ? cli_usage(cli, cli_text(cli, TEXT_CLI_REPORT_TERMINAL))
               : make_one(&making, form, argc, argv);
    output_done(&making.output);
    return code;
}

/* ---- list ---- */

/* Those of a kind that have begun since anything was known, newest first. */
static size_t list_kind(const struct cli *cli, enum period_kind kind,
                        int64_t first, struct period *periods)
{
    const struct zone *zone = office_zone(cli->office);
    struct period period =
        period_around(zone, kind, zone_civil(zone, cli->now).date);
    size_t count = 0;

    while (count < MOST_LISTED && period.end > first) {
        periods[count++] = period;
        period = period_before(zone, &period);
    }
    return count;
}

static void put_period(const struct cli *cli, struct json *array,
                       const struct period *period)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *row = json_new_object();
    char from[11] = "", to[11] = "";

    date_format(period->from, from);
    date_format(period->to, to);
    json_put_text(row, "kind", period_kind_name(period->kind));
    json_put_text(row, "from", from);
    json_put_text(row, "to", to);
    json_put_bool(row, "over", period->end <= cli->now);
    moment_put(row, "known_at", zone, report_moment(cli, period));
    json_add(array, &row);
}

static void print_period(const struct cli *cli, struct text_table *table,
                         const struct period *period)
{
    const struct zone *zone = office_zone(cli->office);
    owned(str_free) char *text = period_text(period, cli->language);
    owned(str_free) char *known = moment_text(zone, report_moment(cli, period));
    owned(str_free) char *command = str_format(
        "kiphan report %s %02d/%02d/%04d", period_kind_name(period->kind),
        period->from.day, period->from.month, period->from.year);

    text_table_row(table, period->end <= cli->now ? SHADE_PLAIN : SHADE_FAINT);
    text_table_cell(table, text);
    text_table_cell(table, known);
    text_table_cell(table, command);
}

static int print_list(struct cli *cli, int64_t first)
{
    owned(text_table_free) struct text_table *table = text_table_new();
    struct json *array = json_new_array();
    struct json *whole = json_new_object();

    text_table_column(table, cli_text(cli, TEXT_CLI_REPORT_PERIOD), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_REPORT_KNOWN), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_REPORT_COMMAND),
                      ALIGN_LEFT);
    for (enum period_kind kind = PERIOD_WEEK; kind <= PERIOD_QUARTER; kind++) {
        struct period periods[MOST_LISTED];
        size_t count = list_kind(cli, kind, first, periods);
        for (size_t i = 0; i < count; i++) {
            put_period(cli, array, &periods[i]);
            print_period(cli, table, &periods[i]);
        }
    }
    json_put(whole, "periods", &array);
    if (cli->json)
        return cli_print_json(&whole);
    json_free(&whole);
    text_table_print(table, stdout, cli->colour, 0);
    return CLI_DONE;
}

static int list(struct cli *cli)
{
    struct err err = {0};
    int64_t first = INSTANT_NEVER;
    int code = cli_need_office(cli);

    if (code)
        return code;
    if (store_first_learnt(cli->store, &first, &err))
        return cli_fail(&err);
    return print_list(cli, first);
}

int verb_report(struct cli *cli, int argc, char **argv)
{
    if (argc == 1 && str_equal(argv[0], "list"))
        return list(cli);
    return report(cli, argc, argv);
}
