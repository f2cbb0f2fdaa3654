/* chain.h - the history of items as a chain: each row is bound by a hash to
 * all rows before it, so that none can be changed, removed or put elsewhere
 * without the rows after it saying so.
 *
 * Rows are numbered 1, 2, 3 ... without gaps.  The hash of a row is
 * BLAKE2b-256 of the hash before it (of the first row: 32 zero bytes) and of
 * every column but the hash itself, id first, in the table's order; each is
 * written as one letter for its type ('i' a number, 't' a text, 'n' nothing)
 * followed by eight bytes, least first (the number, or the length of the
 * text), and the text's bytes.  So no two rows are written alike.
 *
 * A hash alone does not stop who rewrites all rows after the changed one; for
 * that the end of the chain is sealed with a key (seal.h).
 */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/items.h"
#include "store/store.h"

enum { CHAIN_HASH = 32 };

/* A place in the chain: so many rows, and the hash of the last of them; {0}
 * is its beginning.  A plain value. */
struct chain_place {
    int64_t rows;
    unsigned char hash[CHAIN_HASH];
};

/* The hash of a place in hex; yours. */
char *chain_head_format(const struct chain_place *place);

/* Where the chain ends; its hash is as stored, not reckoned. */
int store_chain_end(struct store *store, struct chain_place *end_r,
                    struct err *err);

/* Likewise at a row; *place_r is {0} when there is no such row. */
int store_chain_place(struct store *store, int64_t row,
                      struct chain_place *place_r, struct err *err);

enum chain_fault_kind {
    CHAIN_FITS,
    CHAIN_MISSING,    /* a row is not there */
    CHAIN_EXTRA,      /* one whose number nobody gave */
    CHAIN_CHANGED,    /* it is not what was written: its hash differs */
    CHAIN_OTHER_ITEM, /* its item has another code now, or is gone */
    CHAIN_REWRITTEN,  /* it fits those before it, but not the seal */
};

/* The first row that does not fit. */
struct chain_fault {
    enum chain_fault_kind kind;
    int64_t row;          /* its number, or that of the missing one */
    int64_t fits_until;   /* rows before it that are known to fit */
    char *code;           /* of its item as the row has it, or NULL: no row */
    struct history found; /* what stands there now; empty without a row */
};

/* "missing", "changed" ...; static. */
const char *chain_fault_name(enum chain_fault_kind kind);

/* What is wrong in one English sentence, for a log; yours. */
char *chain_fault_format(const struct chain_fault *fault);

void chain_fault_done(struct chain_fault *fault);

/* Reckon on from a place, at most so many rows; place is then where it came.
 * At the first row that does not fit it stops: fault_r->kind says so, and
 * place is before it.  Fewer rows than asked for without a fault: the end. */
int store_walk_chain(struct store *store, struct chain_place *place,
                     int64_t most, struct chain_fault *fault_r,
                     struct err *err);

#endif
