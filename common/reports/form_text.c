#include "base/own.h"
#include "base/utf8.h"
#include "reports/figures.h"
#include "reports/forms.h"
#include "reports/grid.h"
#include "reports/narrative.h"
#include "reports/numbers.h"
#include "reports/wording.h"

enum { CELL_MOST = 44 };

/* A report on its way to text. */
struct writing {
    const struct report *report;
    struct buf *out;
};

static const char *words(const struct writing *writing, enum text_id id)
{
    return text_of(id, writing->report->options.language);
}

static void write_heading(const struct writing *writing, const char *text)
{
    buf_addf(writing->out, "\n%s\n", text);
    for (size_t i = 0; i < utf8_columns(text); i++)
        buf_add(writing->out, "-");
    buf_add(writing->out, "\n");
}

static void add_number(const struct writing *writing, struct grid *grid,
                       int64_t number)
{
    owned(str_free) char *text =
        number_text(number, writing->report->options.language);

    grid_text(grid, text);
}

/* ---- dossiers ---- */

/* Columns that are left out where every row has nothing in them. */
static bool is_shown(const struct report *report, enum figure figure)
{
    bool rare = figure == FIGURE_UNKNOWN_WAY || figure == FIGURE_UNJUDGED ||
                figure == FIGURE_NO_PROMISE;

    return !rare || figure_of(&report->total, figure) != 0;
}

static void add_figures(const struct writing *writing, struct grid *grid,
                        const char *name, const struct counts *counts)
{
    enum text_language language = writing->report->options.language;

    grid_text(grid, name);
    for (enum figure figure = 0; figure < FIGURES; figure++)
        if (is_shown(writing->report, figure))
            add_number(writing, grid, figure_of(counts, figure));
    owned(str_free) char *rate = share_text(counts_punctual(counts), language);
    owned(str_free) char *online = share_text(counts_online(counts), language);
    grid_text(grid, rate);
    grid_text(grid, online);
}

/* The heads of a table of figures are numbers in brackets, with their words
 * beneath it: seventeen columns of words fit no page. */
static void add_heads(const struct writing *writing, struct grid *grid,
                      const char *first)
{
    int number = 1;

    grid->columns = 3;
    grid->left = 1;
    grid_text(grid, first);
    for (enum figure figure = 0; figure < FIGURES; figure++)
        if (is_shown(writing->report, figure)) {
            owned(str_free) char *head = str_format("(%d)", number++);
            grid_text(grid, head);
            grid->columns++;
        }
    owned(str_free) char *rate = str_format("(%d)", number++);
    owned(str_free) char *online = str_format("(%d)", number);
    grid_text(grid, rate);
    grid_text(grid, online);
}

static void write_legend(const struct writing *writing)
{
    int number = 1;

    for (enum figure figure = 0; figure < FIGURES; figure++)
        if (is_shown(writing->report, figure))
            buf_addf(writing->out, "%s(%d) %s", number == 1 ? "" : "; ", number,
                     words(writing, figure_head(figure))),
                number++;
    buf_addf(writing->out, "; (%d) %s; (%d) %s.\n", number,
             words(writing, TEXT_COLUMN_PUNCTUAL), number + 1,
             words(writing, TEXT_COLUMN_ONLINE_SHARE));
}

static void write_units(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(grid_done) struct grid grid = {0};

    write_heading(writing, words(writing, TEXT_REPORT_BY_UNIT));
    add_heads(writing, &grid, words(writing, TEXT_COLUMN_UNIT));
    for (size_t i = 0; i < report->units.count; i++)
        if (counts_received(&report->units.items[i].counts))
            add_figures(writing, &grid,
                        report_unit_name(report, report->units.items[i].name),
                        &report->units.items[i].counts);
    add_figures(writing, &grid, words(writing, TEXT_REPORT_TOTAL),
                &report->total);
    grid_write(&grid, CELL_MOST, writing->out);
    write_legend(writing);
    owned(str_free) char *identity = report_identity(report);
    buf_addf(writing->out, "%s\n", identity);
}

static void write_fields(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(grid_done) struct grid grid = {0};

    if (!report->fields.count)
        return;
    write_heading(writing, words(writing, TEXT_REPORT_BY_FIELD));
    add_heads(writing, &grid, words(writing, TEXT_COLUMN_FIELD));
    for (size_t i = 0; i < report->fields.count; i++)
        add_figures(writing, &grid,
                    report_field_name(report, report->fields.items[i].name),
                    &report->fields.items[i].counts);
    grid_write(&grid, CELL_MOST, writing->out);
}

static void write_form(const struct writing *writing)
{
    const struct report *report = writing->report;
    struct form_counts form =
        form_counts_of(&report->total, report->options.form);
    owned(grid_done) struct grid grid = {.columns = 2, .left = 1};

    write_heading(writing, words(writing, TEXT_REPORT_FORM));
    for (enum form_figure figure = 0; figure < FORM_FIGURES; figure++) {
        bool whole = figure == FORM_RECEIVED || figure == FORM_SETTLED ||
                     figure == FORM_RUNNING;
        owned(str_free) char *name =
            str_format("%s%s", whole ? "" : "  ",
                       words(writing, form_figure_head(figure)));
        grid_text(&grid, name);
        add_number(writing, &grid, form_figure_of(&form, figure));
    }
    grid_write(&grid, CELL_MOST, writing->out);
}

/* ---- rates and ranking ---- */

static void write_change(const struct writing *writing, struct grid *grid,
                         enum figure figure)
{
    const struct report *report = writing->report;
    int64_t now = figure_of(&report->total, figure);
    int64_t before = figure_of(&report->total_before, figure);
    owned(str_free) char *change =
        count_change_text(now - before, report->options.language);

    grid_text(grid, words(writing, figure_head(figure)));
    add_number(writing, grid, now);
    add_number(writing, grid, before);
    grid_text(grid, change);
}

static void write_rate_change(const struct writing *writing, struct grid *grid,
                              enum text_id head, const struct share shares[2])
{
    enum text_language language = writing->report->options.language;
    owned(str_free) char *now = share_text(shares[0], language);
    owned(str_free) char *before = share_text(shares[1], language);
    owned(str_free) char *change =
        share_change_text(shares[0], shares[1], language);

    grid_text(grid, words(writing, head));
    grid_text(grid, now);
    grid_text(grid, before);
    grid_text(grid, change);
}

static void write_before(const struct writing *writing)
{
    static const enum figure compared[] = {FIGURE_RECEIVED, FIGURE_SETTLED,
                                           FIGURE_LATE, FIGURE_RUNNING,
                                           FIGURE_OVERDUE};
    const struct report *report = writing->report;
    const struct share punctual[] = {counts_punctual(&report->total),
                                     counts_punctual(&report->total_before)};
    const struct share online[] = {counts_online(&report->total),
                                   counts_online(&report->total_before)};
    owned(grid_done) struct grid grid = {.columns = 4, .left = 1};

    write_heading(writing, words(writing, TEXT_COLUMN_BEFORE));
    if (!report->has_before) {
        buf_addf(writing->out, "(%s)\n", words(writing, TEXT_REPORT_NO_BEFORE));
        return;
    }
    grid_text(&grid, "");
    grid_text(&grid, words(writing, TEXT_COLUMN_NOW));
    grid_text(&grid, words(writing, TEXT_COLUMN_BEFORE));
    grid_text(&grid, words(writing, TEXT_COLUMN_CHANGE));
    for (size_t i = 0; i < sizeof(compared) / sizeof(*compared); i++)
        write_change(writing, &grid, compared[i]);
    write_rate_change(writing, &grid, TEXT_COLUMN_PUNCTUAL, punctual);
    write_rate_change(writing, &grid, TEXT_COLUMN_ONLINE_SHARE, online);
    grid_write(&grid, CELL_MOST, writing->out);
}

static void write_rates(const struct writing *writing)
{
    struct strs sentences = {0};

    write_heading(writing, words(writing, TEXT_REPORT_RATES));
    report_rates(writing->report, &sentences);
    for (size_t i = 0; i < sentences.count; i++)
        buf_addf(writing->out, "%s\n", sentences.items[i]);
    strs_done(&sentences);
}

static void write_ranking(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(grid_done) struct grid grid = {.columns = 4, .left = 2};

    if (!report->ranked)
        return;
    write_heading(writing, words(writing, TEXT_REPORT_RANKING));
    grid_text(&grid, words(writing, TEXT_COLUMN_RANK));
    grid_text(&grid, words(writing, TEXT_COLUMN_UNIT));
    grid_text(&grid, words(writing, TEXT_COLUMN_PUNCTUAL));
    grid_text(&grid, words(writing, TEXT_FIGURE_OVERDUE));
    for (size_t i = 0; i < report->ranked; i++) {
        const struct report_group *unit =
            &report->units.items[report->ranking[i]];
        owned(str_free) char *rank = str_format("%zu", i + 1);
        owned(str_free) char *rate = share_text(counts_punctual(&unit->counts),
                                                report->options.language);
        grid_text(&grid, rank);
        grid_text(&grid, report_unit_name(report, unit->name));
        grid_text(&grid, rate);
        add_number(writing, &grid, unit->counts.overdue);
    }
    grid_write(&grid, CELL_MOST, writing->out);
}

/* ---- tasks ---- */

static void add_duties(const struct writing *writing, struct grid *grid,
                       const char *name, const struct duty_counts *counts)
{
    grid_text(grid, name);
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        add_number(writing, grid, duty_figure_of(counts, figure));
}

static void write_duties(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(grid_done) struct grid grid = {.columns = DUTY_FIGURES + 1,
                                         .left = 1};

    write_heading(writing, words(writing, TEXT_REPORT_DUTIES));
    grid_text(&grid, words(writing, TEXT_COLUMN_UNIT));
    for (int i = 1; i <= DUTY_FIGURES; i++) {
        owned(str_free) char *head = str_format("(%d)", i);
        grid_text(&grid, head);
    }
    for (size_t i = 0; i < report->units.count; i++) {
        const struct report_group *unit = &report->units.items[i];
        if (duty_counts_total(&unit->duties) || unit->duties.paused ||
            unit->duties.cancelled)
            add_duties(writing, &grid, report_unit_name(report, unit->name),
                       &unit->duties);
    }
    add_duties(writing, &grid, words(writing, TEXT_REPORT_TOTAL),
               &report->duties);
    grid_write(&grid, CELL_MOST, writing->out);
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        buf_addf(writing->out, "%s(%d) %s", figure ? "; " : "", figure + 1,
                 words(writing, duty_figure_head(figure)));
    buf_add(writing->out, ".\n");
}

/* ---- lists ---- */

static void write_lines(const struct writing *writing, enum text_id heading,
                        const struct report_lines *lines)
{
    const struct report *report = writing->report;
    owned(grid_done) struct grid grid = {.columns = 5, .left = 5};

    write_heading(writing, words(writing, heading));
    if (!lines->count)
        buf_addf(writing->out, "%s\n", words(writing, TEXT_REPORT_NONE));
    for (size_t i = 0; i < lines->count; i++) {
        const struct report_line *line = &lines->items[i];
        owned(str_free) char *deadline =
            moment_written(report_zone(report), line->deadline);
        owned(str_free) char *left = line_left_text(report, line);
        grid_text(&grid, line->code);
        grid_text(&grid, left);
        grid_text(&grid, deadline);
        grid_text(&grid, report_holder(report, line));
        grid_text(&grid, line->title);
    }
    grid_write(&grid, CELL_MOST, writing->out);
}

static void write_loads(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(str_free) char *heading = report_loads_heading(report);
    owned(grid_done) struct grid grid = {.columns = 4, .left = 2};

    if (!heading)
        return;
    write_heading(writing, heading);
    grid_text(&grid, words(writing, TEXT_COLUMN_HOLDER));
    grid_text(&grid, words(writing, TEXT_COLUMN_UNIT));
    grid_text(&grid, words(writing, TEXT_COLUMN_TO_DO));
    grid_text(&grid, words(writing, TEXT_COLUMN_OF_OVERDUE));
    for (size_t i = 0; i < report->loads.count; i++) {
        const struct report_load *load = &report->loads.items[i];
        grid_text(&grid, report_person(report, load->assignee));
        grid_text(&grid, report_person_unit(report, load->assignee));
        add_number(writing, &grid, load->count);
        add_number(writing, &grid, load->overdue);
    }
    if (report->loads.count)
        grid_write(&grid, CELL_MOST, writing->out);
    else
        buf_addf(writing->out, "%s\n", words(writing, TEXT_REPORT_NONE));
}

/* ---- the whole ---- */

static void write_top(const struct writing *writing)
{
    const struct report *report = writing->report;
    owned(str_free) char *title = report_title(report);
    struct strs notes = {0};

    buf_addf(writing->out, "%s\n%s\n", report->options.organisation, title);
    if (report->options.unit) {
        int unit = directory_unit(report->options.policy->directory,
                                  report->options.unit);
        owned(str_free) char *of = text_fill(
            TEXT_REPORT_OF, report->options.language, "unit",
            report->options.policy->directory->units[unit].name, NULL);
        buf_addf(writing->out, "%s\n", of);
    }
    report_notes(report, &notes);
    for (size_t i = 0; i < notes.count; i++)
        buf_addf(writing->out, "%s\n", notes.items[i]);
    strs_done(&notes);
}

static void write_narrative(const struct writing *writing)
{
    for (enum narrative_part part = 0; part < NARRATIVE_PARTS; part++) {
        struct strs sentences = {0};
        write_heading(writing, words(writing, narrative_heading(part)));
        narrative_tell(writing->report, part, &sentences);
        for (size_t i = 0; i < sentences.count; i++)
            buf_addf(writing->out, "- %s\n", sentences.items[i]);
        strs_done(&sentences);
    }
}

char *report_as_text(const struct report *report)
{
    struct buf out = {0};
    const struct writing writing = {report, &out};

    write_top(&writing);
    write_narrative(&writing);
    write_lines(&writing, TEXT_REPORT_WORST, &report->worst);
    write_units(&writing);
    write_fields(&writing);
    write_form(&writing);
    write_rates(&writing);
    write_before(&writing);
    write_ranking(&writing);
    write_duties(&writing);
    write_loads(&writing);
    if (report->outlook.now < report->outlook.period.end &&
        report->may_be_late < (int64_t)report->due.count)
        write_lines(&writing, TEXT_REPORT_DUE, &report->due);
    write_heading(&writing, words(&writing, TEXT_REPORT_CAUSES));
    owned(str_free) char *causes = report_causes(report);
    buf_addf(&out, "%s\n", causes);
    return buf_take(&out);
}
