/* names.h - texts that come again and again (units, fields, people), each
 * kept once and known by a number. */
#ifndef REPORTS_NAMES_H
#define REPORTS_NAMES_H

#include <stddef.h>

struct names;

struct names *names_new(void);
void names_free(struct names **names);

/* The number of a text, which may be new; they run from 0. */
int names_add(struct names *names, const char *text);

/* The text of a number; borrowed. */
const char *names_text(const struct names *names, int number);
size_t names_count(const struct names *names);

#endif
