/* openings.h - when messages may leave (R11).
 *
 * A window is a list of openings; each sends at most one message per person
 * and ladder.  An opening has a session, in which attempts may begin.
 */
#ifndef RULES_OPENINGS_H
#define RULES_OPENINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/policy.h"

struct opening {
    int64_t at;
    int64_t closes_at; /* the end of its session */
    bool assumed;      /* in a year that was not entered (R8) */
};

/* The first opening of a rule's window at or after an instant.  ERR_NOT_FOUND
 * when none comes within some weeks. */
int opening_next(const struct policy *policy, const struct rule *rule,
                 int64_t instant, struct opening *opening_r, struct err *err);

/* The last opening at or before an instant. */
int opening_last(const struct policy *policy, const struct rule *rule,
                 int64_t instant, struct opening *opening_r, struct err *err);

/* Is the instant within quiet hours, by the rule's calendar? */
bool quiet_at(const struct policy *policy, const struct rule *rule,
              int64_t instant);

/* The last second before quiet hours begin, from an instant that is not quiet
 * on; until when none begin before it. */
int64_t quiet_begins(const struct policy *policy, const struct rule *rule,
                     int64_t from, int64_t until);

/* When an alert that is decided now may leave: in the present opening when it
 * has not been served yet (nothing of it was, up to served_until), its
 * session still runs and the alert was reached by then; else in the next.
 * Urgent steps: now, or when quiet hours end. */
int opening_for(const struct policy *policy, const struct rule *rule,
                const struct step *step, int64_t reached_at, int64_t now,
                int64_t served_until, struct opening *opening_r,
                struct err *err);

#endif
