#include "model/timetable.h"

#include <stdlib.h>

#include "base/mem.h"

/* The first calendar of its own upwards from a unit. */
static const struct calendar *inherited(const struct directory *directory,
                                        const struct calendar *const *own,
                                        int unit)
{
    while (unit != NO_UNIT && !own[unit])
        unit = directory->units[unit].parent_index;
    return unit == NO_UNIT ? NULL : own[unit];
}

static void note_followed(struct timetable *timetable,
                          const struct calendar *calendar)
{
    for (size_t i = 0; i < timetable->followed_count; i++)
        if (timetable->followed[i] == calendar)
            return;
    timetable->followed[timetable->followed_count++] = calendar;
}

void timetable_make(const struct directory *directory,
                    const struct calendar *main,
                    const struct calendar *const *own,
                    struct timetable *timetable_r)
{
    size_t count = directory->unit_count;
    struct timetable made = {.directory = directory, .main = main};

    made.of_unit = mem_zero(count + 1, sizeof(*made.of_unit));
    made.followed = mem_zero(count + 1, sizeof(*made.followed));
    note_followed(&made, main);
    for (size_t i = 0; i < count; i++) {
        const struct calendar *found = inherited(directory, own, (int)i);
        made.of_unit[i] = found ? found : main;
        note_followed(&made, made.of_unit[i]);
    }
    *timetable_r = made;
}

void timetable_done(struct timetable *timetable)
{
    free(timetable->of_unit);
    free(timetable->followed);
    *timetable = (struct timetable){0};
}

static const struct calendar *at_index(const struct timetable *timetable,
                                       int unit)
{
    return unit == NO_UNIT ? timetable->main : timetable->of_unit[unit];
}

const struct calendar *timetable_of_unit(const struct timetable *timetable,
                                         const char *code)
{
    /* Most offices have one calendar: nothing is to be looked up then. */
    if (timetable->followed_count == 1)
        return timetable->main;
    return at_index(timetable, directory_unit(timetable->directory, code));
}

const struct calendar *timetable_of_person(const struct timetable *timetable,
                                           int person)
{
    if (person == NOBODY)
        return timetable->main;
    return at_index(timetable, timetable->directory->people[person].unit_index);
}
