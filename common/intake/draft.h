/* draft.h - what a row says an item is. */
#ifndef INTAKE_DRAFT_H
#define INTAKE_DRAFT_H

#include "intake/run.h"
#include "model/item.h"

/* The item of a row: what was known of it (NULL: nothing), with what the
 * list's columns say.  False when the row is left out, which is then in the
 * report. */
bool draft_item(struct run *run, const struct row *row,
                const struct item *known, struct item *item_r);

#endif
