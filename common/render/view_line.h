/* view_line.h - the lines of a notice in words, and in groups. */
#ifndef RENDER_VIEW_LINE_H
#define RENDER_VIEW_LINE_H

#include "base/json.h"
#include "render/words.h"

/* Put a member: text made one clean line, NULL and "" as null. */
void view_put(struct json *object, const char *name, const char *text);

/* Put text and free it. */
void view_give(struct json *object, const char *name, char **text);

/* What the lines of facts are called together. */
enum words_noun view_noun(const struct json *facts);

/* "1 hồ sơ quá hạn, 2 sắp đến hạn" of an object with the members overdue,
 * due_today, at_risk, waiting, to_know and system; the noun is left out where
 * named is false. Yours, "" when all are zero. */
char *view_counts(const struct json *counts, bool named, enum words_noun noun,
                  enum text_language language);

/* A list of groups, in a summary of those lines only that view_lines() leaves
 * out: by person for a head whose people hold some of them,
 * else by level.  What the heading says its lines leave out, the holder or
 * the level.  Worst first, as the lines come. */
struct json *view_groups(const struct json *facts, enum text_language language);

/* The lines as one list, each naming its holder; in a summary those that are
 * at risk or worse. */
struct json *view_lines(const struct json *facts, enum text_language language);

/* Whom the message speaks to: in a rehearsal the real recipient, else who gets
 * it.  Borrowed. */
const struct json *view_reader(const struct json *facts);

#endif
