#include "base/str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"

char *str_copy(const char *text)
{
    return text ? str_copy_bytes(text, strlen(text)) : NULL;
}

char *str_copy_bytes(const char *text, size_t length)
{
    char *copy = mem_zero(length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *str_format(const char *format, ...)
{
    struct buf buf = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&buf, format, args);
    va_end(args);
    return buf_take(&buf);
}

void str_free(char **text)
{
    free(*text);
    *text = NULL;
}

void str_replace(char **kept, char **text)
{
    free(*kept);
    *kept = give(*text);
}

bool str_equal(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

bool str_empty(const char *text)
{
    return !text || !*text;
}

const char *str_or_empty(const char *text)
{
    return text ? text : "";
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* How many bytes of white space text begins with: 0 when none. */
static size_t space_at(const char *text)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    return strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

char *str_trim(const char *text)
{
    size_t kept = 0;

    for (size_t step; (step = space_at(text));)
        text += step;
    for (size_t at = 0; text[at];) {
        size_t step = space_at(text + at);
        at += step ? step : 1;
        if (!step)
            kept = at;
    }
    return str_copy_bytes(text, kept);
}

bool str_to_long(const char *text, long long least, long long most,
                 long long *number_r)
{
    char *end = NULL;

    if (str_empty(text) || space_at(text) || *text == '+')
        return false;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno || *end || number < least || number > most)
        return false;
    *number_r = number;
    return true;
}

/* Room for more bytes and a NUL. */
static void buf_reserve(struct buf *buf, size_t more)
{
    size_t wanted = buf->length + more + 1;

    if (wanted <= buf->room)
        return;
    buf->room = wanted < 64 ? 64 : 2 * wanted;
    buf->text = mem_grow(buf->text, buf->room, 1);
}

void buf_add_bytes(struct buf *buf, const char *bytes, size_t length)
{
    buf_reserve(buf, length);
    if (length)
        memcpy(buf->text + buf->length, bytes, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
    buf_add_bytes(buf, text, strlen(text));
}

void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return;
    buf_reserve(buf, (size_t)length);
    (void)vsnprintf(buf->text + buf->length, (size_t)length + 1, format, args);
    buf->length += (size_t)length;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vaddf(buf, format, args);
    va_end(args);
}

char *buf_take(struct buf *buf)
{
    char *text = buf->text ? buf->text : str_copy("");

    *buf = (struct buf){0};
    return text;
}

void buf_done(struct buf *buf)
{
    free(buf->text);
    *buf = (struct buf){0};
}

void strs_give(struct strs *list, char **text)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = give(*text);
}

void strs_add(struct strs *list, const char *text)
{
    char *copy = str_copy(text);
    strs_give(list, &copy);
}

bool strs_has(const struct strs *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i], text))
            return true;
    return false;
}

void strs_copy(struct strs *list, const struct strs *from)
{
    for (size_t i = 0; i < from->count; i++)
        strs_add(list, from->items[i]);
}

void strs_split(struct strs *list, const char *text, char separator)
{
    while (*text) {
        const char *end = strchr(text, separator);
        size_t length = end ? (size_t)(end - text) : strlen(text);
        owned(str_free) char *part = str_copy_bytes(text, length);
        owned(str_free) char *trimmed = str_trim(part);
        if (*trimmed)
            strs_give(list, &trimmed);
        text += length + (end ? 1 : 0);
    }
}

char *strs_join(const struct strs *list, const char *separator)
{
    struct buf buf = {0};

    for (size_t i = 0; i < list->count; i++)
        buf_addf(&buf, "%s%s", i ? separator : "", list->items[i]);
    return buf_take(&buf);
}

void strs_done(struct strs *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct strs){0};
}
