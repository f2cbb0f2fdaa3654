/* match.h - which items a rule is for; a plain value. */
#ifndef MODEL_MATCH_H
#define MODEL_MATCH_H

#include <stddef.h>

#include "base/place.h"
#include "base/str.h"
#include "model/item.h"

/* What of an item can be asked for. */
enum match_by {
    MATCH_UNIT, /* a unit stands for the tree below it */
    MATCH_PROCEDURE,
    MATCH_FIELD,
    MATCH_SOURCE,
    MATCH_SUBMISSION,
    MATCH_STATUS,
    MATCH_PRIORITY,
    MATCH_LABEL,
    MATCH_BYS
};

/* Values of which the item must have one; none: any item will do. */
struct match_list {
    struct strs values; /* as they were written; of statuses and ways of
                           submission as the store has them */
    struct strs folded; /* the same, as texts are compared */
};

struct match;

struct matches {
    struct match *items;
    size_t count;
};

/* All of it must hold. */
struct match {
    enum item_kind kind;
    struct match_list lists[MATCH_BYS];
    struct matches all;
    struct matches any;  /* one of them must hold, if there are any */
    struct matches none; /* "not" */
    struct place places[MATCH_BYS]; /* of the lists, for names that only the
                                       store can know */
};

/* What "[..]" of a list is called in the settings: "unit", "label". */
const char *match_by_name(enum match_by by);

/* Make the match, and those inside it, ready to be asked: of this kind,
 * values in the store's words and folded.  Once, when all is read. */
void match_settle(struct match *match, enum item_kind kind);

/* Append, taking what *match points to. */
void matches_add(struct matches *list, struct match *match);

void match_done(struct match *match);

#endif
