/* The ntfy channel: a topic to which phones listen
 * (https://docs.ntfy.sh/publish/#publish-as-json).  JSON goes to the root of
 * the server; at the topic it would be shown as text.  It knows no
 * repetition. */
#include <string.h>

#include "base/own.h"
#include "workers/channels/channels.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* Longer than 4,096 bytes a message becomes a file. */
enum { TEXT_BYTES = 4096, HIGH = 4, ORDINARY = 3 };

static const struct http_row rows[] = {
    {200, 200, "id", NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static struct json *body_of(const struct web *web,
                            const struct message *message)
{
    struct json *body = json_new_object();
    const struct json *counts = json_get(message->facts, "counts");
    bool overdue = json_int(counts, "overdue", 0) > 0;

    json_put_text(body, "topic", web_room(web, message));
    json_put_text(body, "title", message->subject);
    json_put_text(body, "message", message->text);
    json_put_int(body, "priority", overdue ? HIGH : ORDINARY);
    return body;
}

static void ntfy_send(void *state, const struct message *message,
                      struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(web, message);
    owned(str_free) char *text = json_format(body);
    owned(transfer_wipe) char *bearer = web->token ? web_bearer(web) : NULL;
    owned(str_free) char *root = str_format("%s/", web->url);
    const char *const headers[] = {bearer, NULL};
    const struct http_request request = {
        .method = "POST", .url = root, .body = text, .headers = headers};

    web_send(web, &request, &manner, outcome_r);
}

static bool ntfy_fits(void *state, const struct message *message)
{
    (void)state;
    return strlen(message->text) <= TEXT_BYTES;
}

const struct channel channel_ntfy = {
    .type = "ntfy",
    .fits = ntfy_fits,
    .open = web_open,
    .probe = web_probe,
    .send = ntfy_send,
    .close = web_close,
};
