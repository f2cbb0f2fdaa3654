/* owner.h - who runs the command, and as whom it touches the store. */
#ifndef CLI_OWNER_H
#define CLI_OWNER_H

#include "base/err.h"

/* The login name of whoever gave the command: SUDO_USER, else the name of the
 * real user.  Yours. */
char *owner_login(void);

/* When run by root: become the owner of the store, or of the directory where
 * it is to be, for good (a store made by root could not be written by the
 * service).  No-op for others and for what belongs to root. */
int owner_become(const char *store_path, struct err *err);

#endif
