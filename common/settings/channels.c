/* The types of channels, each with the table of its options. */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/nearest.h"
#include "settings/sections.h"
#include "settings/values.h"

/* A type's options in the order of its table; read as an array. */
struct smtp_options {
    struct channel_option url, tls, user, password, auth, from, ehlo, ca_path,
        connect_timeout, timeout;
};

static const struct word smtp_schemes[] = {
    {"smtp://", 0}, {"smtps://", 0}, {NULL, 0}};
static const struct word tls_words[] = {
    {"required", 0}, {"none", 0}, {NULL, 0}};
static const struct word auth_words[] = {
    {"auto", 0}, {"plain", 0}, {"login", 0}, {NULL, 0}};

static const struct key smtp_items[] = {
    {.name = "url",
     .required = true,
     .read = read_url,
     .words = smtp_schemes,
     .offset = offsetof(struct smtp_options, url.text)},
    {.name = "tls",
     .read = read_word_text,
     .words = tls_words,
     .fallback = "required",
     .offset = offsetof(struct smtp_options, tls.text)},
    {.name = "user",
     .read = read_string,
     .offset = offsetof(struct smtp_options, user.text)},
    {.name = "password",
     .read = read_secret,
     .inner = &secret_keys,
     .offset = offsetof(struct smtp_options, password.secret)},
    {.name = "auth",
     .read = read_word_text,
     .words = auth_words,
     .fallback = "auto",
     .offset = offsetof(struct smtp_options, auth.text)},
    {.name = "from",
     .required = true,
     .read = read_mailbox,
     .offset = offsetof(struct smtp_options, from.text)},
    {.name = "ehlo",
     .read = read_name,
     .offset = offsetof(struct smtp_options, ehlo.text)},
    {.name = "ca-path",
     .read = read_path,
     .fallback = "/etc/ssl/certs",
     .offset = offsetof(struct smtp_options, ca_path.text)},
    {.name = "connect-timeout",
     .read = read_number,
     .least = 1,
     .most = 600,
     .fallback = "30",
     .offset = offsetof(struct smtp_options, connect_timeout.number)},
    {.name = "timeout", /* RFC 5321 4.5.3.2.6: 10 minutes for the last dot */
     .read = read_number,
     .least = 1,
     .most = 3600,
     .fallback = "600",
     .offset = offsetof(struct smtp_options, timeout.number)},
};

static const struct keys smtp_keys = KEYS(smtp_items);

static bool has_option(const struct channel_setting *channel, const char *name)
{
    const struct secret *secret = channel_option_secret(channel, name);

    return channel_option_text(channel, name) ||
           (secret && secret->source != SECRET_NONE);
}

static void check_smtp(struct reader *reader, const struct node *node,
                       const struct channel_setting *channel)
{
    const struct node *user = node_member(node, "user");
    const struct node *password = node_member(node, "password");
    const struct node *tls = node_member(node, "tls");
    bool clear = str_equal(channel_option_text(channel, "tls"), "none");
    bool is_smtps =
        str_starts(str_or_empty(channel_option_text(channel, "url")), "smtps:");

    if (user && !password)
        wrong(reader, user, "is of no use without password");
    if (password && !user)
        wrong(reader, password, "is of no use without user");
    if (tls && clear && has_option(channel, "password"))
        wrong(reader, tls, "would send the password in clear; write required");
    if (tls && clear && is_smtps)
        wrong(reader, tls,
              "does not go with smtps://, which is always TLS; write smtp://");
}

struct file_options {
    struct channel_option directory;
};

static const struct key file_items[] = {
    {.name = "directory",
     .required = true,
     .read = read_path,
     .offset = offsetof(struct file_options, directory.text)},
};

static const struct keys file_keys = KEYS(file_items);

struct exec_options {
    struct channel_option program, timeout;
};

static const struct key exec_items[] = {
    {.name = "program",
     .required = true,
     .read = read_path,
     .offset = offsetof(struct exec_options, program.text)},
    {.name = "timeout",
     .read = read_number,
     .least = 1,
     .most = 3600,
     .fallback = "60",
     .offset = offsetof(struct exec_options, timeout.number)},
};

static const struct keys exec_keys = KEYS(exec_items);

static const struct channel_type own_types[] = {
    {"smtp", "mail", true, 0, ADDRESS_EMAIL, false, &smtp_keys, check_smtp},
    {"file", "mail", true, 0, ADDRESS_EMAIL, false, &file_keys, NULL},
    {"exec", "mail", false, 0, ADDRESS_CODE, false, &exec_keys, NULL},
};

enum { TYPES_MOST = 32 };

enum { OWN_TYPES = sizeof(own_types) / sizeof(*own_types) };

const struct channel_type *channel_type_at(size_t index)
{
    return index < OWN_TYPES ? &own_types[index]
                             : channel_web_type_at(index - OWN_TYPES);
}

static const struct word address_words[] = {
    {"code", ADDRESS_CODE},           {"email", ADDRESS_EMAIL},
    {"phone", ADDRESS_PHONE},         {"zalo_chat", ADDRESS_ZALO_CHAT},
    {"zalo_user", ADDRESS_ZALO_USER}, {"telegram_chat", ADDRESS_TELEGRAM_CHAT},
    {"chat", ADDRESS_CHAT},           {NULL, 0},
};

/* char *: the name of a type. */
static void read_type(struct reader *reader, const struct node *node,
                      void *field, const struct key *key)
{
    struct word words[TYPES_MOST + 1] = {0};
    struct key with_words = *key;

    for (size_t i = 0; channel_type_at(i); i++) {
        assert(i < TYPES_MOST);
        words[i].text = channel_type_at(i)->name;
    }
    with_words.words = words;
    read_word_text(reader, node, field, &with_words);
}

static const struct key channel_items[] = {
    {.name = "name",
     .required = true,
     .read = read_own_name,
     .thing = THING_CHANNEL,
     .offset = offsetof(struct channel_setting, name)},
    {.name = "type",
     .required = true,
     .read = read_type,
     .offset = offsetof(struct channel_setting, type)},
    {.name = "address",
     .read = read_word,
     .words = address_words,
     .offset = offsetof(struct channel_setting, address)},
    {.name = "threads",
     .read = read_whole,
     .least = 1,
     .most = 64,
     .fallback = "4",
     .offset = offsetof(struct channel_setting, threads)},
    {.name = "public",
     .read = read_truth,
     .offset = offsetof(struct channel_setting, is_public)},
};

const struct keys channel_keys = KEYS(channel_items);

/* The type that a section names, if it names one rightly. */
static const struct channel_type *type_of(const struct node *node)
{
    const struct node *type = node_member(node, "type");

    for (size_t i = 0; type && channel_type_at(i); i++)
        if (str_equal(channel_type_at(i)->name, type->text))
            return channel_type_at(i);
    return NULL;
}

/* Without a type nobody knows which further keys are right: only the common
 * ones are looked at. */
static void read_untyped(struct reader *reader, const struct node *node,
                         struct channel_setting *channel)
{
    for (size_t i = 0; i < channel_keys.count; i++) {
        const struct key *key = &channel_keys.items[i];
        const struct node *member = node_member(node, key->name);
        if (member)
            key->read(reader, member, (char *)channel + key->offset, key);
        else if (key->required)
            wrong(reader, node, "the key \"%s\" is missing", key->name);
    }
}

static void read_typed(struct reader *reader, const struct node *node,
                       struct channel_setting *channel,
                       const struct channel_type *type)
{
    channel->templates = type->templates;
    channel->numbered = type->numbered;
    channel->lines_most = type->lines_most;
    channel->address = type->address;
    channel->is_public = type->is_public;
    channel->option_count = type->options->count;
    channel->options =
        mem_zero(channel->option_count, sizeof(*channel->options));
    for (size_t i = 0; i < channel->option_count; i++) {
        const struct key *key = &type->options->items[i];
        const struct node *member = node_member(node, key->name);
        assert(key->offset / sizeof(struct channel_option) == i);
        channel->options[i].name = key->name;
        channel->options[i].place = member ? member->place : node->place;
    }
    (void)read_members_of_two(
        reader, node,
        (const struct keys *const[]){&channel_keys, type->options},
        (void *const[]){channel, channel->options});
    if (type->check)
        type->check(reader, node, channel);
}

void read_channel(struct reader *reader, const struct node *node, void *field,
                  const struct key *key)
{
    struct settings *settings = field;
    struct channel_setting channel = {.place = node->place};
    const struct channel_type *type = type_of(node);

    (void)key;
    if (type)
        read_typed(reader, node, &channel, type);
    else if (node->kind == NODE_MAP)
        read_untyped(reader, node, &channel);
    else
        (void)read_members(reader, node, &channel_keys, &channel);
    settings->channels = mem_grow(settings->channels,
                                  settings->channel_count + 1, sizeof(channel));
    settings->channels[settings->channel_count++] = channel;
}

void channel_setting_done(struct channel_setting *channel)
{
    str_free(&channel->name);
    str_free(&channel->type);
    for (size_t i = 0; i < channel->option_count; i++) {
        str_free(&channel->options[i].text);
        str_free(&channel->options[i].secret.name);
    }
    free(channel->options);
    channel->options = NULL;
    channel->option_count = 0;
}

static const struct channel_option *
find_option(const struct channel_setting *channel, const char *name)
{
    for (size_t i = 0; i < channel->option_count; i++)
        if (str_equal(channel->options[i].name, name))
            return &channel->options[i];
    return NULL;
}

const char *channel_option_text(const struct channel_setting *channel,
                                const char *name)
{
    const struct channel_option *option = find_option(channel, name);
    return option ? option->text : NULL;
}

int64_t channel_option_number(const struct channel_setting *channel,
                              const char *name)
{
    const struct channel_option *option = find_option(channel, name);
    return option ? option->number : 0;
}

const struct secret *
channel_option_secret(const struct channel_setting *channel, const char *name)
{
    const struct channel_option *option = find_option(channel, name);
    return option ? &option->secret : NULL;
}
