#include "intake/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/own.h"
#include "base/utf8.h"
#include "intake/ordering.h"
#include "store/items.h"
#include "store/occurrences.h"

/* What a verb does to an item, as far as it may. */
typedef int change(const struct ordering *ordering, struct item *item,
                   struct err *err);

void order_end_done(struct order_end *end)
{
    item_done(&end->item);
    strs_done(&end->opened);
}

static void set_text(char **kept, const char *text)
{
    owned(str_free) char *nfc = utf8_nfc(str_or_empty(text));
    owned(str_free) char *line = utf8_one_line(str_or_empty(nfc));
    owned(str_free) char *trimmed = str_trim(line);

    str_replace(kept, &trimmed);
}

static void set_assignee(const struct ordering *ordering, struct item *item,
                         int person)
{
    set_text(&item->assignee, ordering->directory->people[person].code);
    set_text(&item->assignee_text, ordering->directory->people[person].name);
}

static void set_status(struct item *item, const char *code)
{
    item->status = status_find(item->kind, code);
}

static char *text_of_instant(const struct ordering *ordering, int64_t instant)
{
    return date_kept(ordering->options->calendar, instant);
}

/* ---- what each verb changes ---- */

/* Work cannot be finished before it was given. */
static int check_order_of_days(const struct ordering *ordering,
                               const struct item *item, struct err *err)
{
    const struct zone *zone = calendar_zone(ordering->options->calendar);

    if (item->received_at == INSTANT_NONE ||
        date_compare(zone_civil(zone, item->received_at).date,
                     zone_civil(zone, ordering->at).date) <= 0)
        return 0;
    owned(str_free) char *received =
        text_of_instant(ordering, item->received_at);
    return ordering_refuse(ordering, err, TEXT_ORDER_REVERSED, "code",
                           item->code, "received", received, NULL);
}

/* Of a day without a time only the day is known (R2). */
static int64_t finish_instant(const struct ordering *ordering)
{
    const char *on = ordering->order->on;
    struct err err = {0};
    int64_t instant = ordering->at;
    bool time_given = true;

    if (on)
        (void)zone_parse(calendar_zone(ordering->options->calendar), on,
                         &instant, &time_given, &err);
    return instant;
}

static int finish(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    if (check_order_of_days(ordering, item, err))
        return -1;
    set_status(item, item->kind == KIND_TASK ? "done" : "9");
    item->finished_at = finish_instant(ordering);
    return 0;
}

static int cancel(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    if (check_order_of_days(ordering, item, err))
        return -1;
    set_status(item, "cancelled");
    return 0;
}

static int reopen(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    enum item_clock clock = item->status->clock;

    if (clock != CLOCK_STOPPED && clock != CLOCK_ENDED)
        return ordering_refuse(ordering, err, TEXT_ORDER_IS_OPEN, "code",
                               item->code, NULL);
    set_status(item, item->kind == KIND_TASK ? "doing" : "4");
    item->finished_at = INSTANT_NONE;
    return 0;
}

static int extend(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    const char *due = ordering->order->due;
    int64_t before = item->due_at;

    if (str_empty(due))
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_DUE, NULL);
    if (ordering_instant(ordering, due, DAY_MEANS_END, &item->due_at,
                         &item->due_by_date, err))
        return -1;
    owned(str_free) char *was = text_of_instant(ordering, before);
    if (before != INSTANT_NONE && item->due_at <= before)
        return ordering_refuse(ordering, err, TEXT_ORDER_NOT_LATER, "code",
                               item->code, "due", due, "before", was, NULL);
    item->due_origin = DUE_AS_SAID;
    if (item->original_due_at == INSTANT_NONE)
        item->original_due_at = item->due_at;
    return 0;
}

static int assign(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    int person = NOBODY;

    if (str_empty(ordering->order->assignee))
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_ASSIGNEE, NULL);
    if (ordering_person(ordering, ordering->order->assignee, &person, err))
        return -1;
    set_assignee(ordering, item, person);
    return 0;
}

static int pause_task(const struct ordering *ordering, struct item *item,
                      struct err *err)
{
    if (check_order_of_days(ordering, item, err))
        return -1;
    set_status(item, "paused");
    return 0;
}

static int resume(const struct ordering *ordering, struct item *item,
                  struct err *err)
{
    (void)ordering, (void)err; /* whether it may is seen when it is written */
    set_status(item, "doing");
    return 0;
}

enum { ANY_KIND = ITEM_KINDS };

static const struct {
    const char *name;
    change *change; /* NULL: add */
    int kind;       /* of items that it is for */
    bool open;      /* only of what is open */
    bool why;       /* a reason is needed */
    bool series;    /* of a series too */
} verbs[ORDER_VERBS] = {
    [ORDER_ADD] = {"add", NULL, KIND_TASK, false, false, true},
    [ORDER_DONE] = {"done", finish, KIND_TASK, true, false, false},
    [ORDER_EXTEND] = {"extend", extend, KIND_TASK, true, true, false},
    [ORDER_ASSIGN] = {"assign", assign, KIND_TASK, true, false, true},
    [ORDER_PAUSE] = {"pause", pause_task, KIND_TASK, true, true, true},
    [ORDER_RESUME] = {"resume", resume, KIND_TASK, true, false, true},
    [ORDER_CANCEL] = {"cancel", cancel, KIND_TASK, true, true, true},
    [ORDER_FINISH] = {"finish", finish, KIND_DOSSIER, true, true, false},
    [ORDER_REOPEN] = {"reopen", reopen, ANY_KIND, false, true, true},
};

const char *order_name(enum order_verb verb)
{
    return verbs[verb].name;
}

bool order_needs_why(enum order_verb verb)
{
    return verbs[verb].why;
}

/* ---- what a verb may be said of ---- */

static int refuse_kind(const struct ordering *ordering, const struct item *item,
                       struct err *err)
{
    enum order_verb verb = ordering->order->verb;
    enum text_id text = item->kind == KIND_SYSTEM ? TEXT_ORDER_OF_SYSTEM
                        : verb == ORDER_FINISH    ? TEXT_ORDER_USE_DONE
                        : verb == ORDER_DONE      ? TEXT_ORDER_USE_FINISH
                                                  : TEXT_ORDER_NO_TASK;

    return ordering_refuse(ordering, err, text, "code", item->code, NULL);
}

/* Of a series its occurrences are done and put off, each by itself. */
static int refuse_series(const struct ordering *ordering,
                         const struct item *item, struct err *err)
{
    struct store *store = ordering->options->store;
    struct occurrence last = {0};
    struct item occurrence = {0};
    struct err none = {0};
    bool any = store_last_occurrence(store, item->id, &last, &none) == 0 &&
               store_get_item_by_id(store, last.item, &occurrence, &none) == 0;
    int refused = ordering_refuse(
        ordering, err, any ? TEXT_ORDER_SERIES : TEXT_ORDER_SERIES_NONE, "code",
        item->code, "occurrence", any ? occurrence.code : "", NULL);

    item_done(&occurrence);
    return refused;
}

static int refuse_closed(const struct ordering *ordering,
                         const struct item *item, struct err *err)
{
    bool vi = ordering->options->language == TEXTS_VI;
    owned(str_free) char *finished =
        text_of_instant(ordering, item->finished_at);

    if (item->gone)
        return ordering_refuse(ordering, err, TEXT_ORDER_GONE, "code",
                               item->code, NULL);
    return ordering_refuse(
        ordering, err, *finished ? TEXT_ORDER_CLOSED_AT : TEXT_ORDER_CLOSED,
        "code", item->code, "status", vi ? item->status->vi : item->status->en,
        "when", finished, NULL);
}

static int check_item(const struct ordering *ordering, const struct item *item,
                      struct err *err)
{
    enum order_verb verb = ordering->order->verb;

    if (item->kind == KIND_SYSTEM ||
        (verbs[verb].kind != ANY_KIND && verbs[verb].kind != (int)item->kind))
        return refuse_kind(ordering, item, err);
    if (verbs[verb].open && !item_is_open(item))
        return refuse_closed(ordering, item, err);
    if (!verbs[verb].series && item_is_series(item))
        return refuse_series(ordering, item, err);
    return 0;
}

static int get_item(const struct ordering *ordering, struct item *item_r,
                    struct err *err)
{
    owned(str_free) char *code = utf8_nfc(ordering->order->code);
    struct err missing = {0};

    if (store_get_item(ordering->options->store, str_or_empty(code), item_r,
                       &missing) == 0)
        return 0;
    if (missing.code == ERR_NOT_FOUND)
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_ITEM, "code",
                               str_or_empty(code), NULL);
    *err = missing;
    return -1;
}

static int change_item(const struct ordering *ordering, struct order_end *end_r,
                       struct err *err)
{
    owned(item_done) struct item known = {0};
    enum order_verb verb = ordering->order->verb;

    if (get_item(ordering, &known, err) || check_item(ordering, &known, err))
        return -1;
    struct ordering of_unit = *ordering;
    of_unit.unit = known.unit;
    end_r->item = item_copy(&known);
    if (verbs[verb].change(&of_unit, &end_r->item, err))
        return -1;
    return ordering_write(&of_unit, &known, end_r, err);
}

int order_carry_out(const struct intake_options *options,
                    const struct order *order, struct order_end *end_r,
                    struct err *err)
{
    struct ordering ordering = {.options = options, .order = order};
    owned(order_end_done) struct order_end end = {0};
    int failed = ordering_read(&ordering, err) ||
                 (order->verb == ORDER_ADD ? ordering_add(&ordering, &end, err)
                                           : change_item(&ordering, &end, err));

    directory_free(&ordering.directory);
    if (failed)
        return -1;
    *end_r = end;
    end = (struct order_end){0};
    return 0;
}
