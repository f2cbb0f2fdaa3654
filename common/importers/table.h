/* table.h - a list as somebody exported it: rows of cells, with the line
 * that each came from.  Cells are valid UTF-8 in NFC, trimmed. */
#ifndef IMPORTERS_TABLE_H
#define IMPORTERS_TABLE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct row {
    int line; /* 1-based line of the file where the row begins */
    struct strs cells;
};

struct table {
    struct row *rows;
    size_t count;
};

void table_done(struct table *table);

/* Read CSV (RFC 4180; a BOM, "," ";" or TAB found out; UTF-8 only, with an
 * error that names the line and guesses the encoding of anything else).
 * Bounded: 64 MiB, 256 columns, 64 KiB a cell. */
int csv_read(const char *bytes, size_t length, struct table *table_r,
             struct err *err);

#endif
