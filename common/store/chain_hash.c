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

/* A letter and eight bytes, the same on every machine. */
static void add_number(crypto_generichash_state *state, char type,
                       uint64_t number)
{
    unsigned char bytes[1 + 8] = {(unsigned char)type};

    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (unsigned char)(number >> (8 * i));
    (void)crypto_generichash_update(state, bytes, sizeof(bytes));
}

static void add_instant(crypto_generichash_state *state, int64_t instant)
{
    bool none = instant == INSTANT_NONE;

    add_number(state, none ? 'n' : 'i', none ? 0 : (uint64_t)instant);
}

static void add_text(crypto_generichash_state *state, struct chain_text text)
{
    add_number(state, 't', text.length);
    if (text.length)
        (void)crypto_generichash_update(
            state, (const unsigned char *)text.bytes, text.length);
}

void chain_go(struct chain_place *place, const struct chain_row *row)
{
    crypto_generichash_state state;

    (void)crypto_generichash_init(&state, NULL, 0, CHAIN_HASH);
    (void)crypto_generichash_update(&state, place->hash, CHAIN_HASH);
    add_instant(&state, row->id);
    add_instant(&state, row->item);
    add_text(&state, row->code);
    add_instant(&state, row->happened_at);
    add_instant(&state, row->learnt_at);
    add_text(&state, row->field);
    add_text(&state, row->before);
    add_text(&state, row->after);
    add_text(&state, row->source);
    add_text(&state, row->login);
    add_text(&state, row->why);
    (void)crypto_generichash_final(&state, place->hash, CHAIN_HASH);
    place->rows = row->id;
}
