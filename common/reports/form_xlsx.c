#include "reports/form_xlsx.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "reports/book.h"
#include "reports/figures.h"
#include "reports/forms.h"
#include "reports/numbers.h"
#include "reports/wording.h"
#include "reports/xlsx_lists.h"

enum { GREEN = 0x70AD47, BLUE = 0x4472C4, RED = 0xC00000, CHART_ROWS = 17 };

struct workbook {
    const struct report_options *options;
    struct book *book;
    struct report_sink sink;
    struct sheet summary, units, fields, form, duties, worst, work;
    struct xlsx_lists lists;
    uint32_t unit_head; /* rows of the table of units, for the charts */
    uint32_t unit_last;
};

static const char *words(const struct workbook *workbook, enum text_id id)
{
    return text_of(id, workbook->options->language);
}

static int take_line(void *context, const struct report *report,
                     const struct report_line *line, struct err *err)
{
    struct workbook *workbook = context;

    (void)err;
    xlsx_lists_add(&workbook->lists, report, line);
    return 0;
}

struct workbook *workbook_new(const char *path,
                              const struct report_options *options)
{
    struct workbook *workbook = mem_new(struct workbook);
    owned(str_free) char *title =
        period_text(&options->period, options->language);

    workbook->options = options;
    workbook->book = book_new(path, calendar_zone(options->policy->calendar),
                              options->known_at, title);
    workbook->sink = (struct report_sink){take_line, workbook};
    struct book *book = workbook->book;
    workbook->summary = book_sheet(book, words(workbook, TEXT_SHEET_SUMMARY));
    workbook->units = book_sheet(book, words(workbook, TEXT_SHEET_UNITS));
    workbook->fields = book_sheet(book, words(workbook, TEXT_SHEET_FIELDS));
    workbook->form = book_sheet(book, words(workbook, TEXT_SHEET_FORM));
    workbook->duties = book_sheet(book, words(workbook, TEXT_SHEET_DUTIES));
    workbook->worst = book_sheet(book, words(workbook, TEXT_SHEET_WORST));
    workbook->work = book_sheet(book, words(workbook, TEXT_SHEET_WORK));
    xlsx_lists_begin(&workbook->lists, book, options);
    return workbook;
}

void workbook_free(struct workbook **workbook)
{
    if (!*workbook)
        return;
    book_free(&(*workbook)->book);
    free(*workbook);
    *workbook = NULL;
}

const struct report_sink *workbook_sink(const struct workbook *workbook)
{
    return &workbook->sink;
}

/* ---- tables of dossiers ---- */

static void write_figures(struct sheet *sheet, const char *name,
                          const struct counts *counts, enum cell_look look)
{
    sheet_text(sheet, name, look == LOOK_TOTAL ? LOOK_HEAD : LOOK_TEXT);
    for (enum figure figure = 0; figure < FIGURES; figure++)
        sheet_number(sheet, figure_of(counts, figure), look);
    sheet_share(sheet, counts_punctual(counts));
    sheet_share(sheet, counts_online(counts));
    sheet_next_row(sheet);
}

static void write_heads(const struct workbook *workbook, struct sheet *sheet,
                        enum text_id first)
{
    sheet_width(sheet, 0, 38);
    sheet_text(sheet, words(workbook, first), LOOK_HEAD);
    for (enum figure figure = 0; figure < FIGURES; figure++) {
        sheet_width(sheet, 1 + (int)figure, 10);
        sheet_text(sheet, words(workbook, figure_head(figure)), LOOK_HEAD);
    }
    sheet_text(sheet, words(workbook, TEXT_COLUMN_PUNCTUAL), LOOK_HEAD);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_ONLINE_SHARE), LOOK_HEAD);
    sheet_next_row(sheet);
    sheet_freeze(sheet, 1);
}

static void write_title(const struct workbook *workbook, struct sheet *sheet,
                        enum text_id title, const struct report *report)
{
    owned(str_free) char *period =
        period_text(&report->options.period, report->options.language);
    owned(str_free) char *whole =
        str_format("%s, %s", words(workbook, title), period);

    sheet_text(sheet, whole, LOOK_TITLE);
    sheet_next_row(sheet);
    sheet_next_row(sheet);
}

static void write_units(struct workbook *workbook, const struct report *report)
{
    struct sheet *sheet = &workbook->units;

    write_title(workbook, sheet, TEXT_REPORT_BY_UNIT, report);
    workbook->unit_head = sheet->row;
    write_heads(workbook, sheet, TEXT_COLUMN_UNIT);
    for (size_t i = 0; i < report->units.count; i++)
        if (counts_received(&report->units.items[i].counts))
            write_figures(
                sheet, report_unit_short(report, report->units.items[i].name),
                &report->units.items[i].counts, LOOK_NUMBER);
    workbook->unit_last = sheet->row - 1;
    sheet_filter(sheet, workbook->unit_head, workbook->unit_last, FIGURES + 3);
    write_figures(sheet, words(workbook, TEXT_REPORT_TOTAL), &report->total,
                  LOOK_TOTAL);
    sheet_next_row(sheet);
    owned(str_free) char *identity = report_identity(report);
    sheet_text(sheet, identity, LOOK_NOTE);
}

static void write_fields(struct workbook *workbook, const struct report *report)
{
    struct sheet *sheet = &workbook->fields;

    write_title(workbook, sheet, TEXT_REPORT_BY_FIELD, report);
    uint32_t head = sheet->row;
    write_heads(workbook, sheet, TEXT_COLUMN_FIELD);
    for (size_t i = 0; i < report->fields.count; i++)
        write_figures(sheet,
                      report_field_name(report, report->fields.items[i].name),
                      &report->fields.items[i].counts, LOOK_NUMBER);
    sheet_filter(sheet, head, sheet->row - 1, FIGURES + 3);
    write_figures(sheet, words(workbook, TEXT_REPORT_TOTAL), &report->total,
                  LOOK_TOTAL);
}

/* ---- the form, tasks ---- */

static void write_form_row(struct sheet *sheet, const struct report *report,
                           const char *name, const struct counts *counts)
{
    struct form_counts form = form_counts_of(counts, report->options.form);

    sheet_text(sheet, name, LOOK_TEXT);
    for (enum form_figure figure = 0; figure < FORM_FIGURES; figure++)
        sheet_number(sheet, form_figure_of(&form, figure), LOOK_NUMBER);
    sheet_next_row(sheet);
}

static void write_form(struct workbook *workbook, const struct report *report)
{
    struct sheet *sheet = &workbook->form;

    write_title(workbook, sheet, TEXT_REPORT_FORM, report);
    sheet_width(sheet, 0, 38);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_UNIT), LOOK_HEAD);
    for (enum form_figure figure = 0; figure < FORM_FIGURES; figure++)
        sheet_text(sheet, words(workbook, form_figure_head(figure)), LOOK_HEAD);
    sheet_next_row(sheet);
    sheet_freeze(sheet, 1);
    for (size_t i = 0; i < report->units.count; i++)
        write_form_row(sheet, report,
                       report_unit_name(report, report->units.items[i].name),
                       &report->units.items[i].counts);
    write_form_row(sheet, report, words(workbook, TEXT_REPORT_TOTAL),
                   &report->total);
}

static void write_duty_row(struct sheet *sheet, const char *name,
                           const struct duty_counts *counts)
{
    sheet_text(sheet, name, LOOK_TEXT);
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        sheet_number(sheet, duty_figure_of(counts, figure), LOOK_NUMBER);
    sheet_share(sheet, duty_counts_punctual(counts));
    sheet_next_row(sheet);
}

static void write_duties(struct workbook *workbook, const struct report *report)
{
    struct sheet *sheet = &workbook->duties;

    write_title(workbook, sheet, TEXT_REPORT_DUTIES, report);
    sheet_width(sheet, 0, 38);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_UNIT), LOOK_HEAD);
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        sheet_text(sheet, words(workbook, duty_figure_head(figure)), LOOK_HEAD);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_PUNCTUAL), LOOK_HEAD);
    sheet_next_row(sheet);
    sheet_freeze(sheet, 1);
    for (size_t i = 0; i < report->units.count; i++)
        write_duty_row(sheet,
                       report_unit_name(report, report->units.items[i].name),
                       &report->units.items[i].duties);
    write_duty_row(sheet, words(workbook, TEXT_REPORT_TOTAL), &report->duties);
}

/* ---- the summary ---- */

static void write_shares(const struct workbook *workbook, struct sheet *sheet,
                         enum text_id head, struct share now,
                         struct share before)
{
    sheet_text(sheet, words(workbook, head), LOOK_TEXT);
    sheet_share(sheet, now);
    sheet_share(sheet, before);
    sheet_next_row(sheet);
}

static void write_compared(const struct workbook *workbook, struct sheet *sheet,
                           const struct report *report)
{
    const struct counts nothing = {0};
    struct counts before = report->has_before ? report->total_before : nothing;

    sheet_text(sheet, "", LOOK_HEAD);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_NOW), LOOK_HEAD);
    sheet_text(sheet, words(workbook, TEXT_COLUMN_BEFORE), LOOK_HEAD);
    sheet_next_row(sheet);
    for (enum figure figure = 0; figure < FIGURES; figure++) {
        sheet_text(sheet, words(workbook, figure_head(figure)), LOOK_TEXT);
        sheet_number(sheet, figure_of(&report->total, figure), LOOK_NUMBER);
        if (report->has_before)
            sheet_number(sheet, figure_of(&before, figure), LOOK_NUMBER);
        else
            sheet_text(sheet, "–", LOOK_NUMBER);
        sheet_next_row(sheet);
    }
    write_shares(workbook, sheet, TEXT_COLUMN_PUNCTUAL,
                 counts_punctual(&report->total), counts_punctual(&before));
    write_shares(workbook, sheet, TEXT_COLUMN_ONLINE_SHARE,
                 counts_online(&report->total), counts_online(&before));
}

static void write_sentences(struct sheet *sheet, struct strs *sentences)
{
    for (size_t i = 0; i < sentences->count; i++) {
        sheet_text(sheet, sentences->items[i], LOOK_NOTE);
        sheet_next_row(sheet);
    }
    strs_done(sentences);
}

/* Beside the figures: what was settled, what is open, and the rates. */
static void draw_charts(struct workbook *workbook, uint32_t row)
{
    struct chart_of chart = {.sheet = words(workbook, TEXT_SHEET_UNITS),
                             .head = workbook->unit_head,
                             .first = workbook->unit_head + 1,
                             .last = workbook->unit_last};

    if (chart.last < chart.first)
        return;
    chart.title = words(workbook, TEXT_CHART_SETTLED);
    chart.column_count = 3;
    for (int i = 0; i < 3; i++)
        chart.columns[i] = (uint16_t)(1 + FIGURE_EARLY + i);
    chart.colours[0] = GREEN, chart.colours[1] = BLUE, chart.colours[2] = RED;
    sheet_chart(&workbook->summary, row, 4, &chart);

    chart.title = words(workbook, TEXT_CHART_OPEN);
    chart.column_count = 2;
    chart.columns[0] = 1 + FIGURE_WITHIN, chart.columns[1] = 1 + FIGURE_OVERDUE;
    chart.colours[0] = BLUE, chart.colours[1] = RED;
    sheet_chart(&workbook->summary, row + CHART_ROWS, 4, &chart);

    chart.title = words(workbook, TEXT_COLUMN_PUNCTUAL);
    chart.column_count = 1;
    chart.columns[0] = 1 + FIGURES;
    chart.colours[0] = GREEN;
    chart.is_share = true;
    sheet_chart(&workbook->summary, row + 2 * CHART_ROWS, 4, &chart);
}

static void write_summary(struct workbook *workbook,
                          const struct report *report)
{
    struct sheet *sheet = &workbook->summary;
    struct strs sentences = {0};
    owned(str_free) char *title = report_title(report);

    sheet_width(sheet, 0, 38);
    sheet_text(sheet, report->options.organisation, LOOK_NOTE);
    sheet_next_row(sheet);
    sheet_text(sheet, title, LOOK_TITLE);
    sheet_next_row(sheet);
    report_notes(report, &sentences);
    report_rates(report, &sentences);
    owned(str_free) char *causes = report_causes(report);
    strs_add(&sentences, causes);
    write_sentences(sheet, &sentences);
    sheet_next_row(sheet);
    draw_charts(workbook, sheet->row);
    write_compared(workbook, sheet, report);
    if (!report->has_before)
        sheet_text(sheet, words(workbook, TEXT_REPORT_NO_BEFORE), LOOK_NOTE);
}

/* ---- the whole ---- */

int workbook_finish(struct workbook *workbook, const struct report *report,
                    struct err *err)
{
    write_units(workbook, report);
    write_fields(workbook, report);
    write_form(workbook, report);
    write_duties(workbook, report);
    write_title(workbook, &workbook->worst, TEXT_REPORT_WORST, report);
    xlsx_write_lines(&workbook->worst, report, &report->worst);
    write_title(workbook, &workbook->work, TEXT_SHEET_WORK, report);
    xlsx_write_lines(&workbook->work, report, &report->work);
    xlsx_lists_end(&workbook->lists);
    write_summary(workbook, report);
    return book_close(workbook->book, err);
}
