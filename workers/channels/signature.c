#include "workers/channels/signature.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

enum { KEYS_MOST = 2, KEY_LEAST = 24, KEY_MOST = 64 };

struct webhook_keys {
    unsigned char bytes[KEYS_MOST][KEY_MOST];
    size_t lengths[KEYS_MOST];
    size_t count;
};

static const char blanks[] = " \t\r\n";
static const char prefix[] = "whsec_";

/* One key of length characters at text.  Messages never quote it. */
static int add_key(struct webhook_keys *keys, const char *text, size_t length,
                   struct err *err)
{
    const size_t skip = strlen(prefix);
    size_t bytes = 0;

    if (keys->count == KEYS_MOST)
        return err_set(err, ERR_INVALID, "more than %d signing keys",
                       (int)KEYS_MOST);
    if (length <= skip || strncmp(text, prefix, skip) != 0)
        return err_set(err, ERR_INVALID,
                       "the signing key does not begin with %s", prefix);
    if (sodium_base642bin(keys->bytes[keys->count], KEY_MOST, text + skip,
                          length - skip, NULL, &bytes, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return err_set(err, ERR_INVALID,
                       "the signing key is not base64 of at most %d bytes",
                       (int)KEY_MOST);
    if (bytes < KEY_LEAST)
        return err_set(err, ERR_INVALID,
                       "the signing key has fewer than %d bytes",
                       (int)KEY_LEAST);
    keys->lengths[keys->count++] = bytes;
    return 0;
}

int webhook_keys_parse(const char *text, struct webhook_keys **keys_r,
                       struct err *err)
{
    owned(webhook_keys_free) struct webhook_keys *keys =
        mem_new(struct webhook_keys);

    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);
        if (add_key(keys, text, length, err) != 0)
            return -1;
        text += length;
    }
    if (keys->count == 0)
        return err_set(err, ERR_INVALID, "the signing key is empty");
    *keys_r = give(keys);
    return 0;
}

void webhook_keys_free(struct webhook_keys **keys)
{
    if (*keys)
        sodium_memzero(*keys, sizeof(**keys));
    free(*keys);
    *keys = NULL;
}

static void add_signature(struct buf *out, const unsigned char *key,
                          size_t key_length, const char *head, const char *body,
                          size_t length)
{
    unsigned char code[crypto_auth_hmacsha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof(code),
                                        sodium_base64_VARIANT_ORIGINAL)];
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, key_length);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)head,
                                  strlen(head));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, length);
    crypto_auth_hmacsha256_final(&state, code);
    sodium_memzero(&state, sizeof(state));
    sodium_bin2base64(text, sizeof(text), code, sizeof(code),
                      sodium_base64_VARIANT_ORIGINAL);
    buf_addf(out, "%sv1,%s", out->length ? " " : "", text);
}

char *webhook_sign(const struct webhook_keys *keys, const char *id,
                   int64_t timestamp, const char *body, size_t length)
{
    owned(str_free) char *head =
        str_format("%s.%lld.", id, (long long)timestamp);
    struct buf out = {0};

    for (size_t i = 0; i < keys->count; i++)
        add_signature(&out, keys->bytes[i], keys->lengths[i], head, body,
                      length);
    return buf_take(&out);
}
