#include "settings/findings.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"

void findings_add(struct findings *list, struct place place, const char *path,
                  const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    owned(str_free) char *raw = buf_take(&text);
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    /* What a file says may be quoted in a text, and goes to a terminal. */
    list->items[list->count++] = (struct finding){
        .place = place,
        .path = str_copy(str_or_empty(path)),
        .text = utf8_one_line(raw),
    };
}

static size_t file_rank(const struct strs *files, const char *file)
{
    size_t rank = 0;

    while (rank < files->count && files->items[rank] != file)
        rank++;
    return rank;
}

static int order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* Does a stand before b?  <0, 0, >0. */
static int compare(const struct strs *files, const struct finding *a,
                   const struct finding *b)
{
    int by_file =
        order(file_rank(files, a->place.file), file_rank(files, b->place.file));
    if (by_file)
        return by_file;
    if (a->place.line != b->place.line)
        return a->place.line - b->place.line;
    return a->place.column - b->place.column;
}

/* Insertion keeps the order of finding among equals; there are few. */
static void sort(struct findings *list, const struct strs *files)
{
    for (size_t i = 1; i < list->count; i++) {
        const struct finding moved = list->items[i];
        size_t to = i;

        for (; to > 0 && compare(files, &moved, &list->items[to - 1]) < 0; to--)
            list->items[to] = list->items[to - 1];
        list->items[to] = moved;
    }
}

void findings_hand_on(struct findings *list, const struct strs *files,
                      struct problems *problems)
{
    sort(list, files);
    for (size_t i = 0; i < list->count; i++)
        problems_add(problems, list->items[i].place, list->items[i].path, "%s",
                     list->items[i].text);
}

void findings_done(struct findings *list)
{
    for (size_t i = 0; i < list->count; i++) {
        str_free(&list->items[i].path);
        str_free(&list->items[i].text);
    }
    free(list->items);
    *list = (struct findings){0};
}

char *place_text(struct place place)
{
    return str_format("%s:%d:%d", place.file, place.line, place.column);
}
