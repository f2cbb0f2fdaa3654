/* zone_table.h - the offsets of a zone while they are read from its file;
 * for zone.c only. */
#ifndef CALENDAR_ZONE_TABLE_H
#define CALENDAR_ZONE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* From an instant on, this many seconds east of UTC hold. */
struct zone_period {
    int64_t from;
    int32_t offset;
};

/* In order of time, the first one from ZONE_DAWN.  Start with {0};
 * zone_table_done() frees the periods. */
struct zone_table {
    struct zone_period *periods;
    size_t count;
    size_t room;
    int64_t known_to; /* the file's last change, even one of name only */
};

/* Before every instant that we compute, and far from overflow. */
#define ZONE_DAWN (-((int64_t)1 << 50))

/* Append a period that begins later than the last.  One with the same offset
 * adds nothing; one from the same instant replaces it. */
void zone_table_add(struct zone_table *table, int64_t from, int32_t offset);
void zone_table_done(struct zone_table *table);

/* Fill an empty table from the bytes of a TZif file (RFC 8536), version 2 or
 * later, and its footer expanded to the end of 2199. */
int zone_table_read(struct zone_table *table, const char *bytes, size_t size,
                    struct err *err);

/* Append what a POSIX TZ string (RFC 8536 section 3.3) says, after the
 * file's last change and up to the end of 2199. */
int zone_table_extend(struct zone_table *table, const char *rule,
                      struct err *err);

#endif
