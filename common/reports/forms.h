/* forms.h - a report written down.  Every form says the same. */
#ifndef REPORTS_FORMS_H
#define REPORTS_FORMS_H

#include "base/err.h"
#include "base/json.h"
#include "base/str.h"
#include "reports/report.h"

/* What stands above every form: "BÁO CÁO ...", whose, and the sentences that
 * say what the figures rest on.  Yours. */
char *report_title(const struct report *report);
void report_notes(const struct report *report, struct strs *notes);

/* Plain text, for a terminal or a mail.  Yours. */
char *report_as_text(const struct report *report);

/* A page with everything in it, for a phone and for A4.  Yours. */
char *report_as_html(const struct report *report);

/* A table with a row for the total, each unit and each field.  Yours. */
char *report_as_csv(const struct report *report);

/* Everything, for programs.  Yours. */
struct json *report_as_json(const struct report *report);

#endif
