/* The sms channel: a gateway's HTTP interface, by a body with places to fill
 * in.  eSMS (https://developers.esms.vn/) and SpeedSMS
 * (https://speedsms.vn/sms-api/) are ready; any other is described in the
 * settings.  What a gateway answers is that it took a message: whether it
 * reached the phone is told to nobody here. */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/sms_text.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* eSMS: RequestId makes a repetition known for a day, as code 124. */
static const struct http_row esms_rows[] = {
    {200, 200, "CodeResult", "100", NULL, VERDICT_DELIVERED},
    {200, 200, "CodeResult", "124", NULL, VERDICT_DELIVERED},
    {200, 200, "CodeResult", "101", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "103", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "104", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "118", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "140", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "146", NULL, VERDICT_BROKEN},
    {200, 200, "CodeResult", "99", NULL, VERDICT_REFUSED},
    {200, 200, "CodeResult", "108", NULL, VERDICT_REFUSED},
    {200, 200, "CodeResult", "177", NULL, VERDICT_REFUSED},
};

static const struct http_row speedsms_rows[] = {
    {200, 200, NULL, NULL, "\"invalidPhone\":[\"", VERDICT_REFUSED},
    {200, 200, "status", "success", NULL, VERDICT_DELIVERED},
    {200, 200, "code", "007", NULL, VERDICT_BROKEN},
    {200, 200, "code", "008", NULL, VERDICT_BROKEN},
    {200, 200, "code", "009", NULL, VERDICT_BROKEN},
    {200, 200, "code", "300", NULL, VERDICT_BROKEN},
    {200, 200, "code", "101", NULL, VERDICT_REFUSED},
    {200, 200, "code", "105", NULL, VERDICT_REFUSED},
    {200, 200, "code", "110", NULL, VERDICT_REFUSED},
    {200, 200, "code", "113", NULL, VERDICT_REFUSED},
    {200, 200, "code", "500", NULL, VERDICT_TRY_LATER},
};

/* A gateway.  In its body {to}, {to84}, {text}, {id}, {key}, {secret},
 * {sender} and {unicode} are filled in, quoted as JSON where it is that. */
static const struct service {
    const char *name;
    const char *url;
    const char *body;
    const struct http_row *rows;
    size_t count;
    bool basic; /* key is the user of HTTP's basic authentication */
} services[] = {
    {"esms",
     "https://rest.esms.vn/MainService.svc/json/"
     "SendMultipleMessage_V4_post_json/",
     "{\"ApiKey\":{key},\"SecretKey\":{secret},\"Phone\":{to},"
     "\"Content\":{text},\"Brandname\":{sender},\"SmsType\":\"2\","
     "\"IsUnicode\":{unicode},\"RequestId\":{id}}",
     HTTP_ROWS(esms_rows), false},
    {"speedsms", "https://api.speedsms.vn/index.php/sms/send",
     "{\"to\":[{to84}],\"content\":{text},\"sms_type\":3,\"sender\":{sender}}",
     HTTP_ROWS(speedsms_rows), true},
    {"other", NULL, NULL, NULL, 0, false},
};

struct sms_state {
    void *web;
    const struct service *service;
    char *url;
    const char *body;
    bool form; /* the body is a form, not JSON */
    bool unaccented;
    size_t segments;
    const char *sender;
    char *key;
    char *secret;
    struct http_row accepted; /* of a gateway that is described */
};

static struct web *web_of(const struct sms_state *sms)
{
    return sms->web;
}

static void sms_close(void **state)
{
    struct sms_state *sms = *state;

    if (!sms)
        return;
    web_close(&sms->web);
    str_free(&sms->url);
    transfer_wipe(&sms->key);
    transfer_wipe(&sms->secret);
    free(sms);
    *state = NULL;
}

/* ---- settings ---- */

static const struct service *service_named(const char *name)
{
    const struct service *service = services;

    while (!str_equal(service->name, name))
        service++;
    return service;
}

static int read_secret_option(struct sms_state *sms, const char *name,
                              char **secret_r, struct err *err)
{
    const struct channel_setting *setting = web_of(sms)->setting;

    if (transfer_secret(setting, name, secret_r, err) != 0)
        return err_wrap(err, "%s", name);
    if (*secret_r)
        http_hide(web_of(sms)->http, *secret_r);
    return 0;
}

static void read_options(struct sms_state *sms,
                         const struct channel_setting *setting)
{
    const char *url = channel_option_text(setting, "url");
    const char *body = channel_option_text(setting, "body");

    sms->service = service_named(channel_option_text(setting, "service"));
    sms->url = str_copy(url ? url : sms->service->url);
    sms->body = body ? body : sms->service->body;
    sms->form = str_equal(channel_option_text(setting, "format"), "form");
    sms->unaccented = channel_option_number(setting, "unaccented") != 0;
    sms->segments = (size_t)channel_option_number(setting, "segments");
    sms->sender = str_or_empty(channel_option_text(setting, "sender"));
    sms->accepted = (struct http_row){200,
                                      299,
                                      NULL,
                                      NULL,
                                      channel_option_text(setting, "accepted"),
                                      VERDICT_DELIVERED};
}

static int sms_open(const struct channel_setting *setting, void **state_r,
                    struct err *err)
{
    owned(sms_close) void *state = mem_new(struct sms_state);
    struct sms_state *sms = state;

    if (web_open(setting, &sms->web, err) != 0)
        return -1;
    read_options(sms, setting);
    if (read_secret_option(sms, "key", &sms->key, err) != 0 ||
        read_secret_option(sms, "secret", &sms->secret, err) != 0)
        return -1;
    *state_r = give(state);
    return 0;
}

/* ---- the request ---- */

/* value as it stands in the body; yours. */
static char *quoted(const struct sms_state *sms, const char *value)
{
    if (sms->form)
        return web_escape(value);
    owned(json_free) struct json *list = json_new_array();
    json_add_text(list, value);
    owned(str_free) char *text = json_format(list);
    return str_copy_bytes(text + 1, strlen(text) - 2);
}

/* What can be filled in, by its name. */
struct filling {
    const char *name;
    const char *value;
};

static const struct filling *find_filling(const struct filling *fillings,
                                          const char *at)
{
    for (; fillings->name; fillings++)
        if (str_starts(at, fillings->name))
            return fillings;
    return NULL;
}

static char *filled(const struct sms_state *sms, const struct filling *fillings)
{
    struct buf out = {0};

    for (const char *at = sms->body; *at;) {
        const struct filling *found =
            *at == '{' ? find_filling(fillings, at) : NULL;
        if (!found) {
            buf_add_bytes(&out, at++, 1);
            continue;
        }
        owned(transfer_wipe) char *value = quoted(sms, found->value);
        buf_add(&out, value);
        at += strlen(found->name);
    }
    return buf_take(&out);
}

/* The text as it is sent; yours. */
static char *wording(const struct sms_state *sms, const struct message *message)
{
    owned(str_free) char *line = str_trim(message->text);

    return sms->unaccented ? sms_unaccented(line) : give(line);
}

static char *body_of(const struct sms_state *sms, const struct message *message,
                     const char *text)
{
    owned(str_free) char *to = sms_number(message->to, "0");
    owned(str_free) char *to84 = sms_number(message->to, "84");
    const struct filling fillings[] = {
        {"{to}", to},
        {"{to84}", to84},
        {"{text}", text},
        {"{id}", message->identity},
        {"{key}", str_or_empty(sms->key)},
        {"{secret}", str_or_empty(sms->secret)},
        {"{sender}", sms->sender},
        {"{unicode}", sms_is_gsm(text) ? "0" : "1"},
        {NULL, NULL},
    };

    return to ? filled(sms, fillings) : NULL;
}

/* "Authorization: Basic ...", SpeedSMS: the token, and x for a password. */
static char *basic_header(const struct sms_state *sms)
{
    owned(transfer_wipe) char *pair =
        str_format("%s:x", str_or_empty(sms->key));
    size_t room =
        sodium_base64_ENCODED_LEN(strlen(pair), sodium_base64_VARIANT_ORIGINAL);
    owned(transfer_wipe) char *encoded = mem_zero(room, 1);

    sodium_bin2base64(encoded, room, (const unsigned char *)pair, strlen(pair),
                      sodium_base64_VARIANT_ORIGINAL);
    return str_format("Authorization: Basic %s", encoded);
}

static struct http_manner manner_of(const struct sms_state *sms)
{
    if (sms->service->rows)
        return (struct http_manner){sms->service->rows, sms->service->count,
                                    NULL, 0};
    return (struct http_manner){&sms->accepted, 1, NULL, 0};
}

static void sms_send(void *state, const struct message *message,
                     struct outcome *outcome_r)
{
    const struct sms_state *sms = state;
    owned(str_free) char *text = wording(sms, message);
    owned(transfer_wipe) char *body = body_of(sms, message, text);
    owned(transfer_wipe) char *basic =
        sms->service->basic ? basic_header(sms) : NULL;
    const char *const headers[] = {basic, NULL};
    const struct http_manner manner = manner_of(sms);

    if (!body) {
        outcome_set(outcome_r, VERDICT_REFUSED,
                    "\"%s\" is not a number of Vietnam", message->to);
        return;
    }
    const struct http_request request = {
        .method = "POST",
        .url = sms->url,
        .body = body,
        .content_type = sms->form ? "application/x-www-form-urlencoded" : NULL,
        .headers = headers};
    web_send(web_of(sms), &request, &manner, outcome_r);
}

static void sms_probe(void *state, struct outcome *outcome_r)
{
    const struct sms_state *sms = state;

    web_probe_url(web_of(sms), sms->url, outcome_r);
}

static bool sms_fits(void *state, const struct message *message)
{
    const struct sms_state *sms = state;
    owned(str_free) char *text = wording(sms, message);

    return sms_segments(text) <= sms->segments;
}

const struct channel channel_sms = {
    .type = "sms",
    .fits = sms_fits,
    .open = sms_open,
    .probe = sms_probe,
    .send = sms_send,
    .close = sms_close,
};
