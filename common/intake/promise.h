/* promise.h - by when a dossier is promised: as its list says, else by the
 * term of its procedure. */
#ifndef INTAKE_PROMISE_H
#define INTAKE_PROMISE_H

#include "intake/run.h"
#include "model/item.h"

/* The procedure of a row's dossier: by the list's code, else by name (R17).
 * NULL when the table has it not; borrowed. */
const struct procedure *promise_procedure(const struct run *run,
                                          const struct item *item);

/* Settle the item's promise, due_at being what the list says (or none).  A
 * term is counted once, when the dossier is first met or first has a receipt:
 * neither procedures nor calendars change what was received before. */
void promise_settle(struct run *run, const struct row *row,
                    const struct item *known, struct item *item);

/* What is to be said of all promises together. */
void promise_remark_whole(struct run *run);

#endif
