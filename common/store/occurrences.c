#include "store/occurrences.h"

#include <stdlib.h>

#include "base/own.h"
#include "store/inside.h"

int store_add_occurrence(struct store *store,
                         const struct occurrence *occurrence, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ADD_OCCURRENCE);
    char day[11] = "";

    date_format(occurrence->day, day);
    bind_int(&query, occurrence->series);
    bind_text(&query, day);
    bind_int(&query, occurrence->item);
    return query_run(&query, err);
}

static int read_occurrence(struct query *query, struct occurrence *occurrence_r,
                           struct err *err)
{
    struct occurrence occurrence = {.series = read_int(query)};

    if (date_parse(read_text(query), &occurrence.day, err))
        return -1;
    occurrence.item = read_int(query);
    *occurrence_r = occurrence;
    return 0;
}

static int read_one(struct query *query, int64_t of,
                    struct occurrence *occurrence_r, struct err *err)
{
    bind_int(query, of);
    int found = query_row(query, err);
    if (found < 0)
        return -1;
    if (found == 0)
        return err_set(err, ERR_NOT_FOUND, "item %lld has no occurrence",
                       (long long)of);
    return read_occurrence(query, occurrence_r, err);
}

int store_last_occurrence(struct store *store, int64_t series,
                          struct occurrence *occurrence_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_LAST_OCCURRENCE);

    return read_one(&query, series, occurrence_r, err);
}

int store_occurrence_of(struct store *store, int64_t item,
                        struct occurrence *occurrence_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_OCCURRENCE_OF);

    return read_one(&query, item, occurrence_r, err);
}

void occurrences_done(struct occurrences *list)
{
    free(list->items);
    *list = (struct occurrences){0};
}

int store_get_occurrences(struct store *store, int64_t series,
                          struct occurrences *occurrences_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_GET_OCCURRENCES);
    owned(occurrences_done) struct occurrences list = {0};
    int found;

    bind_int(&query, series);
    while ((found = query_row(&query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        if (read_occurrence(&query, &list.items[list.count], err))
            return -1;
        list.count++;
    }
    if (found < 0)
        return -1;
    *occurrences_r = list;
    list = (struct occurrences){0};
    return 0;
}
