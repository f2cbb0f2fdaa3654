#include "texts/texts.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/own.h"
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

char *text_vfill(enum text_id id, enum text_language language, va_list pairs)
{
    struct buf out = {0};
    const char *rest = text_of(id, language);

    for (const char *open; (open = strchr(rest, '{'));) {
        const char *close = strchr(open, '}');
        va_list again;
        assert(close);
        buf_add_bytes(&out, rest, (size_t)(open - rest));
        va_copy(again, pairs);
        const char *value =
            value_of(open + 1, (size_t)(close - open - 1), again);
        va_end(again);
        assert(value);
        buf_add(&out, value);
        rest = close + 1;
    }
    buf_add(&out, rest);
    return buf_take(&out);
}

char *text_fill(enum text_id id, enum text_language language, ...)
{
    va_list pairs;

    va_start(pairs, language);
    char *text = text_vfill(id, language, pairs);
    va_end(pairs);
    return text;
}

int text_err(struct err *err, enum err_code code, enum text_id id,
             enum text_language language, ...)
{
    va_list pairs;

    va_start(pairs, language);
    owned(str_free) char *text = text_vfill(id, language, pairs);
    va_end(pairs);
    return err_set(err, code, "%s", text);
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
