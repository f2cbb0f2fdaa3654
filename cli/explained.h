/* explained.h - why an item stands as it does: where its receipt and its
 * deadlines come from, what was not counted, and what comes when. */
#ifndef CLI_EXPLAINED_H
#define CLI_EXPLAINED_H

#include <stdbool.h>
#include <stddef.h>

#include "calendar/derive.h"
#include "cli/cli.h"
#include "cli/listed.h"
#include "rules/openings.h"
#include "rules/whom.h"
#include "store/items.h"

/* A step of a rule that matches. */
struct explained_step {
    const struct rule *rule;
    const struct step *step;
    int64_t at;       /* when it falls; INSTANT_NONE: error says why not */
    bool reached;     /* by now */
    int64_t next_at;  /* when it is told (again) next; INSTANT_NEVER */
    int64_t opens_at; /* when a message of next_at may leave; INSTANT_NONE */
    struct recipients whom;
    struct err error;
};

struct explained {
    struct item item;
    struct listed listed; /* borrows item */
    const struct calendar *calendar;
    struct histories history;
    struct pauses pauses;
    struct derivation receipt; /* without steps when there is none */
    int64_t term;              /* working seconds until the promise */
    bool has_term;
    struct explained_step *steps; /* by the instant at which they fall */
    size_t step_count;
};

/* Gather what explains an item, taking the item.  The office is open. */
int explained_take(const struct cli *cli, struct item *item,
                   struct explained *explained_r, struct err *err);
void explained_done(struct explained *explained);

/* The first word of the item; NULL when history does not have it. */
const struct history *explained_origin(const struct explained *explained);

/* A row of history that gave a deadline, and which; INSTANT_NONE when it took
 * it away.  False for other rows. */
bool explained_deadline(const struct explained *explained,
                        const struct history *change, int64_t *due_r);

/* The working time that a pause took until its end, or until now; false where
 * a year is missing. */
bool explained_pause(const struct explained *explained,
                     const struct pause *pause, int64_t now,
                     int64_t *seconds_r);

#endif
