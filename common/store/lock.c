#include "store/lock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"

/* How long to sleep between two tries of a lock that another holds. */
enum { TRY_EVERY_MS = 10, PID_ROOM = 24 };

static int lock_fail(const struct lock *lock, const char *what, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "%s: cannot %s: %s", lock->path, what,
                   strerror(errno));
}

/* What root makes beside a service's store would lock the service out. */
static int follow_owner(const struct lock *lock, const char *beside,
                        struct err *err)
{
    struct stat kept, own;

    if (geteuid() != 0 || stat(beside, &kept) != 0 ||
        fstat(lock->fd, &own) != 0)
        return 0;
    if (own.st_uid == kept.st_uid && own.st_gid == kept.st_gid)
        return 0;
    if (fchown(lock->fd, kept.st_uid, kept.st_gid) != 0)
        return lock_fail(lock, "give it to the owner of the store", err);
    return 0;
}

int lock_open(struct lock *lock, const char *beside, const char *ending,
              struct err *err)
{
    assert(lock->fd < 0);
    str_free(&lock->path);
    lock->path = str_format("%s%s", beside, ending);
    lock->fd = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                    S_IRUSR | S_IWUSR | S_IRGRP);
    if (lock->fd < 0)
        return lock_fail(lock, "open", err);
    return follow_owner(lock, beside, err);
}

/* The pid is a courtesy for the other's message: a disk too full to take it
 * must not keep us from the lock. */
static void sign(const struct lock *lock)
{
    owned(str_free) char *pid = str_format("%ld\n", (long)getpid());

    if (ftruncate(lock->fd, 0) == 0)
        (void)!pwrite(lock->fd, pid, strlen(pid), 0);
}

static int report_holder(const struct lock *lock, struct err *err)
{
    char text[PID_ROOM] = "";
    long long pid = 0;
    ssize_t length = pread(lock->fd, text, sizeof(text) - 1, 0);

    if (length > 0 && text[length - 1] == '\n')
        text[length - 1] = '\0';
    if (!str_to_long(text, 1, INT32_MAX, &pid))
        return err_set(err, ERR_BUSY, "%s: another process holds it",
                       lock->path);
    return err_set(err, ERR_BUSY, "%s: process %lld holds it", lock->path, pid);
}

int lock_take(struct lock *lock, int wait_ms, struct err *err)
{
    const struct timespec nap = {.tv_nsec = TRY_EVERY_MS * 1000000L};
    int64_t until = clock_monotonic_ms() + wait_ms;

    assert(lock->fd >= 0 && !lock->held);
    while (flock(lock->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return lock_fail(lock, "lock", err);
        if (clock_monotonic_ms() >= until)
            return report_holder(lock, err);
        (void)nanosleep(&nap, NULL);
    }
    lock->held = true;
    sign(lock);
    return 0;
}

void lock_release(struct lock *lock)
{
    if (!lock->held)
        return;
    (void)!ftruncate(lock->fd, 0);
    (void)flock(lock->fd, LOCK_UN);
    lock->held = false;
}

void lock_done(struct lock *lock)
{
    lock_release(lock);
    if (lock->fd >= 0)
        (void)close(lock->fd);
    str_free(&lock->path);
    *lock = LOCK_CLOSED;
}
