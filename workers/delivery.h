/* delivery.h - one thread that renders and delivers.
 *
 * Towards the skeleton it behaves as a worker with credit 1 does towards the
 * daemon, in the same words (KIP/1) over inproc.  It shares nothing with
 * other threads: channel state, connection and templates are its own.
 */
#ifndef WORKERS_DELIVERY_H
#define WORKERS_DELIVERY_H

#include <stdbool.h>

#include "base/err.h"
#include "workers/channel.h"

/* All pointers are borrowed and must outlive the thread. */
struct delivery_setup {
    const struct channel *channel;
    const struct channel_setting *setting;
    const char *templates; /* directory */
    const char *endpoint;  /* inproc, where the skeleton listens */
};

struct delivery;

/* Open channel and templates, and start the thread; a secret that is missing
 * or a template that is wrong fails here, before anything is promised. */
int delivery_start(const struct delivery_setup *setup, int number,
                   struct delivery **delivery_r, struct err *err);

/* Wait at most wait_ms for the thread, which ends when it is told BYE.
 * False: it is still busy and is left behind, with all it uses. */
bool delivery_join(struct delivery **delivery, int wait_ms);

#endif
