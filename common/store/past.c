#include "store/past.h"

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

/* History beside items, both in the order of the items' numbers. */
struct walk {
    struct query history;
    int64_t item; /* whose row the history stands at */
    bool at_row;
};

static int next_row(struct walk *walk, struct err *err)
{
    int found = query_row(&walk->history, err);

    walk->at_row = found > 0;
    if (walk->at_row)
        walk->item = read_int(&walk->history);
    return found < 0 ? -1 : 0;
}

static struct past_row read_row(struct query *query)
{
    struct past_row row = {.happened_at = read_instant(query)};

    row.learnt_at = read_int(query);
    row.field = read_text(query);
    row.before = read_text(query);
    row.after = read_text(query);
    return row;
}

/* Give the visitor the rows of one item; those of the system's own, whose
 * numbers lie between, are passed over. */
static int visit_rows(struct walk *walk, const struct past_visitor *visitor,
                      int64_t item, struct err *err)
{
    while (walk->at_row && walk->item <= item) {
        if (walk->item == item) {
            struct past_row row = read_row(&walk->history);
            int stop = visitor->row(visitor->context, &row, err);
            if (stop != 0)
                return stop;
        }
        if (next_row(walk, err) != 0)
            return -1;
    }
    return 0;
}

static int read_past_item(struct query *query, struct past_item *item_r,
                          struct err *err)
{
    struct past_item item = {.id = read_int(query)};

    item.code = read_text(query);
    if (item_kind_parse(read_text(query), &item.kind) != 0)
        return err_set(err, ERR_SYSTEM, "%s: item %s is of no known kind",
                       query->store->path, item.code);
    item.title = read_text(query);
    item.procedure = read_text(query);
    item.field = read_text(query);
    item.assignee_text = read_text(query);
    item.submission = submission_named(read_text(query));
    item.received_at = read_instant(query);
    item.original_due_at = read_instant(query);
    *item_r = item;
    return 0;
}

static int visit_item(struct walk *walk, struct query *items,
                      const struct past_visitor *visitor, struct err *err)
{
    struct past_item item = {0};

    if (read_past_item(items, &item, err) != 0)
        return -1;
    int stop = visitor->begin(visitor->context, &item, err);
    if (stop == 0)
        stop = visit_rows(walk, visitor, item.id, err);
    return stop ? stop : visitor->end(visitor->context, &item, err);
}

int store_visit_past(struct store *store, const struct past_visitor *visitor,
                     struct err *err)
{
    owned(query_end) struct query items = query_of(store, STATEMENT_PAST_ITEMS);
    struct walk walk = {.history = query_of(store, STATEMENT_PAST_HISTORY)};
    int found = 0;
    int stop = next_row(&walk, err);

    while (stop == 0 && (found = query_row(&items, err)) > 0)
        stop = visit_item(&walk, &items, visitor, err);
    query_end(&walk.history);
    return stop ? stop : found;
}

int store_count_past(struct store *store, int64_t *count_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_COUNT_PAST);

    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}

int store_first_learnt(struct store *store, int64_t *first_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_FIRST_LEARNT);

    return query_earliest(&query, first_r, err);
}
