/* absence.h - who is on leave, from which day to which, and who stands in. */
#ifndef MODEL_ABSENCE_H
#define MODEL_ABSENCE_H

#include <stddef.h>
#include <stdint.h>

#include "calendar/date.h"

struct absence {
    char *person; /* code */
    char *deputy; /* code, or "": what is theirs goes up (R14) */
    struct date first;
    struct date last; /* the day itself is still one of absence */
    char *why;        /* or "" */
    char *login;      /* who entered it */
    int64_t recorded_at;
};

/* In order of the person's code, then of the first day. */
struct absences {
    struct absence *items;
    size_t count;
};

void absence_done(struct absence *absence);
/* Append, taking what *absence points to. */
void absences_add(struct absences *list, struct absence *absence);
void absences_done(struct absences *list);

/* One of the same person that has a day in common; NULL when none has. */
const struct absence *absences_clash(const struct absences *list,
                                     const struct absence *absence);

#endif
