/* The discord channel: a webhook, whose address is a secret
 * (https://docs.discord.com/developers/resources/webhook#execute-webhook).
 * Always with wait=true: without it "a message that is not saved does not
 * return an error".  It knows no repetition. */
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/size.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

enum { TEXT_UNITS = 2000, SUPPRESS_EMBEDS = 4 };

static const struct http_row rows[] = {
    {200, 200, "id", NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), "retry_after", 1};

static struct json *body_of(const struct message *message)
{
    struct json *body = json_new_object();
    struct json *mentions = json_new_object();
    struct json *nobody = json_new_array();

    json_put_text(body, "content", message->markdown);
    json_put(mentions, "parse", &nobody);
    json_put(body, "allowed_mentions", &mentions);
    json_put_int(body, "flags", SUPPRESS_EMBEDS);
    return body;
}

static void discord_send(void *state, const struct message *message,
                         struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(message);
    owned(transfer_wipe) char *url = str_format(
        "%s%cwait=true", web->url, strchr(web->url, '?') ? '&' : '?');

    web_post(web, url, body, &manner, outcome_r);
}

/* The webhook itself, which is there or is not. */
static void discord_probe(void *state, struct outcome *outcome_r)
{
    struct web *web = state;
    const struct http_request request = {.method = "GET", .url = web->url};

    web_send(web, &request, &manner, outcome_r);
}

static bool discord_fits(void *state, const struct message *message)
{
    (void)state;
    return size_utf16(message->markdown) <= TEXT_UNITS;
}

const struct channel channel_discord = {
    .type = "discord",
    .fits = discord_fits,
    .open = web_open,
    .probe = discord_probe,
    .send = discord_send,
    .close = web_close,
};
