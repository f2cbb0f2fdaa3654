#include "importers/encoding.h"

#include <stdbool.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

enum { SAMPLE_BYTES = 64 << 10 };

size_t line_length(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\n')
            return i + 1;
        if (bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] != '\n'))
            return i + 1;
    }
    return length;
}

static bool begins(const char *bytes, size_t length, const char *mark,
                   size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

size_t encoding_mark(const char *bytes, size_t length)
{
    return begins(bytes, length, "\xEF\xBB\xBF", 3) ? 3 : 0;
}

/* TCVN3 has ă â ê ô ơ ư đ and à ả ã á ạ at 0xA7-0xB9, where Windows-1258 has
 * signs that lists do not use; any Vietnamese text is full of them. */
static bool seems_tcvn3(const char *bytes, size_t length)
{
    size_t high = 0, telling = 0;

    for (size_t i = 0; i < length && i < SAMPLE_BYTES; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        high += byte >= 0x80;
        telling +=
            (byte >= 0xA7 && byte <= 0xAE) || (byte >= 0xB5 && byte <= 0xB9);
    }
    return telling * 10 > high;
}

static enum text_id guess(const char *bytes, size_t length)
{
    if (begins(bytes, length, "PK\x03\x04", 4))
        return TEXT_LIST_IS_XLSX;
    if (begins(bytes, length, "\xD0\xCF\x11\xE0", 4))
        return TEXT_LIST_IS_XLS;
    if (begins(bytes, length, "\xFF\xFE", 2) ||
        begins(bytes, length, "\xFE\xFF", 2) ||
        memchr(bytes, '\0', length < SAMPLE_BYTES ? length : SAMPLE_BYTES))
        return TEXT_LIST_IS_UTF16;
    return seems_tcvn3(bytes, length) ? TEXT_LIST_IS_TCVN3 : TEXT_LIST_IS_1258;
}

int encoding_check(const char *bytes, size_t length,
                   enum text_language language, struct err *err)
{
    int line = 1;

    for (size_t at = 0; at < length; line++) {
        size_t step = line_length(bytes + at, length - at);
        if (!utf8_valid(bytes + at, step)) {
            owned(str_free) char *number = str_format("%d", line);
            return text_err(err, ERR_INVALID, TEXT_LIST_ENCODING, language,
                            "line", number, "encoding",
                            text_of(guess(bytes, length), language), NULL);
        }
        at += step;
    }
    return 0;
}
