/* http.h - one request over libcurl, by our rules: certificates verified,
 * redirects not followed, private addresses refused unless allowed, no proxy
 * but the one that is set, time-outs, a bounded answer; and nothing that is
 * secret in what is told of it.
 *
 * The connection is kept for the next request.  A kept connection that breaks
 * after the body left us is never tried again in silence, as libcurl would
 * of itself: whether the far side has the message is not ours to guess.
 */
#ifndef WORKERS_CHANNELS_HTTP_H
#define WORKERS_CHANNELS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "settings/settings.h"

struct http;

/* All borrowed for the call. */
struct http_request {
    const char *method; /* "POST", "PUT"; "GET" has no body */
    const char *url;
    const char *body;
    const char *content_type;   /* NULL: JSON */
    const char *const *headers; /* further "Name: value", ended by NULL */
};

/* Start with {0}; http_answer_done() frees it. */
struct http_answer {
    int result;           /* libcurl's CURLcode */
    int status;           /* 0: no answer came */
    bool sent;            /* the whole body may have left us */
    bool whole;           /* the whole answer came */
    bool private_address; /* the host led into a private network */
    char *body;           /* at most 64 KiB of it */
    struct json *json;    /* NULL: the body is none */
    int64_t retry_after;  /* seconds, of the header in either form; 0: none */
    char error[256];      /* libcurl's words where no answer came */
};

/* With the options allow-private, proxy, ca-path, connect-timeout and timeout
 * of setting. */
int http_open(const struct channel_setting *setting, struct http **http_r,
              struct err *err);
void http_free(struct http **http);

/* Never tell this secret, nor a part of it that stands alone between signs,
 * such as the key in an address. */
void http_hide(struct http *http, const char *secret);

/* text with all that is hidden made "***"; yours. */
char *http_without_secrets(const struct http *http, const char *text);

void http_perform(struct http *http, const struct http_request *request,
                  struct http_answer *answer_r);

/* Connection and TLS only. */
void http_connect(struct http *http, const char *url,
                  struct http_answer *answer_r);

void http_answer_done(struct http_answer *answer);

#endif
