/* web.h - what the channels over HTTP have in common: their settings opened,
 * and one request sent and judged. */
#ifndef WORKERS_CHANNELS_WEB_H
#define WORKERS_CHANNELS_WEB_H

#include "workers/channel.h"
#include "workers/channels/http_verdict.h"

/* The state of such a channel.  Of the options url, token and room (or topic)
 * those that its type has. */
struct web {
    struct http *http;
    const struct channel_setting *setting;
    char *url;        /* without a "/" at its end; it may be a secret */
    char *token;      /* NULL: none */
    const char *room; /* NULL: none; borrowed */
};

/* For the table of verbs: *state_r is a struct web. */
int web_open(const struct channel_setting *setting, void **state_r,
             struct err *err);
void web_close(void **state);

/* Connection and TLS only: a request would be taken for a message. */
void web_probe(void *state, struct outcome *outcome_r);
void web_probe_url(struct web *web, const char *url, struct outcome *outcome_r);

/* Is the room ours to name?  A webhook of its own leads to one already. */
bool web_has_room(const struct web *web);

/* Where it goes: the room that is set for all, or the person's address. */
const char *web_room(const struct web *web, const struct message *message);

/* POST body to url, or as the request says, and judge the answer. */
void web_post(struct web *web, const char *url, const struct json *body,
              const struct http_manner *manner, struct outcome *outcome_r);
void web_send(struct web *web, const struct http_request *request,
              const struct http_manner *manner, struct outcome *outcome_r);

/* "Authorization: Bearer TOKEN"; yours, to be wiped. */
char *web_bearer(const struct web *web);

/* text for a path or query of a URL (RFC 3986); yours. */
char *web_escape(const char *text);

#endif
