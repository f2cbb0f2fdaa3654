/* view.h - what a template sees of a notice: its facts, in words.
 *
 * The members are those of docs/notice-body.md, "What a template sees".  All
 * text is one line without control characters; each object has all its members,
 * since mustache takes a missing one from the object around it.
 */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "base/json.h"

/* Yours.  Facts that are missing or of another type are left out. */
struct json *view_new(const struct json *facts);

#endif
