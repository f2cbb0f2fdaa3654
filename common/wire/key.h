/* key.h - makes the pair of CURVE keys that a daemon or a worker is known by
 * when they meet over TCP. */
#ifndef WIRE_KEY_H
#define WIRE_KEY_H

#include "base/err.h"

/* Write a new pair as certificates of czmq: path holds the public key, for
 * the other side; path with "_secret" behind it both, for its owner alone
 * (0600).  ERR_INVALID when either exists: a key is never overwritten. */
int wire_key_make(const char *path, struct err *err);

#endif
