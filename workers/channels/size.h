/* size.h - how long a text is, as services count. */
#ifndef WORKERS_CHANNELS_SIZE_H
#define WORKERS_CHANNELS_SIZE_H

#include <stddef.h>

/* In units of UTF-16: a character beyond U+FFFF is two (Telegram, JavaScript,
 * and so a safe count wherever "characters" is all that is said). */
size_t size_utf16(const char *text);

#endif
