#include "reports/xlsx_lists.h"

#include "base/own.h"
#include "base/str.h"
#include "reports/wording.h"

/* A list's columns; the last three are for heads to fill in. */
static const struct {
    enum text_id head;
    double width;
} columns[] = {
    {TEXT_COLUMN_CODE, 24},     {TEXT_COLUMN_TITLE, 44},
    {TEXT_COLUMN_UNIT, 24},     {TEXT_COLUMN_FIELD, 16},
    {TEXT_COLUMN_HOLDER, 22},   {TEXT_COLUMN_SUBMISSION, 13},
    {TEXT_COLUMN_RECEIVED, 17}, {TEXT_COLUMN_DEADLINE, 17},
    {TEXT_COLUMN_FINISHED, 13}, {TEXT_COLUMN_STATE, 18},
    {TEXT_COLUMN_TIMING, 14},   {TEXT_COLUMN_CAME, 20},
    {TEXT_COLUMN_REMARK, 22},   {TEXT_COLUMN_CAUSE, 16},
    {TEXT_COLUMN_NOTE, 24},     {TEXT_COLUMN_APOLOGY, 16},
};
enum {
    COLUMNS = sizeof(columns) / sizeof(*columns),
    TO_FILL_IN = 3,
    MOST_ROWS = 1048575, /* of the format */
};

static void begin(struct xlsx_lists *lists, struct sheet *sheet)
{
    for (int i = 0; i < COLUMNS; i++) {
        sheet_width(sheet, i, columns[i].width);
        sheet_text(sheet, text_of(columns[i].head, lists->options->language),
                   LOOK_HEAD);
    }
    sheet_next_row(sheet);
    sheet_freeze(sheet, 1);
}

void xlsx_lists_begin(struct xlsx_lists *lists, struct book *book,
                      const struct report_options *options)
{
    lists->options = options;
    lists->dossiers =
        book_sheet(book, text_of(TEXT_SHEET_DOSSIERS, options->language));
    lists->tasks =
        book_sheet(book, text_of(TEXT_SHEET_TASKS, options->language));
    begin(lists, &lists->dossiers);
    begin(lists, &lists->tasks);
}

/* ---- one line ---- */

static enum text_id state_of(const struct report_line *line)
{
    const struct standing *standing = &line->standing;
    bool task = line->kind == KIND_TASK;

    if (standing->settled)
        return task ? TEXT_STATE_DONE : TEXT_FIGURE_SETTLED;
    if (standing->returned)
        return task ? TEXT_DUTY_CANCELLED : TEXT_FIGURE_RETURNED;
    if (standing->paused)
        return TEXT_FIGURE_PAUSED;
    return task ? TEXT_DUTY_RUNNING : TEXT_FIGURE_RUNNING;
}

static enum text_id timing_of(const struct standing *standing)
{
    static const enum text_id settled[] = {
        [PUNCTUAL_UNKNOWN] = TEXT_FIGURE_NO_PROMISE,
        [PUNCTUAL_EARLY] = TEXT_FIGURE_EARLY,
        [PUNCTUAL_ON_TIME] = TEXT_FIGURE_ON_TIME,
        [PUNCTUAL_LATE] = TEXT_FIGURE_LATE,
    };

    if (standing->settled)
        return settled[standing->punctuality];
    if (!standing->running)
        return TEXT_NONE;
    if (standing->deadline == INSTANT_NONE)
        return TEXT_FIGURE_NO_PROMISE;
    return standing->overdue ? TEXT_FIGURE_OVERDUE : TEXT_FIGURE_WITHIN;
}

static enum text_id remark_of(const struct standing *standing)
{
    if (!standing_adds_up(standing))
        return TEXT_REMARK_WRONG;
    return standing->gone && (standing->running || standing->paused)
               ? TEXT_REMARK_GONE
               : TEXT_NONE;
}

static void put_words(struct sheet *sheet, const struct report *report,
                      enum text_id id, enum cell_look look)
{
    if (id == TEXT_NONE)
        sheet_blank(sheet);
    else
        sheet_text(sheet, text_of(id, report->options.language), look);
}

static enum text_id submission_text(enum submission submission)
{
    static const enum text_id texts[] = {
        [SUBMITTED_UNKNOWN] = TEXT_NONE,
        [SUBMITTED_ONLINE] = TEXT_FIGURE_ONLINE,
        [SUBMITTED_IN_PERSON] = TEXT_FIGURE_IN_PERSON,
        [SUBMITTED_BY_POST] = TEXT_FIGURE_BY_POST,
    };

    return texts[submission];
}

static void put_state(struct sheet *sheet, const struct report *report,
                      const struct report_line *line)
{
    const struct standing *standing = &line->standing;
    bool bad = standing->overdue ||
               (standing->settled && standing->punctuality == PUNCTUAL_LATE);

    put_words(sheet, report, state_of(line), LOOK_TEXT);
    put_words(sheet, report, timing_of(standing), bad ? LOOK_BAD : LOOK_TEXT);
    put_words(sheet, report,
              standing->fresh ? TEXT_CAME_FRESH : TEXT_FIGURE_CARRIED,
              LOOK_TEXT);
    put_words(sheet, report, remark_of(standing), LOOK_BAD);
}

void xlsx_lists_add(struct xlsx_lists *lists, const struct report *report,
                    const struct report_line *line)
{
    struct sheet *sheet =
        line->kind == KIND_TASK ? &lists->tasks : &lists->dossiers;

    if (sheet->row >= MOST_ROWS)
        return;
    sheet_text(sheet, line->code, LOOK_TEXT);
    sheet_text(sheet, line->title, LOOK_TEXT);
    sheet_text(sheet, report_unit_name(report, line->standing.unit), LOOK_TEXT);
    sheet_text(sheet, report_field_name(report, line->field), LOOK_TEXT);
    sheet_text(sheet, report_holder(report, line), LOOK_TEXT);
    put_words(sheet, report, submission_text(line->submission), LOOK_TEXT);
    sheet_moment(sheet, line->standing.receipt);
    sheet_moment(sheet, line->standing.deadline);
    sheet_day(sheet, line->standing.finished_at);
    put_state(sheet, report, line);
    for (int i = 0; i < TO_FILL_IN; i++)
        sheet_blank(sheet);
    sheet_next_row(sheet);
}

static void end(struct sheet *sheet)
{
    sheet_filter(sheet, 0, sheet->row > 1 ? sheet->row - 1 : 1, COLUMNS);
}

void xlsx_lists_end(struct xlsx_lists *lists)
{
    end(&lists->dossiers);
    end(&lists->tasks);
}

/* ---- short lists ---- */

void xlsx_write_lines(struct sheet *sheet, const struct report *report,
                      const struct report_lines *lines)
{
    static const struct {
        enum text_id head;
        double width;
    } heads[] = {
        {TEXT_COLUMN_CODE, 24},     {TEXT_COLUMN_STATE, 32},
        {TEXT_COLUMN_DEADLINE, 17}, {TEXT_COLUMN_HOLDER, 24},
        {TEXT_COLUMN_UNIT, 24},     {TEXT_COLUMN_TITLE, 50},
    };
    enum { HEADS = sizeof(heads) / sizeof(*heads) };
    uint32_t head = sheet->row;

    for (int i = 0; i < HEADS; i++) {
        sheet_width(sheet, i, heads[i].width);
        sheet_text(sheet, text_of(heads[i].head, report->options.language),
                   LOOK_HEAD);
    }
    sheet_next_row(sheet);
    sheet_freeze(sheet, 1);
    for (size_t i = 0; i < lines->count; i++) {
        const struct report_line *line = &lines->items[i];
        bool overdue = line->deadline < report->outlook.now;
        owned(str_free) char *left = line_left_text(report, line);
        sheet_text(sheet, line->code, LOOK_TEXT);
        sheet_text(sheet, left, overdue ? LOOK_BAD : LOOK_TEXT);
        sheet_moment(sheet, line->deadline);
        sheet_text(sheet, report_holder(report, line), LOOK_TEXT);
        sheet_text(sheet, report_unit_short(report, line->standing.unit),
                   LOOK_TEXT);
        sheet_text(sheet, line->title, LOOK_TEXT);
        sheet_next_row(sheet);
    }
    sheet_filter(sheet, head, sheet->row > head + 1 ? sheet->row - 1 : head + 1,
                 HEADS);
}
