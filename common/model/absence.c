#include "model/absence.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

void absence_done(struct absence *absence)
{
    str_free(&absence->person);
    str_free(&absence->deputy);
    str_free(&absence->why);
    str_free(&absence->login);
}

void absences_add(struct absences *list, struct absence *absence)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = *absence;
    *absence = (struct absence){0};
}

void absences_done(struct absences *list)
{
    for (size_t i = 0; i < list->count; i++)
        absence_done(&list->items[i]);
    free(list->items);
    *list = (struct absences){0};
}

const struct absence *absences_clash(const struct absences *list,
                                     const struct absence *absence)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct absence *known = &list->items[i];
        if (str_equal(known->person, absence->person) &&
            date_compare(known->first, absence->last) <= 0 &&
            date_compare(absence->first, known->last) <= 0)
            return known;
    }
    return NULL;
}
