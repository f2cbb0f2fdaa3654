/* wording.h - sentences that several forms share. */
#ifndef REPORTS_WORDING_H
#define REPORTS_WORDING_H

#include "reports/report.h"

/* "quá hạn 2 ngày 3 giờ làm việc" (R7).  Yours. */
char *line_left_text(const struct report *report,
                     const struct report_line *line);

/* The rates, each with its formula; the target of a period under way. */
void report_rates(const struct report *report, struct strs *sentences);

/* "Đối chiếu: tiếp nhận 12 = ..."; yours. */
char *report_identity(const struct report *report);

/* "Việc phải xong trước 17:00 26/06/2026 (còn 37,5 giờ làm việc)"; NULL when
 * there is no such week.  Yours. */
char *report_loads_heading(const struct report *report);

/* Of what is late or overdue, by cause.  Yours. */
char *report_causes(const struct report *report);

const struct zone *report_zone(const struct report *report);

#endif
