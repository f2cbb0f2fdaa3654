#include "calendar/calendar.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "calendar/calendar_table.h"

static int32_t plan_seconds(const struct day_plan *plan)
{
    int32_t seconds = 0;

    for (int i = 0; i < plan->count; i++)
        seconds += plan->sessions[i].end - plan->sessions[i].start;
    return seconds;
}

/* On how many weekdays does one work as long as on this one? */
static int days_alike(const struct week *week, const struct day_plan *plan)
{
    int count = 0;

    for (int i = 0; i < 7; i++)
        count += plan_seconds(&week->days[i]) == plan_seconds(plan);
    return count;
}

/* The first of the working days that are most; of equally many the longer
 * (R2). */
static void find_ordinary_day(struct calendar *calendar)
{
    const struct week *week = &calendar->week;
    int most = 0;

    for (int i = 0; i < 7; i++) {
        const struct day_plan *plan = &week->days[i];
        int32_t seconds = plan_seconds(plan);
        int count = seconds ? days_alike(week, plan) : 0;
        bool is_longer = seconds > calendar->ordinary_seconds;
        if (count < most || (count == most && !is_longer))
            continue;
        most = count;
        calendar->ordinary = *plan;
        calendar->ordinary_seconds = seconds;
    }
}

static void check_plan(const struct day_plan *plan)
{
    int32_t free_from = 0;

    assert(plan->count >= 0 && plan->count <= SESSIONS_A_DAY);
    for (int i = 0; i < plan->count; i++) {
        assert(plan->sessions[i].start >= free_from);
        assert(plan->sessions[i].start < plan->sessions[i].end);
        free_from = plan->sessions[i].end;
    }
    assert(free_from <= 86400);
}

struct calendar *calendar_new(const char *name, const struct zone *zone,
                              const struct week *week)
{
    struct calendar *calendar = mem_new(struct calendar);

    for (int i = 0; i < 7; i++)
        check_plan(&week->days[i]);
    calendar->name = str_copy(name);
    calendar->list = str_copy(name);
    calendar->zone = zone;
    calendar->week = *week;
    find_ordinary_day(calendar);
    return calendar;
}

void calendar_free(struct calendar **calendar)
{
    if (!*calendar)
        return;
    for (size_t i = 0; i < (*calendar)->mark_count; i++)
        str_free(&(*calendar)->marks[i].label);
    free((*calendar)->marks);
    table_done(*calendar);
    str_free(&(*calendar)->name);
    str_free(&(*calendar)->list);
    free(*calendar);
    *calendar = NULL;
}

const char *calendar_name(const struct calendar *calendar)
{
    return calendar->name;
}

const struct zone *calendar_zone(const struct calendar *calendar)
{
    return calendar->zone;
}

/* Keep the marks in order; they mostly come so. */
static void insert_mark(struct calendar *calendar, struct mark mark)
{
    if (calendar->mark_count == calendar->mark_room) {
        calendar->mark_room = 2 * calendar->mark_room + 32;
        calendar->marks = mem_grow(calendar->marks, calendar->mark_room,
                                   sizeof(*calendar->marks));
    }
    size_t at = calendar->mark_count++;
    for (; at > 0 && calendar->marks[at - 1].day > mark.day; at--)
        calendar->marks[at] = calendar->marks[at - 1];
    calendar->marks[at] = mark;
}

/* The sessions of a marked day: none on a holiday. */
static int choose_plan(const struct calendar *calendar, enum day_mark kind,
                       const struct day_plan *own, struct day_plan *plan_r,
                       struct err *err)
{
    if (kind == DAY_HOLIDAY && own)
        return err_set(err, ERR_INVALID, "a holiday has no sessions");
    if (kind == DAY_HOLIDAY)
        return 0;
    *plan_r = own ? *own : calendar->ordinary;
    if (plan_r->count == 0)
        return err_set(err, ERR_INVALID,
                       "a workday needs sessions of its own where the week "
                       "has none");
    check_plan(plan_r);
    return 0;
}

int calendar_mark(struct calendar *calendar, struct date date,
                  enum day_mark kind, const struct day_plan *own,
                  const char *label, struct err *err)
{
    const struct mark *other = table_mark(calendar, date_to_days(date));
    struct mark mark = {.day = date_to_days(date), .kind = kind};
    char text[11];

    assert(!calendar->sealed);
    date_format(date, text);
    if (other)
        return err_set(err, ERR_INVALID, "%s is already marked: %s", text,
                       str_or_empty(other->label));
    if (choose_plan(calendar, kind, own, &mark.plan, err) != 0)
        return err_wrap(err, "%s", text);
    mark.label = str_copy(str_or_empty(label));
    insert_mark(calendar, mark);
    return 0;
}

void calendar_set_list(struct calendar *calendar, const char *name)
{
    char *copy = str_copy(name);

    str_replace(&calendar->list, &copy);
}

const char *calendar_list(const struct calendar *calendar)
{
    return calendar->list;
}

bool calendar_has_own_list(const struct calendar *calendar)
{
    return str_equal(calendar->list, calendar->name);
}

void calendar_enter_year(struct calendar *calendar, int year)
{
    assert(!calendar->sealed);
    assert(year >= YEAR_FIRST && year <= YEAR_LAST);
    calendar->entered[year - YEAR_FIRST] = true;
}

void calendar_seal(struct calendar *calendar)
{
    assert(!calendar->sealed);
    calendar->sealed = true;
    table_build(calendar);
}

bool calendar_has_year(const struct calendar *calendar, int year)
{
    return table_has_year(calendar, year);
}

int32_t calendar_ordinary_day(const struct calendar *calendar)
{
    return calendar->ordinary_seconds;
}

struct day_plan calendar_day(const struct calendar *calendar, struct date date,
                             bool *assumed_r)
{
    bool assumed = !table_has_year(calendar, date.year);

    if (assumed_r)
        *assumed_r = assumed;
    if (assumed)
        return calendar->week.days[date_weekday(date)];
    return *table_plan(calendar, date_to_days(date));
}

const char *calendar_label(const struct calendar *calendar, struct date date)
{
    const struct mark *mark = table_mark(calendar, date_to_days(date));

    return mark ? mark->label : NULL;
}

bool calendar_is_holiday(const struct calendar *calendar, struct date date)
{
    const struct mark *mark = table_mark(calendar, date_to_days(date));

    return mark && mark->kind == DAY_HOLIDAY &&
           table_has_year(calendar, date.year);
}
