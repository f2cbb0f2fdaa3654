/* rehearsal.h - who gets a message that is only rehearsed. */
#ifndef TELLING_REHEARSAL_H
#define TELLING_REHEARSAL_H

#include "telling/teller.h"

/* Who stands in for every recipient; borrowed but for unsent. */
struct stand_in {
    const struct person *person; /* NULL: delivery is live */
    const char *address;         /* by the way of the message */
    char *unsent; /* why the message will not leave; NULL: it will */
};

void stand_in_done(struct stand_in *stand_in);

/* For a message that would leave by this way now.  What goes beyond the day's
 * bound, or cannot reach the one person, does not leave. */
int rehearsal_find(const struct teller *teller, const struct way *way,
                   struct stand_in *stand_in_r, struct err *err);

#endif
