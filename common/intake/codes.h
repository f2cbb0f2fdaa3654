/* codes.h - which rows of a list have which code, to see repeats, and what
 * the list no longer has. */
#ifndef INTAKE_CODES_H
#define INTAKE_CODES_H

#include <stdbool.h>
#include <stddef.h>

struct code {
    const char *text; /* borrowed from the sheet */
    size_t row;       /* index in the sheet */
};

struct codes {
    struct code *items;
    size_t count;
};

void codes_add(struct codes *codes, const char *text, size_t row);

/* After the last codes_add(), before the questions. */
void codes_sort(struct codes *codes);

bool codes_have(const struct codes *codes, const char *text);

/* The row after this one with the same code; row itself when it is the
 * last. */
size_t codes_next(const struct codes *codes, const char *text, size_t row);
void codes_done(struct codes *codes);

#endif
