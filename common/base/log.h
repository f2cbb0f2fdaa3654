/* log.h - one event, one line, for the journal.
 *
 * A sentence, then facts as key=value.  Lines go to stderr with the "<n>"
 * prefixes that journald understands, or as plain text on a terminal.
 * Control characters are made blanks.  No personal data, no message body and
 * no secret above debug.  Only daemon/app, workers/skeleton and cli log.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

/* Someone must act. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Survived, and the line says how. */
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What an operator wants to know. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Debug lines are dropped unless turned on. */
void log_debug_set(bool on);

#endif
