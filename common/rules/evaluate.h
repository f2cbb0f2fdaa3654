/* evaluate.h - how an item stands, and which steps it has reached for whom. */
#ifndef RULES_EVALUATE_H
#define RULES_EVALUATE_H

#include <stddef.h>
#include <stdint.h>

#include "model/level.h"
#include "rules/policy.h"

/* One step that was reached and names one person. */
struct reached {
    int rule;
    int step;
    enum subject subject; /* the step's */
    int slot;             /* the latest one reached */
    int64_t step_at;      /* the step's own instant: the later, the higher */
    int64_t at;           /* when the slot was reached */
    int person;
    int stands_for; /* NOBODY unless the person replaces somebody */
};

struct evaluation {
    enum level level;
    struct reached *reached; /* of all rules that match */
    size_t count;
    int64_t next_at;  /* when something new can be said; INSTANT_NEVER */
    int missing_year; /* a step was left out for want of it; 0: none */
};

/* Look at one item at an instant.  Only steps are reached about which anybody
 * may be told now (subject_counts), and none of a series. */
void evaluate(const struct policy *policy, const struct item *item, int64_t now,
              struct evaluation *evaluation_r);
void evaluation_done(struct evaluation *evaluation);

/* The highest reached step for a person: of the latest instant, the later in
 * the settings among equals (R6).  NULL: no step names the person. */
const struct reached *evaluation_top(const struct evaluation *evaluation,
                                     int person);

/* The same among the steps of one subject; evaluation_top() is that of the
 * deadline, or of a system item. */
const struct reached *evaluation_top_of(const struct evaluation *evaluation,
                                        int person, enum subject subject);

/* Working seconds until the deadline, negative when overdue; ERR_NOT_FOUND
 * without a deadline, ERR_NO_YEAR. */
int item_time_left(const struct policy *policy, const struct item *item,
                   int64_t now, int64_t *seconds_r, struct err *err);

#endif
