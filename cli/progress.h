/* progress.h - a bar on a terminal while a list is taken in. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    const char *label; /* in front of the bar; borrowed */
    bool shown;        /* standard error is a terminal */
    int64_t started_ms;
};

void progress_start(struct progress *progress, const char *label);

/* Draw so many done of all; over what was drawn before. */
void progress_draw(const struct progress *progress, size_t done, size_t all);

/* End the bar's line, with the time that it took. */
void progress_end(const struct progress *progress, size_t done, size_t all);

#endif
