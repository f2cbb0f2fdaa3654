/* nearest.h - which of the known words somebody may have meant. */
#ifndef SETTINGS_NEAREST_H
#define SETTINGS_NEAREST_H

#include <stddef.h>

/* Set word, offer each known word, then ask for the hint. */
struct nearest {
    const char *word;
    const char *best; /* borrowed; NULL while nothing is near */
    size_t edits;
};

void nearest_offer(struct nearest *nearest, const char *known);

/* "; did you mean \"window\"?", or "" when nothing is near; yours. */
char *nearest_hint(const struct nearest *nearest);

#endif
