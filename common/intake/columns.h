/* columns.h - a list's header, wherever it stands, and its rows by field. */
#ifndef INTAKE_COLUMNS_H
#define INTAKE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "importers/sheet.h"
#include "intake/intake.h"

enum { FIELDS_MOST = 24, FIELD_IGNORED = -1 };

/* A name of a field in headers, folded; FIELD_IGNORED for a column that is
 * known and not taken. */
struct column_name {
    int field;
    const char *name;
};

/* The fields of one kind of list. */
struct layout {
    const char *const *fields; /* their names in settings, by number */
    int field_count;
    const struct column_name *names;
    size_t name_count;
    unsigned required; /* bits of 1 << field */
};

/* Which column has which field. */
struct columns {
    int at[FIELDS_MOST];      /* -1: the list has it not */
    const struct row *header; /* borrowed from the sheet */
    size_t first;             /* the first row below the header */
    const struct layout *layout;
};

/* Read a list: every cell made one line, the header found among the first
 * rows by its names (own ones first), columns of other names named once in
 * the report. */
int list_read(const char *bytes, size_t length, enum text_language language,
              struct sheet *sheet_r, struct err *err);
int columns_find(const struct sheet *sheet, const struct layout *layout,
                 const struct intake_feed *own, struct columns *columns_r,
                 struct intake_report *report, struct err *err);

bool columns_have(const struct columns *columns, int field);

/* The cell of a field, "" when row or list has none; borrowed. */
const char *cell_of(const struct row *row, const struct columns *columns,
                    int field);

/* A field's header as the list writes it, else its first known name;
 * borrowed. */
const char *header_of(const struct columns *columns, int field);

/* Has the row any text?  How many cells of it? */
size_t row_filled(const struct row *row);

/* Is it the header once more, as on each page of a printed list? */
bool row_is_header(const struct row *row, const struct columns *columns);

#endif
