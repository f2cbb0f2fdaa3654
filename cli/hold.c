#include "cli/hold.h"

#include <signal.h>
#include <stddef.h>

static const int suspending[] = {SIGTSTP, SIGTTIN, SIGTTOU};
static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

static void add(sigset_t *set, const int *signals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)sigaddset(set, signals[i]);
}

static sigset_t suspending_set(void)
{
    sigset_t set;

    (void)sigemptyset(&set);
    add(&set, suspending, sizeof(suspending) / sizeof(*suspending));
    return set;
}

static sigset_t all_set(void)
{
    sigset_t set = suspending_set();

    add(&set, ending, sizeof(ending) / sizeof(*ending));
    return set;
}

void hold_begin(void)
{
    sigset_t set = all_set();

    (void)sigprocmask(SIG_BLOCK, &set, NULL);
}

bool hold_breathe(void)
{
    sigset_t waiting, set = suspending_set();

    /* A suspending signal that waits is taken inside the first call. */
    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    (void)sigpending(&waiting);
    for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++)
        if (sigismember(&waiting, ending[i]) == 1)
            return false;
    return true;
}

void hold_end(void)
{
    sigset_t set = all_set();

    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
}
