/* The webhook channel: each notice is POSTed as JSON, signed by Standard
 * Webhooks 1.0.0.  The far side knows a repetition by webhook-id. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/office_time.h"
#include "workers/channels/private_net.h"
#include "workers/channels/signature.h"
#include "workers/channels/transfer.h"
#include "workers/channels/webhook_verdict.h"

enum { ANSWER_BYTES = 200 };

struct webhook_state {
    CURL *easy;
    struct webhook_keys *keys; /* NULL: not signed */
    bool allow_private;
    bool private_address; /* met in this transfer */
    struct buf answer;    /* the beginning of the body, for people */
    char error[CURL_ERROR_SIZE];
};

/* The resolved address is what counts: a public name may lead to a private
 * one. */
static curl_socket_t on_socket(void *state, curlsocktype purpose,
                               struct curl_sockaddr *address)
{
    struct webhook_state *webhook = state;

    (void)purpose;
    if (!webhook->allow_private && address_is_private(&address->addr)) {
        webhook->private_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *state)
{
    struct webhook_state *webhook = state;
    size_t length = size * count;
    size_t room = ANSWER_BYTES - webhook->answer.length;

    buf_add_bytes(&webhook->answer, bytes, length < room ? length : room);
    return length;
}

static void webhook_close(void **state)
{
    struct webhook_state *webhook = *state;

    if (!webhook)
        return;
    curl_easy_cleanup(webhook->easy);
    webhook_keys_free(&webhook->keys);
    buf_done(&webhook->answer);
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

static int set_up(struct webhook_state *webhook,
                  const struct channel_setting *setting, struct err *err)
{
    void *easy = NULL;

    if (read_keys(webhook, setting, err) != 0 ||
        transfer_new(setting, "http,https", webhook->error, &easy, err) != 0)
        return -1;
    webhook->easy = easy;
    webhook->allow_private =
        channel_option_number(setting, "allow-private") != 0;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT,
                     (long)channel_option_number(setting, "timeout"));
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, webhook);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, webhook);
    return 0;
}

static int webhook_open(const struct channel_setting *setting, void **state_r,
                        struct err *err)
{
    owned(webhook_close) void *state = mem_new(struct webhook_state);

    if (set_up(state, setting, err) != 0)
        return -1;
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

static struct curl_slist *add_header(struct curl_slist *list, const char *name,
                                     const char *value)
{
    owned(str_free) char *line = str_format("%s: %s", name, value);
    return curl_slist_append(list, line);
}

/* The identity is hexadecimal: no dot, no line end. */
static struct curl_slist *headers_of(const struct webhook_state *webhook,
                                     const struct message *message,
                                     const char *body)
{
    int64_t now = clock_now();
    owned(str_free) char *timestamp = str_format("%lld", (long long)now);
    struct curl_slist *list =
        add_header(NULL, "Content-Type", "application/json");

    list = add_header(list, "User-Agent", "kiphan/" KIPHAN_VERSION);
    list = add_header(list, "Expect", "");
    list = add_header(list, "webhook-id", message->identity);
    list = add_header(list, "webhook-timestamp", timestamp);
    if (webhook->keys) {
        owned(str_free) char *signature = webhook_sign(
            webhook->keys, message->identity, now, body, strlen(body));
        list = add_header(list, "webhook-signature", signature);
    }
    return list;
}

static struct webhook_story perform(struct webhook_state *webhook,
                                    curl_off_t length)
{
    struct webhook_story story = {0};
    long status = 0;
    curl_off_t sent = 0;

    webhook->private_address = false;
    webhook->error[0] = '\0';
    buf_done(&webhook->answer);
    story.result = (int)curl_easy_perform(webhook->easy);
    curl_easy_getinfo(webhook->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(webhook->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
    story.status = (int)status;
    story.sent = sent >= length;
    story.private_address = webhook->private_address;
    return story;
}

/* Without the address in it: its path may be a secret. */
static void set_outcome(struct webhook_state *webhook,
                        const struct webhook_story *story,
                        struct outcome *outcome_r)
{
    enum verdict verdict = webhook_verdict(story);
    curl_off_t wait = 0;

    if (story->private_address)
        outcome_set(outcome_r, verdict,
                    "the host has an address of a private network; "
                    "allow-private: yes permits it");
    else if (story->status)
        outcome_set(outcome_r, verdict, "HTTP %d %s", story->status,
                    str_or_empty(webhook->answer.text));
    else
        outcome_set(outcome_r, verdict, "%s",
                    transfer_error(story->result, webhook->error));
    if (verdict == VERDICT_TRY_LATER &&
        curl_easy_getinfo(webhook->easy, CURLINFO_RETRY_AFTER, &wait) ==
            CURLE_OK)
        outcome_r->retry_after = (int64_t)wait;
}

static void webhook_send(void *state, const struct message *message,
                         struct outcome *outcome_r)
{
    struct webhook_state *webhook = state;
    owned(str_free) char *body = body_of(message);
    curl_off_t length = (curl_off_t)strlen(body);
    struct curl_slist *headers = headers_of(webhook, message, body);

    curl_easy_setopt(webhook->easy, CURLOPT_NOBODY, 0L);
    curl_easy_setopt(webhook->easy, CURLOPT_CONNECT_ONLY, 0L);
    curl_easy_setopt(webhook->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(webhook->easy, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(webhook->easy, CURLOPT_POSTFIELDSIZE_LARGE, length);
    curl_easy_setopt(webhook->easy, CURLOPT_HTTPHEADER, headers);
    struct webhook_story story = perform(webhook, length);
    curl_easy_setopt(webhook->easy, CURLOPT_HTTPHEADER, NULL);
    curl_easy_setopt(webhook->easy, CURLOPT_POSTFIELDS, NULL);
    curl_slist_free_all(headers);
    set_outcome(webhook, &story, outcome_r);
}

/* Connection and TLS only: a request would be taken for a notice. */
static void webhook_probe(void *state, struct outcome *outcome_r)
{
    struct webhook_state *webhook = state;

    curl_easy_setopt(webhook->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(webhook->easy, CURLOPT_CONNECT_ONLY, 1L);
    struct webhook_story story = perform(webhook, 1);
    curl_easy_setopt(webhook->easy, CURLOPT_CONNECT_ONLY, 0L);
    curl_easy_setopt(webhook->easy, CURLOPT_FRESH_CONNECT, 0L);
    if (story.result == CURLE_OK)
        outcome_set(outcome_r, VERDICT_DELIVERED, "connected; %s",
                    webhook->keys ? "signed" : "not signed");
    else
        set_outcome(webhook, &story, outcome_r);
}

const struct channel channel_webhook = {
    .type = "webhook",
    .open = webhook_open,
    .probe = webhook_probe,
    .send = webhook_send,
    .close = webhook_close,
};
