/* office.h - what the lists of units, people and days have in common: they
 * are taken as a whole, in one transaction. */
#ifndef INTAKE_OFFICE_H
#define INTAKE_OFFICE_H

#include "intake/columns.h"
#include "intake/intake.h"
#include "model/directory.h"
#include "store/office.h"

struct office_run {
    const struct intake_options *options;
    struct intake_report *report;
    struct sheet sheet;
    struct columns columns;
    struct directory *directory; /* as the store has it when we begin */
    bool year_entered;           /* a year of a calendar, for the first time */
};

void office_run_done(struct office_run *run);

/* Read the list, unless its sheet is there already, and begin the
 * transaction. */
int office_begin(struct office_run *run, const char *bytes, size_t length,
                 const struct layout *layout, struct err *err);

/* Write down that the list was taken and wake every open item, if anything
 * changed; commit, or undo all in a dry run. */
int office_end(struct office_run *run, const char *kind, const char *bytes,
               size_t length, struct err *err);

/* Count what became of a row. */
void office_count(struct office_run *run, enum put_result result);

/* The next row with text from *at on, NULL at the end. */
const struct row *office_next(struct office_run *run, size_t *at);

/* The cell of a field. */
const char *office_cell(const struct office_run *run, const struct row *row,
                        int field);

/* Fit to be a code: short, and without blanks and commas, because lists of
 * codes are written with them. */
bool code_is_good(const char *code);

/* Why a row cannot be taken, and by which field; TEXT_NONE when it can. */
typedef enum text_id row_judge(const struct office_run *run,
                               const struct row *row, int *field_r);
typedef int row_taker(struct office_run *run, const struct row *row,
                      struct err *err);

/* Take the rows that are good, the last one of each code; the others are left
 * out with their reasons. */
int office_take_rows(struct office_run *run, int code_field, row_judge *judge,
                     row_taker *take, struct err *err);

/* Leave a row out, with its reason. */
void office_leave_out(struct office_run *run, const struct row *row, int field,
                      const char *reason);

#endif
