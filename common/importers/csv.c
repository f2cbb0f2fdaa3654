#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"
#include "importers/encoding.h"
#include "importers/sheet.h"

enum {
    MOST_BYTES = 64 << 20,
    MOST_COLUMNS = 256,
    MOST_CELL = 64 << 10,
    MOST_ROWS = 1000000,
    MOST_CELLS = 8000000, /* what 64 MiB of real lists may have */
    SAMPLE_LINES = 50,
};

/* What libcsv's callbacks work on. */
struct reading {
    struct sheet *sheet;
    struct row row;   /* being filled */
    int row_line;     /* where it begins */
    bool row_ended;   /* since this was last cleared */
    size_t all_cells; /* of all rows */
    bool failed;
    enum text_language language;
    struct err *err;
};

void sheet_done(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        strs_done(&sheet->rows[i].cells);
    free(sheet->rows);
    *sheet = (struct sheet){0};
}

static void refuse_as(struct reading *reading, const char *what)
{
    owned(str_free) char *line = str_format("%d", reading->row_line);

    if (!reading->failed)
        (void)text_err(reading->err, ERR_INVALID, TEXT_LIST_LINE,
                       reading->language, "line", line, "what", what, NULL);
    reading->failed = true;
}

static void refuse(struct reading *reading, enum text_id what)
{
    refuse_as(reading, text_of(what, reading->language));
}

/* Most cells are numbers, codes and dates: in NFC as they are. */
static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

static void end_cell(void *bytes, size_t length, void *context)
{
    struct reading *reading = context;

    if (reading->failed)
        return;
    if (length > MOST_CELL) {
        refuse(reading, TEXT_LIST_LONG_CELL);
        return;
    }
    if (reading->row.cells.count == MOST_COLUMNS ||
        reading->all_cells == MOST_CELLS) {
        refuse(reading, TEXT_LIST_MANY_CELLS);
        return;
    }
    owned(str_free) char *raw = str_copy_bytes(bytes, length);
    owned(str_free) char *composed =
        is_ascii(raw) ? str_copy(raw) : utf8_nfc(raw);
    if (!composed) {
        refuse(reading, TEXT_LIST_CUT_CHARACTER);
        return;
    }
    owned(str_free) char *trimmed = str_trim(composed);
    strs_give(&reading->row.cells, &trimmed);
    reading->all_cells++;
}

/* Room for one more row, in steps that grow with the sheet. */
static void grow(struct sheet *sheet)
{
    size_t count = sheet->count;

    if ((count & (count - 1)) == 0)
        sheet->rows =
            mem_grow(sheet->rows, count ? 2 * count : 1, sizeof(*sheet->rows));
}

/* libcsv calls this for every unquoted CR and LF, so for blank lines and for
 * the second half of CR LF as well; those rows have no cell. */
static void end_row(int terminator, void *context)
{
    struct reading *reading = context;

    (void)terminator;
    reading->row_ended = true;
    if (reading->failed || reading->row.cells.count == 0)
        return;
    if (reading->sheet->count == MOST_ROWS) {
        refuse(reading, TEXT_LIST_MANY_ROWS);
        return;
    }
    grow(reading->sheet);
    reading->row.line = reading->row_line;
    reading->sheet->rows[reading->sheet->count++] = reading->row;
    reading->row = (struct row){0};
}

/* Rows are fed line by line, so that each is known to begin on the line
 * after the one that ended the row before it. */
static void read_lines(struct csv_parser *parser, struct reading *reading,
                       const char *bytes, size_t length)
{
    int line = 1;

    reading->row_line = 1;
    for (size_t at = 0; at < length && !reading->failed; line++) {
        size_t step = line_length(bytes + at, length - at);
        reading->row_ended = false;
        if (csv_parse(parser, bytes + at, step, end_cell, end_row, reading) !=
            step)
            refuse_as(reading, csv_strerror(csv_error(parser)));
        if (reading->row_ended)
            reading->row_line = line + 1;
        at += step;
    }
    /* One more line end finishes the last row, unless it is inside
     * quotation marks. */
    reading->row_ended = false;
    if (!reading->failed &&
        csv_parse(parser, "\n", 1, end_cell, end_row, reading) == 1 &&
        !reading->row_ended)
        refuse(reading, TEXT_LIST_OPEN_QUOTE);
}

/* How often separator stands outside quotation marks in a line. */
static size_t count_in_line(const char *line, size_t length, char separator)
{
    bool quoted = false;
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == separator && !quoted)
            count++;
    }
    return count;
}

/* The one that most of the first lines have; titles above the header may
 * have any.  Of two alike the one that stands there more often. */
static char find_separator(const char *bytes, size_t length)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t best_lines = 0, best_times = 0;
    char best = ',';

    for (size_t i = 0; i < sizeof(candidates); i++) {
        size_t lines = 0, times = 0;
        for (size_t at = 0, seen = 0; at < length && seen < SAMPLE_LINES;
             seen++) {
            size_t step = line_length(bytes + at, length - at);
            size_t count = count_in_line(bytes + at, step, candidates[i]);
            lines += count > 0;
            times += count;
            at += step;
        }
        if (lines > best_lines || (lines == best_lines && times > best_times)) {
            best = candidates[i];
            best_lines = lines;
            best_times = times;
        }
    }
    return best;
}

static void parser_done(struct csv_parser *parser)
{
    csv_free(parser);
}

int csv_read(const char *bytes, size_t length, enum text_language language,
             struct sheet *sheet_r, struct err *err)
{
    owned(parser_done) struct csv_parser parser = {0};
    owned(sheet_done) struct sheet sheet = {0};
    struct reading reading = {
        .sheet = &sheet, .language = language, .err = err};

    if (length > MOST_BYTES)
        return text_err(err, ERR_INVALID, TEXT_LIST_TOO_LARGE, language, NULL);
    size_t mark = encoding_mark(bytes, length);
    if (encoding_check(bytes + mark, length - mark, language, err))
        return -1;
    if (csv_init(&parser, CSV_REPALL_NL))
        return err_set(err, ERR_SYSTEM, "the CSV reader does not start");
    csv_set_delim(&parser,
                  (unsigned char)find_separator(bytes + mark, length - mark));
    read_lines(&parser, &reading, bytes + mark, length - mark);
    strs_done(&reading.row.cells);
    if (reading.failed)
        return -1;
    *sheet_r = sheet;
    sheet = (struct sheet){0};
    return 0;
}
