/* changes.h - what became of an item, written down with its history. */
#ifndef INTAKE_CHANGES_H
#define INTAKE_CHANGES_H

#include "intake/run.h"
#include "model/item.h"

/* Do a row's item and the known one differ in anything that is stored? */
bool item_differs(const struct item *known, const struct item *item);

/* Put a new (known NULL) or changed item, with a history row for each change
 * of status, deadline, unit, holder, finish and presence, and the beginning
 * or end of a pause at the instant that the list is true for (R9).  line 0:
 * the list as a whole says so. */
int item_write(struct run *run, int line, const struct item *known,
               struct item *item, struct err *err);

#endif
