#include "store/inside.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

static const char *const texts[STATEMENTS] = {
#define STATEMENT(name, sql) [STATEMENT_##name] = (sql),
#include "store/sql/all.inc"
#undef STATEMENT
};

/* What the caller can do about an SQLite result. */
static enum err_code code_of(int result)
{
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return ERR_INVALID;
    default:
        return ERR_SYSTEM;
    }
}

int store_fail(struct store *store, struct err *err)
{
    int result = sqlite3_extended_errcode(store->db);
    int number = sqlite3_system_errno(store->db);
    const char *message = sqlite3_errmsg(store->db);

    if ((result & 0xFF) == SQLITE_IOERR || (result & 0xFF) == SQLITE_CANTOPEN)
        return err_set(err, ERR_SYSTEM, "%s: %s (%s)", store->path, message,
                       number ? strerror(number) : "no reason given");
    return err_set(err, code_of(result), "%s: %s", store->path, message);
}

int store_run(struct store *store, const char *sql, struct err *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store, err);
    return 0;
}

static void statement_free(sqlite3_stmt **statement)
{
    (void)sqlite3_finalize(*statement);
    *statement = NULL;
}

int store_ask(struct store *store, const char *sql, int64_t *number_r,
              struct err *err)
{
    owned(statement_free) sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        return store_fail(store, err);
    *number_r = sqlite3_column_int64(statement, 0);
    return 0;
}

int store_explain(struct store *store, enum statement statement, char **plan_r,
                  struct err *err)
{
    enum { DETAIL = 3 }; /* the column that is for people */
    owned(statement_free) sqlite3_stmt *plan = NULL;
    owned(buf_done) struct buf lines = {0};
    owned(str_free) char *sql =
        str_format("EXPLAIN QUERY PLAN %s", texts[statement]);

    if (sqlite3_prepare_v2(store->db, sql, -1, &plan, NULL) != SQLITE_OK)
        return store_fail(store, err);
    while (sqlite3_step(plan) == SQLITE_ROW)
        buf_addf(&lines, "%s\n",
                 (const char *)sqlite3_column_text(plan, DETAIL));
    *plan_r = buf_take(&lines);
    return 0;
}

/* SQLite numbers "$1" by its first appearance and not by its digits, so a
 * statement that names them out of order would mix its values up. */
static void check_parameters(sqlite3_stmt *statement)
{
    int count = sqlite3_bind_parameter_count(statement);

    for (int slot = 1; slot <= count; slot++) {
        owned(str_free) char *name = str_format("$%d", slot);
        assert(str_equal(sqlite3_bind_parameter_name(statement, slot), name));
    }
}

int store_prepare(struct store *store, enum statement statement,
                  struct err *err)
{
    sqlite3_stmt **kept = &store->statements[statement];

    if (*kept)
        return 0;
    if (sqlite3_prepare_v3(store->db, texts[statement], -1,
                           SQLITE_PREPARE_PERSISTENT, kept, NULL) != SQLITE_OK)
        return store_fail(store, err);
    check_parameters(*kept);
    return 0;
}

/* After a full disk SQLite may have undone the whole transaction by itself;
 * what is written next would then be committed alone. */
static int check_writing(struct query *query)
{
    struct store *store = query->store;

    if (sqlite3_stmt_readonly(query->statement))
        return 0;
    assert(store->writing);
    if (!sqlite3_get_autocommit(store->db))
        return 0;
    return err_set(&query->err, ERR_SYSTEM,
                   "%s: the transaction was undone after an error",
                   store->path);
}

struct query query_of(struct store *store, enum statement statement)
{
    struct query query = {.store = store};

    if (store_prepare(store, statement, &query.err) != 0)
        return query;
    query.statement = store->statements[statement];
    assert(!sqlite3_stmt_busy(query.statement));
    if (check_writing(&query) != 0)
        query.statement = NULL;
    return query;
}

void query_end(struct query *query)
{
    if (!query->statement)
        return;
    /* The result is that of the last step, which was told then. */
    (void)sqlite3_reset(query->statement);
    (void)sqlite3_clear_bindings(query->statement);
    query->statement = NULL;
}

/* Texts are borrowed: they outlive the query, which lives in one verb. */
void bind_text_or_null(struct query *query, const char *text)
{
    query->bound++;
    if (!query->statement)
        return;
    int result = sqlite3_bind_text(query->statement, query->bound, text, -1,
                                   SQLITE_STATIC);
    assert(result == SQLITE_OK || result == SQLITE_TOOBIG);
    if (result == SQLITE_TOOBIG) {
        (void)err_set(&query->err, ERR_INVALID, "%s: a text is too long",
                      query->store->path);
        query_end(query);
    }
}

void bind_text(struct query *query, const char *text)
{
    bind_text_or_null(query, str_or_empty(text));
}

void bind_int(struct query *query, int64_t number)
{
    query->bound++;
    if (!query->statement)
        return;
    int result = sqlite3_bind_int64(query->statement, query->bound, number);
    assert(result == SQLITE_OK);
}

void bind_instant(struct query *query, int64_t instant)
{
    if (instant != INSTANT_NONE) {
        bind_int(query, instant);
        return;
    }
    query->bound++;
    if (query->statement)
        (void)sqlite3_bind_null(query->statement, query->bound);
}

void bind_bytes(struct query *query, const void *bytes, size_t length)
{
    query->bound++;
    if (query->statement)
        (void)sqlite3_bind_blob(query->statement, query->bound, bytes,
                                (int)length, SQLITE_STATIC);
}

int query_row(struct query *query, struct err *err)
{
    if (!query->statement) {
        *err = query->err;
        return -1;
    }
    assert(query->bound == sqlite3_bind_parameter_count(query->statement));
    query->columns_read = 0;
    int result = sqlite3_step(query->statement);
    query->at_row = result == SQLITE_ROW;
    if (result == SQLITE_ROW)
        return 1;
    return result == SQLITE_DONE ? 0 : store_fail(query->store, err);
}

int query_returning(struct query *query, int64_t *number_r, struct err *err)
{
    int64_t number = 0;
    int found = query_row(query, err);

    if (found <= 0)
        return found;
    number = read_int(query);
    /* Foreign keys are checked at the end, so go there. */
    int more = query_row(query, err);
    while (more > 0)
        more = query_row(query, err);
    if (more == 0 && number_r)
        *number_r = number;
    return more == 0 ? 1 : -1;
}

int query_earliest(struct query *query, int64_t *instant_r, struct err *err)
{
    int found = query_row(query, err);

    if (found < 0)
        return -1;
    int64_t instant = found ? read_instant(query) : INSTANT_NONE;
    *instant_r = instant == INSTANT_NONE ? INSTANT_NEVER : instant;
    return 0;
}

int query_run(struct query *query, struct err *err)
{
    int more = query_row(query, err);

    while (more > 0)
        more = query_row(query, err);
    return more;
}

int query_must(struct query *query, struct err *err, const char *format, ...)
{
    int found = query_returning(query, NULL, err);
    char text[sizeof(err->text)];
    va_list args;

    if (found != 0)
        return found > 0 ? 0 : -1;
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return err_set(err, ERR_NOT_FOUND, "%s", text);
}

static int next_column(struct query *query)
{
    assert(query->at_row);
    assert(query->columns_read < sqlite3_column_count(query->statement));
    return query->columns_read++;
}

int64_t read_int(struct query *query)
{
    return sqlite3_column_int64(query->statement, next_column(query));
}

int64_t read_instant(struct query *query)
{
    int column = next_column(query);

    if (sqlite3_column_type(query->statement, column) == SQLITE_NULL)
        return INSTANT_NONE;
    return sqlite3_column_int64(query->statement, column);
}

const char *read_text(struct query *query)
{
    const unsigned char *text =
        sqlite3_column_text(query->statement, next_column(query));

    return str_or_empty((const char *)text);
}

char *read_copy(struct query *query)
{
    return str_copy(read_text(query));
}

char *read_copy_or_null(struct query *query)
{
    const unsigned char *text =
        sqlite3_column_text(query->statement, next_column(query));

    return str_copy((const char *)text);
}

const char *read_bytes(struct query *query, size_t *length_r)
{
    int column = next_column(query);
    const char *bytes = sqlite3_column_blob(query->statement, column);

    *length_r = (size_t)sqlite3_column_bytes(query->statement, column);
    return bytes;
}

void *list_room(void *items, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* at 0, 1, 2, 4, 8, ... */

    return full ? mem_grow(items, count ? 2 * count : 1, size) : items;
}

int put_row(struct store *store, const enum statement insert_update[2],
            row_binder *bind, const void *row, enum put_result *result_r,
            struct err *err)
{
    const enum put_result did[2] = {PUT_NEW, PUT_CHANGED};

    for (int i = 0; i < 2; i++) {
        owned(query_end) struct query query = query_of(store, insert_update[i]);
        bind(&query, row);
        int done = query_returning(&query, NULL, err);
        if (done < 0)
            return -1;
        if (done > 0) {
            *result_r = did[i];
            return 0;
        }
    }
    *result_r = PUT_SAME;
    return 0;
}
