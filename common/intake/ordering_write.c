/* What an order changed, written down, and our word against the source. */
#include "intake/ordering.h"

#include "base/own.h"
#include "intake/changes.h"
#include "intake/recurring.h"
#include "store/items.h"

/* "kiphan task extend, 145/TB-UBND"; yours. */
static char *source_of(const struct order *order)
{
    bool of_item = order->verb == ORDER_FINISH || order->verb == ORDER_REOPEN;

    return str_format(
        "kiphan %s %s%s%s", of_item ? "item" : "task", order_name(order->verb),
        str_empty(order->document) ? "" : ", ", str_or_empty(order->document));
}

/* Whose decision it is, and who gave the command; yours. */
static char *who(const struct ordering *ordering)
{
    return str_format("%s (%s)", ordering->person, ordering->options->by);
}

static int put(const struct ordering *ordering, const struct change *change,
               const struct item *known, struct item *item, struct err *err)
{
    enum order_verb verb = ordering->order->verb;
    const struct status *status = item->status;

    if (verb != ORDER_PAUSE && verb != ORDER_RESUME)
        return change_write(change, known, item, err);
    item->status = known->status;
    return verb == ORDER_PAUSE ? change_pause(change, item, status, err)
                               : change_resume(change, item, status, err);
}

/* History keeps when our word came to stand against the source's, and when
 * that ended. */
static int note(const struct change *change, const struct item *item,
                const char *before, const char *after, struct err *err)
{
    owned(str_free) char *field = str_copy("ours");
    owned(str_free) char *from = str_copy(before);
    owned(str_free) char *to = str_copy(after);
    owned(str_free) char *source = str_copy(change->source);
    owned(str_free) char *by = str_copy(change->by);
    owned(str_free) char *why = str_copy(str_or_empty(change->why));
    const struct history history = {
        .item = item->id,
        .happened_at = change->at,
        .learnt_at = change->learnt_at,
        .field = field,
        .before = from,
        .after = to,
        .source = source,
        .by = by,
        .why = why,
    };

    return store_add_history(change->store, &history, err);
}

/* Of an item that no source lists, ours is the only word; it is kept for the
 * day when one does. */
static int speak(const struct ordering *ordering, const struct change *change,
                 const struct item *known, const struct item *item,
                 enum facet facet, struct err *err)
{
    const struct order *order = ordering->order;
    bool listed = known && !str_empty(known->feed);
    owned(str_free) char *theirs =
        listed ? facet_value(change->calendar, known, facet) : str_copy("");
    owned(str_free) char *by = str_copy(ordering->person);
    owned(str_free) char *login = str_copy(ordering->options->by);
    owned(str_free) char *why = str_copy(str_or_empty(order->why));
    owned(str_free) char *document = str_copy(str_or_empty(order->document));
    owned(str_free) char *field = str_copy(facet_name(facet));
    const struct override override = {
        .field = field,
        .theirs = theirs,
        .by_day = listed && known->due_by_date,
        .at = ordering->at,
        .learnt_at = ordering->options->now,
        .by = by,
        .login = login,
        .why = why,
        .document = document,
    };

    if (*theirs && note(change, item, "", field, err))
        return -1;
    return store_put_override(change->store, item->id, &override, err);
}

/* The same facet again: the source's word stays what it was; if that is what
 * we say now, there is nothing more to keep. */
static int speak_again(const struct ordering *ordering,
                       const struct change *change, const struct item *known,
                       const struct item *item, const struct override *before,
                       struct err *err)
{
    enum facet facet = facet_find(before->field);
    owned(item_done) struct item said = item_copy(known);
    struct override again = *before;

    facet_set(change->calendar, &said, facet, before->theirs, before->by_day);
    if (!str_empty(known->feed) &&
        ours_agreed(change->calendar, facet, item, &said, before->theirs))
        return store_drop_override(change->store, item->id, before->field,
                                   err) ||
                       note(change, item, before->field, "", err)
                   ? -1
                   : 0;
    owned(str_free) char *by = str_copy(ordering->person);
    owned(str_free) char *login = str_copy(ordering->options->by);
    owned(str_free) char *why = str_copy(str_or_empty(ordering->order->why));
    owned(str_free) char *document =
        str_copy(str_or_empty(ordering->order->document));
    again.at = ordering->at;
    again.learnt_at = ordering->options->now;
    again.by = by;
    again.login = login;
    again.why = why;
    again.document = document;
    return store_put_override(change->store, item->id, &again, err);
}

static int write_facet(const struct ordering *ordering,
                       const struct change *change, const struct item *known,
                       const struct item *item, enum facet facet,
                       struct err *err)
{
    owned(overrides_done) struct overrides overrides = {0};
    owned(str_free) char *was =
        known ? facet_value(change->calendar, known, facet) : str_copy("");
    owned(str_free) char *is = facet_value(change->calendar, item, facet);

    /* A new task's status claims nothing. */
    if (str_equal(was, is) || (!known && facet == FACET_STATUS))
        return 0;
    if (store_get_overrides(change->store, item->id, &overrides, err))
        return -1;
    const struct override *before = ours_of(&overrides, facet);
    return before ? speak_again(ordering, change, known, item, before, err)
                  : speak(ordering, change, known, item, facet, err);
}

/* Does anything that we say stand against something the source says? */
static int note_ours(const struct change *change, struct item *item,
                     struct err *err)
{
    owned(overrides_done) struct overrides overrides = {0};
    bool ours = false;

    if (store_get_overrides(change->store, item->id, &overrides, err))
        return -1;
    for (size_t i = 0; i < overrides.count; i++)
        ours |= !str_empty(overrides.items[i].theirs);
    if (ours == item->ours)
        return 0;
    item->ours = ours;
    return store_put_item(change->store, item, err);
}

int ordering_write(const struct ordering *ordering, const struct item *known,
                   struct order_end *end, struct err *err)
{
    owned(str_free) char *source = source_of(ordering->order);
    owned(str_free) char *by = who(ordering);
    const struct change change = {
        .store = ordering->options->store,
        .calendar = options_calendar(ordering->options, end->item.unit),
        .at = ordering->at,
        .learnt_at = ordering->options->now,
        .source = source,
        .by = by,
        .why = ordering->order->why,
        .language = ordering->options->language,
    };

    struct item *item = &end->item;

    if (put(ordering, &change, known, item, err))
        return -1;
    for (int facet = 0; facet < FACETS; facet++)
        if (write_facet(ordering, &change, known, item, (enum facet)facet, err))
            return -1;
    if (note_ours(&change, item, err))
        return -1;
    return recurring_settle(&change, known, item, &end->opened, err);
}
