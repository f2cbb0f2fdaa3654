/* xlsx_lists.h - the lists behind the figures, as sheets of a spreadsheet. */
#ifndef REPORTS_XLSX_LISTS_H
#define REPORTS_XLSX_LISTS_H

#include "reports/book.h"
#include "reports/report.h"

/* Every dossier and every task, as they are gathered. */
struct xlsx_lists {
    struct sheet dossiers;
    struct sheet tasks;
    const struct report_options *options;
};

void xlsx_lists_begin(struct xlsx_lists *lists, struct book *book,
                      const struct report_options *options);
void xlsx_lists_add(struct xlsx_lists *lists, const struct report *report,
                    const struct report_line *line);
void xlsx_lists_end(struct xlsx_lists *lists);

/* A short list with what is left of each line's time. */
void xlsx_write_lines(struct sheet *sheet, const struct report *report,
                      const struct report_lines *lines);

#endif
