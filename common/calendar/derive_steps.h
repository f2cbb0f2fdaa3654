/* derive_steps.h - a derivation while it is made: where its steps have come,
 * and how the next ones are added; for derive.c only. */
#ifndef CALENDAR_DERIVE_STEPS_H
#define CALENDAR_DERIVE_STEPS_H

#include "calendar/derive.h"

enum way { AS_RECEIPT, AS_DEADLINE, BACKWARDS };

/* The question, and how far its answer has come. */
struct walk {
    const struct calendar *calendar;
    enum way way;
    int64_t asked;
    struct span span;
    int32_t cutoff;
    int32_t row; /* the day to which the steps have come */
    int64_t at;  /* and the instant */
    struct derivation *out;
};

void derive_add(struct derivation *out, struct derive_step step);

/* The step that was added last; borrowed until the next one. */
struct derive_step *derive_last(struct walk *walk);

/* A step of a day that takes no time; of a day off, whichever it is; of a
 * swap day, if it is one. */
void derive_note(struct walk *walk, enum derive_kind kind, int32_t row);
void derive_note_off(struct walk *walk, int32_t row);
void derive_note_swap(struct walk *walk, int32_t row);

/* Come to another day, noting the days off in between. */
void derive_cross(struct walk *walk, int32_t row);

/* A step that counts, to an instant of the day to which we have come. */
int derive_move(struct walk *walk, enum derive_kind kind, int64_t at,
                struct err *err);

/* The sessions between here and a later instant; and, here being a
 * deadline's instant, an earlier one. */
void derive_pieces_to(struct walk *walk, int64_t end);
void derive_pieces_back_to(struct walk *walk, int64_t begin);

#endif
