/* signature.h - Standard Webhooks 1.0.0: how a receiver knows that it was us,
 * and when. */
#ifndef WORKERS_CHANNELS_SIGNATURE_H
#define WORKERS_CHANNELS_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct webhook_keys;

/* Read "whsec_<base64>", of 24 to 64 bytes; while a key is being replaced
 * two of them, with a blank or a line between. */
int webhook_keys_parse(const char *text, struct webhook_keys **keys_r,
                       struct err *err);

/* Wiped. */
void webhook_keys_free(struct webhook_keys **keys);

/* The value of webhook-signature: "v1,<base64>" for each key, of
 * "id.timestamp.body".  Yours. */
char *webhook_sign(const struct webhook_keys *keys, const char *id,
                   int64_t timestamp, const char *body, size_t length);

#endif
