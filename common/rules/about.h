/* about.h - what a line of a message says beside the deadline: the citizen's
 * limit, how long a pause lasts, what was done to a date. */
#ifndef RULES_ABOUT_H
#define RULES_ABOUT_H

#include "base/json.h"
#include "rules/bundle.h"

/* Where a line stands in a message. */
enum section {
    SECTION_LEVEL,   /* with others of its level */
    SECTION_WAITING, /* paused, and told because of that */
    SECTION_TO_KNOW, /* nothing of it is at risk */
};

enum section section_of(const struct entry_line *line);

/* "waiting", "to-know", or the level's name. */
const char *section_name(const struct entry_line *line);

/* Is there news in it, that must not be hidden in a summary? */
bool line_has_news(const struct entry_line *line);

/* An array of what it is about; empty of a line that its deadline alone has
 * put there (docs/notice-body.md). */
struct json *about_facts(const struct policy *policy,
                         const struct entry_line *line, int64_t now);

#endif
