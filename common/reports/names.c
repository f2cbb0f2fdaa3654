#include "reports/names.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

enum { FIRST_ROOM = 64 }; /* a power of two */

/* places: open addressing, the number of a text plus one, 0 where free;
 * never more than half of them are taken. */
struct names {
    struct strs texts;
    uint32_t *places;
    size_t room;
};

/* FNV-1a. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037U;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return hash;
}

/* Where a text is, or where it would go. */
static uint32_t *place_of(const struct names *names, const char *text)
{
    size_t at = (size_t)hash_of(text) & (names->room - 1);

    while (names->places[at] &&
           !str_equal(names->texts.items[names->places[at] - 1], text))
        at = (at + 1) & (names->room - 1);
    return &names->places[at];
}

static void make_room(struct names *names)
{
    free(names->places);
    names->room *= 2;
    names->places = mem_zero(names->room, sizeof(*names->places));
    for (size_t i = 0; i < names->texts.count; i++)
        *place_of(names, names->texts.items[i]) = (uint32_t)i + 1;
}

struct names *names_new(void)
{
    struct names *names = mem_new(struct names);

    names->room = FIRST_ROOM;
    names->places = mem_zero(names->room, sizeof(*names->places));
    return names;
}

void names_free(struct names **names)
{
    if (!*names)
        return;
    strs_done(&(*names)->texts);
    free((*names)->places);
    free(*names);
    *names = NULL;
}

int names_add(struct names *names, const char *text)
{
    uint32_t *place = place_of(names, text);

    if (*place)
        return (int)*place - 1;
    strs_add(&names->texts, text);
    *place = (uint32_t)names->texts.count;
    int number = (int)names->texts.count - 1;
    if (names->texts.count * 2 > names->room)
        make_room(names);
    return number;
}

const char *names_text(const struct names *names, int number)
{
    assert(number >= 0 && (size_t)number < names->texts.count);
    return names->texts.items[number];
}

size_t names_count(const struct names *names)
{
    return names->texts.count;
}
