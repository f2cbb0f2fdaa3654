/* taken.h - settings as the daemon takes them: what is wrong with them goes to
 * the log, line by line. */
#ifndef DAEMON_TAKEN_H
#define DAEMON_TAKEN_H

#include "base/err.h"
#include "policy/office.h"
#include "settings/settings.h"

/* Read them; NULL when anything is wrong. */
struct settings *taken_read(const char *path, struct err *err);

/* Do the rules name only units and people that there are? */
int taken_check_names(const struct settings *settings,
                      const struct office *office, struct err *err);

/* What a running daemon holds open cannot change under it; a setting that was
 * taken without an effect would be worse than one refused. */
int taken_check_restart(const struct settings *old,
                        const struct settings *fresh, struct err *err);

#endif
