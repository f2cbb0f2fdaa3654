/* place.h - where in somebody's file something stands, and what is wrong
 * there; all problems of a run are gathered and shown together. */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct place {
    const char *file; /* borrowed from whoever read the file */
    int line;         /* 1-based; 0: the file as a whole */
    int column;       /* 1-based, in characters; 0: the line as a whole */
};

struct problem {
    char *where; /* "kiphan.yaml:31:14" */
    char *path;  /* "rules[0].steps[1].before", or "" */
    char *text;  /* what is wrong and what would be right */
};

/* Start with {0}; problems_done() frees all. */
struct problems {
    struct problem *items;
    size_t count;
};

void problems_add(struct problems *list, struct place place, const char *path,
                  const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void problems_done(struct problems *list);

/* "FILE:LINE:COLUMN: PATH: TEXT", parts that are not known left out; yours. */
char *problem_format(const struct problem *problem);

#endif
