/* encoding.h - is a list in UTF-8, and if not, in what?  Old office programs
 * still write Windows-1258 and TCVN3 (ABC). */
#ifndef IMPORTERS_ENCODING_H
#define IMPORTERS_ENCODING_H

#include <stddef.h>

#include "base/err.h"
#include "texts/texts.h"

/* Bytes of the first line with what ends it (LF, CR LF, a lone CR). */
size_t line_length(const char *bytes, size_t length);

/* Bytes of UTF-8's byte order mark at the start: 3, or 0 without one. */
size_t encoding_mark(const char *bytes, size_t length);

/* All of it UTF-8 without NUL?  ERR_INVALID names the first line that is not
 * and says what the file seems to be in. */
int encoding_check(const char *bytes, size_t length,
                   enum text_language language, struct err *err);

#endif
