/* facets.h - what both a source and a command can say of an item, as text. */
#ifndef INTAKE_FACETS_H
#define INTAKE_FACETS_H

#include <stdbool.h>

#include "calendar/calendar.h"
#include "model/item.h"

enum facet {
    FACET_STATUS,
    FACET_FINISHED,
    FACET_DUE,
    FACET_UNIT,
    FACET_ASSIGNEE,
    FACETS
};

/* "status", "finished", ... as history and overrides name it, and back;
 * FACETS for what is none. */
const char *facet_name(enum facet facet);
enum facet facet_find(const char *name);

/* As history keeps it, "" for none; yours. */
char *facet_value(const struct calendar *calendar, const struct item *item,
                  enum facet facet);

/* Give an item the value back that facet_value() made; a status that there
 * is none of is left alone.  by_day: of a deadline, that only its day was
 * said. */
void facet_set(const struct calendar *calendar, struct item *item,
               enum facet facet, const char *value, bool by_day);

/* Take a facet over from another item. */
void facet_copy(struct item *item, enum facet facet, const struct item *from);

#endif
