/* skeleton.h - what every worker does, whatever its channel: take notices
 * from the daemon (docs/protocol.md), give them to delivery threads, keep
 * each outcome until the daemon has written it down.
 *
 * One thread of ours speaks with the daemon and never waits for a delivery,
 * so heartbeats go on while a far side takes its ten minutes.
 */
#ifndef WORKERS_SKELETON_H
#define WORKERS_SKELETON_H

#include <stdbool.h>

#include "base/err.h"
#include "wire/socket.h"
#include "workers/channel.h"

/* All pointers are borrowed for the run. */
struct worker_setup {
    const char *endpoint; /* of the daemon */
    struct wire_guard guard;
    const struct channel *channel;
    const struct channel_setting *setting;
    const char *templates;
    int threads;
    int heartbeat_ms;
    int lost_ms;
    int stop_ms; /* how long deliveries under way may take at the end */
    int stop_fd; /* readable: finish what is under way and leave */
};

/* Serve until stop_fd is readable.  Fails when a channel, a template or the
 * endpoint is wrong; a daemon that is not there is waited for.  *left_r: some
 * deliveries were still under way after stop_ms; then the caller must end
 * the process without clean-up, since their threads use what it would free. */
int worker_run(const struct worker_setup *setup, bool *left_r, struct err *err);

#endif
