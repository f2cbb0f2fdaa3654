/* crew.h - a worker's delivery threads, as one thing that takes work and
 * gives answers. */
#ifndef WORKERS_CREW_H
#define WORKERS_CREW_H

#include <stdbool.h>

#include "base/err.h"
#include "wire/kip.h"
#include "workers/channel.h"

struct _zsock_t;
struct crew;

/* What the threads need; borrowed for the crew's life. */
struct crew_setup {
    const struct channel *channel;
    const struct channel_setting *setting;
    const char *templates;
    const char *name; /* unique to this worker */
    int threads;
};

/* Open everything and start the threads.  Whatever is wrong with channel,
 * secrets or templates fails here. */
int crew_start(const struct crew_setup *setup, struct crew **crew_r,
               struct err *err);

/* For the poller: readable when crew_hear() may have something. */
struct _zsock_t *crew_socket(struct crew *crew);

/* Give a NOTICE or a PROBE to an idle thread; false when there is none. */
bool crew_give(struct crew *crew, struct kip_message *work);

/* The next OUTCOME or PROBED of a thread, yours; false when there is none. */
bool crew_hear(struct crew *crew, struct kip_message *answer_r);

/* Is no thread busy? */
bool crew_is_idle(const struct crew *crew);

/* End the threads.  False: one is still busy, and was left behind with all
 * that it uses. */
bool crew_stop(struct crew **crew);

#endif
