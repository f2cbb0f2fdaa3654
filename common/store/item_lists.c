#include <stddef.h>

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"
#include "store/items.h"

/* Visitors see a page at a time, with no statement open: they may read and
 * write as they like, and memory does not grow with the store. */
enum { PAGE = 256 };

/* Fill a page with the items whose codes follow after. */
typedef int page_reader(struct store *store, const void *what,
                        const char *after, struct items *page_r,
                        struct err *err);

/* 0, or what the visitor returned, with the last code seen in *after. */
static int visit_page(const struct items *page, item_visitor *visit,
                      void *context, char **after, struct err *err)
{
    for (size_t i = 0; i < page->count; i++) {
        int stop = visit(context, &page->items[i], err);
        if (stop != 0)
            return stop;
    }
    if (page->count > 0) {
        owned(str_free) char *last =
            str_copy(page->items[page->count - 1].code);
        str_replace(after, &last);
    }
    return 0;
}

static int visit_pages(struct store *store, page_reader *read, const void *what,
                       item_visitor *visit, void *context, struct err *err)
{
    owned(str_free) char *after = str_copy("");

    for (;;) {
        owned(items_done) struct items page = {0};
        if (read(store, what, after, &page, err) != 0)
            return -1;
        int stop = visit_page(&page, visit, context, &after, err);
        if (stop != 0 || page.count < PAGE)
            return stop;
    }
}

static void bind_filter(struct query *query, const struct item_filter *filter,
                        const char *after)
{
    bind_text(query, after);
    bind_text(query, filter->kind < 0
                         ? ""
                         : item_kind_name((enum item_kind)filter->kind));
    bind_text_or_null(query, filter->unit);
    bind_text_or_null(query, filter->assignee);
    bind_text_or_null(query, filter->feed);
}

static int read_page(struct store *store, const void *what, const char *after,
                     struct items *page_r, struct err *err)
{
    const struct item_filter *filter = what;
    owned(query_end) struct query query =
        query_of(store, filter->open_only ? STATEMENT_PAGE_OF_OPEN_ITEMS
                                          : STATEMENT_PAGE_OF_ITEMS);

    bind_filter(&query, filter, after);
    bind_int(&query, PAGE);
    return read_items(&query, page_r, err);
}

int store_visit_items(struct store *store, const struct item_filter *filter,
                      item_visitor *visit, void *context, struct err *err)
{
    return visit_pages(store, read_page, filter, visit, context, err);
}

static int read_waiting_page(struct store *store, const void *what,
                             const char *after, struct items *page_r,
                             struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PAGE_OF_WAITING);

    (void)what;
    bind_text(&query, after);
    bind_int(&query, PAGE);
    return read_items(&query, page_r, err);
}

int store_visit_waiting(struct store *store, item_visitor *visit, void *context,
                        struct err *err)
{
    return visit_pages(store, read_waiting_page, NULL, visit, context, err);
}

int store_count_items(struct store *store, const struct item_filter *filter,
                      int64_t *count_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, filter->open_only ? STATEMENT_COUNT_OPEN_ITEMS
                                          : STATEMENT_COUNT_ITEMS);

    bind_filter(&query, filter, "");
    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}

int store_count_gone(struct store *store, int64_t *count_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_COUNT_GONE);

    return query_returning(&query, count_r, err) < 0 ? -1 : 0;
}

int store_mark_seen(struct store *store, int64_t item, int64_t import,
                    struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_MARK_SEEN);

    bind_int(&query, item);
    bind_int(&query, import);
    return query_run(&query, err);
}

int store_count_unseen(struct store *store, const char *feed, int64_t import,
                       int64_t *unseen_r, int64_t *open_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_COUNT_SEEN);

    bind_int(&query, import);
    bind_text(&query, feed);
    if (query_row(&query, err) < 0)
        return -1;
    *open_r = read_int(&query);
    *unseen_r = *open_r - read_int(&query);
    return 0;
}

/* What store_visit_unseen() asks for. */
struct unseen {
    const char *feed;
    int64_t import;
};

static int read_unseen_page(struct store *store, const void *what,
                            const char *after, struct items *page_r,
                            struct err *err)
{
    const struct unseen *unseen = what;
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PAGE_OF_UNSEEN);

    bind_text(&query, unseen->feed);
    bind_text(&query, after);
    bind_int(&query, unseen->import);
    bind_int(&query, PAGE);
    return read_items(&query, page_r, err);
}

int store_visit_unseen(struct store *store, const char *feed, int64_t import,
                       item_visitor *visit, void *context, struct err *err)
{
    const struct unseen unseen = {.feed = feed, .import = import};

    return visit_pages(store, read_unseen_page, &unseen, visit, context, err);
}
