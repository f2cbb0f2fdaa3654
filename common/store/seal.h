/* seal.h - the end of the history's chain, kept apart from the store under a
 * key (HMAC-SHA-512-256), so that who can write the store but has no key
 * cannot write a history that passes.
 *
 * The seal is a file of its own beside the store, "<store>.seal".  Only the
 * daemon has the key and makes it, after rows were committed; so it may lag
 * behind the chain, which is no fault, and never leads it.  Besides the end it
 * keeps places on the way, up to SEAL_MARKS of them, evenly thinned, so that
 * of a chain that was written anew it is known where that begins.
 *
 * What it cannot show: rows that were added by who may write the store, since
 * the command does the same; and a store and a seal both put back to an
 * earlier day.  Of that tells the sequence number, which only grows.
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/chain.h"

enum { SEAL_KEY = 32, SEAL_MARKS = 64, SEAL_SECRET_LEAST = 32 };

/* The small fact (store_meta_int) by which the daemon says that a row of the
 * history does not fit: its number; -1 for the seal itself, 0 for none. */
#define META_HISTORY_FAULT "history-fault"

struct seal_key {
    unsigned char bytes[SEAL_KEY];
};

/* A plain value. */
struct seal {
    int64_t sequence;                     /* how many times it was made */
    int64_t since;                        /* when the first of them was */
    int64_t sealed_at;                    /* and this one */
    struct chain_place marks[SEAL_MARKS]; /* by rows; the last is the end */
    size_t mark_count;                    /* 0: nothing is sealed */
};

/* The key that a secret's text stands for.  Shorter than SEAL_SECRET_LEAST
 * bytes: ERR_INVALID. */
int seal_key_take(const char *secret, struct seal_key *key_r, struct err *err);
void seal_key_wipe(struct seal_key *key);

/* A fresh secret as text, 64 hex digits; yours, to be wiped. */
char *seal_secret_make(void);

/* Where the seal of a store is; yours. */
char *seal_path(const char *store_path);

/* Read a store's seal.  Without a key (NULL) nothing proves it.
 * ERR_NOT_FOUND: there is none; ERR_INVALID: it is not what was written, or
 * is of another key. */
int seal_read(const char *store_path, const struct seal_key *key,
              struct seal *seal_r, struct err *err);

/* Replace it: the old one or the new one is there, whatever happens. */
int seal_write(const char *store_path, const struct seal_key *key,
               const struct seal *seal, struct err *err);

/* The place that is sealed; {0} when nothing is. */
struct chain_place seal_end(const struct seal *seal);

/* Seal up to a later place. */
void seal_add(struct seal *seal, const struct chain_place *place, int64_t now);

/* Reckon on from a place of the chain, at most so many rows, and compare with
 * the seal (NULL: only the chain itself) on the way: its marks must be met,
 * and the end must not come before its own.  *more_r: the end has not come. */
int store_verify_chain(struct store *store, const struct seal *seal,
                       struct chain_place *place, int64_t most,
                       struct chain_fault *fault_r, bool *more_r,
                       struct err *err);

/* Seal what was added since: from the seal's end on, whose row must be as it
 * was, at most so many rows.  A fault stops it and seals nothing. */
int store_seal_chain(struct store *store, struct seal *seal, int64_t now,
                     int64_t most, struct chain_fault *fault_r, bool *more_r,
                     struct err *err);

#endif
