/* The webhook channel: each notice is POSTed as JSON, signed by Standard
 * Webhooks 1.0.0.  The far side knows a repetition by webhook-id. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/office_time.h"
#include "workers/channels/signature.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

struct webhook_state {
    void *web;
    struct webhook_keys *keys; /* NULL: not signed */
};

/* Standard Webhooks 1.0.0: any 2xx is success, whatever comes with it. */
static const struct http_row rows[] = {
    {200, 299, NULL, NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static void webhook_close(void **state)
{
    struct webhook_state *webhook = *state;

    if (!webhook)
        return;
    web_close(&webhook->web);
    webhook_keys_free(&webhook->keys);
    free(webhook);
    *state = NULL;
}

static int read_keys(struct webhook_state *webhook,
                     const struct channel_setting *setting, struct err *err)
{
    owned(transfer_wipe) char *secret = NULL;

    if (transfer_secret(setting, "secret", &secret, err) != 0)
        return -1;
    if (!secret)
        return 0;
    if (webhook_keys_parse(secret, &webhook->keys, err) != 0)
        return err_wrap(err, "secret");
    return 0;
}

static struct web *web_of(const struct webhook_state *webhook)
{
    return webhook->web;
}

static int webhook_open(const struct channel_setting *setting, void **state_r,
                        struct err *err)
{
    owned(webhook_close) void *state = mem_new(struct webhook_state);
    struct webhook_state *webhook = state;

    if (read_keys(webhook, setting, err) != 0 ||
        web_open(setting, &webhook->web, err) != 0)
        return -1;
    http_hide(web_of(webhook)->http, web_of(webhook)->url);
    *state_r = give(state);
    return 0;
}

/* "2026-06-25T07:30:00+07:00" (RFC 3339), of whole minutes of offset. */
static char *timestamp_of(int64_t instant, int32_t utc_offset)
{
    struct civil local = office_time(instant, utc_offset);
    int offset = utc_offset < 0 ? -utc_offset / 60 : utc_offset / 60;

    return str_format("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
                      local.date.year, local.date.month, local.date.day,
                      local.seconds / 3600, local.seconds / 60 % 60,
                      local.seconds % 60, utc_offset < 0 ? '-' : '+',
                      offset / 60, offset % 60);
}

/* The facts, and what was made of them; the same at each attempt.  Yours. */
static char *body_of(const struct message *message)
{
    owned(json_free) struct json *body = json_new_object();
    owned(str_free) char *facts = json_format(message->facts);
    owned(str_free) char *timestamp =
        timestamp_of(message->decided_at, message->utc_offset);
    struct err ignored = {0};
    struct json *data = json_parse(facts, strlen(facts), &ignored);

    json_put_text(data, "subject", message->subject);
    json_put_text(data, "text", message->text);
    json_put_text(body, "type", "kiphan.notice");
    json_put_text(body, "timestamp", timestamp);
    json_put(body, "data", &data);
    return json_format(body);
}

/* The identity is hexadecimal: no dot, no line end. */
static void webhook_send(void *state, const struct message *message,
                         struct outcome *outcome_r)
{
    const struct webhook_state *webhook = state;
    int64_t now = clock_now();
    owned(str_free) char *body = body_of(message);
    owned(str_free) char *signature =
        webhook->keys ? webhook_sign(webhook->keys, message->identity, now,
                                     body, strlen(body))
                      : NULL;
    owned(str_free) char *id = str_format("webhook-id: %s", message->identity);
    owned(str_free) char *timestamp =
        str_format("webhook-timestamp: %lld", (long long)now);
    owned(str_free) char *signed_by =
        signature ? str_format("webhook-signature: %s", signature) : NULL;
    const char *const headers[] = {id, timestamp, signed_by, NULL};
    const struct http_request request = {.method = "POST",
                                         .url = web_of(webhook)->url,
                                         .body = body,
                                         .headers = headers};

    web_send(web_of(webhook), &request, &manner, outcome_r);
}

static void webhook_probe(void *state, struct outcome *outcome_r)
{
    const struct webhook_state *webhook = state;

    web_probe(webhook->web, outcome_r);
    if (outcome_r->verdict == VERDICT_DELIVERED)
        outcome_set(outcome_r, VERDICT_DELIVERED, "connected; %s",
                    webhook->keys ? "signed" : "not signed");
}

const struct channel channel_webhook = {
    .type = "webhook",
    .open = webhook_open,
    .probe = webhook_probe,
    .send = webhook_send,
    .close = webhook_close,
};
