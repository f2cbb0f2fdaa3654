/* forecast.h - the messages that would be sent in a stretch of time. */
#ifndef CLI_FORECAST_H
#define CLI_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/cli.h"
#include "model/level.h"

/* A line of a message that would be. */
struct foreseen_line {
    char *code;
    char *title;
    enum level level;
    bool fresh;
};

/* A message that would be. */
struct foreseen {
    int64_t at;      /* when it leaves */
    int64_t opening; /* of its window */
    char *person;
    char *channel;
    char *kind; /* as in a notice's body; the rest only where wanted */
    char *subject;
    struct foreseen_line *lines;
    size_t line_count;
};

/* In the order in which they leave. */
struct forecast {
    struct foreseen *items;
    size_t count;
};

/* What is wanted of a forecast. */
struct outlook {
    const struct settings *settings; /* by whose rules */
    int64_t from;
    int64_t until;      /* also at this instant */
    const char *person; /* only theirs; NULL: everybody's */
    bool lines;
    bool subjects;     /* and kinds */
    const char *label; /* of the bar on a terminal */
};

/* Foretell from the store as it is now; it is only read. */
int forecast_make(const struct cli *cli, const struct outlook *outlook,
                  struct forecast *forecast_r, struct err *err);
void forecast_done(struct forecast *forecast);

#endif
