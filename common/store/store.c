#include "store/inside.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

/* SQLite's own locks are held for moments only, since ours keeps writers
 * apart; a migration may have to wait for a whole batch of another's. */
enum { BUSY_MS = 2000, MIGRATE_WAIT_MS = 10000 };

/* The WAL is cut back to this when it is begun anew. */
#define PRAGMAS                                                                \
    "PRAGMA foreign_keys = ON;"                                                \
    "PRAGMA synchronous = FULL;"                                               \
    "PRAGMA mmap_size = 0;"                                                    \
    "PRAGMA wal_autocheckpoint = 0;"                                           \
    "PRAGMA journal_size_limit = 16777216;"

/* Make the file with our own mode; what SQLite then puts beside it follows
 * it.  An existing file is not opened here: closing it would drop the locks
 * that this process may have on it. */
static int create_file(const char *path, struct err *err)
{
    struct stat there;

    if (stat(path, &there) == 0)
        return 0;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                  S_IRUSR | S_IWUSR | S_IRGRP);
    if (fd < 0)
        return errno == EEXIST
                   ? 0
                   : err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    (void)close(fd);
    return 0;
}

static int check_exists(const char *path, struct err *err)
{
    struct stat there;

    if (stat(path, &there) == 0)
        return 0;
    if (errno == ENOENT)
        return err_set(err, ERR_NOT_FOUND, "%s: there is no store here", path);
    return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
}

static int connect_to(struct store *store, enum store_mode mode,
                      struct err *err)
{
    int how = mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

    if (sqlite3_open_v2(store->path, &store->db, how | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return store_fail(store, err);
    (void)sqlite3_extended_result_codes(store->db, 1);
    (void)sqlite3_busy_timeout(store->db, BUSY_MS);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                            NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return store_run(store, PRAGMAS, err);
}

static int refuse_version(struct store *store, int64_t version, struct err *err)
{
    if (version > schema_newest())
        return err_set(err, ERR_SYSTEM,
                       "%s: was written by a newer kiphan (form %d, this one "
                       "knows up to %d)",
                       store->path, (int)version, (int)schema_newest());
    return err_set(err, ERR_SYSTEM,
                   "%s: is of an older kiphan (form %d of %d); starting the "
                   "daemon brings it up to date",
                   store->path, (int)version, (int)schema_newest());
}

/* Anew under the lock: another process may have migrated meanwhile. */
static int migrate_locked(struct store *store, struct err *err)
{
    if (store_run(store, "PRAGMA journal_mode = WAL", err) != 0 ||
        store_run(store, "BEGIN IMMEDIATE", err) != 0)
        return -1;
    if (schema_migrate(store, err) == 0 && store_run(store, "COMMIT", err) == 0)
        return 0;
    (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return -1;
}

static int migrate(struct store *store, struct err *err)
{
    if (lock_take(&store->lock, MIGRATE_WAIT_MS, err) != 0)
        return -1;
    int result = migrate_locked(store, err);
    lock_release(&store->lock);
    return result;
}

/* Whether it is ours, and of which version. */
static int bring_up_to_date(struct store *store, enum store_mode mode,
                            struct err *err)
{
    int64_t version = 0;

    if (schema_recognise(store, err) != 0 ||
        schema_version(store, &version, err) != 0)
        return -1;
    if (version == schema_newest())
        return 0;
    if (version > schema_newest() || mode == STORE_READ)
        return refuse_version(store, version, err);
    return migrate(store, err);
}

static int check_health(struct store *store, struct err *err)
{
    sqlite3_stmt *check = NULL;
    int result = -1;

    if (sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &check,
                           NULL) != SQLITE_OK ||
        sqlite3_step(check) != SQLITE_ROW) {
        (void)store_fail(store, err);
    } else {
        const char *found = (const char *)sqlite3_column_text(check, 0);
        result = str_equal(found, "ok")
                     ? 0
                     : err_set(err, ERR_SYSTEM, "%s: is damaged: %s",
                               store->path, str_or_empty(found));
    }
    (void)sqlite3_finalize(check);
    return result;
}

int store_open(const char *path, enum store_mode mode, struct store **store_r,
               struct err *err)
{
    owned(store_free) struct store *store = mem_new(struct store);

    store->path = str_copy(path);
    store->lock = LOCK_CLOSED;
    store->instance = LOCK_CLOSED;
    if (mode == STORE_CREATE && create_file(path, err) != 0)
        return -1;
    if (check_exists(path, err) != 0 || connect_to(store, mode, err) != 0)
        return -1;
    if (mode != STORE_READ && lock_open(&store->lock, path, ".lock", err) != 0)
        return -1;
    if (bring_up_to_date(store, mode, err) != 0)
        return -1;
    if (mode != STORE_READ && check_health(store, err) != 0)
        return -1;
    *store_r = give(store);
    return 0;
}

void store_free(struct store **store)
{
    struct store *old = *store;

    if (!old)
        return;
    store_rollback(old);
    store_read_end(old);
    for (int i = 0; i < STATEMENTS; i++)
        (void)sqlite3_finalize(old->statements[i]);
    (void)sqlite3_close(old->db);
    lock_done(&old->lock);
    lock_done(&old->instance);
    free(old->path);
    free(old->history_code);
    free(old);
    *store = NULL;
}

int store_begin(struct store *store, int wait_ms, struct err *err)
{
    assert(!store->writing && !store->reading);
    store->writing = store->is_private; /* which has begun when it was made */
    if (store->writing)
        return 0;
    if (lock_take(&store->lock, wait_ms, err) != 0)
        return -1;
    if (store_run(store, "BEGIN IMMEDIATE", err) != 0) {
        lock_release(&store->lock);
        return -1;
    }
    store->writing = true;
    store->history_known = false; /* others may have written since */
    store->history_item = 0;
    return 0;
}

int store_commit(struct store *store, struct err *err)
{
    assert(store->writing);
    if (store->is_private) {
        store->writing = false;
        return 0;
    }
    /* A transaction that SQLite has undone by itself fails here too. */
    int result = store_run(store, "COMMIT", err);
    if (result == 0) {
        store->writing = false;
        lock_release(&store->lock);
    }
    store_rollback(store);
    return result;
}

void store_rollback(struct store *store)
{
    if (!store->writing)
        return;
    if (!store->is_private && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->writing = false;
    lock_release(&store->lock);
}

int store_savepoint(struct store *store, struct err *err)
{
    assert(store->writing);
    return store_run(store, "SAVEPOINT mark", err);
}

int store_savepoint_release(struct store *store, struct err *err)
{
    assert(store->writing);
    return store_run(store, "RELEASE mark", err);
}

void store_savepoint_undo(struct store *store)
{
    assert(store->writing);
    store->history_known = false;
    store->history_item = 0;
    (void)sqlite3_exec(store->db, "ROLLBACK TO mark; RELEASE mark", NULL, NULL,
                       NULL);
}

int store_read_begin(struct store *store, struct err *err)
{
    assert(!store->writing && !store->reading);
    if (store_run(store, "BEGIN", err) != 0)
        return -1;
    store->reading = true;
    return 0;
}

void store_read_end(struct store *store)
{
    if (!store->reading)
        return;
    (void)sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    store->reading = false;
}

int store_checkpoint(struct store *store, struct err *err)
{
    assert(!store->writing && !store->reading);
    if (store->is_private)
        return 0;
    if (lock_take(&store->lock, 0, err) != 0)
        return -1;
    /* Passive: waits for no reader, so a stopped one cannot stop us. */
    int result =
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                  NULL, NULL) == SQLITE_OK
            ? 0
            : store_fail(store, err);
    lock_release(&store->lock);
    return result;
}

int store_data_version(struct store *store, int64_t *version_r, struct err *err)
{
    return store_ask(store, "PRAGMA data_version", version_r, err);
}

int store_lock_instance(struct store *store, struct err *err)
{
    if (store->instance.fd < 0 &&
        lock_open(&store->instance, store->path, ".daemon.lock", err) != 0)
        return -1;
    if (lock_take(&store->instance, 0, err) != 0)
        return err_wrap(err, "another kiphand serves this store");
    return 0;
}
