/* texts.h - every sentence that people read, in each language, in one table
 * (texts.inc), so that none can lack one.
 *
 * Placeholders are names in braces, "{count} dossiers"; all languages of a
 * text have the same ones, which a test checks.
 */
#ifndef TEXTS_TEXTS_H
#define TEXTS_TEXTS_H

#include <stdarg.h>

#include "base/err.h"

enum text_language { TEXTS_VI, TEXTS_EN, TEXTS_LANGUAGES };

enum text_id {
#define TEXT(id, vi, en) id,
#include "texts/texts.inc"
#undef TEXT
    TEXT_COUNT,
    TEXT_NONE = TEXT_COUNT /* where there is nothing to say */
};

/* The raw text; static. */
const char *text_of(enum text_id id, enum text_language language);

/* The text with its placeholders filled: pairs of name and value, ended by
 * NULL.  A placeholder without a value is a bug.  Yours.
 *
 *     text_fill(TEXT_OVERDUE_BY, TEXTS_VI, "time", "2 ngày", NULL)
 */
char *text_fill(enum text_id id, enum text_language language, ...)
    __attribute__((sentinel, malloc, returns_nonnull));

/* The same with the pairs as a list. */
char *text_vfill(enum text_id id, enum text_language language, va_list pairs)
    __attribute__((malloc, returns_nonnull));

/* err_set() with a text of the table.  Returns -1. */
int text_err(struct err *err, enum err_code code, enum text_id id,
             enum text_language language, ...) __attribute__((sentinel));

/* "vi", "en", "vi_VN.UTF-8" (as in LANG); fallback for others and NULL. */
enum text_language text_language_parse(const char *text,
                                       enum text_language fallback);

#endif
