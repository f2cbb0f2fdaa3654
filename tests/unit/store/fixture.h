/* fixture.h - a store in a directory of its own, and things to put in it. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/inside.h"
#include "store/items.h"
#include "store/store.h"

struct fixture {
    char directory[64];
    char path[96];
    struct store *store;
};

static inline void fixture_remove(struct fixture *fixture)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock",
                                          ".daemon.lock"};

    store_free(&fixture->store);
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        owned(str_free) char *file =
            str_format("%s%s", fixture->path, endings[i]);
        (void)unlink(file);
    }
    (void)rmdir(fixture->directory);
}

/* A directory without a store yet. */
static inline struct fixture fixture_empty(void)
{
    struct fixture fixture = {.directory = "/tmp/kiphan-store-XXXXXX"};

    assert_non_null(mkdtemp(fixture.directory));
    (void)snprintf(fixture.path, sizeof(fixture.path), "%s/kiphan.db",
                   fixture.directory);
    return fixture;
}

/* A fresh store, open for writing. */
static inline struct fixture fixture_new(void)
{
    struct fixture fixture = fixture_empty();
    struct err err = {0};

    check_ok(store_open(fixture.path, STORE_CREATE, &fixture.store, &err));
    return fixture;
}

/* The same with a transaction begun. */
static inline struct fixture fixture_writing(void)
{
    struct fixture fixture = fixture_new();
    struct err err = {0};

    check_ok(store_begin(fixture.store, 0, &err));
    return fixture;
}

/* A dossier in progress, due at an instant. */
static inline struct item sample_item(const char *code, int64_t due_at)
{
    return (struct item){
        .kind = KIND_DOSSIER,
        .code = str_copy(code),
        .title = str_copy("Đăng ký kết hôn"),
        .unit = str_copy("hcc"),
        .assignee = str_copy("cv1.hcc"),
        .feed = str_copy("motcua"),
        .submission = SUBMITTED_ONLINE,
        .status = status_find(KIND_DOSSIER, "4"),
        .received_at = 1000,
        .due_at = due_at,
        .computed_due_at = INSTANT_NONE,
        .original_due_at = due_at,
        .finished_at = INSTANT_NONE,
    };
}

/* Put a dossier and give its number. */
static inline int64_t put_sample(struct store *store, const char *code,
                                 int64_t due_at)
{
    owned(item_done) struct item item = sample_item(code, due_at);
    struct err err = {0};

    check_ok(store_put_item(store, &item, &err));
    return item.id;
}

/* Does the statement reach its rows by this index or key, with no scan and
 * no sorting? */
static inline void check_plan(struct store *store, enum statement statement,
                              const char *by)
{
    owned(str_free) char *plan = NULL;
    struct err err = {0};

    check_ok(store_explain(store, statement, &plan, &err));
    if (!strstr(plan, by) || strstr(plan, "FOR ORDER BY"))
        fail_msg("not by %s:\n%s", by, plan);
    for (const char *scan = strstr(plan, "SCAN "); scan;
         scan = strstr(scan + 1, "SCAN ")) {
        const char *end = strchr(scan, '\n');
        const char *with = strstr(scan, "USING ");
        if (!with || (end && with > end))
            fail_msg("a whole table is scanned:\n%s", plan);
    }
}

#endif
