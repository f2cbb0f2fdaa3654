/* troubles.h - what an admin must see to: derived from the store, kept as
 * items of kind system so that each is told once (R14). */
#ifndef TELLING_TROUBLES_H
#define TELLING_TROUBLES_H

#include <stdint.h>

#include "base/err.h"
#include "policy/office.h"
#include "settings/settings.h"
#include "store/store.h"

struct trouble {
    char *code;  /* "system:left:cv3.xdnnmt" */
    char *title; /* a finished sentence in the office's language */
    bool daily;  /* told anew each day while it lasts */
    bool raised; /* by troubles_record(): it was not known before */
};

struct troubles {
    struct trouble *items;
    size_t count;
};

/* All present troubles. */
int troubles_find(const struct office *office, const struct settings *settings,
                  struct store *store, int64_t now, struct troubles *troubles_r,
                  struct err *err);
void troubles_done(struct troubles *troubles);

/* Raise what is new, end what is over; inside a transaction. */
int troubles_record(struct troubles *troubles, struct store *store, int64_t now,
                    struct err *err);

#endif
