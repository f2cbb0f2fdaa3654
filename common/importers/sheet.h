/* sheet.h - a list as somebody exported it: rows of cells, with the line
 * that each came from.  Cells are valid UTF-8 in NFC, trimmed. */
#ifndef IMPORTERS_SHEET_H
#define IMPORTERS_SHEET_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "texts/texts.h"

struct row {
    int line; /* 1-based line of the file where the row begins */
    struct strs cells;
};

struct sheet {
    struct row *rows;
    size_t count;
};

void sheet_done(struct sheet *sheet);

/* Read CSV (RFC 4180; a BOM, "," ";" or TAB found out; UTF-8 only, with an
 * error that names the line and guesses the encoding of anything else).
 * Bounded: 64 MiB, 256 columns, 64 KiB a cell, 1,000,000 rows and
 * 8,000,000 cells.  Lines without any cell are not rows. */
int csv_read(const char *bytes, size_t length, enum text_language language,
             struct sheet *sheet_r, struct err *err);

#endif
