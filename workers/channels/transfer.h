/* transfer.h - what all transfers over libcurl have in common. */
#ifndef WORKERS_CHANNELS_TRANSFER_H
#define WORKERS_CHANNELS_TRANSFER_H

#include "base/err.h"
#include "settings/settings.h"

/* An easy handle (a CURL *) for one thread, with the options ca-path and
 * connect-timeout of setting: only these protocols ("smtp,smtps"),
 * no proxy of the environment, no redirect, certificates verified.  It keeps
 * its connection; as no handle is ever shared between two policies, no
 * transfer can find a connection that is less guarded than it asked for.
 * error has room for CURL_ERROR_SIZE bytes and outlives the handle. */
int transfer_new(const struct channel_setting *setting, const char *protocols,
                 char *error, void **easy_r, struct err *err);

/* What went wrong in libcurl's words: error, or the result's name. */
const char *transfer_error(int result, const char *error);

/* Open the secret of an option; NULL without err when it is not set.  Wiped
 * by transfer_wipe(). */
int transfer_secret(const struct channel_setting *setting, const char *name,
                    char **secret_r, struct err *err);
void transfer_wipe(char **secret);

#endif
