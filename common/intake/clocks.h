/* clocks.h - what a change does to the clocks of an item: pauses begin, end
 * and are given back (R9), papers are asked for, nobody holds it.
 *
 * A part of writing a change down (intake/changes.h); nobody else calls it.
 */
#ifndef INTAKE_CLOCKS_H
#define INTAKE_CLOCKS_H

#include "intake/changes.h"
#include "store/items.h"

/* What is to be written of an item's pauses, once it has its number. */
struct clocks {
    struct pauses pauses; /* as they are after the change */
    bool begins;          /* the last of them is new */
    bool ends;            /* the last of them ended just now */
    bool moved;           /* the promise is another: all may have changed */
};

/* Set the item's clocks as they stand after the change. */
int clocks_settle(const struct change *change, const struct item *known,
                  struct item *item, struct clocks *clocks_r, struct err *err);

/* Count again what could not be counted for want of a year. */
int clocks_settle_waiting(const struct change *change, struct item *item,
                          struct clocks *clocks_r, struct err *err);

/* Write its pauses down. */
int clocks_write(const struct change *change, const struct item *item,
                 const struct clocks *clocks, struct err *err);

void clocks_done(struct clocks *clocks);

#endif
