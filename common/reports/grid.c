#include "reports/grid.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"

#define GAP "  "

void grid_text(struct grid *grid, const char *text)
{
    owned(str_free) char *line = utf8_one_line(str_or_empty(text));

    strs_give(&grid->cells, &line);
}

void grid_give(struct grid *grid, char **text)
{
    grid_text(grid, *text);
    str_free(text);
}

static void add_blanks(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add(out, " ");
}

static void write_cell(const struct grid *grid, size_t at, size_t width,
                       struct buf *out)
{
    size_t column = at % grid->columns;
    bool last = column + 1 == grid->columns;
    owned(str_free) char *cell =
        utf8_shorten(grid->cells.items[at], width ? width : 1);
    size_t blanks = width > utf8_columns(cell) ? width - utf8_columns(cell) : 0;

    if (column)
        buf_add(out, GAP);
    if (column >= grid->left)
        add_blanks(out, blanks);
    buf_add(out, cell);
    if (column < grid->left && !last)
        add_blanks(out, blanks);
    if (last)
        buf_add(out, "\n");
}

void grid_write(const struct grid *grid, size_t most, struct buf *out)
{
    size_t *widths = mem_zero(grid->columns, sizeof(*widths));

    for (size_t i = 0; i < grid->cells.count; i++) {
        size_t wide = utf8_columns(grid->cells.items[i]);
        size_t *width = &widths[i % grid->columns];
        if (wide > most)
            wide = most;
        if (wide > *width)
            *width = wide;
    }
    for (size_t i = 0; i < grid->cells.count; i++)
        write_cell(grid, i, widths[i % grid->columns], out);
    free(widths);
}

void grid_done(struct grid *grid)
{
    strs_done(&grid->cells);
}
