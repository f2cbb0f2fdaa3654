/* paused.h - a pause of an item, for people and for programs. */
#ifndef CLI_PAUSED_H
#define CLI_PAUSED_H

#include "base/json.h"
#include "cli/cli.h"
#include "store/items.h"

/* An object; yours. */
struct json *paused_json(const struct cli *cli, const struct pause *pause);

/* What of it is given back, and why not: "hoàn lại 12 giờ 30 phút".  Yours. */
char *paused_text(const struct cli *cli, const struct pause *pause);

#endif
