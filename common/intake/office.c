#include "intake/office.h"

#include <string.h>

#include "base/own.h"
#include "intake/remarks.h"
#include "store/digest.h"
#include "store/imports.h"
#include "store/items.h"

enum { WAIT_MS = 10000, LONGEST_CODE = 100 };

void office_run_done(struct office_run *run)
{
    sheet_done(&run->sheet);
    directory_free(&run->directory);
    store_rollback(run->options->store);
}

int office_begin(struct office_run *run, const char *bytes, size_t length,
                 const struct layout *layout, struct err *err)
{
    struct store *store = run->options->store;

    if (!run->sheet.count &&
        list_read(bytes, length, run->options->language, &run->sheet, err))
        return -1;
    if (columns_find(&run->sheet, layout, NULL, &run->columns, run->report,
                     err))
        return -1;
    if (store_begin(store, WAIT_MS, err))
        return -1;
    return store_load_directory(store, &run->directory, err);
}

static int write_down(struct office_run *run, const char *kind,
                      const char *bytes, size_t length, struct err *err)
{
    const struct intake_options *options = run->options;
    const struct intake_report *report = run->report;
    owned(import_done) struct import import = {
        .kind = str_copy(kind),
        .feed = str_copy(""),
        .file = str_copy(options->file),
        .digest = store_digest(bytes, length),
        .as_of = options->now,
        .at = options->now,
        .by = str_copy(options->by),
        .rows = report->read,
        .fresh = report->fresh,
        .changed = report->changed,
        .rejected = report->rejected,
    };

    if (store_add_import(options->store, &import, err) ||
        store_finish_import(options->store, &import, err))
        return -1;
    return store_wake_items(options->store, -1, err);
}

int office_end(struct office_run *run, const char *kind, const char *bytes,
               size_t length, struct err *err)
{
    struct intake_report *report = run->report;
    struct store *store = run->options->store;

    remarks_sort(report);
    report->unchanged = !run->year_entered &&
                        report->fresh + report->changed + report->gone == 0;
    if (report->unchanged || run->options->dry_run) {
        store_rollback(store);
        return 0;
    }
    if (write_down(run, kind, bytes, length, err))
        return -1;
    return store_commit(store, err);
}

void office_count(struct office_run *run, enum put_result result)
{
    switch (result) {
    case PUT_NEW:
        run->report->fresh++;
        break;
    case PUT_CHANGED:
        run->report->changed++;
        break;
    case PUT_SAME:
        run->report->same++;
        break;
    }
}

const struct row *office_next(struct office_run *run, size_t *at)
{
    while (*at < run->sheet.count) {
        const struct row *row = &run->sheet.rows[(*at)++];
        if (row_filled(row) == 0 || row_is_header(row, &run->columns))
            continue;
        run->report->read++;
        return row;
    }
    return NULL;
}

const char *office_cell(const struct office_run *run, const struct row *row,
                        int field)
{
    return cell_of(row, &run->columns, field);
}

bool code_is_good(const char *code)
{
    return *code && strlen(code) <= LONGEST_CODE && !strpbrk(code, " ,;\"");
}

void office_leave_out(struct office_run *run, const struct row *row, int field,
                      const char *reason)
{
    struct about about = {row->line, header_of(&run->columns, field),
                          office_cell(run, row, field)};

    run->report->rejected++;
    remark_add(run->report, REMARK_LEFT_OUT, about, TEXT_ROW_LEFT_OUT, "reason",
               reason, NULL);
}

/* Does a later row have the same text in the field?  Then the earlier is
 * reported: the later counts. */
static bool is_repeated(struct office_run *run, size_t at, int field)
{
    const struct row *row = &run->sheet.rows[at];
    const char *code = office_cell(run, row, field);

    for (size_t later = at + 1; later < run->sheet.count; later++) {
        const struct row *other = &run->sheet.rows[later];
        if (!str_equal(office_cell(run, other, field), code))
            continue;
        owned(str_free) char *line = str_format("%d", row->line);
        run->report->repeated++;
        remark_add(
            run->report, REMARK_NEEDS_YOU,
            (struct about){other->line, header_of(&run->columns, field), code},
            TEXT_ROW_REPEATED, "line", line, NULL);
        return true;
    }
    return false;
}

int office_take_rows(struct office_run *run, int code_field, row_judge *judge,
                     row_taker *take, struct err *err)
{
    const struct row *row = NULL;

    for (size_t at = run->columns.first; (row = office_next(run, &at));) {
        int field = code_field;
        enum text_id fault = judge(run, row, &field);
        if (fault != TEXT_NONE)
            office_leave_out(run, row, field,
                             text_of(fault, run->report->language));
        else if (!is_repeated(run, at - 1, code_field) && take(run, row, err))
            return -1;
    }
    return 0;
}
