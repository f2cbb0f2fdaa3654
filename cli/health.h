/* health.h - is everything as it should be?  For monitoring. */
#ifndef CLI_HEALTH_H
#define CLI_HEALTH_H

#include <stddef.h>

#include "cli/overview.h"

/* Also the exit codes that monitoring expects of a check. */
enum health { HEALTH_OK = 0, HEALTH_WARNING = 1, HEALTH_CRITICAL = 2 };

/* One thing that was looked at. */
struct health_finding {
    char *name; /* "daemon", "worker:mail", "feed:motcua" ... */
    enum health health;
    char *text; /* in the run's language */
};

struct health_report {
    enum health worst;
    struct health_finding *items;
    size_t count;
};

/* Daemon, workers, feeds' age, dead notices, disk, next year. */
void health_take(const struct cli *cli, const struct overview *overview,
                 struct health_report *report_r);
void health_done(struct health_report *report);

/* "ok", "warning", "critical". */
const char *health_name(enum health health);

#endif
