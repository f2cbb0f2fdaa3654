#include "intake/recurring.h"

#include "base/own.h"
#include "intake/facets.h"
#include "series/series.h"
#include "store/items.h"
#include "store/occurrences.h"

/* In which an occurrence follows its series. */
static const enum facet followed[] = {FACET_UNIT, FACET_ASSIGNEE};

static bool has_the_same(const struct change *change, const struct item *a,
                         const struct item *b, enum facet facet)
{
    owned(str_free) char *of_a = facet_value(change->calendar, a, facet);
    owned(str_free) char *of_b = facet_value(change->calendar, b, facet);

    return str_equal(of_a, of_b);
}

static int follow(const struct change *change, const struct item *known,
                  const struct item *series, int64_t occurrence,
                  struct err *err)
{
    owned(item_done) struct item before = {0};
    bool any = false;

    if (store_get_item_by_id(change->store, occurrence, &before, err))
        return -1;
    owned(item_done) struct item item = item_copy(&before);
    for (size_t i = 0; i < sizeof(followed) / sizeof(*followed); i++) {
        if (has_the_same(change, known, series, followed[i]) ||
            !has_the_same(change, known, &item, followed[i]))
            continue;
        facet_copy(&item, followed[i], series);
        any = true;
    }
    return any && item_is_open(&item)
               ? change_write(change, &before, &item, err)
               : 0;
}

static int follow_all(const struct change *change, const struct item *known,
                      const struct item *series, struct err *err)
{
    owned(occurrences_done) struct occurrences list = {0};

    if (store_get_occurrences(change->store, series->id, &list, err))
        return -1;
    for (size_t i = 0; i < list.count; i++)
        if (follow(change, known, series, list.items[i].item, err))
            return -1;
    return 0;
}

static int open(const struct change *change, const struct item *series,
                struct strs *opened, struct err *err)
{
    struct series_end end = {0};

    if (series_open(change->store, change->calendar, series, change->learnt_at,
                    &end, err))
        return -1;
    for (size_t i = 0; i < end.opened.count; i++)
        strs_add(opened, end.opened.items[i]);
    series_end_done(&end);
    /* When it is to be looked at again the planner finds out. */
    return store_wake_item(change->store, series->id, err);
}

static int settle_occurrence(const struct change *change,
                             const struct item *item, struct strs *opened,
                             struct err *err)
{
    struct occurrence occurrence = {0};
    owned(item_done) struct item series = {0};
    struct err none = {0};

    if (store_occurrence_of(change->store, item->id, &occurrence, &none)) {
        if (none.code == ERR_NOT_FOUND)
            return 0;
        *err = none;
        return -1;
    }
    if (store_get_item_by_id(change->store, occurrence.series, &series, err))
        return -1;
    return item_is_series(&series) ? open(change, &series, opened, err) : 0;
}

int recurring_settle(const struct change *change, const struct item *known,
                     const struct item *item, struct strs *opened,
                     struct err *err)
{
    if (item->kind != KIND_TASK)
        return 0;
    if (!item_is_series(item))
        return known ? settle_occurrence(change, item, opened, err) : 0;
    if (known && follow_all(change, known, item, err))
        return -1;
    return open(change, item, opened, err);
}
