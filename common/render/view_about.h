/* view_about.h - what a line says beside its deadline, in words. */
#ifndef RENDER_VIEW_ABOUT_H
#define RENDER_VIEW_ABOUT_H

#include "base/json.h"
#include "texts/texts.h"

/* A list of objects with a text each; empty when there is nothing. */
struct json *view_notes(const struct json *line, enum text_language language);

/* What stands beside the code of a line that has no time left to show: the
 * time left for the citizen's papers, else the item's status.  Yours, NULL
 * when neither is known. */
char *view_standing(const struct json *line, enum text_language language);

#endif
