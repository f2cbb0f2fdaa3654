/* occurrences.h - which items are the occurrences of a recurring task. */
#ifndef STORE_OCCURRENCES_H
#define STORE_OCCURRENCES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/date.h"
#include "store/store.h"

struct occurrence {
    int64_t series;  /* the item that recurs */
    int64_t item;    /* of its own */
    struct date day; /* of its cycle, whatever the holidays */
};

struct occurrences {
    struct occurrence *items;
    size_t count;
};

/* One a day: a second one is ERR_SYSTEM, and so is a second series of an
 * item. */
int store_add_occurrence(struct store *store,
                         const struct occurrence *occurrence, struct err *err);

/* The one with the latest day; ERR_NOT_FOUND. */
int store_last_occurrence(struct store *store, int64_t series,
                          struct occurrence *occurrence_r, struct err *err);

/* All of a series, by day. */
int store_get_occurrences(struct store *store, int64_t series,
                          struct occurrences *occurrences_r, struct err *err);
void occurrences_done(struct occurrences *list);

/* The occurrence that an item is; ERR_NOT_FOUND when it is none. */
int store_occurrence_of(struct store *store, int64_t item,
                        struct occurrence *occurrence_r, struct err *err);

#endif
