/* Procedures: what each promises, in its own unit of time. */
#include <string.h>

#include "base/own.h"
#include "intake/office.h"
#include "intake/remarks.h"

enum {
    CODE,
    NAME,
    FIELD,
    UNIT,
    TERM,
    ONLINE_TERM,
    CUTOFF,
    SUPPLEMENT_LIMIT,
    PROCEDURE_FIELDS
};

static const char *const fields[PROCEDURE_FIELDS] = {
    [CODE] = "code",
    [NAME] = "name",
    [FIELD] = "field",
    [UNIT] = "unit",
    [TERM] = "term",
    [ONLINE_TERM] = "online_term",
    [CUTOFF] = "same_day_cutoff",
    [SUPPLEMENT_LIMIT] = "supplement_limit",
};

static const struct layout layout = {
    .fields = fields,
    .field_count = PROCEDURE_FIELDS,
    .required = 1U << CODE | 1U << NAME | 1U << TERM,
};

/* A citizen's time to supplement has no hour by which it is the same day. */
#define LIMIT_UNITS (SPAN_TERM & ~(1U << SPAN_SAME_DAY))

static const struct {
    int field;
    size_t offset;
    unsigned allowed;
    enum text_id fault;
} spans[] = {
    {TERM, offsetof(struct procedure, term), SPAN_TERM, TEXT_ROW_BAD_TERM},
    {ONLINE_TERM, offsetof(struct procedure, online_term), SPAN_TERM,
     TEXT_ROW_BAD_TERM},
    {SUPPLEMENT_LIMIT, offsetof(struct procedure, supplement_limit),
     LIMIT_UNITS, TEXT_ROW_BAD_LIMIT},
};

/* The span of a cell; none when it is empty.  A term is longer than
 * nothing. */
static bool read_span(const char *text, unsigned allowed, struct span *span)
{
    struct err err = {0};

    if (!*text)
        return true;
    return span_parse(text, allowed, span, &err) == 0 && term_is_given(*span);
}

static enum text_id read_spans(const struct office_run *run,
                               const struct row *row,
                               struct procedure *procedure, int *field_r)
{
    for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++) {
        struct span *span = (void *)((char *)procedure + spans[i].offset);
        *field_r = spans[i].field;
        if (!read_span(office_cell(run, row, spans[i].field), spans[i].allowed,
                       span))
            return spans[i].fault;
    }
    *field_r = TERM;
    return term_is_given(procedure->term) ? TEXT_NONE : TEXT_ROW_NO_TERM;
}

static bool has_same_day(const struct procedure *procedure)
{
    return procedure->term.unit == SPAN_SAME_DAY ||
           procedure->online_term.unit == SPAN_SAME_DAY;
}

/* The hour until which a same-day term means that day is nobody's to guess
 * (R3). */
static enum text_id read_cutoff(const struct office_run *run,
                                const struct row *row,
                                struct procedure *procedure)
{
    if (cutoff_parse(office_cell(run, row, CUTOFF), &procedure->cutoff))
        return TEXT_ROW_BAD_CUTOFF;
    return has_same_day(procedure) && procedure->cutoff == CUTOFF_NONE
               ? TEXT_ROW_NO_CUTOFF
               : TEXT_NONE;
}

static enum text_id check_names(const struct office_run *run,
                                const struct row *row, int *field_r)
{
    const char *unit = office_cell(run, row, UNIT);

    *field_r = CODE;
    if (!code_is_good(office_cell(run, row, CODE)))
        return TEXT_ROW_BAD_CODE;
    *field_r = NAME;
    if (str_empty(office_cell(run, row, NAME)))
        return TEXT_ROW_NO_NAME;
    *field_r = UNIT;
    return *unit && directory_unit(run->directory, unit) == NO_UNIT
               ? TEXT_ROW_UNITS_FIRST
               : TEXT_NONE;
}

/* The procedure of a row; else what is wrong, and with which field. */
static enum text_id procedure_read(const struct office_run *run,
                                   const struct row *row,
                                   struct procedure *procedure, int *field_r)
{
    enum text_id fault = check_names(run, row, field_r);

    if (fault == TEXT_NONE)
        fault = read_spans(run, row, procedure, field_r);
    if (fault != TEXT_NONE)
        return fault;
    *field_r = CUTOFF;
    procedure->code = str_copy(office_cell(run, row, CODE));
    procedure->name = str_copy(office_cell(run, row, NAME));
    procedure->field = str_copy(office_cell(run, row, FIELD));
    procedure->unit = str_copy(office_cell(run, row, UNIT));
    return read_cutoff(run, row, procedure);
}

/* Why the row cannot be a procedure; TEXT_NONE when it can. */
static enum text_id fault_of(const struct office_run *run,
                             const struct row *row, int *field_r)
{
    owned(procedure_done) struct procedure procedure = {0};
    return procedure_read(run, row, &procedure, field_r);
}

static int put(struct office_run *run, const struct row *row, struct err *err)
{
    owned(procedure_done) struct procedure procedure = {0};
    enum put_result result = PUT_SAME;
    int field = CODE;

    if (procedure_read(run, row, &procedure, &field) != TEXT_NONE)
        return 0; /* fault_of() has left it out */
    if (store_put_procedure(run->options->store, &procedure, &result, err))
        return -1;
    office_count(run, result);
    if (procedure.cutoff != CUTOFF_NONE && !has_same_day(&procedure))
        remark_add(run->report, REMARK_NOTE,
                   (struct about){row->line, header_of(&run->columns, CUTOFF),
                                  office_cell(run, row, CUTOFF)},
                   TEXT_ROW_IDLE_CUTOFF, "code", procedure.code, NULL);
    return 0;
}

/* Names by which a dossier finds no procedure, for want of a code. */
static int remark_names(struct office_run *run, struct err *err)
{
    owned(procedures_done) struct procedures all = {0};

    if (store_load_procedures(run->options->store, &all, err))
        return -1;
    for (size_t i = run->columns.first; i < run->sheet.count; i++) {
        const struct row *row = &run->sheet.rows[i];
        const char *name = office_cell(run, row, NAME);
        size_t count = *name ? procedures_named(&all, name) : 0;
        if (count < 2)
            continue;
        owned(str_free) char *number = str_format("%zu", count);
        remark_add(
            run->report, REMARK_NEEDS_YOU,
            (struct about){row->line, header_of(&run->columns, NAME), name},
            TEXT_ROW_SAME_PROCEDURE, "count", number, NULL);
    }
    return 0;
}

int intake_procedures(const struct intake_options *options, const char *bytes,
                      size_t length, struct intake_report *report_r,
                      struct err *err)
{
    *report_r = (struct intake_report){.language = options->language};
    owned(office_run_done) struct office_run run = {.options = options,
                                                    .report = report_r};

    if (office_begin(&run, bytes, length, &layout, err) ||
        office_take_rows(&run, CODE, fault_of, put, err) ||
        remark_names(&run, err))
        return -1;
    return office_end(&run, "procedures", bytes, length, err);
}
