/* recurring.h - a recurring task and its occurrences, told. */
#ifndef CLI_RECURRING_H
#define CLI_RECURRING_H

#include "cli/cli.h"
#include "model/item.h"

/* For programs: "recurrence" as it is written, "series" (the code of which
 * the item is an occurrence, or null), "occurrences" (of a series), and
 * "awaits_year" (that its next day needs, or null). */
void recurring_put(const struct cli *cli, const struct item *item,
                   struct json *whole);

/* For people: the occurrences of a series, or of what the item is one;
 * nothing of other items. */
void recurring_print(const struct cli *cli, const struct item *item);

#endif
