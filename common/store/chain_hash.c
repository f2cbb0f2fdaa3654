#include "store/chain_hash.h"

#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/instant.h"

char *chain_head_format(const struct chain_place *place)
{
    size_t room = 2 * CHAIN_HASH + 1;
    char *hex = mem_zero(room, 1);

    (void)sodium_bin2hex(hex, room, place->hash, CHAIN_HASH);
    return hex;
}

struct chain_text chain_text(const char *text)
{
    const char *bytes = str_or_empty(text);

    return (struct chain_text){bytes, strlen(bytes)};
}

/* What is hashed, gathered so that the hash is fed in few pieces. */
struct sink {
    crypto_generichash_state state;
    unsigned char bytes[512];
    size_t used;
};

static void flush(struct sink *sink)
{
    (void)crypto_generichash_update(&sink->state, sink->bytes, sink->used);
    sink->used = 0;
}

static void add_bytes(struct sink *sink, const void *bytes, size_t length)
{
    if (length > sizeof(sink->bytes) - sink->used)
        flush(sink);
    if (length > sizeof(sink->bytes)) {
        (void)crypto_generichash_update(&sink->state, bytes, length);
        return;
    }
    memcpy(sink->bytes + sink->used, bytes, length);
    sink->used += length;
}

/* A letter and eight bytes, the same on every machine. */
static void add_number(struct sink *sink, char type, uint64_t number)
{
    unsigned char bytes[1 + 8] = {(unsigned char)type};

    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (unsigned char)(number >> (8 * i));
    add_bytes(sink, bytes, sizeof(bytes));
}

static void add_instant(struct sink *sink, int64_t instant)
{
    bool none = instant == INSTANT_NONE;

    add_number(sink, none ? 'n' : 'i', none ? 0 : (uint64_t)instant);
}

static void add_text(struct sink *sink, struct chain_text text)
{
    add_number(sink, 't', text.length);
    if (text.length)
        add_bytes(sink, text.bytes, text.length);
}

void chain_go(struct chain_place *place, const struct chain_row *row)
{
    struct sink sink;

    sink.used = 0;
    (void)crypto_generichash_init(&sink.state, NULL, 0, CHAIN_HASH);
    add_bytes(&sink, place->hash, CHAIN_HASH);
    add_instant(&sink, row->id);
    add_instant(&sink, row->item);
    add_text(&sink, row->code);
    add_instant(&sink, row->happened_at);
    add_instant(&sink, row->learnt_at);
    add_text(&sink, row->field);
    add_text(&sink, row->before);
    add_text(&sink, row->after);
    add_text(&sink, row->source);
    add_text(&sink, row->login);
    add_text(&sink, row->why);
    flush(&sink);
    (void)crypto_generichash_final(&sink.state, place->hash, CHAIN_HASH);
    place->rows = row->id;
}
