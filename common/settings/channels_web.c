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

static const struct keys webhook_keys = KEYS(webhook_items);
static const struct keys telegram_keys = KEYS(telegram_items);

/* With heading, levels and foot fifteen lines, as many as a phone shows. */
enum { CHAT_LINES = 9 };

static const struct channel_type types[] = {
    {"webhook", "mail", false, 0, ADDRESS_CODE, false, &webhook_keys, NULL},
    {"telegram", "chat", false, CHAT_LINES, ADDRESS_TELEGRAM_CHAT, true,
     &telegram_keys, NULL},
};

const struct channel_type *channel_web_type_at(size_t index)
{
    return index < sizeof(types) / sizeof(*types) ? &types[index] : NULL;
}
