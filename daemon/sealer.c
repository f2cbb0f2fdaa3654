#include "daemon/sealer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/seal.h"

/* What one turn may take: some 30 ms. */
enum { MOST_ROWS = 20000 };

/* In place of a row's number: the seal itself is not as it was. */
enum { FAULT_SEAL = -1 };

struct sealer {
    struct store *store;
    char *path; /* of the store */
    struct seal_key key;
    struct seal seal;  /* as we last wrote or read it */
    int64_t fault_row; /* that the admin was told of; 0: none */
};

static void wipe_text(char **text)
{
    if (*text)
        explicit_bzero(*text, strlen(*text));
    str_free(text);
}

int sealer_open(const struct settings *settings, struct store *store,
                struct sealer **sealer_r, struct err *err)
{
    owned(sealer_free) struct sealer *sealer = NULL;

    *sealer_r = NULL;
    if (settings->history_key.source == SECRET_NONE)
        return 0;
    owned(wipe_text) char *secret = secret_open(&settings->history_key, err);
    if (!secret)
        return -1;
    sealer = mem_new(struct sealer);
    sealer->store = store;
    sealer->path = str_copy(settings->store_path);
    if (seal_key_take(secret, &sealer->key, err) ||
        store_meta_int(store, META_HISTORY_FAULT, 0, &sealer->fault_row, err))
        return -1;
    *sealer_r = give(sealer);
    return 0;
}

void sealer_free(struct sealer **sealer)
{
    if (!*sealer)
        return;
    seal_key_wipe(&(*sealer)->key);
    str_free(&(*sealer)->path);
    free(*sealer);
    *sealer = NULL;
}

/* The seal as it lies on the disk.  One that is older than what we know was
 * put back, or was taken away. */
static int read_seal(const struct sealer *sealer, struct seal *seal_r,
                     struct err *err)
{
    struct seal seal = {0};
    int failed = seal_read(sealer->path, &sealer->key, &seal, err);

    if (failed && err->code != ERR_NOT_FOUND)
        return -1;
    if (seal.sequence < sealer->seal.sequence)
        return err_set(
            err, ERR_INVALID, "%s.seal: %s; it had been sealed %lld times",
            sealer->path, failed ? "is gone" : "an older one was put back",
            (long long)sealer->seal.sequence);
    *seal_r = seal;
    return 0;
}

/* Put down for the admin which row does not fit, or (0) that all do. */
static int put_down(struct sealer *sealer, int64_t row, struct err *err)
{
    if (row == sealer->fault_row)
        return 0;
    if (store_begin(sealer->store, 0, err))
        return -1;
    if (store_meta_set_int(sealer->store, META_HISTORY_FAULT, row, err)) {
        store_rollback(sealer->store);
        return -1;
    }
    if (store_commit(sealer->store, err))
        return -1;
    sealer->fault_row = row;
    return 0;
}

/* What cannot be put down now is tried again at the next turn. */
static void try_put_down(struct sealer *sealer, int64_t row)
{
    struct err later = {0};

    (void)put_down(sealer, row, &later);
}

static int refuse(struct sealer *sealer, const struct chain_fault *fault,
                  struct err *err)
{
    owned(str_free) char *text = chain_fault_format(fault);

    try_put_down(sealer, fault->row);
    return err_set(err, ERR_INVALID, "%s", text);
}

static bool is_sealed(const struct sealer *sealer,
                      const struct chain_place *end)
{
    const struct chain_place sealed = seal_end(&sealer->seal);

    return end->rows == sealed.rows &&
           memcmp(end->hash, sealed.hash, CHAIN_HASH) == 0;
}

static int seal_on(struct sealer *sealer, int64_t now, bool *more_r,
                   struct err *err)
{
    struct seal seal = {0};
    struct chain_fault fault = {0};
    bool more = false;

    if (read_seal(sealer, &seal, err)) {
        if (err->code == ERR_INVALID)
            try_put_down(sealer, FAULT_SEAL);
        return -1;
    }
    int64_t before = seal.sequence;
    if (store_seal_chain(sealer->store, &seal, now, MOST_ROWS, &fault, &more,
                         err))
        return -1;
    if (fault.kind != CHAIN_FITS) {
        int failed = refuse(sealer, &fault, err);
        chain_fault_done(&fault);
        return failed;
    }
    if (put_down(sealer, 0, err) ||
        (seal.sequence > before &&
         seal_write(sealer->path, &sealer->key, &seal, err)))
        return -1;
    sealer->seal = seal;
    *more_r = more;
    return 0;
}

int sealer_turn(struct sealer *sealer, int64_t now, bool *more_r, bool *first_r,
                struct err *err)
{
    struct chain_place end = {0};

    *more_r = *first_r = false;
    if (!sealer)
        return 0;
    if (store_chain_end(sealer->store, &end, err))
        return -1;
    if (is_sealed(sealer, &end))
        return 0;
    if (seal_on(sealer, now, more_r, err))
        return -1;
    *first_r = sealer->seal.sequence == 1;
    return 0;
}
