#include "base/place.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static char *place_format(struct place place)
{
    if (!place.file)
        return str_copy("");
    if (!place.line)
        return str_copy(place.file);
    if (!place.column)
        return str_format("%s:%d", place.file, place.line);
    return str_format("%s:%d:%d", place.file, place.line, place.column);
}

void problems_add(struct problems *list, struct place place, const char *path,
                  const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = (struct problem){
        .where = place_format(place),
        .path = str_copy(str_or_empty(path)),
        .text = buf_take(&text),
    };
}

void problems_done(struct problems *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].where);
        free(list->items[i].path);
        free(list->items[i].text);
    }
    free(list->items);
    *list = (struct problems){0};
}

char *problem_format(const struct problem *problem)
{
    return str_format("%s%s%s%s%s", problem->where, *problem->where ? ": " : "",
                      problem->path, *problem->path ? ": " : "", problem->text);
}
