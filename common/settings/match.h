/* match.h - reading which items a rule is for. */
#ifndef SETTINGS_MATCH_H
#define SETTINGS_MATCH_H

#include "settings/reader.h"

/* struct match: "kind", lists, and "all", "any", "not".  What could never
 * match is refused (R5). */
read_function read_match;
extern const struct keys match_keys;

#endif
