/* history_key.h - the key of the history, for the command. */
#ifndef CLI_HISTORY_KEY_H
#define CLI_HISTORY_KEY_H

#include "cli/cli.h"
#include "store/seal.h"

/* The file in which the settings' key is kept: the one they name, or where
 * systemd finds the credential; NULL when they name none.  Yours. */
char *history_key_file(const struct settings *settings);

/* Take the key, before the command becomes the store's owner.  -1: it cannot
 * be had. */
int history_key_take(const struct settings *settings, struct seal_key *key_r,
                     struct err *err);

/* Make one, for its owner alone; a file that exists is not overwritten:
 * ERR_INVALID. */
int history_key_make(const char *path, struct err *err);

#endif
