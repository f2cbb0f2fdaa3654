#include "telling/attempt.h"

/* A notice that has waited so long since it was decided is looked at again
 * even before its first attempt: its items may be finished by now. */
enum { STALE_SECONDS = 60 };

int64_t attempt_begins(const struct notice *notice, int64_t at)
{
    if (at <= notice->closes_at || at >= notice->expires_at)
        return at;
    return notice->expires_at;
}

bool attempt_needs_review(const struct notice *notice, int64_t now)
{
    return notice->ambiguous == 0 &&
           (notice->attempts > 0 || now - notice->decided_at >= STALE_SECONDS);
}
