/* backoff.h - when an attempt may be made again (R12).
 *
 * Pure: chance and the clock are the caller's.  Seconds throughout.
 */
#ifndef DAEMON_BACKOFF_H
#define DAEMON_BACKOFF_H

#include <stdint.h>

struct backoff {
    int64_t first; /* the longest wait after one failure */
    int64_t cap;   /* the longest after many */
};

/* The longest wait after so many failures (1, 2, ...): first, doubled each
 * time, up to cap; at least 1.  The wait itself is drawn from 1 to this, all
 * equally likely (full jitter), so that a crowd does not come back as one. */
int64_t backoff_ceiling(const struct backoff *backoff, int failures);

#endif
