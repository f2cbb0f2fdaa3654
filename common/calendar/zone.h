/* zone.h - a time zone as a table of offsets, read once from the system's
 * tzdata (RFC 8536); nothing depends on the machine's own zone. */
#ifndef CALENDAR_ZONE_H
#define CALENDAR_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/date.h"

struct zone;

/* A local date and the clock's seconds since midnight (0-86399). */
struct civil {
    struct date date;
    int32_t seconds;
};

/* Read a zone by its name, "Asia/Ho_Chi_Minh".  Fails with ERR_INVALID for a
 * name that tzdata does not have. */
int zone_open(const char *name, struct zone **zone_r, struct err *err);
void zone_free(struct zone **zone);
const char *zone_name(const struct zone *zone);

/* Local time of an instant (UTC seconds). */
struct civil zone_civil(const struct zone *zone, int64_t instant);

/* Instant of a local time.  One that the clock skips is the instant of the
 * skip; of one that comes twice it is the first. */
int64_t zone_instant(const struct zone *zone, struct civil civil);

/* Seconds east of UTC at an instant. */
int32_t zone_offset(const struct zone *zone, int64_t instant);

/* Read an instant as people write it: "2026-06-25 07:10", "25/06/2026 07:10",
 * with or without seconds, "T" for the blank and "+07:00"/"Z" at the end
 * allowed; without a clock time, time_given_r is false and the instant is
 * the day's midnight. */
int zone_parse(const struct zone *zone, const char *text, int64_t *instant_r,
               bool *time_given_r, struct err *err);

/* "2026-06-25T07:10:00" local into at least 20 bytes. */
void zone_format(const struct zone *zone, int64_t instant, char text[20]);

#endif
