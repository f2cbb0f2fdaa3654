/* run.h - one list of dossiers or tasks on its way into the store. */
#ifndef INTAKE_RUN_H
#define INTAKE_RUN_H

#include "intake/codes.h"
#include "intake/columns.h"
#include "intake/intake.h"
#include "intake/remarks.h"
#include "model/directory.h"
#include "model/item.h"
#include "model/procedure.h"

/* The fields of items, as a feed's "columns" name them. */
enum item_field {
    FIELD_CODE,
    FIELD_TITLE,
    FIELD_PROCEDURE,
    FIELD_FIELD,
    FIELD_UNIT,
    FIELD_RECEIVING_UNIT,
    FIELD_COORDINATING,
    FIELD_ASSIGNEE,
    FIELD_ASSIGNED_BY,
    FIELD_OWNER,
    FIELD_SUBMISSION,
    FIELD_STATUS,
    FIELD_RECEIVED,
    FIELD_DUE,
    FIELD_ORIGINAL_DUE,
    FIELD_FINISHED,
    FIELD_DOCUMENT,
    FIELD_RECURRENCE,
    FIELD_OUTPUT,
    FIELD_PRIORITY,
    FIELD_LABELS,
    FIELD_NOTE,
    ITEM_FIELDS
};

struct run {
    const struct intake_options *options;
    struct intake_report *report;
    struct sheet sheet;
    struct columns columns;
    struct directory *directory;
    struct procedures procedures;
    struct codes codes;   /* of all rows, also of those left out */
    int64_t as_of;        /* what the list is true for */
    bool older;           /* than the last one of its feed */
    int64_t opened;       /* occurrences of recurring tasks */
    int64_t handlerless;  /* open items whose row names nobody */
    int64_t differing;    /* promises that are not the procedure's term */
    struct item example;  /* of them, or nothing */
    int64_t not_compared; /* promises, for want of a year */
};

/* Headers of each kind's lists. */
extern const struct layout dossier_layout;
extern const struct layout task_layout;

/* The cell of a field, "" when there is none; borrowed. */
const char *run_cell(const struct run *run, const struct row *row,
                     enum item_field field);

/* Where history says that a change comes from, "motcua ho-so.csv:51"; line 0:
 * from the list as a whole.  Yours. */
char *run_source(const struct run *run, int line);

/* The calendar that counts an item's time: its unit's. */
const struct calendar *run_calendar(const struct run *run,
                                    const struct item *item);

/* Say something of a row's cell. */
struct about run_about(const struct run *run, const struct row *row,
                       enum item_field field);

#endif
