/* compose.h - the body of a NOTICE becomes a message for one channel: without
 * what a public channel may not see, in its template's words, and as short as
 * the service wants it. */
#ifndef WORKERS_COMPOSE_H
#define WORKERS_COMPOSE_H

#include "render/render.h"
#include "workers/channel.h"

/* All borrowed. */
struct composing {
    const struct channel *channel;
    const struct channel_setting *setting;
    void *state; /* the channel's */
    const struct renderer *renderer;
};

struct composed {
    struct json *facts;
    struct rendering rendering;
    struct message message; /* points into the two above; attempt is 0 */
};

/* A body that no attempt could deliver is refused; a template that fails,
 * which fails for everybody, is a broken channel.  Then -1, and *outcome_r
 * says it. */
int compose(const struct composing *with, const char *body,
            struct composed *composed_r, struct outcome *outcome_r);
void composed_done(struct composed *composed);

#endif
