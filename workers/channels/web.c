#include "workers/channels/web.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/transfer.h"

void web_close(void **state)
{
    struct web *web = *state;

    if (!web)
        return;
    http_free(&web->http);
    transfer_wipe(&web->url);
    transfer_wipe(&web->token);
    free(web);
    *state = NULL;
}

/* An address that is a secret as a whole was not seen by the reader of the
 * settings; a line end in it would end a request's line. */
static int check_url(const char *url, struct err *err)
{
    if (!str_starts(url, "https://") && !str_starts(url, "http://"))
        return err_set(err, ERR_INVALID,
                       "url: the secret is not an address that begins with "
                       "https:// or http://");
    for (const char *c = url; *c; c++)
        if (*c <= ' ' || *c == 0x7F)
            return err_set(err, ERR_INVALID,
                           "url: the secret has a blank or a line end in it");
    return 0;
}

static int open_url(struct web *web, struct err *err)
{
    const char *text = channel_option_text(web->setting, "url");

    if (text) {
        web->url = str_copy(text);
    } else {
        if (transfer_secret(web->setting, "url", &web->url, err) != 0)
            return err_wrap(err, "url");
        if (!web->url)
            return 0;
        if (check_url(web->url, err) != 0)
            return -1;
        http_hide(web->http, web->url);
    }
    while (*web->url && web->url[strlen(web->url) - 1] == '/')
        web->url[strlen(web->url) - 1] = '\0';
    return 0;
}

static int open_token(struct web *web, struct err *err)
{
    if (transfer_secret(web->setting, "token", &web->token, err) != 0)
        return err_wrap(err, "token");
    if (!web->token)
        return 0;
    for (const char *c = web->token; *c; c++)
        if (*c <= ' ' || *c >= 0x7F)
            return err_set(err, ERR_INVALID,
                           "token: the secret has a blank or a line end in it");
    http_hide(web->http, web->token);
    return 0;
}

int web_open(const struct channel_setting *setting, void **state_r,
             struct err *err)
{
    owned(web_close) void *state = mem_new(struct web);
    struct web *web = state;

    web->setting = setting;
    web->room = channel_option_text(setting, "room");
    if (!web->room)
        web->room = channel_option_text(setting, "topic");
    if (http_open(setting, &web->http, err) != 0 || open_url(web, err) != 0 ||
        open_token(web, err) != 0)
        return -1;
    *state_r = give(state);
    return 0;
}

void web_probe(void *state, struct outcome *outcome_r)
{
    struct web *web = state;

    web_probe_url(web, web->url, outcome_r);
}

void web_probe_url(struct web *web, const char *url, struct outcome *outcome_r)
{
    owned(http_answer_done) struct http_answer answer = {0};

    http_connect(web->http, url, &answer);
    if (answer.result == CURLE_OK)
        outcome_set(outcome_r, VERDICT_DELIVERED, "connected");
    else
        http_judge(&(const struct http_manner){0}, web->http, &answer,
                   outcome_r);
}

bool web_has_room(const struct web *web)
{
    return web->room || web->setting->address != ADDRESS_CODE;
}

const char *web_room(const struct web *web, const struct message *message)
{
    return web->room ? web->room : message->to;
}

void web_send(struct web *web, const struct http_request *request,
              const struct http_manner *manner, struct outcome *outcome_r)
{
    owned(http_answer_done) struct http_answer answer = {0};

    http_perform(web->http, request, &answer);
    http_judge(manner, web->http, &answer, outcome_r);
}

void web_post(struct web *web, const char *url, const struct json *body,
              const struct http_manner *manner, struct outcome *outcome_r)
{
    owned(str_free) char *text = json_format(body);
    const struct http_request request = {
        .method = "POST", .url = url, .body = text};

    web_send(web, &request, manner, outcome_r);
}

char *web_bearer(const struct web *web)
{
    return str_format("Authorization: Bearer %s", web->token);
}

char *web_escape(const char *text)
{
    char *escaped = curl_easy_escape(NULL, text, (int)strlen(text));
    char *copy = str_copy(escaped);

    curl_free(escaped);
    return copy;
}
