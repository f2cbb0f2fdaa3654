/* items.h - dossiers, tasks and system items in the store, with history. */
#ifndef STORE_ITEMS_H
#define STORE_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/item.h"
#include "model/level.h"
#include "store/store.h"

struct items {
    struct item *items;
    size_t count;
};
void items_done(struct items *list);

/* By code.  ERR_NOT_FOUND. */
int store_get_item(struct store *store, const char *code, struct item *item_r,
                   struct err *err);
int store_get_item_by_id(struct store *store, int64_t id, struct item *item_r,
                         struct err *err);

/* Insert (id 0) or update by id.  next_at becomes 0: look at it now, also when
 * it is no longer open; the planner then sets INSTANT_NEVER.  Sets item->id.
 * A code that exists already: ERR_INVALID. */
int store_put_item(struct store *store, struct item *item, struct err *err);

/* Items whose next_at has come, at most limit, by next_at, then id: the open
 * ones, and those that finished since they were last looked at. */
int store_items_due(struct store *store, int64_t now, size_t limit,
                    struct items *items_r, struct err *err);

/* The earliest next_at of all, INSTANT_NEVER when none. */
int store_next_due(struct store *store, int64_t *next_at_r, struct err *err);
int store_set_next(struct store *store, int64_t item, int64_t next_at,
                   struct err *err);

/* next_at = 0 for every item that is open (of a kind; -1: all kinds, and
 * every item of which an alert is held). */
int store_wake_items(struct store *store, int kind, struct err *err);
int store_wake_item(struct store *store, int64_t item, struct err *err);

/* Visit items by filter, in order of code; a visitor returns non-zero to
 * stop, and that is returned.  It may read and write the store, the visited
 * item too.  Outside a transaction, what others commit meanwhile is seen. */
struct item_filter {
    int kind;             /* -1: any but system */
    const char *unit;     /* code, NULL: any */
    const char *assignee; /* code, NULL: any; "": nobody */
    const char *feed;     /* NULL: any */
    bool open_only;
};
typedef int item_visitor(void *context, const struct item *item,
                         struct err *err);
int store_visit_items(struct store *store, const struct item_filter *filter,
                      item_visitor *visit, void *context, struct err *err);
int store_count_items(struct store *store, const struct item_filter *filter,
                      int64_t *count_r, struct err *err);

/* Visit the items that may wait for a year: of which a pause is not given
 * back, or papers are asked for without a limit. */
int store_visit_waiting(struct store *store, item_visitor *visit, void *context,
                        struct err *err);

/* How many items are no longer in their source. */
int store_count_gone(struct store *store, int64_t *count_r, struct err *err);

/* One change of an item: append-only, and chained by hash (chain.h). */
struct history {
    int64_t id; /* the store's: its place in the chain; 0 for a new one */
    int64_t item;
    int64_t happened_at; /* in the world, as far as known */
    int64_t learnt_at;
    char *field;  /* "status", "due", "assignee", "unit", ... */
    char *before; /* "" when it was new */
    char *after;
    char *source; /* "motcua ho-so-22-06.csv:51" */
    char *by;     /* login name */
    char *why;    /* the reason that was given, or "" */
};
struct histories {
    struct history *items;
    size_t count;
};
/* Its id is given by the store. */
int store_add_history(struct store *store, const struct history *history,
                      struct err *err);
int store_get_history(struct store *store, int64_t item,
                      struct histories *histories_r, struct err *err);
void history_done(struct history *history);
void histories_done(struct histories *list);

/* A stretch in which an item's clock stood (R9). */
struct pause {
    int64_t started_at;
    int64_t ended_at; /* INSTANT_NONE while it lasts */
    int64_t seconds;  /* of working time in it; INSTANT_NONE: not known */
    bool contained;   /* in a promise that was moved since: not given back */
    char *source;     /* what began it, as history has sources */
    char *end_source; /* what ended it, or "" */
};
struct pauses {
    struct pause *items;
    size_t count;
};
/* Of an item that is paused, or at an instant when an earlier pause began:
 * ERR_INVALID. */
int store_start_pause(struct store *store, int64_t item,
                      const struct pause *pause, struct err *err);
/* End the one under way.  Before it began: ERR_INVALID; not paused:
 * ERR_NOT_FOUND. */
int store_end_pause(struct store *store, int64_t item,
                    const struct pause *pause, struct err *err);
/* Write down what became known of one: its seconds, and whether it is
 * contained. */
int store_settle_pause(struct store *store, int64_t item,
                       const struct pause *pause, struct err *err);
int store_get_pauses(struct store *store, int64_t item, struct pauses *pauses_r,
                     struct err *err);
void pauses_done(struct pauses *list);

/* Which codes of a complete feed were seen in an import: a mark per item.
 * Items of the feed without the mark are gone (R16). */
int store_mark_seen(struct store *store, int64_t item, int64_t import,
                    struct err *err);
/* How many open items of the feed lack the mark, and how many are open. */
int store_count_unseen(struct store *store, const char *feed, int64_t import,
                       int64_t *unseen_r, int64_t *open_r, struct err *err);
/* Visit those open items that lack the mark, in order of code. */
int store_visit_unseen(struct store *store, const char *feed, int64_t import,
                       item_visitor *visit, void *context, struct err *err);

#endif
