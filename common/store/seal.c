#include "store/seal.h"

#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

int seal_key_take(const char *secret, struct seal_key *key_r, struct err *err)
{
    size_t length = strlen(secret);

    if (length < SEAL_SECRET_LEAST)
        return err_set(err, ERR_INVALID,
                       "the key of the history is shorter than %d characters",
                       SEAL_SECRET_LEAST);
    (void)crypto_generichash(key_r->bytes, sizeof(key_r->bytes),
                             (const unsigned char *)secret, length, NULL, 0);
    return 0;
}

void seal_key_wipe(struct seal_key *key)
{
    sodium_memzero(key, sizeof(*key));
}

char *seal_secret_make(void)
{
    unsigned char bytes[SEAL_KEY];
    size_t room = 2 * sizeof(bytes) + 1;
    char *hex = mem_zero(room, 1);

    randombytes_buf(bytes, sizeof(bytes));
    (void)sodium_bin2hex(hex, room, bytes, sizeof(bytes));
    sodium_memzero(bytes, sizeof(bytes));
    return hex;
}

struct chain_place seal_end(const struct seal *seal)
{
    return seal->mark_count ? seal->marks[seal->mark_count - 1]
                            : (struct chain_place){0};
}

/* The mark goes whose neighbours are nearest to each other; the last stays. */
static void thin_out(struct seal *seal)
{
    struct chain_place *marks = seal->marks;
    int64_t least = INT64_MAX;
    size_t gone = 0;

    for (size_t i = 0; i + 1 < seal->mark_count; i++) {
        int64_t apart = marks[i + 1].rows - (i ? marks[i - 1].rows : 0);
        if (apart < least) {
            least = apart;
            gone = i;
        }
    }
    seal->mark_count--;
    memmove(&marks[gone], &marks[gone + 1],
            (seal->mark_count - gone) * sizeof(*marks));
}

void seal_add(struct seal *seal, const struct chain_place *place, int64_t now)
{
    if (seal->mark_count == SEAL_MARKS)
        thin_out(seal);
    seal->marks[seal->mark_count++] = *place;
    if (seal->sequence++ == 0)
        seal->since = now;
    seal->sealed_at = now;
}

/* The first mark behind a place; NULL when all are before it. */
static const struct chain_place *next_mark(const struct seal *seal,
                                           const struct chain_place *place,
                                           int64_t *fits_r)
{
    *fits_r = 0;
    for (size_t i = 0; seal && i < seal->mark_count; i++) {
        if (seal->marks[i].rows > place->rows)
            return &seal->marks[i];
        *fits_r = seal->marks[i].rows;
    }
    return NULL;
}

/* The row as it stands, for a fault that its own hash does not show. */
static int tell_row(struct store *store, enum chain_fault_kind kind,
                    int64_t row, int64_t fits_until,
                    struct chain_fault *fault_r, struct err *err)
{
    struct chain_fault seen = {0};
    struct chain_place nowhere = {.rows = row - 1};

    /* From a place whose hash is no row's, the row does not fit: told. */
    randombytes_buf(nowhere.hash, sizeof(nowhere.hash));
    if (store_walk_chain(store, &nowhere, 1, &seen, err))
        return -1;
    seen.kind = kind;
    seen.row = row;
    seen.fits_until = fits_until;
    *fault_r = seen;
    return 0;
}

/* Walk to the next mark, or so far; compare what was come to. */
static int verify_piece(struct store *store, const struct seal *seal,
                        struct chain_place *place, int64_t most,
                        struct chain_fault *fault_r, struct err *err)
{
    int64_t fits = 0, from = place->rows;
    const struct chain_place *mark = next_mark(seal, place, &fits);

    if (mark && mark->rows - from < most)
        most = mark->rows - from;
    if (store_walk_chain(store, place, most, fault_r, err))
        return -1;
    if (fault_r->kind != CHAIN_FITS || !mark)
        return 0;
    if (place->rows - from < most) {
        *fault_r = (struct chain_fault){.kind = CHAIN_MISSING,
                                        .row = place->rows + 1,
                                        .fits_until = place->rows};
        return 0;
    }
    if (place->rows < mark->rows ||
        memcmp(place->hash, mark->hash, CHAIN_HASH) == 0)
        return 0;
    return tell_row(store, CHAIN_REWRITTEN, mark->rows, fits, fault_r, err);
}

int store_verify_chain(struct store *store, const struct seal *seal,
                       struct chain_place *place, int64_t most,
                       struct chain_fault *fault_r, bool *more_r,
                       struct err *err)
{
    int64_t from = place->rows;
    bool at_end = false;

    *fault_r = (struct chain_fault){0};
    while (!at_end && fault_r->kind == CHAIN_FITS &&
           place->rows - from < most) {
        int64_t before = place->rows;
        if (verify_piece(store, seal, place, most - (before - from), fault_r,
                         err))
            return -1;
        at_end = place->rows == before;
    }
    *more_r = !at_end && fault_r->kind == CHAIN_FITS;
    return 0;
}

/* Is the row at which the seal ends still the one that was sealed? */
static int check_end(struct store *store, const struct seal *seal,
                     struct chain_fault *fault_r, struct err *err)
{
    struct chain_place sealed = seal_end(seal), stored = {0};

    if (sealed.rows == 0)
        return 0;
    if (store_chain_place(store, sealed.rows, &stored, err))
        return -1;
    if (stored.rows == sealed.rows &&
        memcmp(stored.hash, sealed.hash, CHAIN_HASH) == 0)
        return 0;
    return tell_row(store,
                    stored.rows < sealed.rows ? CHAIN_MISSING : CHAIN_REWRITTEN,
                    sealed.rows, 0, fault_r, err);
}

int store_seal_chain(struct store *store, struct seal *seal, int64_t now,
                     int64_t most, struct chain_fault *fault_r, bool *more_r,
                     struct err *err)
{
    struct chain_place place = seal_end(seal);
    int64_t from = place.rows;

    *fault_r = (struct chain_fault){0};
    *more_r = false;
    if (check_end(store, seal, fault_r, err))
        return -1;
    if (fault_r->kind != CHAIN_FITS)
        return 0;
    if (store_walk_chain(store, &place, most, fault_r, err))
        return -1;
    if (fault_r->kind != CHAIN_FITS || place.rows == from)
        return 0;
    seal_add(seal, &place, now);
    *more_r = place.rows - from == most;
    return 0;
}
