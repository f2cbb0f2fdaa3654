#include "store/overrides.h"

#include <stdlib.h>

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

void override_done(struct override *override)
{
    str_free(&override->field);
    str_free(&override->theirs);
    str_free(&override->by);
    str_free(&override->login);
    str_free(&override->why);
    str_free(&override->document);
}

void overrides_done(struct overrides *list)
{
    for (size_t i = 0; i < list->count; i++)
        override_done(&list->items[i]);
    free(list->items);
    *list = (struct overrides){0};
}

void overrides_add(struct overrides *list, struct override *override)
{
    list->items = list_room(list->items, list->count, sizeof(*list->items));
    list->items[list->count++] = *override;
    *override = (struct override){0};
}

int store_put_override(struct store *store, int64_t item,
                       const struct override *override, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PUT_OVERRIDE);

    bind_int(&query, item);
    bind_text(&query, override->field);
    bind_text(&query, override->theirs);
    bind_int(&query, override->by_day);
    bind_instant(&query, override->at);
    bind_int(&query, override->learnt_at);
    bind_text(&query, override->by);
    bind_text(&query, override->login);
    bind_text(&query, override->why);
    bind_text(&query, override->document);
    return query_run(&query, err);
}

int store_drop_override(struct store *store, int64_t item, const char *field,
                        struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_DROP_OVERRIDE);

    bind_int(&query, item);
    bind_text(&query, field);
    return query_run(&query, err);
}

static struct override read_override(struct query *query)
{
    struct override override = {.field = read_copy(query)};

    override.theirs = read_copy(query);
    override.by_day = read_int(query) != 0;
    override.at = read_instant(query);
    override.learnt_at = read_int(query);
    override.by = read_copy(query);
    override.login = read_copy(query);
    override.why = read_copy(query);
    override.document = read_copy(query);
    return override;
}

int store_get_overrides(struct store *store, int64_t item,
                        struct overrides *overrides_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_GET_OVERRIDES);
    owned(overrides_done) struct overrides list = {0};
    int found;

    bind_int(&query, item);
    while ((found = query_row(&query, err)) > 0) {
        struct override override = read_override(&query);
        overrides_add(&list, &override);
    }
    if (found < 0)
        return -1;
    *overrides_r = list;
    list = (struct overrides){0};
    return 0;
}
