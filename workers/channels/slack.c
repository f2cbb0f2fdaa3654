/* The slack channel, in two ways: an incoming webhook, whose address is a
 * secret and leads to one room (https://docs.slack.dev/messaging/
 * sending-messages-using-incoming-webhooks), or a bot's token, which writes to
 * any room it is in by chat.postMessage.  Neither knows a repetition. */
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/size.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* Slack cuts a text at 40,000 characters. */
enum { TEXT_UNITS = 39000 };

/* "Slack's Web API doesn't use meaningful status codes besides 429 and 200":
 * the comment in Slack's own client; a webhook answers in plain words. */
static const struct http_row rows[] = {
    {200, 200, NULL, "ok", NULL, VERDICT_DELIVERED},
    {200, 200, "ok", "true", NULL, VERDICT_DELIVERED},
    {400, 404, NULL, NULL, "invalid_token", VERDICT_BROKEN},
    {200, 200, "error", "not_authed", NULL, VERDICT_BROKEN},
    {200, 200, "error", "invalid_auth", NULL, VERDICT_BROKEN},
    {200, 200, "error", "account_inactive", NULL, VERDICT_BROKEN},
    {200, 200, "error", "token_revoked", NULL, VERDICT_BROKEN},
    {200, 200, "error", "token_expired", NULL, VERDICT_BROKEN},
    {200, 200, "error", "no_permission", NULL, VERDICT_BROKEN},
    {200, 200, "error", "missing_scope", NULL, VERDICT_BROKEN},
    {200, 200, "error", "org_login_required", NULL, VERDICT_BROKEN},
    {200, 200, "error", "team_access_not_granted", NULL, VERDICT_BROKEN},
    {200, 200, "error", "ratelimited", NULL, VERDICT_TRY_LATER},
    {200, 200, "error", "rate_limited", NULL, VERDICT_TRY_LATER},
    {200, 200, "error", "internal_error", NULL, VERDICT_TRY_LATER},
    {200, 200, "error", "service_unavailable", NULL, VERDICT_TRY_LATER},
    {200, 200, "error", "request_timeout", NULL, VERDICT_TRY_LATER},
    {200, 200, "error", "fatal_error", NULL, VERDICT_AMBIGUOUS},
    {200, 200, "ok", "false", NULL, VERDICT_REFUSED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

static struct json *body_of(const struct web *web,
                            const struct message *message)
{
    struct json *body = json_new_object();

    if (web->token)
        json_put_text(body, "channel", web_room(web, message));
    json_put_text(body, "text", message->mrkdwn);
    json_put_bool(body, "unfurl_links", false);
    json_put_bool(body, "unfurl_media", false);
    return body;
}

/* One of the methods of the Web API. */
static void call(struct web *web, const char *method, const struct json *body,
                 struct outcome *outcome_r)
{
    const char *api = channel_option_text(web->setting, "api");
    owned(str_free) char *url = str_format("%s/%s", api, method);
    owned(transfer_wipe) char *bearer = web_bearer(web);
    owned(str_free) char *text = json_format(body);
    const char *const headers[] = {bearer, NULL};
    const struct http_request request = {.method = "POST",
                                         .url = url,
                                         .body = text,
                                         .content_type =
                                             "application/json; charset=utf-8",
                                         .headers = headers};

    web_send(web, &request, &manner, outcome_r);
}

static void slack_send(void *state, const struct message *message,
                       struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(web, message);

    if (web->token)
        call(web, "chat.postMessage", body, outcome_r);
    else
        web_post(web, web->url, body, &manner, outcome_r);
}

/* auth.test tells whether the token is good; a webhook has no such thing. */
static void slack_probe(void *state, struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *nothing = json_new_object();

    if (web->token)
        call(web, "auth.test", nothing, outcome_r);
    else
        web_probe(web, outcome_r);
}

static bool slack_fits(void *state, const struct message *message)
{
    (void)state;
    return size_utf16(message->mrkdwn) <= TEXT_UNITS;
}

const struct channel channel_slack = {
    .type = "slack",
    .fits = slack_fits,
    .open = web_open,
    .probe = slack_probe,
    .send = slack_send,
    .close = web_close,
};
