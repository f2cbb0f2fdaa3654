/* intake.h - lists of units, people, procedures, calendar days, dossiers and
 * tasks, taken into the store.
 *
 * Each row is taken or left out with its reason; good rows are kept.  A list
 * is compared with the store field by field, so that the same file twice
 * changes nothing, writes no history and wakes no rule (R16).  Items go in
 * batches of 1,000 rows, each a transaction, with a question in between
 * whether to go on; a list that was not taken to its end counts as not
 * imported, and is simply imported again.  Units, people, procedures and
 * calendars are right or wrong as a whole and go in one transaction.
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/calendar.h"
#include "model/item.h"
#include "model/timetable.h"
#include "store/store.h"
#include "texts/texts.h"

/* A column's header as the source writes it, for one of our fields ("code",
 * "due", ... as in a feed's "columns"). */
struct intake_column {
    const char *field;
    const char *header;
};

/* What the settings say of a feed (R16). */
struct intake_feed {
    const char *name;
    enum item_kind kind; /* dossier or task */
    bool complete;       /* only then can an item be gone */
    int gone_percent;    /* refuse a list that makes more of them gone */
    const struct intake_column *columns; /* beyond the names known anyway */
    size_t column_count;
};

/* Called between batches, with the rows done so far: true to go on. */
typedef bool intake_progress(void *context, size_t done, size_t all);

/* What a list is taken in with; all borrowed. */
struct intake_options {
    struct store *store;
    const char *file; /* base name, for remarks and history */
    const char *by;   /* login name */
    const char *why;  /* the reason that was given, for history; or NULL */
    int64_t now;
    bool dry_run;                /* report only: nothing is written */
    enum text_language language; /* of what is said of the list */

    /* Of items: */
    const struct intake_feed *feed;
    const struct calendar *calendar;   /* sealed: the office's main one */
    const struct timetable *timetable; /* NULL: every unit follows that */
    int64_t as_of;  /* what the list is true for; later than now means now */
    bool older_too; /* take a list older than the last */

    /* Of calendars: */
    const char *calendar_name;
    const struct week *week;
    const char *year_calendar; /* by whose list its years are entered */
    int year;                  /* that the list enters (R8), or 0 */

    intake_progress *progress; /* may be NULL */
    void *context;
};

enum remark_severity {
    REMARK_NOTE,      /* worth knowing */
    REMARK_NEEDS_YOU, /* taken, but somebody should look */
    REMARK_LEFT_OUT,  /* the row was not taken */
};

/* About a row, or (line 0) the list. */
struct remark {
    int line;
    enum remark_severity severity;
    char *column; /* header as the list writes it, or "" */
    char *value;  /* of the cell, or "" */
    char *text;
    int more; /* rows after this one with the same column, value and text */
};

struct intake_report {
    enum text_language language; /* of the remarks */
    int64_t read;     /* rows, without titles, totals and blank lines */
    int64_t fresh;    /* not known before */
    int64_t changed;  /* known, and different now */
    int64_t same;     /* known, and as they were */
    int64_t back;     /* that had been gone */
    int64_t repeated; /* earlier rows of a code met again */
    int64_t rejected; /* left out */
    int64_t gone;     /* items that the list no longer has */
    int64_t needs_you;
    struct remark *remarks; /* by line; the first thousand */
    size_t remark_count;
    int64_t remarks_dropped; /* beyond the first thousand */
    bool stopped;            /* progress said not to go on */
    bool unchanged;          /* nothing was written: the store had it all */
};

/* Take a list in.  report_r is filled as far as it went even on failure;
 * intake_report_done() frees it.  ERR_INVALID: the list as a whole is
 * refused, nothing was written; the store's failures as they are. */
int intake_units(const struct intake_options *options, const char *bytes,
                 size_t length, struct intake_report *report_r,
                 struct err *err);
int intake_people(const struct intake_options *options, const char *bytes,
                  size_t length, struct intake_report *report_r,
                  struct err *err);
int intake_procedures(const struct intake_options *options, const char *bytes,
                      size_t length, struct intake_report *report_r,
                      struct err *err);
int intake_calendar(const struct intake_options *options, const char *bytes,
                    size_t length, struct intake_report *report_r,
                    struct err *err);
int intake_items(const struct intake_options *options, const char *bytes,
                 size_t length, struct intake_report *report_r,
                 struct err *err);

/* The calendar that counts what a unit (by code) holds, and says what days
 * without a time mean there. */
const struct calendar *options_calendar(const struct intake_options *options,
                                        const char *unit);

void intake_report_done(struct intake_report *report);

/* "note", "needs-you", "left-out". */
const char *remark_severity_name(enum remark_severity severity);

#endif
