/* wrap.h - plain text laid out for a narrow window. */
#ifndef RENDER_WRAP_H
#define RENDER_WRAP_H

#include <stddef.h>

/* Break lines of text at blanks so that none is wider than columns, unless a
 * single word (a code, an address) is; what is carried over is indented as
 * its line.  Blanks at the ends of lines go, several empty lines become one,
 * none stands at the beginning or the end.  With 0 columns no line is broken.
 * Yours. */
char *text_wrap(const char *text, size_t columns);

#endif
