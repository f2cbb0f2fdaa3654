/* item.h - a piece of work with a deadline: a dossier, a directive task, or
 * something of the system itself that an admin must see to. */
#ifndef MODEL_ITEM_H
#define MODEL_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/zone.h"
#include "model/instant.h"

enum item_kind { KIND_DOSSIER, KIND_TASK, KIND_SYSTEM, ITEM_KINDS };

/* What a status does to the clock of an item (DOMAIN 2). */
enum item_clock {
    CLOCK_NOT_STARTED,
    CLOCK_RUNS,
    CLOCK_PAUSED,
    CLOCK_STOPPED, /* finished: its date is compared with the promise */
    CLOCK_ENDED,   /* returned, withdrawn, cancelled: never in time or late */
};

/* One row of the table of statuses; plain, static. */
struct status {
    enum item_kind kind;
    const char *code; /* as stored: "4", "doing" */
    const char *vi;   /* as lists and messages write it */
    const char *en;
    enum item_clock clock;
};

enum submission {
    SUBMITTED_UNKNOWN,
    SUBMITTED_ONLINE,
    SUBMITTED_IN_PERSON,
    SUBMITTED_BY_POST,
};

/* Who says what an item's promise is. */
enum due_origin {
    DUE_AS_SAID,     /* its source, if there is any promise */
    DUE_COMPUTED,    /* the term of its procedure: the source gives none */
    DUE_AWAITS_YEAR, /* nobody yet: the term needs a year not entered (R8) */
};

/* A date that its source moved although it should have stood: nothing tells
 * of it again but its being told to whom it concerns. */
struct shift {
    int64_t times; /* how often; 0: never, and nothing else is of use */
    int64_t at;    /* the last time: what the list that did it is true for */
    int64_t from;
    int64_t to;
    char *source; /* as history has it, "motcua ho-so.csv:51" */
};

struct item {
    int64_t id; /* the store's; 0 before it has one */
    enum item_kind kind;
    char *code;
    char *title;         /* of a dossier the procedure's name */
    char *procedure;     /* code or name as far as known, or "" */
    char *field;         /* Lĩnh vực, or "" */
    char *unit;          /* code of the unit that holds or leads it, or "" */
    char *coordinating;  /* codes with commas, or "" */
    char *assignee;      /* code of a person, or "": nobody, or not known */
    char *assignee_text; /* as the list wrote it */
    char *owner;       /* Chủ hồ sơ: personal data, never leaves by chat */
    char *assigned_by; /* tasks: code of a person, or "" */
    char *document;    /* tasks: số/ký hiệu */
    char *recurrence;  /* tasks: as written */
    char *output;      /* tasks */
    char *priority;    /* Độ khẩn, as the list writes it, or "" */
    char *labels;      /* with commas, or "" */
    char *note;
    char *feed; /* name of the source, or "" */
    enum submission submission;
    const struct status *status;
    int64_t received_at;  /* a task: its assignment */
    int64_t due_at;       /* the promise now; also the deadline's version */
    int64_t given_back;   /* seconds on the wall between the promise and the
                           * deadline that counts (R9): item_deadline() */
    bool give_back_waits; /* for a year not entered (R8): nobody knows it */
    bool due_by_date;     /* the source gave a day and no time */
    enum due_origin due_origin;
    int64_t computed_due_at; /* by the procedure's term when it was received */
    int64_t original_due_at;
    int64_t finished_at;
    int64_t paused_seconds; /* of working time, in pauses that have ended */
    int64_t paused_at;      /* while it is paused */
    int64_t unassigned_at;  /* while nobody holds it */
    bool gone;              /* no longer in its complete source (R16) */

    /* Papers asked for from the citizen (status 5). */
    int64_t supplement_count;   /* how often */
    int64_t supplement_at;      /* the last time */
    int64_t supplement_due_at;  /* while it lasts: the citizen's limit */
    int64_t supplement_over_at; /* when the clock ran again after the last */

    struct shift finish_moved;   /* back, the finish date */
    struct shift original_moved; /* the original deadline */

    bool ours; /* a command says something else of it than its source */
};

void item_done(struct item *item);

/* An item of which nothing is known but its code. */
struct item item_fresh(enum item_kind kind, const char *code);

/* A copy with memory of its own. */
struct item item_copy(const struct item *item);

/* Open: its clock runs or is paused, and it is not gone. */
bool item_is_open(const struct item *item);
bool item_is_paused(const struct item *item);

/* The deadline that counts: the promise, its pauses given back (R9).
 * INSTANT_NONE: there is none, or it is not known (R8). */
int64_t item_deadline(const struct item *item);

/* Were papers asked for, and are awaited? */
bool item_awaits_papers(const struct item *item);

/* A recurring task with its first date: never told of itself, as each of its
 * occurrences is an item of its own. */
bool item_is_series(const struct item *item);

/* Is the promise of its source another than its procedure's term gives?  Of a
 * source that gives days only, days are compared. */
bool item_promise_differs(const struct item *item, const struct zone *zone);

/* The status whose code or Vietnamese name (folded) text is; NULL if none. */
const struct status *status_find(enum item_kind kind, const char *text);

/* The statuses of a kind one by one; NULL past the last. */
const struct status *status_at(enum item_kind kind, size_t index);

/* "dossier", "task", "system" and back. */
const char *item_kind_name(enum item_kind kind);
int item_kind_parse(const char *text, enum item_kind *kind_r);

/* "said", "computed", "awaits-year" and back; DUE_AS_SAID for what is none. */
const char *due_origin_name(enum due_origin origin);
enum due_origin due_origin_parse(const char *text);

/* "online", "in-person", "by-post", "" and back; parse takes also "Trực
 * tuyến", "Trực tiếp", "Bưu chính". */
const char *submission_name(enum submission submission);
enum submission submission_parse(const char *text);

/* Only as submission_name() gives it, for what is read by the thousand. */
enum submission submission_named(const char *text);

#endif
