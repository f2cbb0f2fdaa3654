/* month.h - a month of a calendar as people expect one. */
#ifndef CLI_MONTH_H
#define CLI_MONTH_H

#include "calendar/calendar.h"
#include "cli/cli.h"

/* Print the month that begins with first: weeks as rows, Monday first, marked
 * days with their names below, and the sessions.  CLI_PARTLY when its year
 * was not entered: its days off are not known then. */
int month_print(const struct cli *cli, const struct calendar *calendar,
                struct date first);
int month_print_json(const struct cli *cli, const struct calendar *calendar,
                     struct date first);

#endif
