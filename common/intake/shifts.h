/* shifts.h - dates that should stand and were moved: a finish moved back, an
 * original deadline changed (DOMAIN 6). */
#ifndef INTAKE_SHIFTS_H
#define INTAKE_SHIFTS_H

#include "intake/changes.h"

/* A list says that the item's original deadline was another.  Ours stays for
 * ever; that it was said goes down once, and again only when yet another is
 * said.  Was it?  change_write() adds when and by whom. */
bool shift_original(struct item *item, int64_t said);

/* Mark in item what the change moves: a finish to before one that was known
 * at any time, whether or not it was taken away in between; the first promise
 * of work that was finished already, or that is said to be finished after it
 * in the same breath.  Fills in when and by which source. */
int shifts_settle(const struct change *change, const struct item *known,
                  struct item *item, struct err *err);

/* Was the original deadline moved by this change? */
bool shifts_moved_original(const struct item *known, const struct item *item);

#endif
