/* rule.h - what an office wants to be told, when, whom and by what way; plain
 * values that settings read and the pure part of the program follows. */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/place.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "calendar/span.h"
#include "model/directory.h"
#include "model/item.h"
#include "model/match.h"
#include "model/subject.h"

enum languages { LANGUAGE_VI, LANGUAGE_EN, LANGUAGES };

/* The same words in each language. */
struct label {
    char *text[LANGUAGES];
};

/* STEP_RAISED: when it happened, of system items and of events. */
enum step_anchor { STEP_BEFORE, STEP_DUE_DAY, STEP_AFTER, STEP_RAISED };

enum target_kind {
    TELL_ASSIGNEE,
    TELL_HEAD,
    TELL_VICE_CHAIR,
    TELL_CHAIR,
    TELL_ADMIN,
    TELL_PERSON,
};

struct target {
    enum target_kind kind;
    char *person; /* code, with TELL_PERSON */
    struct place place;
};

struct step {
    char *name;
    enum subject subject; /* what it is about, from which it counts */
    enum step_anchor anchor;
    struct span span; /* with STEP_BEFORE and STEP_AFTER */
    int times;        /* of events: from the how manyth on; 0 and 1: any */
    struct target *tell;
    size_t tell_count;
    bool repeats;
    struct span repeat_every;
    int repeat_times; /* at most; -1: until finished */
    bool urgent;      /* at any moment but in quiet hours (R11) */
    struct place place;
};

struct rule {
    char *name;
    struct match match;
    struct strs via; /* names of channels: a ladder */
    char *window;
    struct label label;
    struct step *steps;
    size_t step_count;
    struct place place;
};

enum window_open { OPEN_SESSION_START, OPEN_TIMES };

enum { WINDOW_TIMES = 24 };

struct window {
    char *name;
    char *calendar; /* "" : the recipient's, i.e. the office's */
    enum window_open open;
    int32_t times[WINDOW_TIMES]; /* seconds after midnight, ascending */
    int time_count;
    struct place place;
};

/* When nothing leaves.  from > until: over midnight. */
struct quiet {
    int32_t from; /* seconds after midnight */
    int32_t until;
    bool rest_days;
    bool holidays;
};

void label_done(struct label *label);
void step_done(struct step *step);
void rule_done(struct rule *rule);
void window_done(struct window *window);

/* "vi" or "en"; fallback for anything else. */
enum languages language_parse(const char *text, enum languages fallback);
const char *language_name(enum languages language);

/* "assignee", "head", "vice-chair", "chair", "admin" or "person:CODE". */
char *target_format(const struct target *target);

#endif
