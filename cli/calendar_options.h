/* calendar_options.h - into which calendar a list of days goes. */
#ifndef CLI_CALENDAR_OPTIONS_H
#define CLI_CALENDAR_OPTIONS_H

#include "cli/cli.h"
#include "intake/intake.h"

/* Take --calendar and --year; the settings are read.  Returns an exit code. */
int calendar_options(const struct cli *cli, struct intake_options *options);

#endif
