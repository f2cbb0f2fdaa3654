#include "workers/channels/channels.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

const struct channel *channel_find(const char *type)
{
    static const struct channel *const channels[] = {
        &channel_smtp,       &channel_webhook, &channel_file,
        &channel_telegram,   &channel_slack,   &channel_mattermost,
        &channel_rocketchat, &channel_teams,   &channel_google_chat,
        &channel_matrix,     &channel_ntfy,    &channel_gotify,
        &channel_discord,    &channel_sms,     &channel_exec,
    };

    for (size_t i = 0; i < sizeof(channels) / sizeof(*channels); i++)
        if (str_equal(channels[i]->type, type))
            return channels[i];
    return NULL;
}

void outcome_set(struct outcome *outcome, enum verdict verdict,
                 const char *format, ...)
{
    struct buf raw = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&raw, format, args);
    va_end(args);
    owned(str_free) char *text = buf_take(&raw);
    owned(str_free) char *line = utf8_one_line(text);
    owned(str_free) char *trimmed = str_trim(line);
    size_t length =
        utf8_fit(trimmed, strlen(trimmed), sizeof(outcome->detail) - 1);
    outcome->verdict = verdict;
    outcome->retry_after = 0;
    memcpy(outcome->detail, trimmed, length);
    outcome->detail[length] = '\0';
}
