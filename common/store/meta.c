#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

static int set_meta(struct store *store, const char *name, int64_t number,
                    const char *text, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_SET_META);

    bind_text(&query, name);
    bind_instant(&query, number);
    bind_text_or_null(&query, text);
    return query_run(&query, err);
}

int store_meta_int(struct store *store, const char *name, int64_t fallback,
                   int64_t *number_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_META);

    bind_text(&query, name);
    int found = query_row(&query, err);
    if (found < 0)
        return -1;
    int64_t number = found ? read_instant(&query) : INSTANT_NONE;
    *number_r = number == INSTANT_NONE ? fallback : number;
    return 0;
}

int store_meta_set_int(struct store *store, const char *name, int64_t number,
                       struct err *err)
{
    return set_meta(store, name, number, NULL, err);
}

int store_meta_text(struct store *store, const char *name, char **text_r,
                    struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_GET_META);

    bind_text(&query, name);
    int found = query_row(&query, err);
    if (found < 0)
        return -1;
    *text_r = NULL;
    if (found) {
        (void)read_int(&query);
        *text_r = read_copy_or_null(&query);
    }
    return 0;
}

int store_meta_set_text(struct store *store, const char *name, const char *text,
                        struct err *err)
{
    return set_meta(store, name, INSTANT_NONE, text, err);
}

int store_record_action(struct store *store, int64_t at, const char *by,
                        const char *verb, const char *detail, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_RECORD_ACTION);

    bind_int(&query, at);
    bind_text(&query, by);
    bind_text(&query, verb);
    bind_text(&query, detail);
    return query_run(&query, err);
}
