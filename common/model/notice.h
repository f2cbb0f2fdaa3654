/* notice.h - one message to one person, and what became of it. */
#ifndef MODEL_NOTICE_H
#define MODEL_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/level.h"
#include "model/subject.h"

enum notice_state {
    NOTICE_QUEUED,    /* waits for attempt_at and a worker */
    NOTICE_IN_FLIGHT, /* a worker holds its lease */
    NOTICE_SENT,
    NOTICE_WITHDRAWN, /* replaced by a newer one, or nothing left to say */
    NOTICE_DEAD,      /* nobody could be reached so; the admin was told */
    NOTICE_UNSENT,    /* of a rehearsal: written down, and never to leave */
};

/* What became of one attempt (CHANNELS.md of the field: five, not two). */
enum verdict {
    VERDICT_DELIVERED,
    VERDICT_TRY_LATER, /* the far side accepted nothing; a later try may work */
    VERDICT_REFUSED,   /* this address will not take it, now or later */
    VERDICT_BROKEN,    /* the channel itself does not work: park it */
    VERDICT_AMBIGUOUS, /* sent whole, no answer */
};

struct notice_line {
    int64_t item;
    enum level level;
    bool fresh;     /* marked as new */
    int64_t due_at; /* the version of the item's deadline that it tells */
};

/* That a person was shown an item at a level, or told of another subject. */
struct told {
    char *recipient;
    enum subject subject;
    enum level level;
};

struct tolds {
    struct told *items;
    size_t count;
};

void tolds_done(struct tolds *list);

struct notice {
    int64_t id;         /* the store's: also the short number people see */
    char *identity;     /* 32 hex digits: Message-ID, webhook-id */
    char *recipient;    /* code of a person */
    char *rehearsed_to; /* who gets it in a rehearsal, a code; "": live */
    char *channel;
    char *via; /* the ladder, names with commas */
    char *window;
    char *language;
    int64_t decided_at; /* all its bytes derive from this instant */
    int64_t opening_at;
    int64_t closes_at;  /* no attempt begins after it, in this session */
    int64_t expires_at; /* the person's next opening (R12) */
    int64_t attempt_at; /* when queued: not before */
    int attempts;
    int ambiguous; /* how many attempts ended so */
    enum notice_state state;
    char *facts;        /* JSON: all that a worker renders */
    char *detail;       /* the last answer, or "" */
    int64_t changed_at; /* when it came into its state */
    struct notice_line *lines;
    size_t line_count;
};

struct notices {
    struct notice *items;
    size_t count;
};

void notice_done(struct notice *notice);
void notices_add(struct notices *list, struct notice *notice); /* takes it */
void notices_done(struct notices *list);

const char *notice_state_name(enum notice_state state);
enum notice_state notice_state_parse(const char *text);
const char *verdict_name(enum verdict verdict); /* "delivered", ... */
int verdict_parse(const char *text, enum verdict *verdict_r);

#endif
