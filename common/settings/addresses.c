/* Addresses of the net and of mail, and where secrets are kept: values in
 * which a password may stand by mistake, so that errors do not quote them. */
#include "settings/values.h"

#include <string.h>

#include "base/own.h"

static const struct word *scheme_of(const char *url, const struct word *schemes)
{
    for (const struct word *scheme = schemes; scheme->text; scheme++)
        if (str_starts(url, scheme->text))
            return scheme;
    return NULL;
}

static char *schemes_text(const struct word *schemes)
{
    struct buf all = {0};

    for (const struct word *scheme = schemes; scheme->text; scheme++)
        buf_addf(&all, "%s%s", all.length ? " or " : "", scheme->text);
    return buf_take(&all);
}

/* What is wrong with a URL, NULL for nothing. */
static const char *fault_of_url(const char *url, const char *host)
{
    size_t authority = strcspn(host, "/?#");

    if (memchr(host, '@', authority))
        return "has a user or password in it; a secret does not belong into "
               "an address: use the keys for it";
    if (!authority || *host == ':')
        return "names no host";
    if (strpbrk(url, " \t\"<>\\^`|"))
        return "has a blank or another character that no URL has";
    return NULL;
}

void read_url(struct reader *reader, const struct node *node, void *field,
              const struct key *key)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return;
    const struct word *scheme = scheme_of(text, key->words);
    if (!scheme) {
        owned(str_free) char *all = schemes_text(key->words);
        wrong(reader, node, "is not an address that begins with %s", all);
        return;
    }
    const char *fault = fault_of_url(text, text + strlen(scheme->text));
    if (fault)
        wrong(reader, node, "%s", fault);
    else
        read_string(reader, node, field, key);
}

/* One "@" with something on both sides, and nothing that could end the
 * address or add a header line. */
static bool is_address(const char *text, size_t length)
{
    const char *at = memchr(text, '@', length);

    if (!at || at == text || at + 1 == text + length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (strchr(" <>,;:\"()[]\\", text[i]) || text[i] < 0x21)
            return false;
    return !memchr(at + 1, '@', length - (size_t)(at + 1 - text));
}

static bool is_mailbox(const char *text)
{
    const char *open = strchr(text, '<');

    if (!open)
        return is_address(text, strlen(text));
    size_t length = strcspn(open + 1, ">");
    return str_equal(open + 1 + length, ">") && is_address(open + 1, length);
}

void read_mailbox(struct reader *reader, const struct node *node, void *field,
                  const struct key *key)
{
    const char *text = text_of_node(reader, node);

    if (text && !is_mailbox(text))
        wrong(reader, node,
              "\"%s\" is not a mail address; write Name <user@host> or "
              "user@host",
              text);
    else if (text)
        read_string(reader, node, field, key);
}

#define WANTED "write {credential: NAME} or {file: /PATH}"

static const struct key secret_items[] = {
    {.name = "credential", .read = read_name},
    {.name = "file", .read = read_path},
};

const struct keys secret_keys = KEYS(secret_items);

static bool is_credential_name(const char *text)
{
    return *text != '.' && strlen(text) <= 255 && !strpbrk(text, "/ ");
}

/* The one member, when it is known and a text. */
static const struct node *secret_member(const struct node *node)
{
    if (node->kind != NODE_MAP || node->count != 1)
        return NULL;
    const struct node *member = node->children[0];
    if (!keys_find(&secret_keys, member->key) || member->kind != NODE_TEXT)
        return NULL;
    return member->nothing || !*member->text ? NULL : member;
}

void read_secret(struct reader *reader, const struct node *node, void *field,
                 const struct key *key)
{
    struct secret *secret = field;
    const struct node *member = secret_member(node);

    (void)key;
    if (node->kind == NODE_TEXT) {
        wrong(reader, node, "is a secret written in clear; " WANTED);
        return;
    }
    if (!member) {
        wrong(reader, node, "does not say where the secret is; " WANTED);
        return;
    }
    bool is_file = str_equal(member->key, "file");
    if (is_file ? *member->text != '/' : !is_credential_name(member->text)) {
        wrong(reader, node,
              is_file ? "is not the whole path of a file; " WANTED
                      : "is not a credential's name; " WANTED);
        return;
    }
    secret->source = is_file ? SECRET_FILE : SECRET_CREDENTIAL;
    secret->place = node->place;
    owned(str_free) char *name = str_copy(member->text);
    str_replace(&secret->name, &name);
}
