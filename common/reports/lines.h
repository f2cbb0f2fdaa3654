/* lines.h - lists of dossiers and tasks inside a report. */
#ifndef REPORTS_LINES_H
#define REPORTS_LINES_H

#include "reports/report.h"

/* Append a copy. */
void lines_add(struct report_lines *lines, const struct report_line *line);

/* Keep the most pressing: overdue by working time, the longest first, then
 * the nearest deadlines; among equals by code. */
void lines_keep_worst(struct report_lines *lines,
                      const struct report_line *line, size_t most);

/* The earlier deadline first, then the code. */
void lines_sort(struct report_lines *lines);
void lines_done(struct report_lines *lines);

/* The group of a name, which may be new. */
struct report_group *groups_of(struct report_groups *groups, int name);
void groups_done(struct report_groups *groups);

#endif
