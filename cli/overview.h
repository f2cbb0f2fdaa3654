/* overview.h - how everything stands, for status and its checks. */
#ifndef CLI_OVERVIEW_H
#define CLI_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/sending.h"
#include "model/level.h"
#include "policy/office.h"
#include "store/notices.h"

/* Open items of one unit. */
struct unit_counts {
    int64_t open;
    int64_t by_level[LEVELS];
};

struct overview {
    struct unit_counts *units; /* one for each unit, then those of none */
    struct unit_counts total;
    int64_t gone;           /* no longer in their source */
    struct sources sources; /* one for each feed of the settings */
    struct strs troubles;   /* what an admin must see to, worded */
    int64_t sent_today;
    int64_t waiting; /* queued or in flight */
    int64_t dead;
    struct channel_states parked;
    struct sending sending;
    int64_t next_opening; /* INSTANT_NONE: none within weeks */
    struct json *daemon;  /* its STATUS, NULL when it did not answer */
    struct err daemon_err;
};

/* Look at the store, which is open, and ask the daemon. */
int overview_take(struct cli *cli, struct overview *overview_r);
void overview_done(struct overview *overview);

/* The daemon's word on a channel; NULL for none. */
const struct json *overview_channel(const struct overview *overview,
                                    const char *name);
int64_t overview_workers(const struct overview *overview, const char *channel);

/* Why a channel is parked; NULL when it works. */
const struct channel_state *overview_parked(const struct overview *overview,
                                            const char *name);

#endif
