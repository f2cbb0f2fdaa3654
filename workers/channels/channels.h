/* channels.h - the channels that there are; a new one is a file beside these
 * and a line here and in channels.c. */
#ifndef WORKERS_CHANNELS_CHANNELS_H
#define WORKERS_CHANNELS_CHANNELS_H

#include "workers/channel.h"

extern const struct channel channel_file;
extern const struct channel channel_smtp;
extern const struct channel channel_telegram;
extern const struct channel channel_webhook;

#endif
