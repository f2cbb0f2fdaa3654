/* meet.h - a row of a list meets what commands said of its item. */
#ifndef INTAKE_MEET_H
#define INTAKE_MEET_H

#include "intake/ours.h"
#include "intake/run.h"

/* What becomes of our word by this row. */
struct meeting {
    bool agreed[FACETS];  /* the source says the same now */
    bool moved[FACETS];   /* it says something else than before, still not the
                           * same */
    char *theirs[FACETS]; /* what it says where it moved; yours */
    bool by_day;          /* of a deadline that moved: only its day */
    bool any;
};
void meeting_done(struct meeting *meeting);

/* Our word is kept in the item where the row does not agree with it, which is
 * said in the report; where it agrees, the row's is taken. */
void meet(struct run *run, const struct row *row, const struct item *known,
          const struct overrides *overrides, struct item *item,
          struct meeting *meeting_r);

/* Write down what became of it, in the transaction that is open. */
int meeting_write(const struct run *run, int line, const struct item *item,
                  const struct overrides *overrides,
                  const struct meeting *meeting, struct err *err);

#endif
