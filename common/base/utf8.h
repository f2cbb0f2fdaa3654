/* utf8.h - Unicode at the door: validate, normalise, fold, measure.
 *
 * Inside, all text is valid UTF-8 in NFC.  Bytes, characters and columns are
 * three different numbers; each function says which it means.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* How many of text's first length bytes can be kept in room bytes without
 * cutting a character in two. */
size_t utf8_fit(const char *text, size_t length, size_t room);

/* Are these length bytes valid UTF-8 without NUL? */
bool utf8_valid(const char *text, size_t length);

/* text in NFC, yours; NULL when text is not valid UTF-8. */
char *utf8_nfc(const char *text);

/* What two spellings of one name have in common: NFC, case folded, runs of
 * white space made one blank, none at the ends.  Yours; NULL when not valid. */
char *utf8_fold(const char *text);

/* text without accents and other combining marks, đ as d; what has none
 * stands as it is.  Yours; NULL when text is not valid UTF-8. */
char *utf8_unaccented(const char *text);

/* text fit for a header, a log line or a terminal: each control character
 * (C0, DEL, C1, line and paragraph separators, direction overrides) becomes a
 * blank.  Yours. */
char *utf8_one_line(const char *text);

/* Terminal columns that text takes. */
size_t utf8_columns(const char *text);

/* How many characters (code points) text has. */
size_t utf8_length(const char *text);

/* A copy of at most columns columns, the last being an ellipsis when
 * something was cut; yours. */
char *utf8_shorten(const char *text, size_t columns);

#endif
