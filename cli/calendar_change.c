#include "cli/calendar_change.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/alerts.h"
#include "store/items.h"

enum { FIRST_YEAR = 1970, LAST_YEAR = 2199 };

void calendar_change_done(struct calendar_change *change)
{
    for (size_t i = 0; i < change->item_count; i++)
        item_done(&change->items[i].item);
    for (size_t i = 0; i < change->alert_count; i++) {
        str_free(&change->alerts[i].code);
        str_free(&change->alerts[i].recipient);
        str_free(&change->alerts[i].rule);
        str_free(&change->alerts[i].step);
    }
    free(change->days);
    free(change->items);
    free(change->alerts);
    office_free(&change->after);
    store_free(&change->copy);
    intake_report_done(&change->report);
    *change = (struct calendar_change){0};
}

/* ---- days ---- */

/* What counts: in a year that was not entered no mark does. */
static struct day_view view_of(const struct calendar *calendar,
                               struct date date)
{
    bool assumed = false;
    struct day_view view = {.plan = calendar_day(calendar, date, &assumed)};

    if (!assumed)
        view.label = calendar_label(calendar, date);
    view.holiday = calendar_is_holiday(calendar, date);
    return view;
}

static bool same_plan(const struct day_plan *one, const struct day_plan *other)
{
    return one->count == other->count &&
           memcmp(one->sessions, other->sessions,
                  (size_t)one->count * sizeof(*one->sessions)) == 0;
}

static bool same_view(const struct day_view *one, const struct day_view *other)
{
    return !one->label == !other->label && one->holiday == other->holiday &&
           str_equal(str_or_empty(one->label), str_or_empty(other->label)) &&
           same_plan(&one->plan, &other->plan);
}

static void find_days(const struct calendar *before,
                      struct calendar_change *change)
{
    struct date date = {FIRST_YEAR, 1, 1};

    for (; date.year <= LAST_YEAR; date = date_plus(date, 1)) {
        struct changed_day day = {date, view_of(before, date),
                                  view_of(change->calendar, date)};
        if (same_view(&day.before, &day.after))
            continue;
        change->days =
            mem_grow(change->days, change->day_count + 1, sizeof(day));
        change->days[change->day_count++] = day;
    }
}

/* ---- items, and what is held of them ---- */

struct search {
    const struct cli *cli;
    struct calendar_change *change;
};

static void look_at_item(const struct search *search, const struct view *before,
                         const struct view *after)
{
    struct calendar_change *change = search->change;
    struct changed_item changed = {
        .before_calendar = policy_calendar(before->policy, before->item),
        .after_calendar = policy_calendar(after->policy, after->item),
    };

    change->open++;
    change->moved +=
        before->item->due_at != after->item->due_at ||
        before->item->computed_due_at != after->item->computed_due_at;
    if (!touched_item(before, after, search->cli->now, &changed.touched))
        return;
    changed.item = item_copy(before->item);
    change->items =
        mem_grow(change->items, change->item_count + 1, sizeof(changed));
    change->items[change->item_count++] = changed;
}

static int look_at_held(const struct search *search, const struct view *before,
                        const struct view *after, struct err *err)
{
    struct calendar_change *change = search->change;
    owned(alerts_done) struct alerts held = {0};

    if (store_held_of_item(search->cli->store, before->item->id, &held, err))
        return -1;
    for (size_t i = 0; i < held.count; i++) {
        const struct alert *alert = &held.items[i];
        struct changed_alert changed = {0};
        change->held++;
        if (!touched_held(before, after, alert, search->cli->now,
                          &changed.touched))
            continue;
        changed.code = str_copy(before->item->code);
        changed.recipient = str_copy(alert->recipient);
        changed.rule = str_copy(alert->rule);
        changed.step = str_copy(alert->step);
        change->alerts =
            mem_grow(change->alerts, change->alert_count + 1, sizeof(changed));
        change->alerts[change->alert_count++] = changed;
    }
    return 0;
}

/* The item may be another in the copy: a pause that waited for a year is
 * given back when the year comes (R8). */
static int look(void *context, const struct item *item, struct err *err)
{
    const struct search *search = context;
    owned(item_done) struct item later = {0};

    if (store_get_item_by_id(search->change->copy, item->id, &later, err))
        return -1;
    const struct view before = {office_policy(search->cli->office), item};
    const struct view after = {office_policy(search->change->after), &later};
    look_at_item(search, &before, &after);
    return look_at_held(search, &before, &after, err);
}

int calendar_change_find(const struct cli *cli,
                         const struct intake_options *options,
                         const char *bytes, size_t length,
                         struct calendar_change *change_r, struct err *err)
{
    const struct item_filter open = {.kind = -1, .open_only = true};
    struct search search = {cli, change_r};
    struct intake_options into_copy = *options;

    *change_r = (struct calendar_change){0};
    if (store_copy(cli->store, &change_r->copy, err))
        return -1;
    into_copy.store = change_r->copy;
    if (intake_calendar(&into_copy, bytes, length, &change_r->report, err) ||
        office_load(cli->settings, change_r->copy, &change_r->after, err))
        return -1;
    change_r->calendar = policy_calendar_named(office_policy(change_r->after),
                                               options->calendar_name);
    find_days(policy_calendar_named(office_policy(cli->office),
                                    options->calendar_name),
              change_r);
    return store_visit_items(cli->store, &open, look, &search, err);
}
