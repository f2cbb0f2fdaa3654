/* past.h - every dossier and task with all that was ever learnt of it, in one
 * pass and with memory that does not grow with the store.  Of a recurring task
 * the occurrences are visited, each by itself, and not the series. */
#ifndef STORE_PAST_H
#define STORE_PAST_H

#include <stdint.h>

#include "base/err.h"
#include "model/item.h"
#include "store/store.h"

/* An item as it is now; texts are borrowed until its visit ends. */
struct past_item {
    int64_t id;
    enum item_kind kind;
    const char *code;
    const char *title;
    const char *procedure;
    const char *field;
    const char *assignee_text;
    enum submission submission;
    int64_t received_at;
    int64_t original_due_at;
};

/* One row of its history; texts are borrowed until the next. */
struct past_row {
    int64_t happened_at; /* INSTANT_NONE: not known */
    int64_t learnt_at;
    const char *field;
    const char *before;
    const char *after;
};

/* Each item is begun, its rows come in the order in which they were written
 * down, then it is ended.  The visitor must not use the store meanwhile.
 * Non-zero stops, and is returned. */
struct past_visitor {
    int (*begin)(void *context, const struct past_item *item, struct err *err);
    int (*row)(void *context, const struct past_row *row, struct err *err);
    int (*end)(void *context, const struct past_item *item, struct err *err);
    void *context;
};

/* All items but the system's own, by their numbers in the store. */
int store_visit_past(struct store *store, const struct past_visitor *visitor,
                     struct err *err);

/* How many items there are, for whoever waits. */
int store_count_past(struct store *store, int64_t *count_r, struct err *err);

/* When anything was learnt first; INSTANT_NEVER: never yet. */
int store_first_learnt(struct store *store, int64_t *first_r, struct err *err);

#endif
