/* report_ask.h - which report is asked for. */
#ifndef CLI_REPORT_ASK_H
#define CLI_REPORT_ASK_H

#include "cli/cli.h"
#include "reports/report.h"

/* The period by the words of the command line and its options; the office is
 * loaded. */
int report_ask_period(const struct cli *cli, int argc, char **argv,
                      struct period *period_r);

/* By what was known when: --known-at, --as-known-now, else when the first
 * working session after the period began; never later than now. */
int report_ask_known(const struct cli *cli, const struct period *period,
                     int64_t *known_at_r);

/* The moment in that last sense. */
int64_t report_moment(const struct cli *cli, const struct period *period);

#endif
