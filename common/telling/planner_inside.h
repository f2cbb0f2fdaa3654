/* planner_inside.h - what the planner's own files share. */
#ifndef TELLING_PLANNER_INSIDE_H
#define TELLING_PLANNER_INSIDE_H

#include "rules/decide.h"
#include "telling/planner.h"

enum { BATCH_ITEMS = 500 }; /* evaluated in one transaction */

struct planner {
    const struct settings *settings;
    struct store *store;
    struct office *office;
    int64_t office_version; /* of the store, from which the office was read */
    struct moment moment;
    int64_t troubled_at; /* the opening for which troubles were sought last */
    bool blocked;        /* somebody's notice is still under way */
    bool bodiless;       /* facts are not written */
    bool heedless;       /* tells although sending is stopped */
    bool stopped;        /* nothing may leave now */
    planner_news *news;
    void *news_context;
};

/* Begin to decide, with the office as it is inside the transaction: what
 * others changed a moment ago has woken items, and whoever looks at those
 * with the people of before would never look again. */
int planner_begin(struct planner *planner, struct err *err);

#endif
