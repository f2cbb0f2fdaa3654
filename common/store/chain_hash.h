/* chain_hash.h - the hash of one row of history; private to this room. */
#ifndef STORE_CHAIN_HASH_H
#define STORE_CHAIN_HASH_H

#include "store/chain.h"

/* A text with its length: one that was tampered with may hold a NUL. */
struct chain_text {
    const char *bytes; /* borrowed */
    size_t length;
};

struct chain_text chain_text(const char *text); /* NULL: "" */

/* A row as it is hashed; all borrowed. */
struct chain_row {
    int64_t id;
    int64_t item;
    struct chain_text code;
    int64_t happened_at;
    int64_t learnt_at;
    struct chain_text field, before, after, source, login, why;
};

/* The place after the row, reckoned from the one before it. */
void chain_go(struct chain_place *place, const struct chain_row *row);

#endif
