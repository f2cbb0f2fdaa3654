/* Units: codes that are good and a tree without a gap or a circle. */
#include "base/own.h"
#include "intake/office.h"
#include "intake/remarks.h"

enum { CODE, NAME, SHORT_NAME, PARENT, KIND, OVERSEEN_BY, UNIT_FIELDS };

static const char *const fields[UNIT_FIELDS] = {
    [CODE] = "code",     [NAME] = "name", [SHORT_NAME] = "short_name",
    [PARENT] = "parent", [KIND] = "kind", [OVERSEEN_BY] = "overseen_by",
};

static const struct layout layout = {
    .fields = fields,
    .field_count = UNIT_FIELDS,
    .required = 1U << CODE | 1U << NAME,
};

/* Is code a unit of the store, or of the list? */
static bool is_unit(const struct office_run *run, const char *code)
{
    if (directory_unit(run->directory, code) != NO_UNIT)
        return true;
    for (size_t i = run->columns.first; i < run->sheet.count; i++)
        if (str_equal(office_cell(run, &run->sheet.rows[i], CODE), code))
            return true;
    return false;
}

/* Why the row cannot be a unit; TEXT_NONE when it can. */
static enum text_id fault_of(const struct office_run *run,
                             const struct row *row, int *field_r)
{
    const char *parent = office_cell(run, row, PARENT);

    *field_r = CODE;
    if (!code_is_good(office_cell(run, row, CODE)))
        return TEXT_ROW_BAD_CODE;
    *field_r = NAME;
    if (str_empty(office_cell(run, row, NAME)))
        return TEXT_ROW_NO_NAME;
    *field_r = PARENT;
    if (*parent && !is_unit(run, parent))
        return TEXT_ROW_NO_PARENT;
    return TEXT_NONE;
}

static int put(struct office_run *run, const struct row *row, struct err *err)
{
    enum put_result result = PUT_SAME;
    owned(unit_done) struct unit unit = {
        .code = str_copy(office_cell(run, row, CODE)),
        .name = str_copy(office_cell(run, row, NAME)),
        .short_name = str_copy(office_cell(run, row, SHORT_NAME)),
        .parent = str_copy(office_cell(run, row, PARENT)),
        .kind = str_copy(office_cell(run, row, KIND)),
        .overseen_by = str_copy(office_cell(run, row, OVERSEEN_BY)),
    };

    if (store_put_unit(run->options->store, &unit, &result, err))
        return -1;
    office_count(run, result);
    return 0;
}

int intake_units(const struct intake_options *options, const char *bytes,
                 size_t length, struct intake_report *report_r, struct err *err)
{
    *report_r = (struct intake_report){.language = options->language};
    owned(office_run_done) struct office_run run = {.options = options,
                                                    .report = report_r};
    owned(directory_free) struct directory *after = NULL;

    if (office_begin(&run, bytes, length, &layout, err) ||
        office_take_rows(&run, CODE, fault_of, put, err))
        return -1;
    /* Sealing the whole finds circles, and parents whose own row was left
     * out. */
    if (store_load_directory(options->store, &after, err))
        return err_wrap(err, "%s",
                        text_of(TEXT_LIST_NOT_TAKEN, options->language));
    return office_end(&run, "units", bytes, length, err);
}
