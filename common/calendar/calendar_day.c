#include "calendar/calendar.h"

#include <assert.h>

#include "calendar/calendar_table.h"

/* The row of a working day, as the two functions below want it. */
static int find_working(const struct calendar *calendar, struct date date,
                        int32_t *row_r, struct err *err)
{
    char text[11];

    assert(calendar->sealed);
    if (table_find_date(calendar, date, row_r, err) != 0)
        return -1;
    if (table_is_working(calendar, *row_r))
        return 0;
    date_format(date, text);
    return err_set(err, ERR_NOT_FOUND, "calendar %s: %s is a day off",
                   calendar->name, text);
}

int calendar_first_start(const struct calendar *calendar, struct date date,
                         int64_t *start_r, struct err *err)
{
    int32_t row = 0;

    if (find_working(calendar, date, &row, err) != 0)
        return -1;
    *start_r = table_first_start(calendar, row);
    return 0;
}

int calendar_last_end(const struct calendar *calendar, struct date date,
                      int64_t *end_r, struct err *err)
{
    int32_t row = 0;

    if (find_working(calendar, date, &row, err) != 0)
        return -1;
    *end_r = table_last_end(calendar, row);
    return 0;
}

/* The row of a deadline's date: 24:00 is still its own day where a session
 * ends so late. */
static int find_deadline(const struct calendar *calendar, int64_t due,
                         int32_t *row_r, struct err *err)
{
    int32_t row = 0;

    if (table_find(calendar, due - 1, &row, err) == 0 &&
        calendar->sessions[table_session(calendar, row, due - 1)].start < due) {
        *row_r = row;
        return 0;
    }
    return table_find(calendar, due, row_r, err);
}

int calendar_due_day(const struct calendar *calendar, int64_t due,
                     int64_t *start_r, struct err *err)
{
    int32_t row = 0;

    assert(calendar->sealed);
    if (find_deadline(calendar, due, &row, err) != 0)
        return -1;
    int back = table_is_working(calendar, row) ? 0 : -1;
    if (table_walk(calendar, row, back, &row, err) != 0)
        return -1;
    *start_r = table_first_start(calendar, row);
    return 0;
}

/* A session that begins at or after an instant. */
struct opening {
    int64_t start;
    int64_t end;
};

/* The first opening of entered years, from a day in one of them on; false
 * when a year that was not entered comes before it: *day_r is that year's
 * first day. */
static bool open_as_entered(const struct calendar *calendar, int64_t instant,
                            int32_t *day_r, struct opening *opening_r)
{
    int32_t row = *day_r - calendar->first_day;
    int year = date_from_days(*day_r).year;
    int32_t session = calendar->rows[row].session;

    while (calendar->sessions[session].start < instant)
        session++;
    while (table_has_year(calendar, year))
        year++;
    *day_r = date_to_days((struct date){(int16_t)year, 1, 1});
    const struct stretch *found = &calendar->sessions[session];
    *opening_r = (struct opening){found->start, found->end};
    return found->start < table_instant(calendar, *day_r, 0);
}

/* The first opening of a day as its weekday has them. */
static bool open_as_weekday(const struct calendar *calendar, int64_t instant,
                            int32_t day, struct opening *opening_r)
{
    const struct day_plan *plan =
        &calendar->week.days[date_weekday(date_from_days(day))];

    for (int i = 0; i < plan->count; i++) {
        int64_t start = table_instant(calendar, day, plan->sessions[i].start);
        int64_t end = table_instant(calendar, day, plan->sessions[i].end);
        if (start >= instant && start < end) {
            *opening_r = (struct opening){start, end};
            return true;
        }
    }
    return false;
}

static bool find_opening(const struct calendar *calendar, int64_t instant,
                         struct opening *opening_r, bool *assumed_r)
{
    int32_t day = date_to_days(zone_civil(calendar->zone, instant).date);
    const int32_t last = date_to_days((struct date){YEAR_LAST, 12, 31});

    while (day <= last) {
        *assumed_r = !table_has_year(calendar, date_from_days(day).year);
        if (!*assumed_r) {
            if (open_as_entered(calendar, instant, &day, opening_r))
                return true;
            continue;
        }
        if (open_as_weekday(calendar, instant, day, opening_r))
            return true;
        day++;
    }
    return false;
}

int calendar_next_start(const struct calendar *calendar, int64_t instant,
                        int64_t *start_r, int64_t *end_r, bool *assumed_r,
                        struct err *err)
{
    struct opening opening = {0};
    bool assumed = false;

    assert(calendar->sealed);
    if (!find_opening(calendar, instant, &opening, &assumed))
        return err_set(err, ERR_NOT_FOUND, "calendar %s has no session to come",
                       calendar->name);
    *start_r = opening.start;
    *end_r = opening.end;
    *assumed_r = assumed;
    return 0;
}
