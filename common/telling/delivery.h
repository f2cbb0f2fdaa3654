/* delivery.h - whether messages leave at all, and whether to those whom they
 * are for.
 *
 * The settings say live, rehearsal or off; an admin may besides hold all
 * sending for a while.  Held or off, everything is decided and nothing is
 * bundled or leased; what is in flight ends.  What was only rehearsed was
 * told to nobody: live again, its highest steps are held again (R6).
 */
#ifndef TELLING_DELIVERY_H
#define TELLING_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/notice.h"
#include "settings/settings.h"
#include "store/store.h"

/* An admin's order to send nothing. */
struct delivery_hold {
    int64_t since; /* INSTANT_NONE: there is none */
    char *by;
    char *note;
};

void delivery_hold_done(struct delivery_hold *hold);
int delivery_get_hold(struct store *store, struct delivery_hold *hold_r,
                      struct err *err);
/* Inside a transaction; since INSTANT_NONE ends it. */
int delivery_put_hold(struct store *store, const struct delivery_hold *hold,
                      struct err *err);

/* May nothing leave now? */
int delivery_stopped(enum delivery_mode mode, struct store *store,
                     bool *stopped_r, struct err *err);

/* Who gets what is sent, by the settings: a code, "" for whom it is for. */
const char *delivery_addressee(const struct delivery_setting *delivery);

/* Is the notice for another mode than the present one: a rehearsed one that
 * would leave in earnest, or the reverse?  Test messages go as asked. */
bool delivery_is_astray(const char *addressee, const struct notice *notice);

/* Take in the mode of the settings, at start and after a reload.  When it
 * changed, waiting notices of another are withdrawn and every item is looked
 * at again.  *rehearsing_r: what was rehearsed counts as told; off stands for
 * the mode before it. */
int delivery_note_mode(const struct settings *settings, struct store *store,
                       int64_t now, bool *rehearsing_r, struct err *err);

#endif
