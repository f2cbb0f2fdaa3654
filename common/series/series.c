#include "series/series.h"

#include "base/own.h"
#include "model/cycle.h"
#include "series/dates.h"
#include "store/items.h"
#include "store/occurrences.h"

enum {
    OPENED_MOST = 100,  /* at a time */
    DAYS_OFF_MOST = 60, /* in a row, in any calendar that is one */
};

/* A series while it is looked at. */
struct look {
    struct store *store;
    const struct calendar *calendar;
    const struct item *series;
    enum cycle cycle;
    struct date first;
    int64_t now;
    int64_t paused_until; /* the last time; INSTANT_NONE: never */
    struct series_end end;
};

void series_end_done(struct series_end *end)
{
    strs_done(&end->opened);
}

/* ---- days ---- */

int series_due(const struct calendar *calendar, struct date day, int64_t *due_r,
               int *missing_year_r, struct err *err)
{
    for (int back = 0; back <= DAYS_OFF_MOST; back++) {
        struct date date = date_plus(day, -back);
        if (!calendar_has_year(calendar, date.year)) {
            *missing_year_r = date.year;
            return err_set(err, ERR_NO_YEAR, "%d is not entered", date.year);
        }
        if (calendar_last_end(calendar, date, due_r, err) == 0)
            return 0;
    }
    return err_set(err, ERR_NOT_FOUND, "the calendar has no working day");
}

static struct date day_of(const struct look *look, int64_t instant)
{
    return zone_civil(calendar_zone(look->calendar), instant).date;
}

/* The latest day that has come, else the first one. */
static struct date beginning(const struct look *look)
{
    struct date today = day_of(look, look->now);
    struct date day = look->first, next = look->first;
    struct err none = {0};

    while (series_date_after(look->cycle, look->first, day, &next, &none) ==
               0 &&
           date_compare(next, today) <= 0)
        day = next;
    return day;
}

static char *code_of(const struct look *look, struct date day)
{
    char period[PERIOD_SIZE] = "";

    cycle_period(look->cycle, day, period);
    return str_format("%s/%s", look->series->code, period);
}

/* Is the day's code an item's already, as after a change of the cycle? */
static int is_taken(const struct look *look, struct date day, bool *taken_r,
                    struct err *err)
{
    owned(str_free) char *code = code_of(look, day);
    owned(item_done) struct item item = {0};
    struct err missing = {0};

    *taken_r = store_get_item(look->store, code, &item, &missing) == 0;
    if (*taken_r || missing.code == ERR_NOT_FOUND)
        return 0;
    *err = missing;
    return -1;
}

/* ---- an occurrence ---- */

static int note(const struct look *look, const struct item *item,
                const char *field, const char *value, struct err *err)
{
    owned(str_free) char *name = str_copy(field);
    owned(str_free) char *before = str_copy("");
    owned(str_free) char *after = str_copy(str_or_empty(value));
    owned(str_free) char *source =
        str_format("%s, %s", look->series->code, look->series->recurrence);
    owned(str_free) char *by = str_copy("kiphan");
    const struct history history = {
        .item = item->id,
        .happened_at = item->received_at,
        .learnt_at = look->now,
        .field = name,
        .before = before,
        .after = after,
        .source = source,
        .by = by,
    };

    return *after ? store_add_history(look->store, &history, err) : 0;
}

static int write_history(const struct look *look, const struct item *item,
                         struct err *err)
{
    char due[20] = "";

    zone_format(calendar_zone(look->calendar), item->due_at, due);
    return note(look, item, "status", item->status->code, err) ||
                   note(look, item, "due", due, err) ||
                   note(look, item, "unit", item->unit, err) ||
                   note(look, item, "assignee", item->assignee, err)
               ? -1
               : 0;
}

static void keep(char **kept, const char *text)
{
    owned(str_free) char *copy = str_copy(str_or_empty(text));
    str_replace(kept, &copy);
}

/* What an occurrence has of its series: what is to be done, and by whom. */
static struct item occurrence_of(const struct look *look, struct date day,
                                 int64_t due_at, int64_t opened_at)
{
    const struct item *series = look->series;
    owned(str_free) char *code = code_of(look, day);
    struct item item = item_fresh(KIND_TASK, code);

    keep(&item.title, series->title);
    keep(&item.unit, series->unit);
    keep(&item.coordinating, series->coordinating);
    keep(&item.assignee, series->assignee);
    keep(&item.assignee_text, series->assignee_text);
    keep(&item.assigned_by, series->assigned_by);
    keep(&item.document, series->document);
    keep(&item.output, series->output);
    keep(&item.priority, series->priority);
    keep(&item.labels, series->labels);
    item.status = status_find(KIND_TASK, "new");
    item.received_at = opened_at;
    item.due_at = item.original_due_at = due_at;
    item.due_by_date = true;
    if (str_empty(item.assignee))
        item.unassigned_at = opened_at;
    return item;
}

static int open_one(struct look *look, struct date day, int64_t due_at,
                    int64_t opened_at, struct err *err)
{
    owned(item_done) struct item item =
        occurrence_of(look, day, due_at, opened_at);

    if (store_put_item(look->store, &item, err))
        return -1;
    const struct occurrence occurrence = {
        .series = look->series->id, .item = item.id, .day = day};
    if (store_add_occurrence(look->store, &occurrence, err) ||
        write_history(look, &item, err))
        return -1;
    strs_add(&look->end.opened, item.code);
    return 0;
}

/* ---- the next one ---- */

/* What there is of a series so far. */
struct latest {
    bool any;
    struct date day;
    int64_t due_at; /* as it was first */
    bool over;      /* done, cancelled or gone: not waited for */
};

static int find_latest(const struct look *look, struct latest *latest_r,
                       struct err *err)
{
    struct occurrence last = {0};
    owned(item_done) struct item item = {0};
    struct err none = {0};

    *latest_r = (struct latest){0};
    if (store_last_occurrence(look->store, look->series->id, &last, &none)) {
        if (none.code == ERR_NOT_FOUND)
            return 0;
        *err = none;
        return -1;
    }
    if (store_get_item_by_id(look->store, last.item, &item, err))
        return -1;
    *latest_r = (struct latest){
        .any = true,
        .day = last.day,
        .due_at = item.original_due_at,
        .over = !item_is_open(&item),
    };
    return 0;
}

/* The next day of which there is no item yet, and that fell in no pause of
 * the series.  1 when there is one; 0: none, or its year is missing. */
static int find_next(struct look *look, const struct latest *latest,
                     struct date *day_r, int64_t *due_r, struct err *err)
{
    struct date day =
        latest->any ? latest->day : date_plus(beginning(look), -1);
    struct err none = {0};
    bool taken = true;
    int64_t due = INSTANT_NONE;

    while (taken || due <= look->paused_until) {
        if (series_date_after(look->cycle, look->first, day, &day, &none))
            return 0;
        if (is_taken(look, day, &taken, err))
            return -1;
        if (series_due(look->calendar, day, &due, &look->end.missing_year,
                       &none)) {
            look->end.waiting = day;
            return 0;
        }
    }
    *day_r = day;
    *due_r = due;
    return 1;
}

/* When an occurrence may be opened: the first at once; a later one when the
 * one before is over or due, and no later than its own day. */
static int64_t opening_of(const struct look *look, const struct latest *latest,
                          int64_t due_at)
{
    int64_t given = look->series->received_at;

    if (!latest->any)
        return given != INSTANT_NONE && given < look->now ? given : look->now;
    if ((latest->over || due_at <= latest->due_at) &&
        latest->due_at > look->now)
        return look->now;
    return latest->due_at;
}

/* 1 when one was opened, 0 when there is nothing to open now. */
static int open_next(struct look *look, struct err *err)
{
    struct latest latest = {0};
    struct date day = {0};
    int64_t due_at = INSTANT_NONE;

    if (find_latest(look, &latest, err))
        return -1;
    int found = find_next(look, &latest, &day, &due_at, err);
    if (found <= 0)
        return found;
    int64_t opens_at = opening_of(look, &latest, due_at);
    if (opens_at > look->now) {
        look->end.next_at = opens_at;
        return 0;
    }
    return open_one(look, day, due_at, opens_at, err) ? -1 : 1;
}

static int find_pauses(struct look *look, struct err *err)
{
    owned(pauses_done) struct pauses pauses = {0};

    if (store_get_pauses(look->store, look->series->id, &pauses, err))
        return -1;
    look->paused_until =
        pauses.count ? pauses.items[pauses.count - 1].ended_at : INSTANT_NONE;
    return 0;
}

static int open_all(struct look *look, struct err *err)
{
    int opened = 1;

    if (find_pauses(look, err))
        return -1;
    for (int i = 0; i < OPENED_MOST && opened > 0; i++)
        opened = open_next(look, err);
    if (opened > 0)
        look->end.next_at = look->now; /* and more */
    return opened < 0 ? -1 : 0;
}

int series_open(struct store *store, const struct calendar *calendar,
                const struct item *series, int64_t now,
                struct series_end *end_r, struct err *err)
{
    struct look look = {
        .store = store,
        .calendar = calendar,
        .series = series,
        .cycle = cycle_parse(series->recurrence),
        .now = now,
        .end.next_at = INSTANT_NEVER,
    };

    look.first = day_of(&look, series->due_at);
    if (item_is_open(series) && !item_is_paused(series) &&
        open_all(&look, err)) {
        series_end_done(&look.end);
        return -1;
    }
    *end_r = look.end;
    return 0;
}
