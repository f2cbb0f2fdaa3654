/* A report as a page that reads on a phone and prints on A4: no script, no
 * outside file, styles in the page. */
#include "base/own.h"
#include "reports/figures.h"
#include "reports/forms.h"
#include "reports/narrative.h"
#include "reports/numbers.h"
#include "reports/wording.h"

static const char style[] =
    "body{font:16px/1.45 system-ui,'Noto Sans',sans-serif;color:#222;"
    "max-width:60em;margin:0 auto;padding:12px}"
    "h1{font-size:1.25em;margin:.3em 0}h2{font-size:1.05em;margin:1.4em 0 .4em;"
    "border-bottom:2px solid #1f4e79;color:#1f4e79}"
    "p,ul{margin:.3em 0}ul{padding-left:1.2em}.note{color:#555;font-size:.9em}"
    ".bad{color:#c00000;font-weight:600}"
    "table{border-collapse:collapse;width:100%;font-size:.92em}"
    "th,td{border-bottom:1px solid #ccc;padding:5px 4px;text-align:right;"
    "vertical-align:top}th{background:#d9e1f2;font-weight:600}"
    "th:first-child,td:first-child{text-align:left}"
    ".list td,.list th{text-align:left}.code{font-family:monospace;"
    "overflow-wrap:anywhere}"
    "@media(max-width:600px){.wide{display:none}th{font-size:.85em}}"
    "@page{size:A4;margin:15mm}@media print{body{font-size:11pt;padding:0;"
    "max-width:none}h2{break-after:avoid}tr,li{break-inside:avoid}"
    "thead{display:table-header-group}}";

/* A report on its way to a page. */
struct page {
    const struct report *report;
    struct buf *out;
};

static void add_escaped(struct buf *out, const char *text)
{
    static const struct {
        char sign;
        const char *entity;
    } entities[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};

    for (; *text; text++) {
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
            if (entities[i].sign == *text)
                entity = entities[i].entity;
        if (entity)
            buf_add(out, entity);
        else
            buf_add_bytes(out, text, 1);
    }
}

/* <tag class="...">text</tag>. */
static void add(const struct page *page, const char *tag, const char *class,
                const char *text)
{
    buf_addf(page->out, "<%s", tag);
    if (*class)
        buf_addf(page->out, " class=\"%s\"", class);
    buf_add(page->out, ">");
    add_escaped(page->out, text);
    buf_addf(page->out, "</%s>", tag);
}

static const char *words(const struct page *page, enum text_id id)
{
    return text_of(id, page->report->options.language);
}

static void add_number(const struct page *page, int64_t number,
                       const char *class)
{
    owned(str_free) char *text =
        number_text(number, page->report->options.language);

    add(page, "td", class, text);
}

static void add_share(const struct page *page, struct share share)
{
    owned(str_free) char *text =
        share_text(share, page->report->options.language);

    add(page, "td", "", text);
}

/* ---- parts ---- */

static void write_top(const struct page *page)
{
    const struct report *report = page->report;
    owned(str_free) char *title = report_title(report);
    struct strs notes = {0};

    buf_addf(page->out,
             "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width,"
             "initial-scale=1\">",
             report->options.language == TEXTS_VI ? "vi" : "en");
    add(page, "title", "", title);
    buf_addf(page->out, "<style>%s</style></head><body>\n", style);
    add(page, "p", "", report->options.organisation);
    add(page, "h1", "", title);
    report_notes(report, &notes);
    for (size_t i = 0; i < notes.count; i++)
        add(page, "p", "note", notes.items[i]);
    strs_done(&notes);
}

static void write_narrative(const struct page *page)
{
    for (enum narrative_part part = 0; part < NARRATIVE_PARTS; part++) {
        struct strs sentences = {0};
        narrative_tell(page->report, part, &sentences);
        add(page, "h2", "", words(page, narrative_heading(part)));
        buf_add(page->out, "<ul>");
        for (size_t i = 0; i < sentences.count; i++)
            add(page, "li", "", sentences.items[i]);
        buf_add(page->out, "</ul>\n");
        strs_done(&sentences);
    }
}

static void write_worst(const struct page *page)
{
    const struct report *report = page->report;

    add(page, "h2", "", words(page, TEXT_REPORT_WORST));
    if (!report->worst.count)
        add(page, "p", "", words(page, TEXT_REPORT_NONE));
    buf_add(page->out, "<table class=\"list\"><tbody>");
    for (size_t i = 0; i < report->worst.count; i++) {
        const struct report_line *line = &report->worst.items[i];
        bool overdue = line->deadline < report->outlook.now;
        owned(str_free) char *left = line_left_text(report, line);
        owned(str_free) char *deadline =
            moment_written(report_zone(report), line->deadline);
        buf_add(page->out, "<tr><td>");
        add(page, "span", "code", line->code);
        buf_add(page->out, "<br>");
        add(page, "span", overdue ? "bad" : "", left);
        buf_add(page->out, "<br>");
        add(page, "span", "", line->title);
        buf_add(page->out, "</td><td>");
        add(page, "span", "", report_holder(report, line));
        buf_add(page->out, "<br>");
        add(page, "span", "note", deadline);
        buf_add(page->out, "</td></tr>\n");
    }
    buf_add(page->out, "</tbody></table>\n");
}

/* What a phone shows of a table; the rest is for wider pages. */
static const char *class_of(enum figure figure)
{
    static const enum figure narrow[] = {FIGURE_RECEIVED, FIGURE_SETTLED,
                                         FIGURE_RUNNING, FIGURE_OVERDUE};

    for (size_t i = 0; i < sizeof(narrow) / sizeof(*narrow); i++)
        if (narrow[i] == figure)
            return "";
    return "wide";
}

static bool is_shown(const struct report *report, enum figure figure)
{
    return figure_of(&report->total, figure) != 0 || !*class_of(figure);
}

static void write_row(const struct page *page, const char *name,
                      const struct counts *counts)
{
    buf_add(page->out, "<tr>");
    add(page, "td", "", name);
    for (enum figure figure = 0; figure < FIGURES; figure++) {
        int64_t count = figure_of(counts, figure);
        bool bad = figure == FIGURE_OVERDUE && count > 0;
        if (is_shown(page->report, figure))
            add_number(page, count, bad ? "bad" : class_of(figure));
    }
    add_share(page, counts_punctual(counts));
    buf_add(page->out, "</tr>\n");
}

static void write_heads(const struct page *page, enum text_id first)
{
    buf_add(page->out, "<table><thead><tr>");
    add(page, "th", "", words(page, first));
    for (enum figure figure = 0; figure < FIGURES; figure++)
        if (is_shown(page->report, figure))
            add(page, "th", class_of(figure), words(page, figure_head(figure)));
    add(page, "th", "", words(page, TEXT_COLUMN_PUNCTUAL));
    buf_add(page->out, "</tr></thead><tbody>\n");
}

static void write_units(const struct page *page)
{
    const struct report *report = page->report;

    add(page, "h2", "", words(page, TEXT_REPORT_BY_UNIT));
    write_heads(page, TEXT_COLUMN_UNIT);
    for (size_t i = 0; i < report->units.count; i++)
        if (counts_received(&report->units.items[i].counts))
            write_row(page,
                      report_unit_short(report, report->units.items[i].name),
                      &report->units.items[i].counts);
    write_row(page, words(page, TEXT_REPORT_TOTAL), &report->total);
    buf_add(page->out, "</tbody></table>\n");
    owned(str_free) char *identity = report_identity(report);
    add(page, "p", "note", identity);
}

static void write_fields(const struct page *page)
{
    const struct report *report = page->report;

    if (!report->fields.count)
        return;
    add(page, "h2", "", words(page, TEXT_REPORT_BY_FIELD));
    write_heads(page, TEXT_COLUMN_FIELD);
    for (size_t i = 0; i < report->fields.count; i++)
        write_row(page, report_field_name(report, report->fields.items[i].name),
                  &report->fields.items[i].counts);
    buf_add(page->out, "</tbody></table>\n");
}

static void write_rates(const struct page *page)
{
    struct strs sentences = {0};

    add(page, "h2", "", words(page, TEXT_REPORT_RATES));
    report_rates(page->report, &sentences);
    buf_add(page->out, "<ul>");
    for (size_t i = 0; i < sentences.count; i++)
        add(page, "li", "", sentences.items[i]);
    buf_add(page->out, "</ul>\n");
    strs_done(&sentences);
}

static void write_loads(const struct page *page)
{
    const struct report *report = page->report;
    owned(str_free) char *heading = report_loads_heading(report);

    if (!heading || !report->loads.count)
        return;
    add(page, "h2", "", heading);
    buf_add(page->out, "<table><thead><tr>");
    add(page, "th", "", words(page, TEXT_COLUMN_HOLDER));
    add(page, "th", "", words(page, TEXT_COLUMN_TO_DO));
    add(page, "th", "", words(page, TEXT_COLUMN_OF_OVERDUE));
    buf_add(page->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < report->loads.count; i++) {
        const struct report_load *load = &report->loads.items[i];
        const char *unit = report_person_unit(report, load->assignee);
        owned(str_free) char *name =
            str_format("%s%s%s%s", report_person(report, load->assignee),
                       *unit ? " (" : "", unit, *unit ? ")" : "");
        buf_add(page->out, "<tr>");
        add(page, "td", "", name);
        add_number(page, load->count, "");
        add_number(page, load->overdue, load->overdue ? "bad" : "");
        buf_add(page->out, "</tr>\n");
    }
    buf_add(page->out, "</tbody></table>\n");
}

char *report_as_html(const struct report *report)
{
    struct buf out = {0};
    const struct page page = {report, &out};

    write_top(&page);
    write_narrative(&page);
    write_worst(&page);
    write_units(&page);
    write_rates(&page);
    write_fields(&page);
    write_loads(&page);
    buf_add(&out, "</body></html>\n");
    return buf_take(&out);
}
