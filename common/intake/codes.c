#include "intake/codes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void codes_add(struct codes *codes, const char *text, size_t row)
{
    size_t count = codes->count;

    if ((count & (count - 1)) == 0)
        codes->items = mem_grow(codes->items, count ? 2 * count : 1,
                                sizeof(*codes->items));
    codes->items[codes->count++] = (struct code){.text = text, .row = row};
}

static int by_text_and_row(const void *a, const void *b)
{
    const struct code *one = a, *other = b;
    int order = strcmp(one->text, other->text);
    return order ? order : (one->row > other->row) - (one->row < other->row);
}

void codes_sort(struct codes *codes)
{
    if (codes->count)
        qsort(codes->items, codes->count, sizeof(*codes->items),
              by_text_and_row);
}

/* The first place that is after the code at that row, whether or not it is
 * there. */
static size_t seek_after(const struct codes *codes, const char *text,
                         size_t row)
{
    struct code wanted = {.text = text, .row = row};
    size_t low = 0, high = codes->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_text_and_row(&codes->items[middle], &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool codes_have(const struct codes *codes, const char *text)
{
    size_t at = seek_after(codes, text, SIZE_MAX);
    return at > 0 && strcmp(codes->items[at - 1].text, text) == 0;
}

size_t codes_next(const struct codes *codes, const char *text, size_t row)
{
    size_t at = seek_after(codes, text, row);

    if (at == codes->count || strcmp(codes->items[at].text, text) != 0)
        return row;
    return codes->items[at].row;
}

void codes_done(struct codes *codes)
{
    free(codes->items);
    *codes = (struct codes){0};
}
