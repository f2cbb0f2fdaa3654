/* ours.h - what commands say of an item against its source, told. */
#ifndef CLI_OURS_H
#define CLI_OURS_H

#include "cli/cli.h"
#include "model/item.h"
#include "store/overrides.h"

/* For programs: one object an override that stands against something.  Where
 * no source says anything ours is the only word.  Yours. */
struct json *ours_json(const struct cli *cli,
                       const struct overrides *overrides);

/* For people, with a title above; nothing when there is nothing. */
void ours_print(const struct cli *cli, const struct item *item,
                const struct overrides *overrides);

#endif
