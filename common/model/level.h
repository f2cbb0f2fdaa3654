/* level.h - how an item stands; one order for status, messages and reports
 * (R7).  A higher number is worse. */
#ifndef MODEL_LEVEL_H
#define MODEL_LEVEL_H

enum level {
    LEVEL_NONE, /* finished, ended, not started; a series */
    LEVEL_PAUSED,
    LEVEL_NO_DEADLINE,
    LEVEL_ON_TRACK,
    LEVEL_SYSTEM, /* something of the system's own, for admins */
    LEVEL_AT_RISK,
    LEVEL_DUE_TODAY,
    LEVEL_OVERDUE,
    LEVELS
};

/* "overdue", "due-today", "at-risk", ... as in JSON and the store. */
const char *level_name(enum level level);
enum level level_parse(const char *text); /* LEVEL_NONE for what is none */

#endif
