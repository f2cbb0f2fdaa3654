/* alert.h - one line of the ledger: that a person is to be told of a step of
 * an item, once. */
#ifndef MODEL_ALERT_H
#define MODEL_ALERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/level.h"
#include "model/subject.h"

enum alert_state {
    ALERT_HELD,       /* waits for opens_at */
    ALERT_NOTICED,    /* in a notice that is on its way */
    ALERT_SENT,       /* in a notice that was delivered */
    ALERT_SUPPRESSED, /* not told, for a reason; may be held again (R13) */
};

enum alert_reason {
    REASON_NONE,
    REASON_SUPERSEDED, /* a later step or slot for the same person (R6) */
    REASON_FINISHED,   /* the item ended before the message left */
    REASON_PAUSED,
    REASON_GONE,       /* no longer in its source */
    REASON_MOVED,      /* another promise holds now */
    REASON_NOT_THEIRS, /* the item has another holder now */
    REASON_TOLD,       /* told before a change of the rules (R13) */
    REASON_RULE_GONE,  /* the rule or its step is no more */
    REASON_OVER,       /* what the step was about is over */
    ALERT_REASONS
};

/* The key is the first six members (R13). */
struct alert {
    int64_t item;   /* id */
    int64_t due_at; /* the version of the subject: of a deadline the promise */
    char *rule;
    char *step;
    int slot;
    char *recipient;      /* code of a person */
    enum subject subject; /* the step's: which of the versions due_at is */
    int64_t id;           /* the store's */
    enum level level;     /* of the step: at risk, due today, overdue, system */
    int64_t reached_at;
    int64_t decided_at;
    int64_t opens_at; /* when held: the opening that it waits for */
    enum alert_state state;
    enum alert_reason reason;
    bool late;          /* its own opening was missed (R6) */
    char *stands_for;   /* code of whom the recipient replaces, or "" (R14) */
    int64_t notice;     /* id of the notice that has it, 0: none */
    bool rehearsed;     /* that notice was of a rehearsal */
    int64_t changed_at; /* when the ledger last changed its word on it */
};

struct alerts {
    struct alert *items;
    size_t count;
};

void alert_done(struct alert *alert);
/* Append, taking what *alert points to. */
void alerts_add(struct alerts *list, struct alert *alert);
void alerts_done(struct alerts *list);

const char *alert_state_name(enum alert_state state);
enum alert_state alert_state_parse(const char *text);
const char *alert_reason_name(enum alert_reason reason);
enum alert_reason alert_reason_parse(const char *text);

#endif
