/* The teams channel: a Workflows webhook, whose address is a secret, takes an
 * Adaptive Card (https://learn.microsoft.com/connectors/teams/).  It answers
 * 202 before the flow has run: a card that is wrong or too large fails where
 * nobody here sees it, so the card is kept simple and is measured first.  It
 * knows no repetition. */
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "workers/channels/channels.h"
#include "workers/channels/web.h"

/* Teams takes some 28 KB in all; trouble was seen from 21 KB on. */
enum { BODY_BYTES = 20 * 1000 };

/* A connector of the old kind answers 200, and "1" or what went wrong. */
static const struct http_row rows[] = {
    {202, 202, NULL, NULL, NULL, VERDICT_DELIVERED},
    {200, 200, NULL, "1", NULL, VERDICT_DELIVERED},
    {200, 200, NULL, NULL, "http error 429", VERDICT_TRY_LATER},
    {200, 200, NULL, NULL, "http error 5", VERDICT_TRY_LATER},
    {200, 200, NULL, NULL, "message delivery failed", VERDICT_REFUSED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), NULL, 0};

/* Single line ends are blanks in a TextBlock: each line is one of its own. */
static void add_line(struct json *blocks, const char *text, size_t length)
{
    owned(str_free) char *line = str_copy_bytes(text, length);
    struct json *block = json_new_object();

    json_put_text(block, "type", "TextBlock");
    json_put_text(block, "text", line);
    json_put_bool(block, "wrap", true);
    if (json_count(blocks) > 0)
        json_put_text(block, "spacing", "Small");
    json_add(blocks, &block);
}

static struct json *card_of(const char *markdown)
{
    struct json *card = json_new_object();
    struct json *blocks = json_new_array();

    for (const char *line = markdown; *line;) {
        size_t length = strcspn(line, "\n");
        if (length > 0)
            add_line(blocks, line, length);
        line += length + (line[length] == '\n');
    }
    json_put_text(card, "$schema",
                  "http://adaptivecards.io/schemas/adaptive-card.json");
    json_put_text(card, "type", "AdaptiveCard");
    json_put_text(card, "version", "1.4");
    json_put(card, "body", &blocks);
    return card;
}

static struct json *body_of(const struct message *message)
{
    struct json *body = json_new_object();
    struct json *attachments = json_new_array();
    struct json *attachment = json_new_object();
    struct json *card = card_of(message->markdown);

    json_put_text(attachment, "contentType",
                  "application/vnd.microsoft.card.adaptive");
    json_put_text(attachment, "contentUrl", NULL);
    json_put(attachment, "content", &card);
    json_add(attachments, &attachment);
    json_put_text(body, "type", "message");
    json_put(body, "attachments", &attachments);
    return body;
}

static bool teams_fits(void *state, const struct message *message)
{
    owned(json_free) struct json *body = body_of(message);
    owned(str_free) char *text = json_format(body);

    (void)state;
    return strlen(text) < BODY_BYTES;
}

static void teams_send(void *state, const struct message *message,
                       struct outcome *outcome_r)
{
    struct web *web = state;
    owned(json_free) struct json *body = body_of(message);

    if (!teams_fits(state, message)) {
        outcome_set(outcome_r, VERDICT_REFUSED,
                    "the card has more than %d bytes, which Teams would drop "
                    "without a word",
                    (int)BODY_BYTES);
        return;
    }
    web_post(web, web->url, body, &manner, outcome_r);
}

const struct channel channel_teams = {
    .type = "teams",
    .fits = teams_fits,
    .open = web_open,
    .probe = web_probe,
    .send = teams_send,
    .close = web_close,
};
