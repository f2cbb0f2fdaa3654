/* notices.h - messages on their way, as several verbs show them. */
#ifndef CLI_NOTICES_H
#define CLI_NOTICES_H

#include "base/json.h"
#include "cli/cli.h"
#include "model/notice.h"

/* A state in words; static. */
const char *notice_state_text(const struct cli *cli, enum notice_state state);

/* What became of an attempt, in words; "" while it is under way. */
const char *verdict_text(const struct cli *cli, const char *name);

/* What JSON says of a notice, without its lines and facts.  Yours. */
struct json *notice_json(const struct cli *cli, const struct notice *notice);

/* One row for each. */
void notices_print(const struct cli *cli, const struct notices *notices);

#endif
