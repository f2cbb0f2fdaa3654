/* gone.h - open items that a complete feed no longer lists (R16). */
#ifndef INTAKE_GONE_H
#define INTAKE_GONE_H

#include "intake/run.h"
#include "store/items.h"

/* The open items of the feed that the list has no row of.  ERR_INVALID when
 * they are so many that the list cannot be the whole one. */
int gone_find(const struct run *run, struct items *gone_r, struct err *err);

/* Mark them, in the transaction that is open. */
int gone_mark(struct run *run, struct items *gone, struct err *err);

#endif
