/* sample.h - the facts of an invented message, to see how one would look. */
#ifndef CLI_SAMPLE_H
#define CLI_SAMPLE_H

#include "cli/cli.h"

/* One item overdue, one due today, one at risk, as they would stand now by
 * the office's calendar, to an invented person who reads the language; the
 * office is open.  Yours. */
struct json *sample_facts(const struct cli *cli, enum languages language);

#endif
