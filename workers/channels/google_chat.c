/* The google-chat channel: a space's webhook, whose address is a secret
 * (https://developers.google.com/workspace/chat/api/reference/rest/v1/
 * spaces.messages/create).  requestId is the notice's identity: Google gives
 * back the message that it already made of it. */
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* A message has 32,000 bytes, all counted. */
enum { BODY_BYTES = 31000 };

static const struct http_row rows[] = {
    {200, 200, "name", NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

/* "<users/all>" in a text would call everybody, and nothing escapes it. */
static struct json *body_of(const struct message *message)
{
    struct json *body = json_new_object();
    struct buf text = {0};

    for (const char *c = message->text; *c; c++) {
        buf_add_bytes(&text, c, 1);
        if (*c == '<')
            buf_add(&text, "\xE2\x80\x8B"); /* zero-width space */
    }
    owned(str_free) char *harmless = buf_take(&text);
    json_put_text(body, "text", harmless);
    return body;
}

static void google_chat_send(void *state, const struct message *message,
                             struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(message);
    owned(transfer_wipe) char *url =
        str_format("%s%crequestId=%s", web->url,
                   strchr(web->url, '?') ? '&' : '?', message->identity);

    web_post(web, url, body, &manner, outcome_r);
}

static bool google_chat_fits(void *state, const struct message *message)
{
    owned(json_free) struct json *body = body_of(message);
    owned(str_free) char *text = json_format(body);

    (void)state;
    return strlen(text) <= BODY_BYTES;
}

const struct channel channel_google_chat = {
    .type = "google-chat",
    .fits = google_chat_fits,
    .open = web_open,
    .probe = web_probe,
    .send = google_chat_send,
    .close = web_close,
};
