#include "intake/gone.h"

#include "base/mem.h"
#include "base/own.h"
#include "intake/changes.h"

struct search {
    const struct run *run;
    struct items gone;
    int64_t open;
};

static int visit(void *context, const struct item *item, struct err *err)
{
    struct search *search = context;
    struct items *gone = &search->gone;

    (void)err;
    search->open++;
    if (codes_have(&search->run->codes, item->code))
        return 0;
    gone->items = mem_grow(gone->items, gone->count + 1, sizeof(*gone->items));
    gone->items[gone->count++] = item_copy(item);
    return 0;
}

int gone_find(const struct run *run, struct items *gone_r, struct err *err)
{
    const struct intake_feed *feed = run->options->feed;
    struct item_filter filter = {
        .kind = (int)feed->kind, .feed = feed->name, .open_only = true};
    struct search search = {.run = run};

    if (!feed->complete || run->older)
        return 0;
    if (store_visit_items(run->options->store, &filter, visit, &search, err)) {
        items_done(&search.gone);
        return -1;
    }
    *gone_r = search.gone;
    if ((int64_t)gone_r->count * 100 <= search.open * feed->gone_percent)
        return 0;
    owned(str_free) char *missing = str_format("%zu", gone_r->count);
    owned(str_free) char *open = str_format("%lld", (long long)search.open);
    owned(str_free) char *percent = str_format("%d", feed->gone_percent);
    return text_err(err, ERR_INVALID, TEXT_LIST_MANY_GONE,
                    run->options->language, "gone", missing, "open", open,
                    "feed", feed->name, "code", gone_r->items[0].code,
                    "percent", percent, NULL);
}

int gone_mark(struct run *run, struct items *gone, struct err *err)
{
    for (size_t i = 0; i < gone->count; i++) {
        owned(item_done) struct item item = item_copy(&gone->items[i]);
        item.gone = true;
        if (item_write(run, 0, &gone->items[i], &item, err))
            return -1;
        run->report->gone++;
    }
    return 0;
}
