/* standing.h - in which columns of a period one dossier or task is (R18, R19).
 *
 * Each column is decided by its own condition, so that the identity "received
 * = settled + in progress + paused + returned" can fail where what was told
 * contradicts itself, and the report can say of which dossier.
 */
#ifndef REPORTS_STANDING_H
#define REPORTS_STANDING_H

#include <stdbool.h>
#include <stdint.h>

#include "reports/life.h"
#include "reports/period.h"

/* A finish against the promise, by dates. */
enum punctuality {
    PUNCTUAL_UNKNOWN, /* there is no promise */
    PUNCTUAL_EARLY,
    PUNCTUAL_ON_TIME,
    PUNCTUAL_LATE,
};

struct standing {
    bool fresh;   /* received in the period */
    bool carried; /* received earlier, in the stock at its start or reopened */
    bool settled;
    bool returned;
    bool paused;
    bool running;
    enum punctuality punctuality; /* when settled */
    bool overdue;                 /* when running: now > promise */
    int64_t receipt;
    int64_t deadline;    /* in force at the finish, or at the end */
    int64_t finished_at; /* when settled or returned */
    int unit;            /* that holds it at the end; -1: none */
    int assignee;
    bool gone;
};

/* A period, and at what moment its state is looked at: its end, or that of
 * the report when it comes earlier. */
struct outlook {
    struct period period;
    int64_t now;
    int64_t until; /* what happened before it counts */
};
struct outlook outlook_of(const struct period *period, int64_t known_at);

/* How an item stands.  Of tasks the original deadline counts. */
struct standing standing_of(const struct life *life,
                            const struct outlook *outlook);

/* Is it in any column on the left: was it received or carried over? */
bool standing_in_stock(const struct standing *standing);

/* Is it in as many columns left as right of the identity? */
bool standing_adds_up(const struct standing *standing);

#endif
