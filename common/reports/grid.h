/* grid.h - a table of texts in columns as wide as what they hold. */
#ifndef REPORTS_GRID_H
#define REPORTS_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct grid {
    struct strs cells; /* row by row */
    size_t columns;
    size_t left; /* so many columns are texts; those after them numbers */
};

/* Append a cell; NULL is empty. */
void grid_text(struct grid *grid, const char *text);
void grid_give(struct grid *grid, char **text);

/* Write it out, each line after an indent; cells are cut at most columns. */
void grid_write(const struct grid *grid, size_t most, struct buf *out);
void grid_done(struct grid *grid);

#endif
