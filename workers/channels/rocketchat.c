/* The rocketchat channel: an incoming integration, whose address is a secret
 * (https://docs.rocket.chat/docs/integrations).  It knows no repetition. */
#include "base/own.h"
#include "workers/channels/channels.h"
#include "workers/channels/size.h"
#include "workers/channels/web.h"

/* Message_MaxAllowedSize, unless an admin changed it. */
enum { TEXT_UNITS = 5000 };

static const struct http_row rows[] = {
    {200, 200, "success", "true", NULL, VERDICT_DELIVERED},
    {400, 499, "error", NULL, "invalid integration id", VERDICT_BROKEN},
    {400, 499, "error", NULL, "overriding destination channel", VERDICT_BROKEN},
    {200, 200, "success", "false", NULL, VERDICT_REFUSED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static void rocketchat_send(void *state, const struct message *message,
                            struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = json_new_object();

    json_put_text(body, "text", message->markdown);
    if (web_has_room(web))
        json_put_text(body, "channel", web_room(web, message));
    web_post(web, web->url, body, &manner, outcome_r);
}

static bool rocketchat_fits(void *state, const struct message *message)
{
    (void)state;
    return size_utf16(message->markdown) <= TEXT_UNITS;
}

const struct channel channel_rocketchat = {
    .type = "rocketchat",
    .fits = rocketchat_fits,
    .open = web_open,
    .probe = web_probe,
    .send = rocketchat_send,
    .close = web_close,
};
