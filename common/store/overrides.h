/* overrides.h - what was said of an item by command, against its source: the
 * item has our word, and the override keeps the source's. */
#ifndef STORE_OVERRIDES_H
#define STORE_OVERRIDES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct override {
    char *field;       /* "status", "finished", "due", "assignee", "unit" */
    char *theirs;      /* as history keeps values; "": the source said none */
    bool by_day;       /* theirs is a day without a time */
    int64_t at;        /* when our word came to hold */
    int64_t learnt_at; /* when the command was given */
    char *by;          /* code of the person whose word it is */
    char *login;       /* who gave the command */
    char *why;
    char *document;
};

struct overrides {
    struct override *items;
    size_t count;
};

/* Of an item that has one for the field already, the new one takes its
 * place. */
int store_put_override(struct store *store, int64_t item,
                       const struct override *override, struct err *err);

/* The source agrees; no such override is no failure. */
int store_drop_override(struct store *store, int64_t item, const char *field,
                        struct err *err);

/* All of an item, by field. */
int store_get_overrides(struct store *store, int64_t item,
                        struct overrides *overrides_r, struct err *err);

/* Append, taking what the value points to. */
void overrides_add(struct overrides *list, struct override *override);
void overrides_done(struct overrides *list);
void override_done(struct override *override);

#endif
