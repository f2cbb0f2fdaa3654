/* table.h - a table for a terminal: columns as wide as what they hold, by
 * columns of the terminal and not by bytes. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What a row says by its colour, where there are colours. */
enum shade {
    SHADE_PLAIN,
    SHADE_OVERDUE,   /* red */
    SHADE_DUE_TODAY, /* orange, bright yellow where there is none */
    SHADE_AT_RISK,   /* yellow */
    SHADE_FAINT,
    SHADES
};

enum align {
    ALIGN_LEFT,
    ALIGN_RIGHT,
    ALIGN_CUT, /* left; cut, at last left out, on a narrow terminal */
};

struct text_table;

struct text_table *text_table_new(void);
void text_table_free(struct text_table **table);

/* The columns, before any row. */
void text_table_column(struct text_table *table, const char *head,
                       enum align align);

/* Begin a row, then give it its cells in order; those left out are empty.
 * Texts are copied, made one line and freed of control characters. */
void text_table_row(struct text_table *table, enum shade shade);
void text_table_cell(struct text_table *table, const char *text);
void text_table_number(struct text_table *table, int64_t number);

/* width: columns of the terminal, 0 to cut nothing.  A head that is empty in
 * all columns is left out. */
void text_table_print(const struct text_table *table, FILE *out, bool colour,
                      size_t width);

/* Columns of the terminal that standard output is; 0 when it is none. */
size_t terminal_width(void);

/* The sequence that begins a shade, and the one that ends it. */
const char *shade_begin(enum shade shade);
const char *shade_end(enum shade shade);

#endif
