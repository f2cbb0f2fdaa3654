/* The mattermost channel: an incoming webhook, whose address is a secret
 * (https://developers.mattermost.com/integrate/webhooks/incoming/).  It knows
 * no repetition. */
#include "base/own.h"
#include "workers/channels/channels.h"
#include "workers/channels/size.h"
#include "workers/channels/web.h"

/* A post has 16,383 characters; what is longer the server splits. */
enum { TEXT_UNITS = 16383 };

static const struct http_row rows[] = {
    {200, 200, NULL, "ok", NULL, VERDICT_DELIVERED},
    {400, 400, "id", "web.incoming_webhook.invalid.app_error", NULL,
     VERDICT_BROKEN},
    {501, 501, NULL, NULL, NULL, VERDICT_BROKEN}, /* switched off by an admin */
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static void mattermost_send(void *state, const struct message *message,
                            struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = json_new_object();

    json_put_text(body, "text", message->markdown);
    if (web_has_room(web))
        json_put_text(body, "channel", web_room(web, message));
    web_post(web, web->url, body, &manner, outcome_r);
}

static bool mattermost_fits(void *state, const struct message *message)
{
    (void)state;
    return size_utf16(message->markdown) <= TEXT_UNITS;
}

const struct channel channel_mattermost = {
    .type = "mattermost",
    .fits = mattermost_fits,
    .open = web_open,
    .probe = web_probe,
    .send = mattermost_send,
    .close = web_close,
};
