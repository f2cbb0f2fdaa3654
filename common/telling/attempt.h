/* attempt.h - when an attempt at a notice may be made (R12).  Pure. */
#ifndef TELLING_ATTEMPT_H
#define TELLING_ATTEMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/notice.h"

/* The first instant from at on at which an attempt at the notice may begin:
 * inside its window's session, else at the person's next opening.  Of a
 * notice whose next opening has passed too, at itself. */
int64_t attempt_begins(const struct notice *notice, int64_t at);

/* Must its items be looked at again before an attempt? */
bool attempt_needs_review(const struct notice *notice, int64_t now);

#endif
