/* life.h - one dossier or task through time, as the store knew it (R20).
 *
 * Built from the rows of its history, in the order in which they were written
 * down.  A row says: from happened_at on it is so; what was known of the time
 * after that is void.  Rows learnt after known_at are as if they were not.
 */
#ifndef REPORTS_LIFE_H
#define REPORTS_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar/zone.h"
#include "model/item.h"
#include "reports/names.h"
#include "store/past.h"

/* What a status makes of an item in reports (DOMAIN 2). */
enum stage {
    STAGE_NONE,       /* not received, or not known yet */
    STAGE_REGISTERED, /* not received yet */
    STAGE_RUNS,
    STAGE_PAUSED,
    STAGE_SETTLED,
    STAGE_RETURNED, /* withdrawn, stopped, refused; of a task: cancelled */
};

/* From an instant on, until the next. */
struct turn {
    int64_t at;
    int64_t learnt_at;
    enum stage stage;
};

/* What was said of one thing, in the order of telling. */
struct saying {
    int64_t at;
    int64_t learnt_at;
    int64_t value;
};
struct sayings {
    struct saying *items;
    size_t count;
    size_t room;
};

struct life {
    struct names *names; /* of units and people; borrowed */
    const struct zone *zone;
    int64_t known_at;
    int64_t first_learnt; /* of all lives so far; INSTANT_NEVER: of none */

    /* Of the present item. */
    enum item_kind kind;
    int64_t received_at; /* as was known, or INSTANT_NONE */
    int64_t original_due_at;
    bool due_later; /* a promise was told after known_at */
    enum submission submission;
    int field; /* by names */
    struct turn *turns;
    size_t turn_count;
    size_t turn_room;
    struct sayings due;      /* the promise */
    struct sayings deadline; /* with pauses given back, where it differs */
    struct sayings unit;
    struct sayings assignee;
    struct sayings gone;
    int64_t came_at;  /* when it was first learnt of */
    int64_t receipt;  /* see life_end(); INSTANT_NONE: never */
    bool accepted;    /* some status said that it was received */
    bool was_handled; /* or at least that it was looked at */
    unsigned frozen;  /* attributes that changed after known_at */
};

void life_init(struct life *life, const struct zone *zone, struct names *names,
               int64_t known_at);
void life_done(struct life *life);

/* Begin an item, give its rows, end it. */
void life_begin(struct life *life, const struct past_item *item);
void life_row(struct life *life, const struct past_row *row);
void life_end(struct life *life);

/* Was the item known at all? */
bool life_is_known(const struct life *life);

/* How it stood just before an instant, and the turn that made it so: NULL
 * when it was received and no status had been told yet. */
enum stage life_stage(const struct life *life, int64_t at);
const struct turn *life_turn(const struct life *life, int64_t at);

/* What was so just before an instant.  of: unit, assignee: a name's number,
 * -1 for none.  What it first came with holds from its receipt on. */
int life_name(const struct sayings *of, int64_t at);
bool life_is_gone(const struct life *life, int64_t at);

/* The promise just before an instant, pauses given back; INSTANT_NONE. */
int64_t life_deadline(const struct life *life, int64_t at);

/* The one that was in force for a finish: as told up to the list that told
 * the finish. */
int64_t life_deadline_of(const struct life *life, const struct turn *finish);

/* The original deadline (tasks, R19); INSTANT_NONE when no promise had been
 * told by then. */
int64_t life_original(const struct life *life);

/* Read "2026-06-25T17:00:00", local; INSTANT_NONE for anything else. */
int64_t life_instant(const struct zone *zone, const char *text);

#endif
