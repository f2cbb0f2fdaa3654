/* A task given by command. */
#include <string.h>

#include "base/own.h"
#include "base/utf8.h"
#include "intake/office.h"
#include "intake/ordering.h"
#include "model/cycle.h"
#include "store/items.h"

enum { LONGEST_TEXT = 1000, GREATEST_NUMBER = 999999 };

/* ---- its code ---- */

/* The greatest number among codes that begin alike. */
struct numbers {
    const char *prefix;
    long long greatest;
};

static int see_number(void *context, const struct item *item, struct err *err)
{
    struct numbers *numbers = context;
    long long number = 0;

    (void)err;
    if (str_starts(item->code, numbers->prefix) &&
        str_to_long(item->code + strlen(numbers->prefix), 1, GREATEST_NUMBER,
                    &number) &&
        number > numbers->greatest)
        numbers->greatest = number;
    return 0;
}

/* NV-2026-022, after NV-2026-021. */
static int next_code(const struct ordering *ordering, char **code_r,
                     struct err *err)
{
    const struct zone *zone = calendar_zone(ordering->options->calendar);
    const struct item_filter tasks = {.kind = KIND_TASK};
    owned(str_free) char *prefix =
        str_format("NV-%d-", zone_civil(zone, ordering->at).date.year);
    struct numbers numbers = {.prefix = prefix};

    if (store_visit_items(ordering->options->store, &tasks, see_number,
                          &numbers, err))
        return -1;
    *code_r = str_format("%s%03lld", prefix, numbers.greatest + 1);
    return 0;
}

static int find_code(const struct ordering *ordering, char **code_r,
                     struct err *err)
{
    const char *given = ordering->order->code;
    owned(item_done) struct item same = {0};
    struct err missing = {0};

    if (str_empty(given))
        return next_code(ordering, code_r, err);
    owned(str_free) char *code = utf8_nfc(given);
    if (!code || !code_is_good(code))
        return ordering_refuse(ordering, err, TEXT_ORDER_BAD_CODE, "code",
                               given, NULL);
    if (store_get_item(ordering->options->store, code, &same, &missing) == 0)
        return ordering_refuse(ordering, err, TEXT_ORDER_SAME_CODE, "code",
                               code, NULL);
    if (missing.code != ERR_NOT_FOUND) {
        *err = missing;
        return -1;
    }
    *code_r = give(code);
    return 0;
}

/* ---- what it is ---- */

static int take_text(const struct ordering *ordering, const char *text,
                     char **kept, struct err *err)
{
    owned(str_free) char *nfc = utf8_nfc(str_or_empty(text));
    owned(str_free) char *line = utf8_one_line(str_or_empty(nfc));
    owned(str_free) char *trimmed = str_trim(line);

    if (strlen(trimmed) > LONGEST_TEXT)
        return ordering_refuse(ordering, err, TEXT_ORDER_LONG, NULL);
    str_replace(kept, &trimmed);
    return 0;
}

static int take_texts(const struct ordering *ordering, struct item *item,
                      struct err *err)
{
    const struct order *order = ordering->order;

    if (take_text(ordering, order->title, &item->title, err) ||
        take_text(ordering, order->document, &item->document, err) ||
        take_text(ordering, order->recurrence, &item->recurrence, err) ||
        take_text(ordering, order->output, &item->output, err) ||
        take_text(ordering, order->why, &item->note, err))
        return -1;
    return *item->title
               ? 0
               : ordering_refuse(ordering, err, TEXT_ORDER_NO_TITLE, NULL);
}

static void keep(char **kept, const char *text)
{
    owned(str_free) char *copy = str_copy(text);
    str_replace(kept, &copy);
}

static int take_coordinating(const struct ordering *ordering, struct item *item,
                             struct err *err)
{
    struct strs names = {0}, codes = {0};
    int failed = 0;

    strs_split(&names, str_or_empty(ordering->order->coordinating), ',');
    for (size_t i = 0; i < names.count && !failed; i++) {
        int unit = NO_UNIT;
        failed = ordering_unit(ordering, names.items[i], &unit, err);
        if (!failed)
            strs_add(&codes, ordering->directory->units[unit].code);
    }
    owned(str_free) char *joined = strs_join(&codes, ",");
    str_replace(&item->coordinating, &joined);
    strs_done(&names);
    strs_done(&codes);
    return failed;
}

/* Its leading unit: as told, else that of whom it is given to. */
static int take_unit(const struct ordering *ordering, int assignee,
                     struct item *item, struct err *err)
{
    const struct directory *directory = ordering->directory;
    const char *text = ordering->order->unit;
    int unit = NO_UNIT;

    if (!str_empty(text) && ordering_unit(ordering, text, &unit, err))
        return -1;
    if (unit == NO_UNIT && assignee != NOBODY)
        unit = directory->people[assignee].unit_index;
    if (unit == NO_UNIT)
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_LEAD, NULL);
    keep(&item->unit, directory->units[unit].code);
    return take_coordinating(ordering, item, err);
}

static int take_people(const struct ordering *ordering, struct item *item,
                       struct err *err)
{
    const struct order *order = ordering->order;
    const struct person *people = ordering->directory->people;
    int assignee = NOBODY, assigned_by = NOBODY;

    if (!str_empty(order->assignee) &&
        ordering_person(ordering, order->assignee, &assignee, err))
        return -1;
    if (ordering_person(ordering,
                        str_empty(order->assigned_by) ? order->by
                                                      : order->assigned_by,
                        &assigned_by, err))
        return -1;
    keep(&item->assigned_by, people[assigned_by].code);
    if (assignee != NOBODY) {
        keep(&item->assignee, people[assignee].code);
        keep(&item->assignee_text, people[assignee].name);
    }
    return take_unit(ordering, assignee, item, err);
}

static int take_due(const struct ordering *ordering, struct item *item,
                    struct err *err)
{
    const char *due = ordering->order->due;

    item->received_at = ordering->at;
    if (str_empty(due))
        return 0;
    struct ordering of_unit = *ordering;
    of_unit.unit = item->unit;
    if (ordering_instant(&of_unit, due, DAY_MEANS_END, &item->due_at,
                         &item->due_by_date, err))
        return -1;
    item->original_due_at = item->due_at;
    if (item->due_at >= item->received_at)
        return 0;
    owned(str_free) char *given =
        date_kept(ordering->options->calendar, item->received_at);
    return ordering_refuse(ordering, err, TEXT_ORDER_DUE_BEFORE, "due", due,
                           "given", given, NULL);
}

static int check_cycle(const struct ordering *ordering, const struct item *item,
                       struct err *err)
{
    enum cycle cycle = cycle_parse(item->recurrence);
    bool due = item->due_at != INSTANT_NONE;

    if (cycle == CYCLE_UNKNOWN)
        return ordering_refuse(ordering, err, TEXT_ORDER_BAD_CYCLE, "value",
                               item->recurrence, NULL);
    if (cycle_recurs(cycle) && !due)
        return ordering_refuse(ordering, err, TEXT_ORDER_NO_FIRST_DUE, "value",
                               item->recurrence, NULL);
    if (cycle == CYCLE_STANDING && due)
        return ordering_refuse(ordering, err, TEXT_ORDER_STANDING_DUE, "value",
                               item->recurrence, NULL);
    return 0;
}

int ordering_add(const struct ordering *ordering, struct order_end *end,
                 struct err *err)
{
    owned(str_free) char *code = NULL;

    if (find_code(ordering, &code, err))
        return -1;
    struct item *item = &end->item;
    *item = item_fresh(KIND_TASK, code);
    item->status = status_find(KIND_TASK, "new");
    if (take_texts(ordering, item, err) || take_people(ordering, item, err) ||
        take_due(ordering, item, err) || check_cycle(ordering, item, err))
        return -1;
    return ordering_write(ordering, NULL, end, err);
}
