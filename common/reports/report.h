/* report.h - what a report says: the figures of a period, with the lists that
 * leaders act on, gathered in one pass over the store's history.
 *
 * How each figure is reckoned is in docs/reports.md.  Forms (text, HTML,
 * spreadsheet, ...) only write down what is here.
 */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "reports/counts.h"
#include "reports/names.h"
#include "reports/period.h"
#include "reports/standing.h"
#include "rules/bundle.h"
#include "rules/policy.h"
#include "store/store.h"
#include "texts/texts.h"

enum { REPORT_WORST = 10, REPORT_TARGET = 980 };

/* One dossier or task in a list. */
struct report_line {
    enum item_kind kind;
    const char *code; /* owned by the list */
    const char *title;
    const char *assignee_text; /* as the source wrote it */
    enum submission submission;
    int field; /* names by report.names; -1: none */
    struct standing standing;
    int64_t deadline; /* the present one, pauses given back */
    int64_t left;     /* working seconds until it, negative: overdue */
};
struct report_lines {
    struct report_line *items;
    size_t count;
};

/* A unit or a field with its figures. */
struct report_group {
    int name; /* -1: of none */
    struct counts counts;
    struct duty_counts duties;
};
struct report_groups {
    struct report_group *items;
    size_t count;
};

/* What a person has to finish by the week's end. */
struct report_load {
    int assignee; /* -1: nobody */
    int64_t count;
    int64_t overdue; /* of these */
};
struct report_loads {
    struct report_load *items;
    size_t count;
};

/* Whoever wants every item in stock as it passes, paused and settled ones
 * too; the line is borrowed.  Non-zero stops. */
struct report;
struct report_sink {
    int (*line)(void *context, const struct report *report,
                const struct report_line *line, struct err *err);
    void *context;
};

struct report_options {
    struct period period;
    int64_t known_at;  /* what was learnt later is left out (R20) */
    bool as_known_now; /* say so on top */
    const char *unit;  /* with those below it; NULL: all */
    const char *organisation;
    const struct policy *policy;
    const struct source *sources; /* as they were at known_at */
    size_t source_count;
    int64_t target; /* tenths of a percent */
    struct form_rule form;
    enum text_language language;
    void (*progress)(void *context, size_t done, size_t all); /* or NULL */
    void *context;
    const struct report_sink *sink; /* or NULL */
};

struct report {
    struct report_options options; /* what it was made with; borrowed */
    struct outlook outlook;
    struct outlook before; /* the previous equal period */
    bool has_before;       /* something was known of it from its start */
    int64_t first_learnt;  /* INSTANT_NEVER: nothing was ever learnt */
    struct names *names;

    struct counts total;
    struct counts total_before;
    struct duty_counts duties;
    struct duty_counts duties_before;
    struct report_groups units;  /* in the directory's order */
    struct report_groups fields; /* by name */
    size_t *ranking;             /* places in units, best first (R19) */
    size_t ranked;               /* so many of them are ranked */

    struct report_lines worst;
    struct report_lines wrong; /* that do not add up */
    struct report_lines gone;  /* no longer in their source */
    struct report_lines due;   /* until the end of a period under way */
    int64_t may_be_late;       /* of these; -1: the target is missed */
    int64_t due_next;          /* until the end of the next equal period */

    int64_t week_end;     /* Friday's last session; INSTANT_NONE: no such */
    int64_t week_seconds; /* of working time until then */
    struct report_lines work;
    struct report_loads loads;
};

/* Gather everything from the store, which is best read in one transaction. */
int report_make(struct store *store, const struct report_options *options,
                struct report *report_r, struct err *err);
void report_done(struct report *report);

/* Do all identities hold, of each unit, each field and in total? */
bool report_adds_up(const struct report *report);

/* Names for people; borrowed. */
const char *report_unit_name(const struct report *report, int name);
const char *report_unit_short(const struct report *report, int name);
const char *report_field_name(const struct report *report, int name);
const char *report_holder(const struct report *report,
                          const struct report_line *line);
const char *report_person(const struct report *report, int name);
const char *report_person_unit(const struct report *report, int name);

#endif
