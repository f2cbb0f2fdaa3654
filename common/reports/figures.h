/* figures.h - the columns of a report's tables, by name, so that every form
 * has the same ones. */
#ifndef REPORTS_FIGURES_H
#define REPORTS_FIGURES_H

#include <stddef.h>
#include <stdint.h>

#include "reports/counts.h"
#include "texts/texts.h"

enum figure {
    FIGURE_RECEIVED,
    FIGURE_ONLINE,
    FIGURE_IN_PERSON,
    FIGURE_BY_POST,
    FIGURE_UNKNOWN_WAY,
    FIGURE_CARRIED,
    FIGURE_SETTLED,
    FIGURE_EARLY,
    FIGURE_ON_TIME,
    FIGURE_LATE,
    FIGURE_UNJUDGED,
    FIGURE_RUNNING,
    FIGURE_WITHIN,
    FIGURE_OVERDUE,
    FIGURE_NO_PROMISE,
    FIGURE_PAUSED,
    FIGURE_RETURNED,
    FIGURES
};

/* "received", "late", ... as in JSON and CSV; static. */
const char *figure_name(enum figure figure);
/* As it stands above a column. */
enum text_id figure_head(enum figure figure);
int64_t figure_of(const struct counts *counts, enum figure figure);

enum duty_figure {
    DUTY_TOTAL,
    DUTY_ON_TIME,
    DUTY_LATE,
    DUTY_UNJUDGED,
    DUTY_RUNNING,
    DUTY_AT_RISK,
    DUTY_NO_DEADLINE,
    DUTY_OVERDUE,
    DUTY_PAUSED,
    DUTY_CANCELLED,
    DUTY_FIGURES
};
const char *duty_figure_name(enum duty_figure figure);
enum text_id duty_figure_head(enum duty_figure figure);
int64_t duty_figure_of(const struct duty_counts *counts,
                       enum duty_figure figure);

/* Form II.06a (R18). */
enum form_figure {
    FORM_RECEIVED,
    FORM_ONLINE,
    FORM_DIRECT, /* in person or by post */
    FORM_CARRIED,
    FORM_SETTLED,
    FORM_EARLY,
    FORM_ON_TIME,
    FORM_LATE,
    FORM_RUNNING,
    FORM_WITHIN,
    FORM_OVERDUE,
    FORM_FIGURES
};
const char *form_figure_name(enum form_figure figure);
enum text_id form_figure_head(enum form_figure figure);
int64_t form_figure_of(const struct form_counts *counts,
                       enum form_figure figure);

#endif
