#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/own.h"
#include "base/str.h"

/* Bytes 10xxxxxx carry on a character that an earlier byte began. */
static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0U) == 0x80U;
}

size_t utf8_fit(const char *text, size_t length, size_t room)
{
    if (length <= room)
        return length;
    while (room > 0 && continues(text[room]))
        room--;
    return room;
}

/* The character that length bytes of text begin with; its size in bytes, or
 * a negative number for none. */
static utf8proc_ssize_t next(const char *text, size_t length,
                             utf8proc_int32_t *character_r)
{
    return utf8proc_iterate((const utf8proc_uint8_t *)text,
                            (utf8proc_ssize_t)length, character_r);
}

bool utf8_valid(const char *text, size_t length)
{
    while (length > 0) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t size = next(text, length, &character);
        if (size <= 0 || character == 0)
            return false;
        text += size;
        length -= (size_t)size;
    }
    return true;
}

static char *mapped(const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &result,
                     options | UTF8PROC_NULLTERM);
    return length < 0 ? NULL : (char *)result;
}

char *utf8_nfc(const char *text)
{
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

static bool is_blank(utf8proc_int32_t character)
{
    return character == ' ' || (character >= '\t' && character <= '\r') ||
           utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
}

char *utf8_fold(const char *text)
{
    owned(str_free) char *folded =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    struct buf out = {0};
    bool blank = false;

    if (!folded)
        return NULL;
    for (const char *at = folded; *at;) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t size = next(at, strlen(at), &character);
        if (is_blank(character)) {
            blank = out.length > 0;
        } else {
            if (blank)
                buf_add(&out, " ");
            buf_add_bytes(&out, at, (size_t)size);
            blank = false;
        }
        at += size;
    }
    return buf_take(&out);
}

/* Characters that would act on a header, a log or a terminal. */
static bool acts(utf8proc_int32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
           character == 0x2028 || character == 0x2029 ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

char *utf8_unaccented(const char *text)
{
    owned(str_free) char *bare =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    struct buf out = {0};

    for (const char *at = str_or_empty(bare); *at; at++) {
        if (strncmp(at, "\xC4\x91", 2) == 0 || strncmp(at, "\xC4\x90", 2) == 0)
            buf_add(&out, *++at == '\x91' ? "d" : "D");
        else
            buf_add_bytes(&out, at, 1);
    }
    return bare ? buf_take(&out) : NULL;
}

char *utf8_one_line(const char *text)
{
    struct buf out = {0};

    for (const char *at = text; *at;) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t size = next(at, strlen(at), &character);
        if (size <= 0 || acts(character))
            buf_add(&out, " ");
        else
            buf_add_bytes(&out, at, (size_t)size);
        at += size > 0 ? size : 1;
    }
    return buf_take(&out);
}

size_t utf8_columns(const char *text)
{
    size_t columns = 0;

    while (*text) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t size = next(text, strlen(text), &character);
        if (size > 0)
            columns += (size_t)utf8proc_charwidth(character);
        text += size > 0 ? size : 1;
    }
    return columns;
}

size_t utf8_length(const char *text)
{
    size_t length = 0;

    for (; *text; text++)
        if (!continues(*text))
            length++;
    return length;
}

char *utf8_shorten(const char *text, size_t columns)
{
    struct buf out = {0};
    size_t taken = 0;

    if (utf8_columns(text) <= columns)
        return str_copy(text);
    while (*text) {
        utf8proc_int32_t character = -1;
        utf8proc_ssize_t size = next(text, strlen(text), &character);
        size_t width = size > 0 ? (size_t)utf8proc_charwidth(character) : 1;
        if (taken + width + 1 > columns)
            break;
        taken += width;
        buf_add_bytes(&out, text, size > 0 ? (size_t)size : 1);
        text += size > 0 ? size : 1;
    }
    if (columns > 0)
        buf_add(&out, "…");
    return buf_take(&out);
}
