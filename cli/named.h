/* named.h - items and people that the words of a command name; who misspells
 * one is shown the nearest. */
#ifndef CLI_NAMED_H
#define CLI_NAMED_H

#include "cli/cli.h"
#include "model/item.h"

/* The item of a code.  An exit code; what was wrong is said. */
int named_item(const struct cli *cli, const char *code, struct item *item_r);

/* The person of a code or a name. */
int named_person(const struct cli *cli, const char *text, int *person_r);

#endif
