#include "cli/table.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
    COLUMNS_MOST = 12,
    CUT_LEAST = 12, /* a column is not cut below it */
};

struct table_row {
    enum shade shade;
    char *cells[COLUMNS_MOST];
    int count;
};

struct text_table {
    char *heads[COLUMNS_MOST];
    enum align aligns[COLUMNS_MOST];
    int column_count;
    struct table_row *rows;
    size_t count;
    size_t room;
};

/* SGR sequences of ECMA-48; orange of the 256-colour palette. */
static const char *const shades[SHADES] = {
    [SHADE_PLAIN] = "",
    [SHADE_OVERDUE] = "\033[31m",
    [SHADE_DUE_TODAY] = "\033[38;5;208m",
    [SHADE_AT_RISK] = "\033[33m",
    [SHADE_FAINT] = "\033[2m",
};

const char *shade_begin(enum shade shade)
{
    return shades[shade];
}

const char *shade_end(enum shade shade)
{
    return *shades[shade] ? "\033[0m" : "";
}

struct text_table *text_table_new(void)
{
    return mem_new(struct text_table);
}

void text_table_free(struct text_table **table)
{
    struct text_table *old = *table;

    if (!old)
        return;
    for (int i = 0; i < old->column_count; i++)
        str_free(&old->heads[i]);
    for (size_t i = 0; i < old->count; i++)
        for (int j = 0; j < old->rows[i].count; j++)
            str_free(&old->rows[i].cells[j]);
    free(old->rows);
    free(old);
    *table = NULL;
}

void text_table_column(struct text_table *table, const char *head,
                       enum align align)
{
    assert(table->column_count < COLUMNS_MOST && table->count == 0);
    table->heads[table->column_count] = str_copy(head);
    table->aligns[table->column_count++] = align;
}

void text_table_row(struct text_table *table, enum shade shade)
{
    if (table->count == table->room) {
        table->room = table->room ? 2 * table->room : 64;
        table->rows = mem_grow(table->rows, table->room, sizeof(*table->rows));
    }
    table->rows[table->count++] = (struct table_row){.shade = shade};
}

void text_table_cell(struct text_table *table, const char *text)
{
    struct table_row *row = &table->rows[table->count - 1];

    assert(row->count < table->column_count);
    row->cells[row->count++] = utf8_one_line(str_or_empty(text));
}

void text_table_number(struct text_table *table, int64_t number)
{
    owned(str_free) char *text = str_format("%" PRId64, number);

    text_table_cell(table, text);
}

/* ---- printing ---- */

static void measure(const struct text_table *table, size_t widths[])
{
    for (int i = 0; i < table->column_count; i++)
        widths[i] = utf8_columns(table->heads[i]);
    for (size_t i = 0; i < table->count; i++) {
        for (int j = 0; j < table->rows[i].count; j++) {
            size_t columns = utf8_columns(table->rows[i].cells[j]);
            if (columns > widths[j])
                widths[j] = columns;
        }
    }
}

static bool may_be_cut(const struct text_table *table, int column,
                       const size_t widths[])
{
    return table->aligns[column] == ALIGN_CUT && widths[column] > CUT_LEAST;
}

/* Columns of the terminal, all cut as far as they may be or not. */
static size_t whole_width(const struct text_table *table, const size_t widths[],
                          bool cut)
{
    size_t whole = 0;

    for (int i = 0; i < table->column_count; i++)
        if (widths[i])
            whole +=
                (whole ? 2 : 0) +
                (cut && may_be_cut(table, i, widths) ? CUT_LEAST : widths[i]);
    return whole;
}

/* Leave columns out, from the last, until the others can be made to fit; of
 * width 0 is one that is not shown. */
static void leave_out(const struct text_table *table, size_t widths[],
                      size_t width)
{
    for (int i = table->column_count - 1; i >= 0; i--)
        if (table->aligns[i] == ALIGN_CUT &&
            whole_width(table, widths, true) > width)
            widths[i] = 0;
}

/* Cut the columns that may be cut, from the last, until the row fits. */
static void fit(const struct text_table *table, size_t widths[], size_t width)
{
    leave_out(table, widths, width);
    for (int i = table->column_count - 1; i >= 0; i--) {
        size_t whole = whole_width(table, widths, false);
        if (whole <= width || !may_be_cut(table, i, widths))
            continue;
        size_t over = whole - width;
        size_t most = widths[i] - CUT_LEAST;
        widths[i] -= over < most ? over : most;
    }
}

static void add_blanks(struct buf *line, size_t count)
{
    while (count-- > 0)
        buf_add(line, " ");
}

static char *line_of(const struct text_table *table, char *const cells[],
                     int count, const size_t widths[])
{
    struct buf line = {0};

    for (int i = 0; i < count; i++) {
        if (!widths[i])
            continue;
        owned(str_free) char *text = utf8_shorten(cells[i], widths[i]);
        size_t blanks = widths[i] - utf8_columns(text);
        if (line.length)
            buf_add(&line, "  ");
        if (table->aligns[i] == ALIGN_RIGHT)
            add_blanks(&line, blanks);
        buf_add(&line, text);
        if (table->aligns[i] != ALIGN_RIGHT && i + 1 < count)
            add_blanks(&line, blanks);
    }
    while (line.length && line.text[line.length - 1] == ' ')
        line.text[--line.length] = '\0';
    return buf_take(&line);
}

static bool has_heads(const struct text_table *table)
{
    for (int i = 0; i < table->column_count; i++)
        if (*table->heads[i])
            return true;
    return false;
}

void text_table_print(const struct text_table *table, FILE *out, bool colour,
                      size_t width)
{
    size_t widths[COLUMNS_MOST] = {0};

    measure(table, widths);
    if (width)
        fit(table, widths, width);
    if (has_heads(table)) {
        owned(str_free) char *line =
            line_of(table, table->heads, table->column_count, widths);
        (void)fprintf(out, "%s\n", line);
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct table_row *row = &table->rows[i];
        owned(str_free) char *line =
            line_of(table, row->cells, row->count, widths);
        (void)fprintf(out, "%s%s%s\n", colour ? shade_begin(row->shade) : "",
                      line, colour ? shade_end(row->shade) : "");
    }
}

size_t terminal_width(void)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}
