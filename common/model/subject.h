/* subject.h - what a step is about: the deadline, or another clock of an item
 * or something that happened to it.
 *
 * Each subject is a ladder of its own: a later step hides an earlier one of
 * the same subject only, and alerts are versions of the subject's own instant
 * (R13): the promise, the citizen's limit, when the pause began, when the task
 * was given, when it happened.
 */
#ifndef MODEL_SUBJECT_H
#define MODEL_SUBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"

enum subject {
    SUBJECT_DEADLINE,
    /* Clocks beside it ("of:"). */
    SUBJECT_SUPPLEMENT,  /* the citizen's limit for the papers asked for */
    SUBJECT_PAUSE,       /* how long it is paused */
    SUBJECT_UNASSIGNED,  /* how long nobody holds it */
    SUBJECT_NO_DEADLINE, /* how long a task has none; in whole weeks */
    /* Happenings ("when:"): told once, they are no state to list. */
    SUBJECT_REQUESTED,      /* papers were asked for */
    SUBJECT_RESUMED,        /* it is worked on again after that */
    SUBJECT_FINISH_MOVED,   /* its finish date was moved back */
    SUBJECT_ORIGINAL_MOVED, /* its original deadline was changed */
    SUBJECTS
};

/* "deadline", "supplement", "supplement-requested", ... as in settings and
 * the store; parse gives SUBJECT_DEADLINE for what is none. */
const char *subject_name(enum subject subject);
enum subject subject_parse(const char *text);

bool subject_is_event(enum subject subject);

/* Which version of the subject the item is at; of its deadline the promise,
 * of a system item since when it has been raised. */
int64_t subject_version(const struct item *item, enum subject subject);

/* How often it happened; 0 or 1 for a clock that does not run, or runs. */
int64_t subject_times(const struct item *item, enum subject subject);

/* May anybody be told of it now?  Of a paused item only what is about the
 * pause (R9), of a finished one only what was done to its dates, of one that
 * is gone and of a series nothing. */
bool subject_counts(const struct item *item, enum subject subject);

#endif
