/* marks.h - what the planner remembers in the store from one start to the
 * next: since when the rules hold, and up to when openings were served. */
#ifndef TELLING_MARKS_H
#define TELLING_MARKS_H

#include <stdint.h>

#include "base/err.h"
#include "rules/decide.h"
#include "settings/settings.h"
#include "store/store.h"

/* Since when the present rules hold: a change is known by their fingerprint,
 * also across restarts, and wakes every item.  INSTANT_NONE: since ever. */
int marks_note_rules(const struct settings *settings, struct store *store,
                     struct moment *moment, struct err *err);

/* Up to when openings were served; those before the first start on a new
 * store count so. */
int marks_note_served(struct store *store, struct moment *moment,
                      struct err *err);

/* Openings are served up to the moment. */
int marks_serve(struct store *store, struct moment *moment, struct err *err);

/* What was decided while the clock stood far ahead would wait until it is
 * there again: take it back, and look at everything anew.  A step back of
 * seconds, as time servers make them, does nothing. */
int marks_meet_clock(struct store *store, struct moment *moment,
                     struct err *err);

#endif
