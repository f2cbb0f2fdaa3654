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

/* A rule's window as somebody meets it: where the window names no calendar,
 * it opens by the one that the recipient follows.  A plain value that borrows
 * the policy. */
struct hours {
    const struct policy *policy;
    const struct window *window;
    const struct calendar *calendar;
};

/* Of a person by index, or (NOBODY) by the office's main calendar. */
struct hours hours_of(const struct policy *policy, const struct rule *rule,
                      int person);

/* The first opening at or after an instant.  ERR_NOT_FOUND when none comes
 * within some weeks. */
int opening_next(const struct hours *hours, int64_t instant,
                 struct opening *opening_r, struct err *err);

/* The last opening at or before an instant. */
int opening_last(const struct hours *hours, int64_t instant,
                 struct opening *opening_r, struct err *err);

/* The same of all rules for everybody: when something may leave at all. */
int opening_next_of_all(const struct policy *policy, int64_t instant,
                        struct opening *opening_r, struct err *err);
int opening_last_of_all(const struct policy *policy, int64_t instant,
                        struct opening *opening_r, struct err *err);

/* Is the instant within quiet hours? */
bool quiet_at(const struct hours *hours, int64_t instant);

/* The last second before quiet hours begin, from an instant that is not quiet
 * on; until when none begin before it. */
int64_t quiet_begins(const struct hours *hours, int64_t from, int64_t until);

/* When an alert that is decided now may leave: in the present opening when it
 * has not been served yet (nothing of it was, up to served_until), its
 * session still runs and the alert was reached by then; else in the next.
 * Urgent steps: now, or when quiet hours end. */
struct waiting {
    const struct step *step;
    int64_t reached_at;
    int64_t now;
    int64_t served_until;
};
int opening_for(const struct hours *hours, const struct waiting *waiting,
                struct opening *opening_r, struct err *err);

#endif
