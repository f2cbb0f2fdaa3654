/* findings.h - what is wrong in the files, gathered in any order and handed
 * on sorted, each finding once. */
#ifndef SETTINGS_FINDINGS_H
#define SETTINGS_FINDINGS_H

#include <stddef.h>

#include "base/place.h"
#include "base/str.h"

struct finding {
    struct place place;
    char *path;
    char *text;
};

/* Start with {0}; findings_done() frees all. */
struct findings {
    struct finding *items;
    size_t count;
};

void findings_add(struct findings *list, struct place place, const char *path,
                  const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Put all into problems: in the order of files (whose members' addresses
 * the places hold), then by line, column and order of finding. */
void findings_hand_on(struct findings *list, const struct strs *files,
                      struct problems *problems);
void findings_done(struct findings *list);

/* "kiphan.yaml:31:14", yours: for a text that names a second place. */
char *place_text(struct place place);

#endif
