#include "store/inside.h"

#include <sqlite3.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

/* Nobody else sees it and nothing of it is kept: it need not survive a crash,
 * and is one transaction all its life (a commit would look at every page that
 * was changed so far).  Pages beyond the cache go to a file without a name,
 * which ends with us. */
#define PRAGMAS                                                                \
    "PRAGMA foreign_keys = OFF;"                                               \
    "PRAGMA synchronous = OFF;"                                                \
    "PRAGMA journal_mode = OFF;"                                               \
    "PRAGMA mmap_size = 0;"                                                    \
    "PRAGMA cache_size = -262144;"                                             \
    "BEGIN"

static int fill(struct store *copy, struct store *from, struct err *err)
{
    sqlite3_backup *backup =
        sqlite3_backup_init(copy->db, "main", from->db, "main");

    if (!backup)
        return store_fail(copy, err);
    (void)sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK)
        return store_fail(copy, err);
    return store_run(copy, PRAGMAS, err);
}

int store_copy(struct store *from, struct store **copy_r, struct err *err)
{
    static const int how =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    owned(store_free) struct store *copy = mem_new(struct store);

    copy->path = str_format("a copy of %s", from->path);
    copy->lock = LOCK_CLOSED;
    copy->instance = LOCK_CLOSED;
    copy->is_private = true;
    /* Without a name: a temporary database. */
    if (sqlite3_open_v2("", &copy->db, how, NULL) != SQLITE_OK)
        return store_fail(copy, err);
    (void)sqlite3_extended_result_codes(copy->db, 1);
    if (fill(copy, from, err))
        return -1;
    *copy_r = give(copy);
    return 0;
}
