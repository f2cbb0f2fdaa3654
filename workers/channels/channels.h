/* channels.h - the channels that there are; a new one is a file beside these
 * and a line here and in channels.c. */
#ifndef WORKERS_CHANNELS_CHANNELS_H
#define WORKERS_CHANNELS_CHANNELS_H

#include "workers/channel.h"

extern const struct channel channel_discord;
extern const struct channel channel_exec;
extern const struct channel channel_file;
extern const struct channel channel_google_chat;
extern const struct channel channel_gotify;
extern const struct channel channel_matrix;
extern const struct channel channel_mattermost;
extern const struct channel channel_ntfy;
extern const struct channel channel_rocketchat;
extern const struct channel channel_slack;
extern const struct channel channel_sms;
extern const struct channel channel_smtp;
extern const struct channel channel_teams;
extern const struct channel channel_telegram;
extern const struct channel channel_webhook;

#endif
