#include "base/own.h"
#include "reports/figures.h"
#include "reports/forms.h"

/* Quoted where it must be (RFC 4180); what a spreadsheet would take for a
 * formula is given an apostrophe. */
static void add_cell(struct buf *out, const char *text, bool first)
{
    static const char *const formulas = "=+-@\t";
    bool dangerous = false;

    for (const char *sign = formulas; *sign; sign++)
        dangerous |= *text == *sign;
    buf_add(out, first ? "\"" : ",\"");
    if (dangerous)
        buf_add(out, "'");
    for (; *text; text++)
        buf_add(out, *text == '"' ? "\"\"" : (char[2]){*text, '\0'});
    buf_add(out, "\"");
}

static void add_number(struct buf *out, int64_t number)
{
    buf_addf(out, ",%lld", (long long)number);
}

/* Tenths with a point, as the format of the numbers beside it has no
 * language; empty for what there is none of. */
static void add_permille(struct buf *out, struct share share)
{
    int64_t tenths = share_permille(share);

    buf_add(out, ",");
    if (tenths >= 0)
        buf_addf(out, "%lld.%lld", (long long)(tenths / 10),
                 (long long)(tenths % 10));
}

static void add_row(struct buf *out, const char *what, const char *code,
                    const char *name, const struct report_group *group)
{
    add_cell(out, what, true);
    add_cell(out, code, false);
    add_cell(out, name, false);
    for (enum figure figure = 0; figure < FIGURES; figure++)
        add_number(out, figure_of(&group->counts, figure));
    add_permille(out, counts_punctual(&group->counts));
    add_permille(out, counts_online(&group->counts));
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        add_number(out, duty_figure_of(&group->duties, figure));
    buf_add(out, "\r\n");
}

static void add_heads(struct buf *out)
{
    buf_add(out, "what,code,name");
    for (enum figure figure = 0; figure < FIGURES; figure++)
        buf_addf(out, ",%s", figure_name(figure));
    buf_add(out, ",on_time_percent,online_percent");
    for (enum duty_figure figure = 0; figure < DUTY_FIGURES; figure++)
        buf_addf(out, ",tasks_%s", duty_figure_name(figure));
    buf_add(out, "\r\n");
}

static const char *code_of(const struct report *report, int name)
{
    return name < 0 ? "" : names_text(report->names, name);
}

char *report_as_csv(const struct report *report)
{
    const struct report_group total = {
        .name = -1, .counts = report->total, .duties = report->duties};
    struct buf out = {0};

    buf_add(&out, "\xEF\xBB\xBF"); /* so that spreadsheets take it for UTF-8 */
    add_heads(&out);
    add_row(&out, "total", "",
            text_of(TEXT_REPORT_TOTAL, report->options.language), &total);
    for (size_t i = 0; i < report->units.count; i++) {
        const struct report_group *unit = &report->units.items[i];
        add_row(&out, "unit", code_of(report, unit->name),
                report_unit_name(report, unit->name), unit);
    }
    for (size_t i = 0; i < report->fields.count; i++) {
        const struct report_group *field = &report->fields.items[i];
        add_row(&out, "field", "", report_field_name(report, field->name),
                field);
    }
    return buf_take(&out);
}
