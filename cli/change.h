/* change.h - one change of an item's history, in words. */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "cli/cli.h"
#include "model/item.h"
#include "store/items.h"

/* "Hạn: 25/06/2026 17:00 → 02/07/2026 17:00"; yours. */
char *change_text(const struct cli *cli, enum item_kind kind,
                  const struct history *change);

/* A value of a field that history follows, in words, and what the field is
 * called; yours, the name borrowed. */
char *change_value(const struct cli *cli, enum item_kind kind,
                   const char *field, const char *value, const char **label_r);

#endif
