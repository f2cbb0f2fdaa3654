/* The gotify channel: a server of one's own that phones listen to
 * (https://gotify.net/api-docs, POST /message).  The token is an application's
 * and says whose messages they are.  It knows no repetition. */
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* No limit is documented; a phone shows no more. */
enum { TEXT_BYTES = 10000, LOUD = 8, ORDINARY = 5 };

static const struct http_row rows[] = {
    {200, 200, "id", NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static struct json *body_of(const struct message *message)
{
    struct json *body = json_new_object();
    const struct json *counts = json_get(message->facts, "counts");
    bool overdue = json_int(counts, "overdue", 0) > 0;

    json_put_text(body, "title", message->subject);
    json_put_text(body, "message", message->text);
    json_put_int(body, "priority", overdue ? LOUD : ORDINARY);
    return body;
}

static void gotify_send(void *state, const struct message *message,
                        struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(message);
    owned(str_free) char *text = json_format(body);
    owned(str_free) char *url = str_format("%s/message", web->url);
    owned(transfer_wipe) char *key = str_format("X-Gotify-Key: %s", web->token);
    const char *const headers[] = {key, NULL};
    const struct http_request request = {
        .method = "POST", .url = url, .body = text, .headers = headers};

    web_send(web, &request, &manner, outcome_r);
}

static bool gotify_fits(void *state, const struct message *message)
{
    (void)state;
    return strlen(message->text) <= TEXT_BYTES;
}

const struct channel channel_gotify = {
    .type = "gotify",
    .fits = gotify_fits,
    .open = web_open,
    .probe = web_probe,
    .send = gotify_send,
    .close = web_close,
};
