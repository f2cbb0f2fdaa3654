/* contrast.h - how two forecasts differ: by the present rules, by others. */
#ifndef CLI_CONTRAST_H
#define CLI_CONTRAST_H

#include "base/json.h"
#include "cli/forecast.h"

/* One person in both forecasts. */
struct contrast_person {
    const char *person; /* borrowed */
    int64_t before;
    int64_t after;
};

enum contrast_sort {
    CONTRAST_MORE,    /* only by the other rules */
    CONTRAST_FEWER,   /* only by the present ones */
    CONTRAST_CHANGED, /* by both, with other lines */
};

/* One message that is not in both, or not the same; borrowed. */
struct contrast_message {
    enum contrast_sort sort;
    const struct foreseen *before; /* NULL: there is none */
    const struct foreseen *after;
};

struct contrast {
    struct contrast_person *people; /* those for whom something differs */
    size_t person_count;
    struct contrast_message *messages; /* in the order of leaving */
    size_t message_count;
};

/* Messages are the same when they leave at the same instant to the same
 * person by the same channel with the same lines. */
struct contrast contrast_of(const struct forecast *before,
                            const struct forecast *after);
void contrast_done(struct contrast *contrast);

/* Both forecasts are in the contrast, which borrows from them. */
void contrast_print(const struct cli *cli, const struct contrast *contrast,
                    bool all);
struct json *contrast_json(const struct cli *cli,
                           const struct contrast *contrast);

#endif
