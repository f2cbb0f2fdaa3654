/* gather.h - one pass over all that was ever learnt, into a report. */
#ifndef REPORTS_GATHER_H
#define REPORTS_GATHER_H

#include "reports/report.h"

/* Count every dossier and task into the report and gather its lists; its
 * periods and the week's end are known already. */
int gather(struct store *store, struct report *report, struct err *err);

#endif
