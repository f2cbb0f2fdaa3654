/* mustache.h - templates of one language, and the one door to the C++ library
 * that fills them.
 *
 * A template's name ends in what it makes: "mail.subject", "mail.text",
 * "mail.html", "chat.md", "chat.mrkdwn".  In those but ".subject" and ".text"
 * each value is escaped (escape.h) and nothing can ask for it unescaped; in
 * these values stand as they are.  {{> line.html}} takes in
 * another template of the same set and ending, which takes in no further one.
 *
 * Bounded, because the library is not: MUSTACHE_BYTES a template, and
 * MUSTACHE_DEPTH open sections (its parser recurses).
 */
#ifndef RENDER_MUSTACHE_H
#define RENDER_MUSTACHE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/json.h"

enum { MUSTACHE_BYTES = 16 * 1024, MUSTACHE_DEPTH = 32 };

struct mustaches;

struct mustaches *mustaches_new(void);
void mustaches_free(struct mustaches **set);

/* Add a template.  Refused, with the line: what is too long or too deep, not
 * well formed, changes delimiters, or has a triple mustache where values are
 * escaped. */
int mustaches_add(struct mustaches *set, const char *name, const char *text,
                  struct err *err);

/* Are all partials there that templates name, of their kind, one level deep?
 * Call once, after the last was added. */
int mustaches_check(const struct mustaches *set, struct err *err);

bool mustaches_has(const struct mustaches *set, const char *name);

/* Fill a template with view.  Of values, "", null and false are false, all
 * else is true, "0" too: numbers that decide carry a boolean beside them.
 * The text is yours; NULL with err. */
char *mustaches_fill(const struct mustaches *set, const char *name,
                     const struct json *view, struct err *err);

#endif
