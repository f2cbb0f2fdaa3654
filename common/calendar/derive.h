/* derive.h - how a term, or a span from a deadline, was counted: step by
 * step, for people who must be shown it.
 *
 * A derivation reckons nothing of its own: where each step ends is asked of
 * calendar.h, and so the last one ends where calendar_term(), _after() or
 * _before() do.  Its steps can be added up again: those that count
 * (derive_counts()) follow each other with no working time between them, and
 * their seconds are all the working time from the start to the deadline.
 */
#ifndef CALENDAR_DERIVE_H
#define CALENDAR_DERIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/calendar.h"

enum derive_kind {
    DERIVE_ASKED,        /* the instant that was given */
    DERIVE_START,        /* from where one counts, and why there */
    DERIVE_NOT_COUNTED,  /* the day of receipt */
    DERIVE_CUTOFF,       /* a same-day term: in time, or too late */
    DERIVE_DAY,          /* counts: one working day */
    DERIVE_CALENDAR_DAY, /* one calendar day, a day off too */
    DERIVE_PIECE,        /* counts: a part of a session, or all of it */
    DERIVE_END,          /* counts: what is left until a session's end */
    DERIVE_HOLIDAY,      /* crossed: a marked day off */
    DERIVE_REST_DAY,     /* crossed: a day off of every week */
    DERIVE_SWAP_DAY,     /* come to: marked as worked */
    DERIVE_PAUSE,        /* an interval, and the working time it took */
    DERIVE_RESULT,       /* the deadline, or the instant before one */
    DERIVE_KINDS
};

enum derive_why {
    WHY_NOTHING, /* nothing is to be said */
    WHY_IN_SESSION,
    WHY_BEFORE_HOURS, /* the first session of the day had not begun */
    WHY_BETWEEN,      /* between two sessions of the day */
    WHY_AFTER_HOURS,  /* the last one was over */
    WHY_DAY_OFF,
    WHY_IN_TIME, /* not after the hour of a same-day term (R3) */
    WHY_TOO_LATE,
    WHYS
};

/* A plain value.  from and at are the instants between which it lies, at
 * being where it leads: earlier than from when counting back; both the same
 * for what takes no time.  label is borrowed of the calendar, NULL for a day
 * that is not marked. */
struct derive_step {
    enum derive_kind kind;
    enum derive_why why;
    int64_t number; /* of a counted day, from 1; else 0 */
    int64_t from;
    int64_t at;
    int64_t seconds; /* of working time, never negative */
    struct date date;
    const char *label;
};

/* Start with {0}; derivation_done() frees the steps. */
struct derivation {
    struct derive_step *steps;
    size_t count;
    size_t room;
    int64_t start;  /* from where it counts */
    int64_t result; /* where the last step ends */
};

/* A pause from start to end, start <= end. */
struct interval {
    int64_t start;
    int64_t end;
};

void derivation_done(struct derivation *derivation);

/* As calendar_term(), calendar_after() and calendar_before() count, with the
 * same failures; *derivation_r is empty after one. */
int derive_term(const struct calendar *calendar, int64_t received,
                struct span term, int32_t cutoff,
                struct derivation *derivation_r, struct err *err);
int derive_after(const struct calendar *calendar, int64_t instant,
                 struct span span, struct derivation *derivation_r,
                 struct err *err);
int derive_before(const struct calendar *calendar, int64_t instant,
                  struct span span, struct derivation *derivation_r,
                  struct err *err);

/* The working time between a receipt and a deadline that somebody set, or
 * between a deadline and a later one, session by session; the later instant
 * may lie outside of every session (R1). */
int derive_until(const struct calendar *calendar, int64_t received,
                 int64_t deadline, struct derivation *derivation_r,
                 struct err *err);
int derive_onwards(const struct calendar *calendar, int64_t deadline,
                   int64_t later, struct derivation *derivation_r,
                   struct err *err);

/* Give pauses, in order of time and not overlapping, back in working time to
 * the deadline of a term (R9): what lies before the start is nobody's time.
 * Adds the pauses, the time given back, and a new result.  Fails for want of
 * a year; the derivation is then as it was. */
int derive_pauses(const struct calendar *calendar,
                  const struct interval *pauses, size_t count,
                  struct derivation *derivation, struct err *err);

/* Do seconds of this kind add up to the working time in all? */
bool derive_counts(enum derive_kind kind);

/* "asked", "start", "not-counted" ... and "in-session" ...; static. */
const char *derive_kind_name(enum derive_kind kind);
const char *derive_why_name(enum derive_why why);

#endif
