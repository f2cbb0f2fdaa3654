/* story.h - what happened around an item, in the order in which it did: what
 * came in, what was decided, and what became of each message. */
#ifndef CLI_STORY_H
#define CLI_STORY_H

#include <stddef.h>
#include <stdint.h>

#include "cli/cli.h"
#include "model/alert.h"
#include "store/items.h"
#include "store/notices.h"

/* At the same instant they happened in this order. */
enum event_kind {
    EVENT_CAME,    /* the item, or a change of it, came in */
    EVENT_DECIDED, /* a step was reached: somebody is to be told, or not */
    EVENT_DROPPED, /* what was to be told is not any more */
    EVENT_NOTICED, /* a message was made that lists the item */
    EVENT_ATTEMPT, /* it was tried */
    EVENT_ENDED,   /* it was withdrawn, or given up */
    EVENT_KINDS
};

/* Pointers are borrowed from the story; those that do not belong to the kind
 * are NULL. */
struct event {
    int64_t at;
    enum event_kind kind;
    const struct history *changes; /* from one list at one time */
    size_t change_count;
    const struct alert *alert;
    const struct notice *notice;
    const struct attempt *attempt;
};

struct story {
    struct item item;
    struct histories history;
    struct alerts alerts;   /* of everybody */
    struct notices notices; /* that list the item */
    struct attempts *tried; /* of each notice */
    struct event *events;   /* in order */
    size_t count;
};

/* Gather the story of an item, taking the item; with a person's code only
 * what concerns that person, and the item itself. */
int story_take(const struct cli *cli, struct item *item, const char *person,
               struct story *story_r, struct err *err);
void story_done(struct story *story);

/* "came", "decided", "dropped", ... */
const char *event_name(enum event_kind kind);

/* An event in one sentence.  Yours. */
char *event_text(const struct cli *cli, const struct story *story,
                 const struct event *event);

#endif
