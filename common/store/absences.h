/* absences.h - who is on leave, in the store. */
#ifndef STORE_ABSENCES_H
#define STORE_ABSENCES_H

#include "base/err.h"
#include "model/absence.h"
#include "store/store.h"

/* One that begins on a day on which another of the same person begins takes
 * its place. */
int store_put_absence(struct store *store, const struct absence *absence,
                      struct err *err);

/* ERR_NOT_FOUND: none of the person begins on that day. */
int store_drop_absence(struct store *store, const char *person,
                       struct date first, struct err *err);

/* All of them, those that are over too. */
int store_load_absences(struct store *store, struct absences *absences_r,
                        struct err *err);

#endif
