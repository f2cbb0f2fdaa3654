#include "texts/texts.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"

static const char *const table[TEXT_COUNT][TEXTS_LANGUAGES] = {
#define TEXT(id, vi, en) [id] = {vi, en},
#include "texts/texts.inc"
#undef TEXT
};

const char *text_of(enum text_id id, enum text_language language)
{
    assert(id < TEXT_COUNT && language < TEXTS_LANGUAGES);
    return table[id][language];
}

/* The value of the placeholder name[0..length) among pairs, or NULL. */
static const char *value_of(const char *name, size_t length, va_list pairs)
{
    const char *key;

    while ((key = va_arg(pairs, const char *))) {
        const char *value = va_arg(pairs, const char *);
        if (strlen(key) == length && memcmp(key, name, length) == 0)
            return value;
    }
    return NULL;
}

char *text_fill(enum text_id id, enum text_language language, ...)
{
    struct buf out = {0};
    const char *rest = text_of(id, language);

    for (const char *open; (open = strchr(rest, '{'));) {
        const char *close = strchr(open, '}');
        va_list pairs;
        assert(close);
        buf_add_bytes(&out, rest, (size_t)(open - rest));
        va_start(pairs, language);
        const char *value =
            value_of(open + 1, (size_t)(close - open - 1), pairs);
        va_end(pairs);
        assert(value);
        buf_add(&out, value);
        rest = close + 1;
    }
    buf_add(&out, rest);
    return buf_take(&out);
}

enum text_language text_language_parse(const char *text,
                                       enum text_language fallback)
{
    if (!text)
        return fallback;
    if (strncmp(text, "vi", 2) == 0)
        return TEXTS_VI;
    if (strncmp(text, "en", 2) == 0)
        return TEXTS_EN;
    return fallback;
}
