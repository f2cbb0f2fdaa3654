#include "daemon/backoff.h"

int64_t backoff_ceiling(const struct backoff *backoff, int failures)
{
    int64_t ceiling = backoff->first > 1 ? backoff->first : 1;

    while (--failures > 0 && ceiling < backoff->cap)
        ceiling *= 2;
    return ceiling < backoff->cap ? ceiling : backoff->cap;
}
