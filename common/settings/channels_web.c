/* The types of channels over HTTP, each with the table of its options.
 *
 * A type's options are an array in the order of its table, so a table says
 * which place in it each has; what all have comes last. */
#include "settings/sections.h"
#include "settings/values.h"

#define TEXT(n)                                                                \
    ((n) * sizeof(struct channel_option) +                                     \
     offsetof(struct channel_option, text))
#define NUMBER(n)                                                              \
    ((n) * sizeof(struct channel_option) +                                     \
     offsetof(struct channel_option, number))
#define SECRET(n)                                                              \
    ((n) * sizeof(struct channel_option) +                                     \
     offsetof(struct channel_option, secret))

static const struct word web_schemes[] = {
    {"https://", 0}, {"http://", 0}, {NULL, 0}};
static const struct word proxy_schemes[] = {
    {"http://", 0}, {"https://", 0}, {"socks5h://", 0}, {NULL, 0}};

/* From the n-th option on; private: may the service be in a private net
 * unless the section says otherwise? */
#define WEB_OPTIONS(n, private)                                                \
    {.name = "allow-private",                                                  \
     .read = read_truth_number,                                                \
     .fallback = (private),                                                    \
     .offset = NUMBER(n)},                                                     \
        {.name = "proxy",                                                      \
         .read = read_url,                                                     \
         .words = proxy_schemes,                                               \
         .offset = TEXT((n) + 1)},                                             \
        {.name = "ca-path",                                                    \
         .read = read_path,                                                    \
         .fallback = "/etc/ssl/certs",                                         \
         .offset = TEXT((n) + 2)},                                             \
        {.name = "connect-timeout",                                            \
         .read = read_number,                                                  \
         .least = 1,                                                           \
         .most = 600,                                                          \
         .fallback = "10",                                                     \
         .offset = NUMBER((n) + 3)},                                           \
    {                                                                          \
        .name = "timeout", .read = read_number, .least = 1, .most = 600,       \
        .fallback = "30", .offset = NUMBER((n) + 4)                            \
    }

static const struct key webhook_items[] = {
    {.name = "url",
     .required = true,
     .read = read_url,
     .words = web_schemes,
     .offset = TEXT(0)},
    {.name = "secret",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = SECRET(1)},
    WEB_OPTIONS(2, "no"),
};

static const struct key telegram_items[] = {
    {.name = "token",
     .required = true,
     .read = read_secret,
     .inner = &secret_keys,
     .offset = SECRET(0)},
    {.name = "url",
     .read = read_url,
     .words = web_schemes,
     .fallback = "https://api.telegram.org",
     .offset = TEXT(1)},
    WEB_OPTIONS(2, "no"),
};

/* A webhook's address is a secret as a whole: whoever has it may write. */
#define HOOK_URL(n)                                                            \
    {                                                                          \
        .name = "url", .required = true, .read = read_secret,                  \
        .inner = &secret_keys, .offset = SECRET(n)                             \
    }
#define TOKEN(n, needed)                                                       \
    {                                                                          \
        .name = "token", .required = (needed), .read = read_secret,            \
        .inner = &secret_keys, .offset = SECRET(n)                             \
    }
#define ROOM(n, called)                                                        \
    {                                                                          \
        .name = (called), .read = read_string, .offset = TEXT(n)               \
    }
#define SERVER_URL(n)                                                          \
    {                                                                          \
        .name = "url", .required = true, .read = read_url,                     \
        .words = web_schemes, .offset = TEXT(n)                                \
    }

static const struct key slack_items[] = {
    {.name = "url",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = SECRET(0)},
    TOKEN(1, false),
    ROOM(2, "room"),
    {.name = "api",
     .read = read_url,
     .words = web_schemes,
     .fallback = "https://slack.com/api",
     .offset = TEXT(3)},
    WEB_OPTIONS(4, "no"),
};

/* Of teams, google-chat and discord. */
static const struct key hook_items[] = {HOOK_URL(0), WEB_OPTIONS(1, "no")};

/* Of mattermost and rocketchat, which are often in the house. */
static const struct key room_hook_items[] = {HOOK_URL(0), ROOM(1, "room"),
                                             WEB_OPTIONS(2, "yes")};

static const struct key matrix_items[] = {
    SERVER_URL(0), TOKEN(1, true), ROOM(2, "room"), WEB_OPTIONS(3, "yes")};

static const struct key ntfy_items[] = {
    SERVER_URL(0), TOKEN(1, false), ROOM(2, "topic"), WEB_OPTIONS(3, "yes")};

static const struct key gotify_items[] = {SERVER_URL(0), TOKEN(1, true),
                                          WEB_OPTIONS(2, "yes")};

static const struct word sms_services[] = {
    {"esms", 0}, {"speedsms", 0}, {"other", 0}, {NULL, 0}};
static const struct word body_formats[] = {{"json", 0}, {"form", 0}, {NULL, 0}};

static const struct key sms_items[] = {
    {.name = "service",
     .required = true,
     .read = read_word_text,
     .words = sms_services,
     .offset = TEXT(0)},
    {.name = "url", .read = read_url, .words = web_schemes, .offset = TEXT(1)},
    {.name = "key",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = SECRET(2)},
    {.name = "secret",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = SECRET(3)},
    {.name = "sender", .read = read_string, .offset = TEXT(4)},
    {.name = "body", .read = read_string, .offset = TEXT(5)},
    {.name = "format",
     .read = read_word_text,
     .words = body_formats,
     .fallback = "json",
     .offset = TEXT(6)},
    {.name = "accepted", .read = read_string, .offset = TEXT(7)},
    {.name = "unaccented",
     .read = read_truth_number,
     .fallback = "yes",
     .offset = NUMBER(8)},
    {.name = "segments",
     .read = read_number,
     .least = 1,
     .most = 10,
     .fallback = "2",
     .offset = NUMBER(9)},
    WEB_OPTIONS(10, "no"),
};

static const struct keys sms_keys = KEYS(sms_items);

static const struct keys webhook_keys = KEYS(webhook_items);
static const struct keys telegram_keys = KEYS(telegram_items);
static const struct keys slack_keys = KEYS(slack_items);
static const struct keys hook_keys = KEYS(hook_items);
static const struct keys room_hook_keys = KEYS(room_hook_items);
static const struct keys matrix_keys = KEYS(matrix_items);
static const struct keys ntfy_keys = KEYS(ntfy_items);
static const struct keys gotify_keys = KEYS(gotify_items);

/* A code is nobody's room. */
static void check_room(struct reader *reader, const struct node *node,
                       const struct channel_setting *channel, const char *room)
{
    if (channel->address == ADDRESS_CODE && !channel_option_text(channel, room))
        wrong(reader, node,
              "needs %s, where all goes, or address, to say which of a "
              "person's addresses is theirs",
              room);
}

static void check_matrix(struct reader *reader, const struct node *node,
                         const struct channel_setting *channel)
{
    check_room(reader, node, channel, "room");
}

static void check_ntfy(struct reader *reader, const struct node *node,
                       const struct channel_setting *channel)
{
    check_room(reader, node, channel, "topic");
}

static void check_slack(struct reader *reader, const struct node *node,
                        const struct channel_setting *channel)
{
    const struct node *url = node_member(node, "url");
    const struct node *token = node_member(node, "token");
    const struct node *room = node_member(node, "room");

    if (!url == !token)
        wrong(reader, node, "needs either url, of a webhook, or token");
    else if (token)
        check_room(reader, node, channel, "room");
    else if (room)
        wrong(reader, room,
              "is of no use without token: a webhook has its own room");
}

/* What a gateway needs that is ready, and one that is described. */
static void check_sms(struct reader *reader, const struct node *node,
                      const struct channel_setting *channel)
{
    static const struct {
        const char *service;
        const char *needs[4];
    } wanted[] = {
        {"esms", {"key", "secret", "sender", NULL}},
        {"speedsms", {"key", "sender", NULL}},
        {"other", {"url", "body", NULL}},
    };
    const char *service = channel_option_text(channel, "service");

    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
        for (const char *const *need = wanted[i].needs; *need; need++)
            if (str_equal(wanted[i].service, service) &&
                !node_member(node, *need))
                wrong(reader, node, "service %s needs %s", service, *need);
}

/* With heading, levels and foot fifteen lines, as many as a phone shows. */
enum { CHAT_LINES = 9 };

/* A room of the office's own, for the code of whoever it is about. */
#define CHAT(name, keys, check)                                                \
    {                                                                          \
        (name), "chat", false, CHAT_LINES, ADDRESS_CODE, true, (keys), (check) \
    }

static const struct channel_type types[] = {
    {"webhook", "mail", false, 0, ADDRESS_CODE, false, &webhook_keys, NULL},
    {"telegram", "chat", false, CHAT_LINES, ADDRESS_TELEGRAM_CHAT, true,
     &telegram_keys, NULL},
    CHAT("slack", &slack_keys, check_slack),
    CHAT("mattermost", &room_hook_keys, NULL),
    CHAT("rocketchat", &room_hook_keys, NULL),
    CHAT("teams", &hook_keys, NULL),
    CHAT("google-chat", &hook_keys, NULL),
    CHAT("matrix", &matrix_keys, check_matrix),
    CHAT("ntfy", &ntfy_keys, check_ntfy),
    CHAT("gotify", &gotify_keys, NULL),
    CHAT("discord", &hook_keys, NULL),
    {"sms", "sms", false, CHAT_LINES, ADDRESS_PHONE, true, &sms_keys,
     check_sms},
};

const struct channel_type *channel_web_type_at(size_t index)
{
    return index < sizeof(types) / sizeof(*types) ? &types[index] : NULL;
}
