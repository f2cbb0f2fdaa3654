/* Dossiers and tasks: one list, batch by batch. */
#include "store/items.h"

#include "base/own.h"
#include "base/utf8.h"
#include "intake/changes.h"
#include "intake/draft.h"
#include "intake/gone.h"
#include "intake/meet.h"
#include "intake/promise.h"
#include "intake/run.h"
#include "store/digest.h"
#include "store/imports.h"
#include "store/office.h"

enum { BATCH_ROWS = 1000, WAIT_MS = 10000 };

static void run_done(struct run *run)
{
    codes_done(&run->codes);
    directory_free(&run->directory);
    procedures_done(&run->procedures);
    item_done(&run->example);
    sheet_done(&run->sheet);
    store_rollback(run->options->store);
}

/* "Tổng cộng 370": what stands below a list is not a row of it. */
static bool is_total(const struct run *run, const struct row *row)
{
    static const char *const words[] = {"tổng", "cộng", "total"};
    const char *first = "";

    if (*run_cell(run, row, FIELD_STATUS))
        return false;
    for (size_t i = 0; i < row->cells.count && !*first; i++)
        first = row->cells.items[i];
    owned(str_free) char *folded = utf8_fold(first);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (str_starts(folded, words[i]))
            return true;
    return false;
}

/* A line of text between or below the rows: a heading, a signature. */
static bool is_remark(const struct run *run, const struct row *row)
{
    return row_filled(row) <= 2 && !*run_cell(run, row, FIELD_CODE) &&
           !*run_cell(run, row, FIELD_STATUS);
}

static bool is_data(const struct run *run, const struct row *row)
{
    return row_filled(row) > 0 && !row_is_header(row, &run->columns) &&
           !is_total(run, row) && !is_remark(run, row);
}

static int read_list(struct run *run, const char *bytes, size_t length,
                     struct err *err)
{
    const struct intake_feed *feed = run->options->feed;
    const struct layout *layout =
        feed->kind == KIND_TASK ? &task_layout : &dossier_layout;

    if (list_read(bytes, length, run->options->language, &run->sheet, err) ||
        columns_find(&run->sheet, layout, feed, &run->columns, run->report,
                     err))
        return -1;
    for (size_t i = run->columns.first; i < run->sheet.count; i++)
        codes_add(&run->codes, run_cell(run, &run->sheet.rows[i], FIELD_CODE),
                  i);
    codes_sort(&run->codes);
    return 0;
}

/* Against the last list of the feed: is this one older, or the same again? */
static int compare_with_last(struct run *run, const char *digest, bool *again_r,
                             struct err *err)
{
    const struct intake_options *options = run->options;
    owned(import_done) struct import last = {0};
    char text[20] = "";

    run->as_of = options->as_of < options->now ? options->as_of : options->now;
    if (store_last_import(options->store, options->feed->name, &last, err))
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    /* A file whose own time lies ahead of the clock is the same list still,
     * although the clock has moved on. */
    bool same_bytes = str_equal(last.digest, digest);
    if (same_bytes && options->as_of > options->now)
        run->as_of = last.as_of;
    run->older = run->as_of < last.as_of;
    *again_r = same_bytes && run->as_of == last.as_of;
    if (!run->older || options->older_too)
        return 0;
    zone_format(calendar_zone(run->options->calendar), last.as_of, text);
    return text_err(err, ERR_INVALID, TEXT_LIST_OLDER, options->language,
                    "feed", options->feed->name, "file", last.file, "when",
                    text, NULL);
}

static int find_known(struct store *store, const char *code,
                      struct item *known_r, bool *known, struct err *err)
{
    *known = false;
    if (store_get_item(store, code, known_r, err))
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    *known = true;
    return 0;
}

static int64_t *counter_of(struct intake_report *report,
                           const struct item *known, bool differs)
{
    if (known->gone)
        return &report->back;
    return differs ? &report->changed : &report->same;
}

static int take_new(struct run *run, const struct row *row, struct err *err)
{
    owned(item_done) struct item item = {0};

    if (!draft_item(run, row, NULL, &item))
        return 0;
    run->report->fresh++;
    return item_write(run, row->line, NULL, &item, err);
}

/* The row is compared with what its source said before, and then with what
 * we say. */
static int take_known(struct run *run, const struct row *row,
                      const struct item *known, struct err *err)
{
    owned(overrides_done) struct overrides overrides = {0};
    owned(meeting_done) struct meeting meeting = {0};
    owned(item_done) struct item item = {0};

    if (store_get_overrides(run->options->store, known->id, &overrides, err))
        return -1;
    owned(item_done) struct item theirs =
        ours_undone(run->options->calendar, known, &overrides);
    if (!draft_item(run, row, &theirs, &item))
        return 0;
    meet(run, row, known, &overrides, &item, &meeting);
    bool differs = item_differs(known, &item) || meeting.any;
    (*counter_of(run->report, known, differs))++;
    if (!differs)
        return 0;
    return item_write(run, row->line, known, &item, err) ||
                   meeting_write(run, row->line, &item, &overrides, &meeting,
                                 err)
               ? -1
               : 0;
}

static int take_row(struct run *run, const struct row *row, struct err *err)
{
    const char *code = run_cell(run, row, FIELD_CODE);
    owned(item_done) struct item known = {0};
    bool is_known = false;

    if (find_known(run->options->store, code, &known, &is_known, err))
        return -1;
    return is_known ? take_known(run, row, &known, err)
                    : take_new(run, row, err);
}

/* Of rows with one code the last counts (R16). */
static bool is_repeated(struct run *run, size_t at)
{
    const struct row *row = &run->sheet.rows[at];
    const char *code = run_cell(run, row, FIELD_CODE);
    size_t later = codes_next(&run->codes, code, at);

    if (!*code || later == at)
        return false;
    run->report->repeated++;
    owned(str_free) char *line = str_format("%d", row->line);
    remark_add(run->report, REMARK_NEEDS_YOU,
               run_about(run, &run->sheet.rows[later], FIELD_CODE),
               TEXT_ROW_REPEATED, "line", line, NULL);
    return true;
}

static int take_rows(struct run *run, size_t from, size_t to, struct err *err)
{
    for (size_t i = from; i < to; i++) {
        const struct row *row = &run->sheet.rows[i];
        if (!is_data(run, row))
            continue;
        run->report->read++;
        if (!is_repeated(run, i) && take_row(run, row, err))
            return err_wrap(err, "line %d", row->line);
    }
    return 0;
}

static int end_batch(struct run *run, struct err *err)
{
    if (!run->options->dry_run)
        return store_commit(run->options->store, err);
    store_rollback(run->options->store);
    return 0;
}

static bool goes_on(const struct run *run, size_t done)
{
    const struct intake_options *options = run->options;

    return !options->progress ||
           options->progress(options->context, done - run->columns.first,
                             run->sheet.count - run->columns.first);
}

static int take_all(struct run *run, struct err *err)
{
    size_t at = run->columns.first;

    while (at < run->sheet.count && !run->report->stopped) {
        size_t end = run->sheet.count - at > BATCH_ROWS ? at + BATCH_ROWS
                                                        : run->sheet.count;
        if (store_begin(run->options->store, WAIT_MS, err) ||
            take_rows(run, at, end, err) || end_batch(run, err))
            return -1;
        at = end;
        run->report->stopped = !goes_on(run, at);
    }
    return 0;
}

static bool changed_anything(const struct intake_report *report)
{
    return report->fresh + report->changed + report->back + report->gone > 0;
}

static int write_import(struct run *run, const char *digest, struct err *err)
{
    const struct intake_options *options = run->options;
    const struct intake_report *report = run->report;
    owned(import_done) struct import import = {
        .kind = str_copy("items"),
        .feed = str_copy(options->feed->name),
        .file = str_copy(options->file),
        .digest = str_copy(digest),
        .as_of = run->as_of,
        .at = options->now,
        .by = str_copy(options->by),
        .rows = report->read,
        .fresh = report->fresh,
        .changed = report->changed + report->back,
        .rejected = report->rejected,
    };

    if (store_add_import(options->store, &import, err))
        return -1;
    return store_finish_import(options->store, &import, err);
}

/* The last transaction: what is gone, and that the list was taken. */
static int finish(struct run *run, struct items *gone, const char *digest,
                  bool again, struct err *err)
{
    if (store_begin(run->options->store, WAIT_MS, err) ||
        gone_mark(run, gone, err))
        return -1;
    run->report->unchanged = again && !changed_anything(run->report);
    if (run->report->unchanged) {
        store_rollback(run->options->store);
        return 0;
    }
    if (write_import(run, digest, err))
        return -1;
    return end_batch(run, err);
}

static void remark_whole(struct run *run)
{
    if (run->handlerless)
        remark_count(run->report, REMARK_NOTE, TEXT_LIST_HANDLERLESS,
                     run->handlerless);
    if (run->opened)
        remark_count(run->report, REMARK_NOTE, TEXT_LIST_OPENED, run->opened);
    promise_remark_whole(run);
    if (run->older)
        remark_add(run->report, REMARK_NOTE, (struct about){0},
                   TEXT_LIST_OLD_NOT_GONE, NULL);
    remarks_sort(run->report);
}

int intake_items(const struct intake_options *options, const char *bytes,
                 size_t length, struct intake_report *report_r, struct err *err)
{
    *report_r = (struct intake_report){.language = options->language};
    owned(run_done) struct run run = {.options = options, .report = report_r};
    owned(items_done) struct items gone = {0};
    owned(str_free) char *digest = store_digest(bytes, length);
    bool again = false;

    if (read_list(&run, bytes, length, err) ||
        compare_with_last(&run, digest, &again, err) ||
        store_load_directory(options->store, &run.directory, err) ||
        store_load_procedures(options->store, &run.procedures, err) ||
        gone_find(&run, &gone, err))
        return -1;
    int failed = take_all(&run, err);
    if (!failed && !report_r->stopped)
        failed = finish(&run, &gone, digest, again, err);
    remark_whole(&run);
    return failed;
}
