/* rehearsal.h - the mark of a message that is only rehearsed: for whom it
 * really is.  It stands above whatever the templates say, an office's own
 * too. */
#ifndef RENDER_REHEARSAL_H
#define RENDER_REHEARSAL_H

#include "base/json.h"
#include "render/render.h"
#include "texts/texts.h"

/* Put the mark on a message whose facts name another recipient; else leave it
 * as it is. */
void rehearsal_mark(const struct json *facts, enum text_language language,
                    struct rendering *rendering);

#endif
