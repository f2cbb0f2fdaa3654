#include "importers/encoding.h"

#include <stdbool.h>
#include <string.h>

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

static const char *guess(const char *bytes, size_t length)
{
    if (begins(bytes, length, "PK\x03\x04", 4))
        return "an Excel workbook (XLSX), not CSV";
    if (begins(bytes, length, "\xD0\xCF\x11\xE0", 4))
        return "an old Excel workbook (XLS), not CSV";
    if (begins(bytes, length, "\xFF\xFE", 2) ||
        begins(bytes, length, "\xFE\xFF", 2) ||
        memchr(bytes, '\0', length < SAMPLE_BYTES ? length : SAMPLE_BYTES))
        return "UTF-16 (\"Unicode text\")";
    return seems_tcvn3(bytes, length) ? "TCVN3 (ABC)" : "Windows-1258";
}

int encoding_check(const char *bytes, size_t length, struct err *err)
{
    int line = 1;

    for (size_t at = 0; at < length; line++) {
        size_t step = line_length(bytes + at, length - at);
        if (!utf8_valid(bytes + at, step))
            return err_set(err, ERR_INVALID,
                           "line %d is not UTF-8; the file seems to be %s: "
                           "save it as \"CSV UTF-8\"",
                           line, guess(bytes, length));
        at += step;
    }
    return 0;
}
