/* clock.h - the only place that reads a clock.
 *
 * Decisions take their time from clock_now(), read once a turn of the loop
 * and passed on; durations on the wire (leases, heartbeats, time-outs) take
 * theirs from clock_monotonic_ms(), which no setting bends.
 *
 * For demonstrations and tests the environment variable KIPHAN_CLOCK sets
 * the first of the two:
 *   "2026-06-25T07:25:00+07:00 x60 @1790000000"  that instant was at the real
 *       epoch second 1790000000, and a real second counts for sixty; so all
 *       programs and every restart agree.  "x60" and "@..." may be left out:
 *       speed 1, from the program's start.
 *   "file:PATH"  the clock stands at the instant written in the file (same
 *       form, or epoch seconds), read anew at each call.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Take KIPHAN_CLOCK into account.  Call once, before any clock_now(). */
int clock_init(struct err *err);

/* Is the clock set, scaled or standing?  Programs warn about it at start. */
bool clock_is_set(void);

/* UTC seconds since 1970. */
int64_t clock_now(void);

/* Milliseconds of a clock that only goes forward, in real time. */
int64_t clock_monotonic_ms(void);

/* How many real milliseconds pass until the set clock has advanced by
 * seconds; -1 when it stands and no waiting helps. */
int64_t clock_real_ms(int64_t seconds);

#endif
