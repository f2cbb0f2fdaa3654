/* The telegram channel: a bot writes to a person or a group, by sendMessage of
 * the Bot API (https://core.telegram.org/bots/api#sendmessage).  There is no
 * key by which it would know a repetition. */
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/size.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* Of a message, after its marks are taken out; with them is on the safe
 * side. */
enum { TEXT_UNITS = 4096 };

/* "error_code" is the status again, and may come in a 200 of a proxy's. */
static const struct http_row rows[] = {
    {200, 200, "ok", "true", NULL, VERDICT_DELIVERED},
    {0, 999, "parameters.migrate_to_chat_id", NULL, NULL, VERDICT_REFUSED},
    {0, 999, "error_code", "401", NULL, VERDICT_BROKEN},
    {0, 999, "error_code", "404", NULL, VERDICT_BROKEN},
    {0, 999, "error_code", "403", NULL, VERDICT_REFUSED},
    {0, 999, "error_code", "429", NULL, VERDICT_TRY_LATER},
    {0, 999, "error_code", "400", NULL, VERDICT_REFUSED},
    {0, 999, "error_code", "409", NULL, VERDICT_TRY_LATER},
    {0, 999, "error_code", "413", NULL, VERDICT_REFUSED},
    {200, 200, "ok", "false", NULL, VERDICT_TRY_LATER},
};

static const struct http_manner manner = {HTTP_ROWS(rows),
                                          "parameters.retry_after", 1};

static char *method_url(const struct web *web, const char *method)
{
    return str_format("%s/bot%s/%s", web->url, web->token, method);
}

static struct json *body_of(const struct message *message, bool plain)
{
    struct json *body = json_new_object();
    struct json *preview = json_new_object();

    json_put_text(body, "chat_id", message->to);
    json_put_text(body, "text", plain ? message->text : message->html);
    if (!plain)
        json_put_text(body, "parse_mode", "HTML");
    json_put_bool(preview, "is_disabled", true);
    json_put(body, "link_preview_options", &preview);
    return body;
}

static void post(struct web *web, const struct message *message, bool plain,
                 struct http_answer *answer_r)
{
    owned(transfer_wipe) char *url = method_url(web, "sendMessage");
    owned(json_free) struct json *body = body_of(message, plain);
    owned(str_free) char *text = json_format(body);
    const struct http_request request = {
        .method = "POST", .url = url, .body = text};

    http_perform(web->http, &request, answer_r);
}

/* Marks that it does not take: the words alone still say everything. */
static bool marks_refused(const struct http_answer *answer)
{
    const char *why = json_text(answer->json, "description");

    return json_int(answer->json, "error_code", 0) == 400 && why &&
           http_has(why, "can't parse entities");
}

/* A group that became a supergroup has another id from then on. */
static void name_new_chat(const struct http_answer *answer,
                          struct outcome *outcome)
{
    const struct json *parameters = json_get(answer->json, "parameters");
    int64_t chat = json_int(parameters, "migrate_to_chat_id", 0);

    if (chat != 0)
        outcome_set(outcome, VERDICT_REFUSED,
                    "the group is a supergroup now; its telegram_chat is %lld",
                    (long long)chat);
}

static void telegram_send(void *state, const struct message *message,
                          struct outcome *outcome_r)
{
    struct web *web = state;
    owned(http_answer_done) struct http_answer answer = {0};

    post(web, message, false, &answer);
    if (marks_refused(&answer)) {
        http_answer_done(&answer);
        post(web, message, true, &answer);
    }
    http_judge(&manner, web->http, &answer, outcome_r);
    name_new_chat(&answer, outcome_r);
}

/* getMe tells whether the token is good, and sends nothing. */
static void telegram_probe(void *state, struct outcome *outcome_r)
{
    struct web *web = state;
    owned(transfer_wipe) char *url = method_url(web, "getMe");
    const struct http_request request = {.method = "GET", .url = url};

    web_send(web, &request, &manner, outcome_r);
}

static bool telegram_fits(void *state, const struct message *message)
{
    (void)state;
    return size_utf16(message->html) <= TEXT_UNITS;
}

const struct channel channel_telegram = {
    .type = "telegram",
    .fits = telegram_fits,
    .open = web_open,
    .probe = telegram_probe,
    .send = telegram_send,
    .close = web_close,
};
