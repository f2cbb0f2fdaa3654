#include "workers/channels/http.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>
#include <sodium.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "workers/channels/private_net.h"
#include "workers/channels/transfer.h"

enum { ANSWER_BYTES = 64 * 1024, PART_LEAST = 8 };

struct http {
    CURL *easy;
    bool allow_private;
    struct strs hidden;
    char error[CURL_ERROR_SIZE];

    /* Of the request under way. */
    bool private_address;
    const char *body;
    size_t length;
    size_t given; /* bytes of the body that libcurl has taken */
    struct buf answer;
};

/* The resolved address is what counts: a public name may lead to a private
 * one. */
static curl_socket_t on_socket(void *state, curlsocktype purpose,
                               struct curl_sockaddr *address)
{
    struct http *http = state;

    (void)purpose;
    if (!http->allow_private && address_is_private(&address->addr)) {
        http->private_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

/* There is no function to go back in the body, on purpose: with one, libcurl
 * would send it again over a new connection when a kept one breaks. */
static size_t on_send(char *bytes, size_t size, size_t count, void *state)
{
    struct http *http = state;
    size_t rest = http->length - http->given;
    size_t length = size * count < rest ? size * count : rest;

    memcpy(bytes, http->body + http->given, length);
    http->given += length;
    return length;
}

static size_t on_answer(char *bytes, size_t size, size_t count, void *state)
{
    struct http *http = state;
    size_t length = size * count;
    size_t room = ANSWER_BYTES - http->answer.length;

    buf_add_bytes(&http->answer, bytes, length < room ? length : room);
    return length;
}

void http_free(struct http **http)
{
    if (!*http)
        return;
    curl_easy_cleanup((*http)->easy);
    for (size_t i = 0; i < (*http)->hidden.count; i++)
        transfer_wipe(&(*http)->hidden.items[i]);
    strs_done(&(*http)->hidden);
    buf_done(&(*http)->answer);
    free(*http);
    *http = NULL;
}

int http_open(const struct channel_setting *setting, struct http **http_r,
              struct err *err)
{
    owned(http_free) struct http *http = mem_new(struct http);
    const char *proxy = channel_option_text(setting, "proxy");
    void *easy = NULL;

    if (transfer_new(setting, "http,https", http->error, &easy, err) != 0)
        return -1;
    http->easy = easy;
    /* With a proxy the only address that we see is the proxy's own. */
    http->allow_private =
        proxy || channel_option_number(setting, "allow-private") != 0;
    curl_easy_setopt(easy, CURLOPT_PROXY, str_or_empty(proxy));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT,
                     (long)channel_option_number(setting, "timeout"));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "kiphan/" KIPHAN_VERSION);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, http);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_send);
    curl_easy_setopt(easy, CURLOPT_READDATA, http);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, http);
    *http_r = give(http);
    return 0;
}

/* ---- secrets ---- */

static void hide_part(struct http *http, const char *part, size_t length)
{
    if (length >= PART_LEAST) {
        char *copy = str_copy_bytes(part, length);
        strs_give(&http->hidden, &copy);
    }
}

void http_hide(struct http *http, const char *secret)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-";

    hide_part(http, secret, strlen(secret));
    for (size_t length; *secret; secret += length + (secret[length] != 0)) {
        length = strspn(secret, letters);
        hide_part(http, secret, length);
    }
}

static char *without(const char *text, const char *secret)
{
    struct buf out = {0};
    const char *found;

    while ((found = strstr(text, secret))) {
        buf_add_bytes(&out, text, (size_t)(found - text));
        buf_add(&out, "***");
        text = found + strlen(secret);
    }
    buf_add(&out, text);
    return buf_take(&out);
}

char *http_without_secrets(const struct http *http, const char *text)
{
    char *clean = str_copy(text);

    for (size_t i = 0; i < http->hidden.count; i++) {
        char *cleaner = without(clean, http->hidden.items[i]);
        str_replace(&clean, &cleaner);
    }
    return clean;
}

/* ---- one request ---- */

static struct curl_slist *headers_of(const struct http_request *request)
{
    owned(str_free) char *type = str_format(
        "Content-Type: %s",
        request->content_type ? request->content_type : "application/json");
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");

    if (request->body)
        list = curl_slist_append(list, type);
    for (const char *const *line = request->headers; line && *line; line++)
        list = curl_slist_append(list, *line);
    return list;
}

static void free_headers(struct curl_slist **list)
{
    for (struct curl_slist *at = *list; at; at = at->next)
        sodium_memzero(at->data, strlen(at->data));
    curl_slist_free_all(*list);
    *list = NULL;
}

static void set_request(struct http *http, const struct http_request *request,
                        struct curl_slist *headers)
{
    curl_off_t length = (curl_off_t)http->length;
    bool has_body = request->body != NULL;

    curl_easy_setopt(http->easy, CURLOPT_URL, request->url);
    curl_easy_setopt(http->easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(http->easy, has_body ? CURLOPT_POST : CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(http->easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     has_body ? length : (curl_off_t)-1);
    curl_easy_setopt(http->easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static void read_answer(struct http *http, struct http_answer *answer)
{
    struct err ignored = {0};
    curl_off_t wait = 0;
    long status = 0;

    curl_easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == 0) {
        /* A proxy that would not connect us answers in the far side's place. */
        curl_easy_getinfo(http->easy, CURLINFO_HTTP_CONNECTCODE, &status);
        status = status >= 300 ? status : 0;
    }
    answer->status = (int)status;
    answer->whole = answer->result == CURLE_OK;
    answer->private_address = http->private_address;
    answer->body = buf_take(&http->answer);
    if (status && answer->whole &&
        utf8_valid(answer->body, strlen(answer->body)))
        answer->json = json_parse(answer->body, strlen(answer->body), &ignored);
    if (curl_easy_getinfo(http->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK)
        answer->retry_after = (int64_t)wait;
    if (!answer->whole) {
        owned(str_free) char *why = http_without_secrets(
            http, transfer_error(answer->result, http->error));
        size_t fits = utf8_fit(why, strlen(why), sizeof(answer->error) - 1);
        memcpy(answer->error, why, fits);
    }
}

static void start(struct http *http, const char *body)
{
    http->private_address = false;
    http->error[0] = '\0';
    http->body = body;
    http->length = body ? strlen(body) : 0;
    http->given = 0;
    buf_done(&http->answer);
}

void http_perform(struct http *http, const struct http_request *request,
                  struct http_answer *answer_r)
{
    owned(free_headers) struct curl_slist *headers = headers_of(request);

    *answer_r = (struct http_answer){0};
    start(http, request->body);
    set_request(http, request, headers);
    answer_r->result = (int)curl_easy_perform(http->easy);
    /* What libcurl has taken may have left us: CURLINFO_SIZE_UPLOAD_T is not
     * brought up to date when a connection is reset. */
    answer_r->sent = http->length > 0 && http->given >= http->length;
    read_answer(http, answer_r);
    curl_easy_setopt(http->easy, CURLOPT_HTTPHEADER, NULL);
    http->body = NULL;
}

void http_connect(struct http *http, const char *url,
                  struct http_answer *answer_r)
{
    *answer_r = (struct http_answer){0};
    start(http, NULL);
    curl_easy_setopt(http->easy, CURLOPT_URL, url);
    curl_easy_setopt(http->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(http->easy, CURLOPT_CONNECT_ONLY, 1L);
    answer_r->result = (int)curl_easy_perform(http->easy);
    read_answer(http, answer_r);
    curl_easy_setopt(http->easy, CURLOPT_CONNECT_ONLY, 0L);
    curl_easy_setopt(http->easy, CURLOPT_FRESH_CONNECT, 0L);
}

void http_answer_done(struct http_answer *answer)
{
    str_free(&answer->body);
    json_free(&answer->json);
}
