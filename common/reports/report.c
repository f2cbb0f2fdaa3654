#include "reports/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "reports/gather.h"
#include "reports/lines.h"

enum { FRIDAY = 4, WEEK = 7 };

/* ---- what it is about ---- */

/* The last session of the first Friday whose end is still to come; on a
 * holiday that of the last working day of its week (R19). */
static int64_t find_week_end(const struct calendar *calendar, int64_t now)
{
    struct date today = zone_civil(calendar_zone(calendar), now).date;
    struct date monday = date_plus(today, -date_weekday(today));

    for (int week = 0; week < 2; week++)
        for (int day = FRIDAY; day >= 0; day--) {
            struct date date = date_plus(monday, week * WEEK + day);
            int64_t end = INSTANT_NONE;
            struct err off = {0};
            if (calendar_last_end(calendar, date, &end, &off))
                continue;
            if (end > now)
                return end;
            break;
        }
    return INSTANT_NONE;
}

static void take_week(struct report *report)
{
    const struct calendar *calendar = report->options.policy->calendar;
    int64_t now = report->outlook.now;
    struct err no_year = {0};

    report->week_end = find_week_end(calendar, now);
    if (report->week_end != INSTANT_NONE &&
        calendar_count(calendar, now, report->week_end, &report->week_seconds,
                       &no_year))
        report->week_seconds =
            calendar_count_assumed(calendar, now, report->week_end);
}

/* Something to compare with: the first list of all had come before the end
 * of the first working day of the previous period. */
static bool knows_before(const struct report *report)
{
    const struct calendar *calendar = report->options.policy->calendar;
    const struct zone *zone = calendar_zone(calendar);
    int64_t start = INSTANT_NONE, end = INSTANT_NONE;
    bool assumed = false;
    struct err none = {0};

    if (report->first_learnt > report->options.known_at ||
        calendar_next_start(calendar, report->before.period.start, &start, &end,
                            &assumed, &none))
        return false;
    return date_compare(zone_civil(zone, report->first_learnt).date,
                        zone_civil(zone, start).date) <= 0;
}

/* ---- putting in order ---- */

typedef int comparer(const void *left, const void *right, void *report);

static int unit_place(const struct report *report, int name)
{
    const struct directory *directory = report->options.policy->directory;
    int place =
        name < 0 ? NO_UNIT
                 : directory_unit(directory, names_text(report->names, name));

    return place == NO_UNIT ? (int)directory->unit_count : place;
}

static int compare_units(const void *left, const void *right, void *context)
{
    const struct report *report = context;
    const struct report_group *a = left, *b = right;
    int order = unit_place(report, a->name) - unit_place(report, b->name);

    return order ? order : a->name - b->name;
}

static int compare_fields(const void *left, const void *right, void *context)
{
    const struct report *report = context;
    const struct report_group *a = left, *b = right;

    return strcmp(names_text(report->names, a->name),
                  names_text(report->names, b->name));
}

static int by_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* R19: by the on-time rate, then fewer overdue, then name; whoever settled
 * nothing stands below. */
static int compare_ranks(const void *left, const void *right, void *context)
{
    const struct report *report = context;
    const struct report_group *a = &report->units.items[*(const size_t *)left];
    const struct report_group *b = &report->units.items[*(const size_t *)right];
    struct share of_a = counts_punctual(&a->counts);
    struct share of_b = counts_punctual(&b->counts);
    int order = (of_b.whole > 0) - (of_a.whole > 0);

    if (order == 0 && of_a.whole > 0)
        order = by_number(of_b.part * of_a.whole, of_a.part * of_b.whole);
    if (order == 0)
        order = by_number(a->counts.overdue, b->counts.overdue);
    return order ? order
                 : strcmp(report_unit_name(report, a->name),
                          report_unit_name(report, b->name));
}

static int compare_loads(const void *left, const void *right, void *context)
{
    const struct report *report = context;
    const struct report_load *a = left, *b = right;
    int order = by_number(b->count, a->count);

    if (order == 0)
        order = by_number(b->overdue, a->overdue);
    return order ? order
                 : strcmp(report_person(report, a->assignee),
                          report_person(report, b->assignee));
}

static void sort(struct report *report, void *items, size_t count, size_t size,
                 comparer *compare)
{
    if (count > 1)
        qsort_r(items, count, size, compare, report);
}

static void rank(struct report *report)
{
    size_t count = 0;

    report->ranking = mem_zero(report->units.count + 1, sizeof(size_t));
    for (size_t i = 0; i < report->units.count; i++) {
        const struct report_group *unit = &report->units.items[i];
        if (unit->name < 0 || (counts_received(&unit->counts) == 0))
            continue;
        report->ranking[count++] = i;
        report->ranked += unit->counts.settled > 0;
    }
    sort(report, report->ranking, count, sizeof(size_t), compare_ranks);
}

static void add_load(struct report *report, const struct report_line *line)
{
    struct report_loads *loads = &report->loads;
    struct report_load *load = NULL;

    for (size_t i = 0; i < loads->count; i++)
        if (loads->items[i].assignee == line->standing.assignee)
            load = &loads->items[i];
    if (!load) {
        loads->items =
            mem_grow(loads->items, loads->count + 1, sizeof(*loads->items));
        load = &loads->items[loads->count++];
        *load = (struct report_load){.assignee = line->standing.assignee};
    }
    load->count++;
    load->overdue += line->deadline < report->outlook.now;
}

static void put_in_order(struct report *report)
{
    sort(report, report->units.items, report->units.count,
         sizeof(struct report_group), compare_units);
    sort(report, report->fields.items, report->fields.count,
         sizeof(struct report_group), compare_fields);
    rank(report);
    lines_sort(&report->due);
    lines_sort(&report->work);
    lines_sort(&report->gone);
    lines_sort(&report->wrong);
    for (size_t i = 0; i < report->work.count; i++)
        add_load(report, &report->work.items[i]);
    sort(report, report->loads.items, report->loads.count,
         sizeof(struct report_load), compare_loads);
}

/* ---- the whole ---- */

int report_make(struct store *store, const struct report_options *options,
                struct report *report_r, struct err *err)
{
    const struct zone *zone = calendar_zone(options->policy->calendar);
    struct period before = period_before(zone, &options->period);
    struct report report = {
        .options = *options,
        .outlook = outlook_of(&options->period, options->known_at),
        .before = outlook_of(&before, options->known_at),
        .names = names_new(),
    };

    take_week(&report);
    if (gather(store, &report, err)) {
        report_done(&report);
        return -1;
    }
    put_in_order(&report);
    report.has_before = knows_before(&report);
    report.may_be_late = counts_may_be_late(
        &report.total, (int64_t)report.due.count, options->target);
    *report_r = report;
    return 0;
}

void report_done(struct report *report)
{
    names_free(&report->names);
    groups_done(&report->units);
    groups_done(&report->fields);
    free(report->ranking);
    lines_done(&report->worst);
    lines_done(&report->wrong);
    lines_done(&report->gone);
    lines_done(&report->due);
    lines_done(&report->work);
    free(report->loads.items);
    *report = (struct report){0};
}

static bool groups_add_up(const struct report_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++)
        if (!counts_add_up(&groups->items[i].counts))
            return false;
    return true;
}

bool report_adds_up(const struct report *report)
{
    return report->wrong.count == 0 && counts_add_up(&report->total) &&
           groups_add_up(&report->units) && groups_add_up(&report->fields);
}
