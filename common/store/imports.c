#include "store/imports.h"

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

void import_done(struct import *import)
{
    str_free(&import->kind);
    str_free(&import->feed);
    str_free(&import->file);
    str_free(&import->digest);
    str_free(&import->by);
}

int store_add_import(struct store *store, struct import *import,
                     struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_ADD_IMPORT);

    bind_text(&query, import->kind);
    bind_text(&query, import->feed);
    bind_text(&query, import->file);
    bind_text(&query, import->digest);
    bind_instant(&query, import->as_of);
    bind_int(&query, import->at);
    bind_text(&query, import->by);
    bind_int(&query, import->rows);
    bind_int(&query, import->fresh);
    bind_int(&query, import->changed);
    bind_int(&query, import->rejected);
    return query_returning(&query, &import->id, err) < 0 ? -1 : 0;
}

int store_finish_import(struct store *store, const struct import *import,
                        struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_FINISH_IMPORT);

    bind_int(&query, import->rows);
    bind_int(&query, import->fresh);
    bind_int(&query, import->changed);
    bind_int(&query, import->rejected);
    bind_int(&query, import->id);
    return query_must(&query, err, "there is no import %lld",
                      (long long)import->id);
}

int store_last_import(struct store *store, const char *feed,
                      struct import *import_r, struct err *err)
{
    return store_last_import_until(store, feed, INSTANT_NEVER, import_r, err);
}

int store_last_import_until(struct store *store, const char *feed,
                            int64_t until, struct import *import_r,
                            struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_LAST_IMPORT);

    bind_text(&query, feed);
    bind_int(&query, until);
    int found = query_row(&query, err);
    if (found < 0)
        return -1;
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "nothing was imported of %s",
                       *feed ? feed : "any feed");

    struct import import = {.id = read_int(&query)};
    import.kind = read_copy(&query);
    import.feed = read_copy(&query);
    import.file = read_copy(&query);
    import.digest = read_copy(&query);
    import.as_of = read_instant(&query);
    import.at = read_int(&query);
    import.by = read_copy(&query);
    import.rows = read_int(&query);
    import.fresh = read_int(&query);
    import.changed = read_int(&query);
    import.rejected = read_int(&query);
    *import_r = import;
    return 0;
}
