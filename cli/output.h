/* output.h - where a verb's result goes: standard output, or a file that is
 * opened by the right of who asks, before the process becomes the store's
 * owner. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

struct output {
    FILE *file;
    const char *path; /* NULL: standard output; borrowed */
};

/* What a file held before stays until something is written. */
int output_open(struct output *output_r, const char *path, struct err *err);
int output_write(struct output *output, const char *bytes, size_t length,
                 struct err *err);
void output_done(struct output *output);

/* Would bytes go to a terminal? */
bool output_is_terminal(const struct output *output);

#endif
