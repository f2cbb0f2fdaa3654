/* app.h - the scheduler daemon: one loop over planner, dispatcher and the
 * sockets.
 *
 *     while (!stopping)
 *         wait(turn());
 *
 * A turn does what is due and says how long the loop may sleep: at most a
 * minute, so that steps of the clock are noticed.
 */
#ifndef DAEMON_APP_H
#define DAEMON_APP_H

#include "base/err.h"

struct app;

/* Read the settings, open the store, become its one daemon, bind the sockets.
 * Problems of the settings are logged, each on a line. */
int app_open(const char *settings_path, struct app **app_r, struct err *err);

/* Serve until SIGTERM or SIGINT; SIGHUP reloads the settings. */
int app_run(struct app *app, struct err *err);
void app_free(struct app **app);

#endif
