/* why.h - what stands between a person and word of an item: of each step of
 * each rule whether it was told, waits, is still to come, or why not (R5, R6,
 * R13, R14). */
#ifndef RULES_WHY_H
#define RULES_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alert.h"
#include "rules/evaluate.h"
#include "rules/policy.h"
#include "rules/whom.h"

/* What is to be said of one step, or of a whole rule, and one person. */
enum answer {
    ANSWER_OTHER_KIND,   /* the rule is for items of another kind */
    ANSWER_OTHER_UNIT,   /* ... for other units */
    ANSWER_OTHER_ITEMS,  /* ... for others in another way */
    ANSWER_NOT_NAMED,    /* the step tells others */
    ANSWER_REPLACED,     /* it names them, but they cannot be told */
    ANSWER_NO_DEADLINE,  /* the step is counted from a deadline */
    ANSWER_MISSING_YEAR, /* a year is not entered (R8) */
    ANSWER_AHEAD,        /* not reached yet */
    ANSWER_NEXT_LOOK,    /* reached; nothing was decided yet */
    ANSWER_HELD,         /* decided; waits for its opening */
    ANSWER_NOTICED,      /* in a notice that has not arrived */
    ANSWER_TOLD,
    ANSWER_REHEARSED,  /* only in a rehearsal, which told nobody */
    ANSWER_SUPPRESSED, /* on record as not told, with the reason */
    ANSWERS
};

/* Names for programs: "other-kind", "not-named", ... */
const char *answer_name(enum answer answer);

struct why_line {
    const struct rule *rule;
    const struct step *step; /* NULL: of the whole rule */
    enum answer answer;
    int64_t at;       /* when the step falls, or fell; INSTANT_NONE */
    int64_t next_at;  /* when it is told (again) next; INSTANT_NEVER */
    int64_t opens_at; /* when a message of next_at may leave; INSTANT_NONE */
    const struct alert *alert; /* the ledger's word, borrowed; NULL: none */
    struct recipients whom;    /* whom the step tells */
};

/* What keeps the item from everybody. */
enum standstill {
    STANDSTILL_NONE,
    STANDSTILL_FINISHED, /* or ended, or not begun */
    STANDSTILL_PAUSED,
    STANDSTILL_GONE, /* no longer in its source */
};

const char *standstill_name(enum standstill standstill);

struct why {
    enum standstill standstill;
    bool active; /* the person has not left */
    struct why_line *lines;
    size_t count;
    const struct rule *top_rule; /* of the highest reached step that names */
    const struct step *top_step; /* the person; NULL: none does */
};

/* Ask of an item and a person at an instant; alerts: all of the item's, which
 * must outlive the answer. */
void why_ask(const struct policy *policy, const struct item *item, int person,
             const struct alerts *alerts, int64_t now, struct why *why_r);
void why_done(struct why *why);

/* When the person would next be told of the item by what is known now: an
 * opening that is waited for, else that of a step to come; INSTANT_NEVER. */
int64_t why_comes_at(const struct why *why);

#endif
