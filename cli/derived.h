/* derived.h - how a deadline was counted, for people and for programs. */
#ifndef CLI_DERIVED_H
#define CLI_DERIVED_H

#include "base/json.h"
#include "calendar/derive.h"
#include "cli/cli.h"
#include "cli/table.h"

/* "16:50 thứ Sáu 19/6/2026", with seconds when there are any.  Yours. */
char *derived_when(const struct cli *cli, int64_t instant);

/* "thứ Sáu 19/6/2026".  Yours. */
char *derived_day(const struct cli *cli, struct date date);

/* "7 giờ 30 phút", "0 phút"; the sign is dropped.  Yours. */
char *derived_work(const struct cli *cli, int64_t seconds);

/* A row for each step, into a table of three columns: what, when, why. */
void derived_rows(const struct cli *cli, const struct derivation *derivation,
                  enum text_id result, struct text_table *table);

/* An object for each step; yours. */
struct json *derived_json(const struct cli *cli,
                          const struct derivation *derivation);

#endif
