#include "store/office.h"

#include <stdlib.h>

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

enum { DATE_ROOM = 11 };

static const char *const mark_names[] = {
    [DAY_HOLIDAY] = "holiday",
    [DAY_WORKDAY] = "workday",
};

/* A day with its date as the store writes it, which must outlive the query. */
struct day_row {
    const struct calendar_day *day;
    char date[DATE_ROOM];
};

static void bind_day(struct query *query, const void *row)
{
    const struct day_row *day = row;

    bind_text(query, mark_names[day->day->mark]);
    bind_text(query, day->day->sessions);
    bind_text(query, day->day->label);
    bind_text(query, day->day->calendar);
    bind_text(query, day->date);
}

int store_put_calendar_day(struct store *store, const struct calendar_day *day,
                           enum put_result *result_r, struct err *err)
{
    const enum statement ways[2] = {STATEMENT_INSERT_DAY, STATEMENT_UPDATE_DAY};
    struct day_row row = {.day = day};

    date_format(day->date, row.date);
    return put_row(store, ways, bind_day, &row, result_r, err);
}

static bool is_kept(const char *day, const struct date *kept, size_t count)
{
    char date[DATE_ROOM];

    for (size_t i = 0; i < count; i++) {
        date_format(kept[i], date);
        if (str_equal(date, day))
            return true;
    }
    return false;
}

/* The days of a year that the store has and the caller does not. */
static int find_dropped(struct store *store, const char *calendar, int year,
                        struct strs *days, struct err *err)
{
    owned(str_free) char *first = str_format("%04d-01-01", year);
    owned(str_free) char *last = str_format("%04d-12-31", year);
    owned(query_end) struct query query =
        query_of(store, STATEMENT_DAYS_BETWEEN);
    int found;

    bind_text(&query, calendar);
    bind_text(&query, first);
    bind_text(&query, last);
    while ((found = query_row(&query, err)) > 0)
        strs_add(days, read_text(&query));
    return found;
}

static int drop_day(struct store *store, const char *calendar, const char *day,
                    struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_DROP_DAY);

    bind_text(&query, calendar);
    bind_text(&query, day);
    return query_must(&query, err, "%s: no such day", day);
}

int store_drop_calendar_days(struct store *store, const char *calendar,
                             int year, const struct date *kept,
                             size_t kept_count, int *dropped_r, struct err *err)
{
    owned(strs_done) struct strs days = {0};
    int dropped = 0;

    if (find_dropped(store, calendar, year, &days, err) != 0)
        return -1;
    for (size_t i = 0; i < days.count; i++) {
        if (is_kept(days.items[i], kept, kept_count))
            continue;
        if (drop_day(store, calendar, days.items[i], err) != 0)
            return -1;
        dropped++;
    }
    *dropped_r = dropped;
    return 0;
}

int store_enter_calendar_year(struct store *store, const char *calendar,
                              int year, bool *new_r, struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_ENTER_YEAR);

    bind_text(&query, calendar);
    bind_int(&query, year);
    int entered = query_returning(&query, NULL, err);
    if (entered < 0)
        return -1;
    *new_r = entered > 0;
    return 0;
}

static int mark_day(struct calendar *calendar, struct query *query,
                    struct err *err)
{
    struct date date = {0};
    struct day_plan plan = {0};

    if (date_parse(read_text(query), &date, err) != 0)
        return -1;
    enum day_mark mark = str_equal(read_text(query), mark_names[DAY_WORKDAY])
                             ? DAY_WORKDAY
                             : DAY_HOLIDAY;
    owned(str_free) char *sessions = read_copy(query);
    if (calendar_label(calendar, date))
        return 0;
    if (*sessions && day_plan_parse(sessions, &plan, err) != 0)
        return -1;
    return calendar_mark(calendar, date, mark, *sessions ? &plan : NULL,
                         read_text(query), err);
}

int store_load_days(struct store *store, const char *name,
                    struct calendar *calendar, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_DAYS_BETWEEN);
    int found;

    bind_text(&query, name);
    bind_text(&query, "0000-01-01");
    bind_text(&query, "9999-12-31");
    while ((found = query_row(&query, err)) > 0)
        if (mark_day(calendar, &query, err) != 0)
            return err_wrap(err, "calendar %s", name);
    return found;
}

int store_load_years(struct store *store, const char *name,
                     struct calendar *calendar, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_YEARS_ENTERED);
    int found;

    bind_text(&query, name);
    while ((found = query_row(&query, err)) > 0)
        calendar_enter_year(calendar, (int)read_int(&query));
    return found;
}
