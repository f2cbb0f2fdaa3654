/* lock.h - a lock file between processes, freed by the kernel whatever
 * happens to its holder; private to this room. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdbool.h>

#include "base/err.h"

struct lock {
    char *path;
    int fd; /* -1: not open */
    bool held;
};

/* A lock that is not open; lock_done() is then a no-op. */
#define LOCK_CLOSED ((struct lock){.path = NULL, .fd = -1, .held = false})

/* Open, or make, the file "<beside><ending>"; made by root it belongs to the
 * owner of beside, so that a service can take it later. */
int lock_open(struct lock *lock, const char *beside, const char *ending,
              struct err *err);

/* Take it, waiting at most wait_ms (0: only try).  ERR_BUSY names the process
 * that holds it. */
int lock_take(struct lock *lock, int wait_ms, struct err *err);
void lock_release(struct lock *lock);
void lock_done(struct lock *lock);

#endif
