/* planner.h - from items and time to notices: evaluate, hold, bundle.
 *
 * The planner writes down what the pure functions of rules decide.  It works
 * in small turns; each is one or a few transactions, and whatever was not
 * committed is decided again at the next one.
 */
#ifndef TELLING_PLANNER_H
#define TELLING_PLANNER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "model/notice.h"
#include "policy/office.h"
#include "settings/settings.h"
#include "store/store.h"

struct planner;

/* Whoever wants to hear what was decided: topic "item.overdue", facts. */
typedef void planner_news(void *context, const char *topic,
                          const struct json *news);

/* settings and store are borrowed.  Loads the office. */
int planner_open(const struct settings *settings, struct store *store,
                 int64_t now, struct planner **planner_r, struct err *err);
void planner_free(struct planner **planner);
void planner_listen(struct planner *planner, planner_news *news, void *context);

/* Tell although sending is held or off: to foretell what would be told. */
void planner_never_stop(struct planner *planner);

const struct office *planner_office(const struct planner *planner);

/* People, calendars or channels may have changed: read them anew.  On
 * failure the old ones stay. */
int planner_refresh(struct planner *planner, int64_t now, struct err *err);

/* Other settings from now on (already checked); what is open is looked at
 * again, and nothing that was told is repeated (R13). */
int planner_reload(struct planner *planner, const struct settings *settings,
                   int64_t now, struct err *err);

/* Do the next piece of work that is due, if any.  *more_r: there is more to
 * do at once.  ERR_BUSY when another process holds the store. */
int planner_turn(struct planner *planner, int64_t now, bool *more_r,
                 struct err *err);

/* For whoever foretells: look at what comes due after now and before an
 * instant, each item at its own, until something held opens.  As turns at
 * each of those instants would, when nothing else falls between. */
int planner_look_ahead(struct planner *planner, int64_t before,
                       struct err *err);

/* The bodies of notices are not wanted: they stay "{}". */
void planner_spare_bodies(struct planner *planner);

/* When there will be something to do, as far as known; INSTANT_NEVER. */
int planner_next(struct planner *planner, int64_t now, int64_t *next_r,
                 struct err *err);

/* When the next window opens or held alerts leave; INSTANT_NEVER. */
int planner_next_opening(struct planner *planner, int64_t now,
                         int64_t *opens_at_r, struct err *err);

/* Is this notice, of which an attempt was cleanly put off, still what there
 * is to say?  If not it is withdrawn, within the caller's transaction, and
 * its alerts are held again (R12). */
int planner_review(struct planner *planner, const struct notice *notice,
                   int64_t now, bool *good_r, struct err *err);

/* The first instant from at on at which an attempt at the notice may begin:
 * at itself while a session of its window runs, else the next opening. */
int64_t planner_opening(struct planner *planner, const struct notice *notice,
                        int64_t at);

/* The far side refused the notice's address: take the next channel of the
 * ladder, or give the notice up; within the caller's transaction. */
int planner_refused(struct planner *planner, const struct notice *notice,
                    const char *detail, int64_t now, struct err *err);

#endif
