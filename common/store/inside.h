/* inside.h - what only this room and its tests know: the open store, and how
 * a verb runs its statement.
 *
 * A verb reads like this; values are bound and read in their order, and what
 * goes wrong on the way is told by the call that steps:
 *
 *     owned(query_end) struct query query = query_of(store, STATEMENT_X);
 *     bind_text(&query, code);
 *     bind_instant(&query, at);
 *     while ((found = query_row(&query, err)) > 0)
 *         list_add(list, read_int(&query), read_text(&query));
 *     return found;
 *
 * No statement stays open when a verb returns, so that verbs may be called
 * from visitors and the WAL is never held back by a forgotten reader.
 */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/item.h"
#include "store/chain.h"
#include "store/items.h"
#include "store/lock.h"
#include "store/office.h"
#include "store/store.h"

/* The statements of each noun with their SQL. */
enum statement {
#define STATEMENT(name, sql) STATEMENT_##name,
#include "store/sql/all.inc"
#undef STATEMENT
    STATEMENTS
};

enum { STATUSES_KNOWN = 32 };

struct sqlite3;
struct sqlite3_stmt;

struct store {
    char *path;
    struct sqlite3 *db;
    struct lock lock;     /* of all writing and of checkpoints */
    struct lock instance; /* of the daemon */
    bool is_private;      /* a copy of our own: there is nobody to lock out */
    bool writing;         /* between begin and commit */
    bool reading;         /* between read_begin and read_end */
    struct sqlite3_stmt *statements[STATEMENTS];
    const struct status *statuses[STATUSES_KNOWN]; /* met so far */
    int status_count;
    struct chain_place history_end; /* in this transaction, when known */
    bool history_known;
    int64_t history_item; /* whose code is history_code; 0: nobody's */
    char *history_code;
};

struct query {
    struct store *store;
    struct sqlite3_stmt *statement; /* NULL: it could not be prepared */
    int bound;
    int columns_read;
    bool at_row;
    struct err err; /* why it could not */
};

/* Fill err with SQLite's last message.  Returns -1. */
int store_fail(struct store *store, struct err *err);

/* Run SQL that takes nothing and gives nothing: migrations, BEGIN. */
int store_run(struct store *store, const char *sql, struct err *err);

/* The first number that a piece of SQL gives. */
int store_ask(struct store *store, const char *sql, int64_t *number_r,
              struct err *err);

/* How SQLite would go about a statement, a line a step; yours. */
int store_explain(struct store *store, enum statement statement, char **plan_r,
                  struct err *err);

/* Prepare a statement, or find it prepared. */
int store_prepare(struct store *store, enum statement statement,
                  struct err *err);

/* The whole schema brought to this program's version, under the lock. */
int schema_migrate(struct store *store, struct err *err);
/* The version that the file has, and the one that this program knows. */
int schema_version(struct store *store, int64_t *version_r, struct err *err);
int64_t schema_newest(void);
/* Is this SQLite file one of ours, or empty? */
int schema_recognise(struct store *store, struct err *err);

struct query query_of(struct store *store, enum statement statement);
void query_end(struct query *query);

void bind_text(struct query *query, const char *text); /* NULL: "" */
void bind_text_or_null(struct query *query, const char *text);
void bind_int(struct query *query, int64_t number);
void bind_instant(struct query *query, int64_t instant); /* NONE: NULL */
void bind_bytes(struct query *query, const void *bytes, size_t length);

/* To the next row: 1, at the end 0, -1. */
int query_row(struct query *query, struct err *err);
/* Run to the end.  1 when the statement returned a row, whose first number
 * is then in *number_r (which may be NULL); 0 when it did not. */
int query_returning(struct query *query, int64_t *number_r, struct err *err);
/* The one instant that the statement gives; NULL is INSTANT_NEVER. */
int query_earliest(struct query *query, int64_t *instant_r, struct err *err);
/* Run to the end, whatever comes. */
int query_run(struct query *query, struct err *err);
/* Run to the end; a statement that returns no row found nothing to change:
 * ERR_NOT_FOUND with the text given. */
int query_must(struct query *query, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

int64_t read_int(struct query *query);
int64_t read_instant(struct query *query);
const char *read_text(struct query *query); /* borrowed until the next row */
char *read_copy(struct query *query);       /* yours */
char *read_copy_or_null(struct query *query);
/* What stands in a column whatever its type: its bytes, borrowed until the
 * next row, or NULL.  A text may have a NUL in it that nobody put there. */
const char *read_bytes(struct query *query, size_t *length_r);

/* Room for one more in a list of count things; lists double, so that a long
 * one is not copied at each step. */
void *list_room(void *items, size_t count, size_t size);

/* The row that the statement stands at, in the order of ITEM_COLUMNS. */
int read_item(struct query *query, struct item *item_r, struct err *err);
/* Step to the end, gathering the items of all rows. */
int read_items(struct query *query, struct items *items_r, struct err *err);
/* The one row that there is; none: ERR_NOT_FOUND with that text. */
int read_one_item(struct query *query, struct item *item_r, const char *missing,
                  struct err *err);

/* Insert a row, or change it where it differs: two statements that take the
 * same values, each returning a row when it did something. */
typedef void row_binder(struct query *query, const void *row);
int put_row(struct store *store, const enum statement insert_update[2],
            row_binder *bind, const void *row, enum put_result *result_r,
            struct err *err);

#endif
