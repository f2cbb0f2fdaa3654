/* store.h - the one place where everything is written down.
 *
 * SQLite in WAL mode; this room alone knows SQL.  The verbs of each noun are
 * in headers of their own.  All writing happens between store_begin() and
 * store_commit(), under one lock file beside the store that every process
 * takes, checkpoints included (the WAL-reset race of SQLite before 3.51.3).
 *
 * Failures: ERR_BUSY when another process holds the lock, ERR_SYSTEM with
 * SQLite's message for the rest, ERR_NOT_FOUND where a verb says so.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

enum store_mode {
    STORE_READ,   /* must exist; group members may */
    STORE_WRITE,  /* must exist; is migrated when it is older */
    STORE_CREATE, /* made when it does not exist */
};

/* Open, migrate, check (quick_check on writing modes).  ERR_NOT_FOUND: there
 * is no such file.  A file that is damaged, of another program, of a newer
 * kiphan or, for reading, of an older one: ERR_SYSTEM. */
int store_open(const char *path, enum store_mode mode, struct store **store_r,
               struct err *err);
void store_free(struct store **store);

/* A copy of what is in the store now, for this process alone: it can be
 * written to like any other, and is gone when it is freed; but what was
 * written is not undone, so whoever fails throws it away.  The store itself is
 * only read. */
int store_copy(struct store *from, struct store **copy_r, struct err *err);

/* Start a writing transaction, waiting at most wait_ms for the lock (0: only
 * try).  ERR_BUSY names the process that holds it. */
int store_begin(struct store *store, int wait_ms, struct err *err);
int store_commit(struct store *store, struct err *err); /* else undone */

/* Undo what was not committed; no-op outside a transaction. */
void store_rollback(struct store *store);

/* Inside a transaction: a mark to return to, for one row of many. */
int store_savepoint(struct store *store, struct err *err);
int store_savepoint_release(struct store *store, struct err *err);
void store_savepoint_undo(struct store *store);

/* Start a reading transaction: all reads until store_read_end() see one
 * state. */
int store_read_begin(struct store *store, struct err *err);
void store_read_end(struct store *store);

/* Move the WAL into the database; takes the lock itself, tries only. */
int store_checkpoint(struct store *store, struct err *err);

/* A number that differs after another process has committed. */
int store_data_version(struct store *store, int64_t *version_r,
                       struct err *err);

/* Small facts by name.  Missing: the fallback / NULL. */
int store_meta_int(struct store *store, const char *name, int64_t fallback,
                   int64_t *number_r, struct err *err);
int store_meta_set_int(struct store *store, const char *name, int64_t number,
                       struct err *err);
int store_meta_text(struct store *store, const char *name, char **text_r,
                    struct err *err);
int store_meta_set_text(struct store *store, const char *name, const char *text,
                        struct err *err);

/* Who did what: every change by a person is recorded. */
int store_record_action(struct store *store, int64_t at, const char *by,
                        const char *verb, const char *detail, struct err *err);

/* Hold the instance lock of the daemon for this process's life: ERR_BUSY
 * with the other's pid. */
int store_lock_instance(struct store *store, struct err *err);

#endif
