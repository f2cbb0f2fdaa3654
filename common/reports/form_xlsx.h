/* form_xlsx.h - a report as a spreadsheet: a summary with charts, the tables,
 * and every dossier and task behind the figures.
 *
 * The lists are written while the report is gathered:
 *
 *     owned(workbook_free) struct workbook *workbook = workbook_new(path, ...);
 *     options.sink = workbook_sink(workbook);
 *     report_make(store, &options, &report, err) || workbook_finish(...)
 */
#ifndef REPORTS_FORM_XLSX_H
#define REPORTS_FORM_XLSX_H

#include "reports/report.h"

struct workbook;

/* To be written to path; options are those of the report, borrowed. */
struct workbook *workbook_new(const char *path,
                              const struct report_options *options);
void workbook_free(struct workbook **workbook);

const struct report_sink *workbook_sink(const struct workbook *workbook);

/* Write the tables and the file. */
int workbook_finish(struct workbook *workbook, const struct report *report,
                    struct err *err);

#endif
