/* explained.h - why an item stands as it does: where its receipt and its
 * deadlines come from, what was not counted, and what comes when. */
#ifndef CLI_EXPLAINED_H
#define CLI_EXPLAINED_H

#include <stdbool.h>
#include <stddef.h>

#include "calendar/derive.h"
#include "cli/cli.h"
#include "cli/listed.h"
#include "model/alert.h"
#include "model/procedure.h"
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
    struct alerts alerts;
    /* Without steps where there is none, or a year is missing: */
    struct derivation receipt;
    struct derivation computed; /* by the procedure's term */
    struct derivation promised; /* from the receipt to the promise */
    struct derivation given;    /* from the promise to what counts (R9) */
    const struct procedure *procedure; /* borrowed; NULL: not known */
    struct span span; /* its term when it was computed, if computed has steps */
    bool agrees;      /* computed ends where it did then */
    int64_t term;     /* working seconds until the promise */
    bool has_term;
    int64_t difference; /* working seconds from the promise to computed */
    struct explained_step *steps; /* by the instant at which they fall */
    size_t step_count;
};

/* Gather what explains an item, taking the item; the procedures are borrowed
 * as long as it lives.  The office is open. */
int explained_take(const struct cli *cli, const struct procedures *procedures,
                   struct item *item, struct explained *explained_r,
                   struct err *err);
void explained_done(struct explained *explained);

/* The first word of the item; NULL when history does not have it. */
const struct history *explained_origin(const struct explained *explained);

/* A row of history that gave a deadline, and which; INSTANT_NONE when it took
 * it away.  False for other rows. */
bool explained_deadline(const struct explained *explained,
                        const struct history *change, int64_t *due_r);

/* Is it a decision of that step, for the present promise? */
bool explained_is_of(const struct explained *explained,
                     const struct explained_step *step,
                     const struct alert *alert);

/* All of it for programs; yours. */
struct json *explained_json(const struct cli *cli,
                            const struct explained *explained);

/* Is a pause given back to the promise? */
bool explained_gives_back(const struct pause *pause);

/* The working time of all pauses that were given back. */
int64_t explained_given(const struct explained *explained);

#endif
