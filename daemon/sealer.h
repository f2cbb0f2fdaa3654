/* sealer.h - seals what was added to the history, with the key that only the
 * daemon has. */
#ifndef DAEMON_SEALER_H
#define DAEMON_SEALER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "settings/settings.h"
#include "store/store.h"

struct sealer;

/* Take the key that the settings name and forget its text; NULL in *sealer_r
 * when they name none.  -1: it cannot be had, and nothing will be sealed. */
int sealer_open(const struct settings *settings, struct store *store,
                struct sealer **sealer_r, struct err *err);
void sealer_free(struct sealer **sealer);

/* Seal what was committed since the last time, a bounded number of rows;
 * *more_r: there are more.  No-op on NULL.  *first_r: it was the first time
 * ever, or somebody took the seal away.  ERR_INVALID: the history or the seal
 * is not as it was, which is also put down for the admin to be told; other
 * failures are the disk's. */
int sealer_turn(struct sealer *sealer, int64_t now, bool *more_r, bool *first_r,
                struct err *err);

#endif
