/* book.h - a spreadsheet: sheets written row by row, from top to bottom, with
 * memory that does not grow with them (libxlsxwriter's constant memory). */
#ifndef REPORTS_BOOK_H
#define REPORTS_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/zone.h"
#include "reports/counts.h"

struct book;
struct lxw_worksheet;

enum cell_look {
    LOOK_PLAIN,
    LOOK_TITLE,
    LOOK_NOTE, /* wrapped over no width: runs on to the right */
    LOOK_HEAD,
    LOOK_TEXT, /* wrapped, with a border */
    LOOK_NUMBER,
    LOOK_SHARE,
    LOOK_MOMENT,
    LOOK_DAY,
    LOOK_BAD, /* overdue, late */
    LOOK_TOTAL,
    LOOKS
};

/* One sheet, and where the next cell goes. */
struct sheet {
    struct book *book;
    struct lxw_worksheet *page;
    uint32_t row;
    uint16_t column;
};

/* A new book at a path; made_at is its date of creation, so that the same
 * report is the same bytes.  zone is borrowed. */
struct book *book_new(const char *path, const struct zone *zone,
                      int64_t made_at, const char *title);
void book_free(struct book **book);

/* Write the file; the book is of no more use. */
int book_close(struct book *book, struct err *err);

/* Add a sheet: A4 across, as wide as one page, with page numbers.  Names are
 * at most 31 characters. */
struct sheet book_sheet(struct book *book, const char *name);

/* Cells from left to right; sheet_next_row() goes to the next line. */
void sheet_text(struct sheet *sheet, const char *text, enum cell_look look);
void sheet_number(struct sheet *sheet, int64_t number, enum cell_look look);
void sheet_share(struct sheet *sheet, struct share share);
void sheet_moment(struct sheet *sheet, int64_t instant);
void sheet_day(struct sheet *sheet, int64_t instant);
void sheet_blank(struct sheet *sheet);
void sheet_next_row(struct sheet *sheet);

void sheet_width(struct sheet *sheet, int column, double characters);

/* The row just written is the head of a table so many columns wide: it stays
 * in sight, is repeated on each page, and filters the rows down to last. */
void sheet_freeze(struct sheet *sheet, int columns);
void sheet_filter(struct sheet *sheet, uint32_t head, uint32_t last,
                  int columns);

/* A column chart on this sheet of columns of another's rows; names are those
 * of its heads, stacked. */
struct chart_of {
    const char *title;
    const char *sheet;
    uint32_t head, first, last; /* rows */
    uint16_t names;             /* the column of the categories */
    uint16_t columns[3];
    uint32_t colours[3];
    int column_count;
    bool is_share; /* bars of percents, side by side */
};
void sheet_chart(struct sheet *sheet, uint32_t row, uint16_t column,
                 const struct chart_of *chart);

#endif
