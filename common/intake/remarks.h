/* remarks.h - what is said of the rows of a list, gathered. */
#ifndef INTAKE_REMARKS_H
#define INTAKE_REMARKS_H

#include <stddef.h>

#include "intake/intake.h"

/* Of what a remark is made: line 0 is the list; column and value may be
 * NULL. */
struct about {
    int line;
    const char *column;
    const char *value;
};

/* Add a remark, a text with its pairs of name and value, ended by NULL, in
 * the report's language; of one that was made before only the number grows, so
 * that a name met in a hundred rows is told once. */
void remark_add(struct intake_report *report, enum remark_severity severity,
                struct about about, enum text_id id, ...)
    __attribute__((sentinel));

/* remark_add() of a text with the one placeholder {count}, about the list. */
void remark_count(struct intake_report *report, enum remark_severity severity,
                  enum text_id id, int64_t count);

/* Count one more row for the same remark if there is one. */
bool remark_again(struct intake_report *report, const char *column,
                  const char *value);

/* In order of lines. */
void remarks_sort(struct intake_report *report);

#endif
