/* The matrix channel: a user of ours writes into a room
 * (https://spec.matrix.org/latest/client-server-api/
 * #put_matrixclientv3roomsroomidsendeventtypetxnid).  The transaction is the
 * notice's identity: the server gives back the event that it already made of
 * it.  Encrypted rooms get it unencrypted. */
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/transfer.h"
#include "workers/channels/web.h"

/* An event has 65,536 bytes with what servers add. */
enum { BODY_BYTES = 60000 };

/* A room that the server does not know, or will not let us into. */
static const struct http_row rows[] = {
    {200, 200, "event_id", NULL, NULL, VERDICT_DELIVERED},
    {401, 401, NULL, NULL, NULL, VERDICT_BROKEN},
    {403, 403, "errcode", "M_FORBIDDEN", NULL, VERDICT_REFUSED},
    {404, 404, "errcode", "M_NOT_FOUND", NULL, VERDICT_REFUSED},
};

static const struct http_row who_rows[] = {
    {200, 200, "user_id", NULL, NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), "retry_after_ms",
                                          1000};
static const struct http_manner who_manner = {HTTP_ROWS(who_rows),
                                              "retry_after_ms", 1000};

/* Its HTML knows no line ends of their own; yours. */
static char *formatted(const char *html)
{
    struct buf out = {0};

    for (const char *c = html; *c; c++) {
        if (*c == '\n' && c[1])
            buf_add(&out, "<br>");
        else if (*c != '\n')
            buf_add_bytes(&out, c, 1);
    }
    return buf_take(&out);
}

static struct json *body_of(const struct message *message)
{
    struct json *body = json_new_object();
    owned(str_free) char *html = formatted(message->html);

    json_put_text(body, "msgtype", "m.notice");
    json_put_text(body, "body", message->text);
    json_put_text(body, "format", "org.matrix.custom.html");
    json_put_text(body, "formatted_body", html);
    return body;
}

/* A request with our token; body NULL for a GET. */
static void ask(struct web *web, const char *method, const char *path,
                const char *body, struct http_answer *answer_r)
{
    owned(str_free) char *url =
        str_format("%s/_matrix/client/v3/%s", web->url, path);
    owned(transfer_wipe) char *bearer = web_bearer(web);
    const char *const headers[] = {bearer, NULL};
    const struct http_request request = {
        .method = method, .url = url, .body = body, .headers = headers};

    http_perform(web->http, &request, answer_r);
}

static void put(struct web *web, const char *room,
                const struct message *message, struct http_answer *answer_r)
{
    owned(str_free) char *path =
        str_format("rooms/%s/send/m.room.message/%s", room, message->identity);
    owned(json_free) struct json *body = body_of(message);
    owned(str_free) char *text = json_format(body);

    ask(web, "PUT", path, text, answer_r);
}

/* Invited but not there yet: go in. */
static bool join(struct web *web, const char *room)
{
    owned(str_free) char *path = str_format("join/%s", room);
    owned(http_answer_done) struct http_answer answer = {0};

    ask(web, "POST", path, "{}", &answer);
    return answer.status == 200;
}

static void matrix_send(void *state, const struct message *message,
                        struct outcome *outcome_r)
{
    struct web *web = state;
    owned(str_free) char *room = web_escape(web_room(web, message));
    owned(http_answer_done) struct http_answer answer = {0};

    put(web, room, message, &answer);
    if (answer.status == 403 &&
        str_equal(json_text(answer.json, "errcode"), "M_FORBIDDEN") &&
        join(web, room)) {
        http_answer_done(&answer);
        put(web, room, message, &answer);
    }
    http_judge(&manner, web->http, &answer, outcome_r);
}

static void matrix_probe(void *state, struct outcome *outcome_r)
{
    struct web *web = state;
    owned(http_answer_done) struct http_answer answer = {0};

    ask(web, "GET", "account/whoami", NULL, &answer);
    http_judge(&who_manner, web->http, &answer, outcome_r);
}

static bool matrix_fits(void *state, const struct message *message)
{
    owned(json_free) struct json *body = body_of(message);
    owned(str_free) char *text = json_format(body);

    (void)state;
    return strlen(text) <= BODY_BYTES;
}

const struct channel channel_matrix = {
    .type = "matrix",
    .fits = matrix_fits,
    .open = web_open,
    .probe = matrix_probe,
    .send = matrix_send,
    .close = web_close,
};
