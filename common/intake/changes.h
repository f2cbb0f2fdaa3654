/* changes.h - what became of an item, written down with its history. */
#ifndef INTAKE_CHANGES_H
#define INTAKE_CHANGES_H

#include "intake/run.h"
#include "model/item.h"
#include "model/procedure.h"

/* Where a change comes from; all borrowed. */
struct change {
    struct store *store;                 /* in a transaction */
    const struct calendar *calendar;     /* the item's */
    const struct procedures *procedures; /* NULL: no limits for papers */
    int64_t at;                          /* since when it is so in the world */
    int64_t learnt_at;                   /* when that was learnt */
    const char *source;                  /* "motcua ho-so.csv:51", "command" */
    const char *by;                      /* login name */
    const char *why;             /* the reason that was given; or NULL */
    enum text_language language; /* of refusals */
};

/* Do a row's item and the known one differ in anything that is stored? */
bool item_differs(const struct item *known, const struct item *item);

/* Put a new (known NULL) or changed item, with a history row for each change
 * of status, deadline, unit, holder, finish and presence.  Its clocks are
 * settled first: a change to or from a paused status begins or ends a pause
 * at change->at, or when that lies inside an earlier one at its end (R9:
 * joined); one that ends is given back unless the promise was moved since it
 * began.  A promise that is another than the known one contains the pauses
 * begun so far. */
int change_write(const struct change *change, const struct item *known,
                 struct item *item, struct err *err);

/* Pause an item by command, giving it a paused status; or let it go on in
 * another.  Refused with ERR_INVALID and the reason, in the language of the
 * change: two pauses at once, one that overlaps an earlier one, one that ends
 * before it began or lies ahead (of learnt_at), an item that is not open.
 * *item is as the store has it, and as it is written when 0 is returned. */
int change_pause(const struct change *change, struct item *item,
                 const struct status *paused, struct err *err);
int change_resume(const struct change *change, struct item *item,
                  const struct status *running, struct err *err);

/* The same of an item that waits for a year: count its pauses and the limit
 * of the papers asked for as far as the calendar now goes, and write it only
 * if that makes a difference.  known is the item as the store has it. */
int change_settle_waiting(const struct change *change, const struct item *known,
                          struct item *item, struct err *err);

/* change_write() of what a list says; line 0: the list as a whole. */
int item_write(struct run *run, int line, const struct item *known,
               struct item *item, struct err *err);

#endif
