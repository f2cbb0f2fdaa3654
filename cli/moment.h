/* moment.h - instants and working time, for people and for programs. */
#ifndef CLI_MOMENT_H
#define CLI_MOMENT_H

#include <stdint.h>

#include "base/json.h"
#include "calendar/zone.h"
#include "cli/cli.h"
#include "model/level.h"

/* "25/06/2026 07:31", local; "–" for INSTANT_NONE.  Yours. */
char *moment_text(const struct zone *zone, int64_t instant);

/* The same, only "07:31" on the day of now. */
char *moment_near(const struct zone *zone, int64_t instant, int64_t now);

/* "2026-06-25T07:31:00+07:00", or null for INSTANT_NONE. */
void moment_put(struct json *object, const char *name, const struct zone *zone,
                int64_t instant);

/* Midnight at which the local day of an instant began. */
int64_t moment_midnight(const struct zone *zone, int64_t instant);

/* "còn 1 ngày 4 giờ làm việc", "overdue by 2 working days", in days of the
 * calendar by which the seconds were counted (R7).  Yours. */
char *moment_left(const struct cli *cli, const struct calendar *calendar,
                  enum level level, int64_t seconds);

/* A level in words; static. */
const char *moment_level(const struct cli *cli, enum level level);

#endif
