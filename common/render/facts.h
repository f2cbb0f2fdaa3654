/* facts.h - a notice's facts made fit for a channel: without what a chat may
 * not see, and shorter. */
#ifndef RENDER_FACTS_H
#define RENDER_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

/* A copy for a channel that is public: the members of docs/notice-body.md
 * and no others; yours.  Those hold no citizen's name or address, and a
 * member that is added one day does not leak before somebody has said here
 * that it is harmless. */
struct json *facts_public(const struct json *facts);

/* What a channel shows: public or not, and no more than lines_most items, 0:
 * all.  Yours. */
struct json *facts_for(const struct json *facts, bool is_public,
                       size_t lines_most);

/* A copy with the first count lines only, the others added to "more", and
 * with or without its units.  Yours. */
struct json *facts_shortened(const struct json *facts, size_t count,
                             bool units);

#endif
