/* alerts.h - the ledger: every decision to tell somebody, or not to. */
#ifndef STORE_ALERTS_H
#define STORE_ALERTS_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "model/alert.h"
#include "store/items.h"
#include "store/store.h"

/* All alerts of an item, every version; in order of decision. */
int store_alerts_of_item(struct store *store, int64_t item,
                         struct alerts *alerts_r, struct err *err);

/* The held ones of an item, every version; in order of decision. */
int store_held_of_item(struct store *store, int64_t item,
                       struct alerts *alerts_r, struct err *err);

/* Append the alert of that key, if there is one. */
int store_find_alert(struct store *store, const struct alert *key,
                     struct alerts *alerts, struct err *err);

/* Insert (id 0; a key that exists is a bug of the caller: ERR_INVALID), or
 * update state, reason, opens_at, late, level, notice by id.  Sets id.  One
 * that is held needs opens_at.  A new one is live. */
int store_put_alert(struct store *store, struct alert *alert, int64_t now,
                    struct err *err);

/* The alerts that a notice tells. */
int store_alerts_of_notice(struct store *store, int64_t notice,
                           struct alerts *alerts_r, struct err *err);

/* "Live" alerts are of the present version of their subject, and of an open
 * item; the planner has it noted when it has evaluated one. */
int store_set_live(struct store *store, const struct item *item,
                   struct err *err);

/* Codes of the people for whom something held opens by now. */
int store_people_to_tell(struct store *store, int64_t now,
                         struct strs *people_r, struct err *err);

/* The held alerts of a person that open by now, earliest opening first. */
int store_held_alerts(struct store *store, const char *person, int64_t now,
                      struct alerts *alerts_r, struct err *err);

/* The earliest opens_at of all held alerts, INSTANT_NEVER when none. */
int store_next_opening(struct store *store, int64_t *opens_at_r,
                       struct err *err);

/* The items of which a person has any live alert, in whatever state, or one
 * that is held or on its way: what may be on that person's list now. */
int store_items_of_person(struct store *store, const char *person,
                          struct items *items_r, struct err *err);

/* How many alerts are in a state. */
int store_count_alerts(struct store *store, enum alert_state state,
                       int64_t *count_r, struct err *err);

#endif
