/* listed.h - items of the store with how they stand, for lists and counts. */
#ifndef CLI_LISTED_H
#define CLI_LISTED_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/cli.h"
#include "cli/table.h"
#include "model/item.h"
#include "model/level.h"
#include "rules/evaluate.h"

struct listed {
    struct item item;
    enum level level;
    int64_t left; /* seconds of working time, negative: overdue */
    bool has_left;
};

/* How an item stands now; an item without memory of its own is borrowed. */
struct listed listed_of(const struct cli *cli, const struct item *item);

/* Time left or overdue in words, "" where there is none to tell.  Yours. */
char *listed_left(const struct cli *cli, const struct listed *listed);

/* How it stands, in words; borrowed. */
const char *listed_level(const struct cli *cli, const struct listed *listed);

enum shade listed_shade(enum level level);

/* "Trần Thị Bình", or the code, or as the list wrote it; borrowed. */
const char *listed_holder(const struct cli *cli, const struct item *item);

/* The short name of the item's unit, or its code; borrowed. */
const char *listed_unit(const struct cli *cli, const struct item *item);

/* What every verb's JSON says of an item; yours. */
struct json *listed_json(const struct cli *cli, const struct listed *listed);

#endif
