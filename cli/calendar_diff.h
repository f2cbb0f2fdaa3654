/* calendar_diff.h - kiphan calendar diff FILE: what importing it would
 * change. */
#ifndef CLI_CALENDAR_DIFF_H
#define CLI_CALENDAR_DIFF_H

#include "cli/cli.h"

/* Returns an exit code. */
int calendar_diff(struct cli *cli, const char *path);

#endif
