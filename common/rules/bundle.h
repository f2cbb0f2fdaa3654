/* bundle.h - one person's list at one moment, and the facts of a message
 * (R10, R11). */
#ifndef RULES_BUNDLE_H
#define RULES_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "model/alert.h"
#include "model/notice.h"
#include "rules/evaluate.h"
#include "rules/policy.h"

/* An item that stands on a person's list. */
struct entry_line {
    const struct item *item; /* borrowed */
    enum level level;
    unsigned subjects;    /* that list it, as bits of 1 << enum subject */
    bool left_known;      /* its calendar has all the years between (R8) */
    int64_t seconds_left; /* of working time; negative: overdue */
    bool fresh;           /* not in the last delivered notice, or lower, or
                           * with something else to say */
    bool late;
    int stands_for;
    struct strs rules; /* labels of the rules that name the person */
};

struct bundle {
    int person;
    struct entry_line *lines; /* worst first */
    size_t count;
    size_t paused;    /* of those left out, counted at the foot */
    int missing_year; /* days of it were assumed, 0: none */
};

/* One source of items, as a message names it. */
struct source {
    const char *name;  /* as in an item's feed */
    const char *label; /* in the recipient's language */
    const char *item_url;
    int64_t as_of; /* INSTANT_NONE: nothing imported yet */
    bool stale;
};

/* What a message says beyond its lines. */
struct letterhead {
    const char *organisation;
    enum languages language;
    const struct source *sources;
    size_t source_count;
    int64_t opening_at;
    int64_t now;
    size_t most_lines;                 /* 0: as many as any message may have */
    const struct person *rehearsal_to; /* gets it in the recipient's place */
    const char *rehearsal_address;     /* of that person */
};

/* Gather the person's list at an instant from the items that may be on it.
 * last: the person's last delivered notice; causes: held alerts, which say
 * which lines are late.  What happened once (subject_is_event) lists its item
 * only in the message that it causes. */
void bundle_gather(const struct policy *policy, int person,
                   const struct item *items, size_t count, int64_t now,
                   const struct notice *last, const struct alerts *causes,
                   struct bundle *bundle_r);
void bundle_done(struct bundle *bundle);

/* Is the item on the list?  And is it there because of a subject? */
bool bundle_has(const struct bundle *bundle, int64_t item);
bool bundle_tells(const struct bundle *bundle, int64_t item,
                  enum subject subject);

/* A message's facts as a worker gets them (docs/protocol.md, "The body of a
 * NOTICE"). */
struct json *bundle_facts(const struct policy *policy,
                          const struct bundle *bundle,
                          const struct notice *notice, const char *address,
                          const struct letterhead *head);

#endif
