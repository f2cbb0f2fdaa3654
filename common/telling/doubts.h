/* doubts.h - notices of which nobody knows whether they arrived, and that
 * cannot be tried again.
 *
 * One whose attempt ended without an answer goes by its own channel only
 * (R15).  Where the settings have that channel no more, it would wait for
 * ever, and nobody would hear of it.
 */
#ifndef TELLING_DOUBTS_H
#define TELLING_DOUBTS_H

#include <stdint.h>

#include "base/err.h"
#include "settings/settings.h"
#include "store/store.h"
#include "telling/planner.h"

/* Declare dead those of them whose opening is over; each is told as topic
 * "notice.dead" (news may be NULL), and is a trouble from then on (R14). */
int doubts_give_up(const struct settings *settings, struct store *store,
                   int64_t now, planner_news *news, void *context,
                   struct err *err);

#endif
