/* past.h - what happened to an item: its history, and apart that of its
 * deadline. */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "base/json.h"
#include "cli/cli.h"
#include "model/item.h"
#include "store/items.h"

/* All of it; yours. */
struct json *past_json(const struct cli *cli, const struct histories *past);

/* A table under a title; nothing when there is none. */
void past_print(const struct cli *cli, enum item_kind kind,
                const struct histories *past);

/* The original deadline, each later one, and dates that should have stood:
 * since when, when it was learnt, from whom, why. */
void past_print_deadlines(const struct cli *cli, const struct histories *past);

#endif
