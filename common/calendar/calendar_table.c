#include "calendar/calendar_table.h"

#include <stdlib.h>

#include "base/mem.h"

bool table_has_year(const struct calendar *calendar, int year)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST &&
           calendar->entered[year - YEAR_FIRST];
}

const struct mark *table_mark(const struct calendar *calendar, int32_t day)
{
    size_t low = 0;
    size_t high = calendar->mark_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->marks[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < calendar->mark_count && calendar->marks[low].day == day;
    return found ? &calendar->marks[low] : NULL;
}

const struct day_plan *table_plan(const struct calendar *calendar, int32_t day)
{
    const struct mark *mark = table_mark(calendar, day);

    if (mark)
        return &mark->plan;
    return &calendar->week.days[date_weekday(date_from_days(day))];
}

int64_t table_instant(const struct calendar *calendar, int32_t day,
                      int32_t seconds)
{
    struct civil civil = {date_from_days(day), seconds};

    if (seconds == 86400)
        civil = (struct civil){date_from_days(day + 1), 0};
    return zone_instant(calendar->zone, civil);
}

/* The sessions of one day.  One that the clock skips as a whole, when summer
 * time begins, does not take place. */
static void add_sessions(struct calendar *calendar, int32_t day)
{
    const struct day_plan *plan = table_plan(calendar, day);

    for (int i = 0; i < plan->count; i++) {
        struct stretch *next = &calendar->sessions[calendar->session_count];
        next->start = table_instant(calendar, day, plan->sessions[i].start);
        next->end = table_instant(calendar, day, plan->sessions[i].end);
        if (next->start == next->end)
            continue;
        next[1].worked = next->worked + next->end - next->start;
        calendar->session_count++;
    }
}

static void add_row(struct calendar *calendar, int32_t row)
{
    int32_t day = calendar->first_day + row;

    calendar->rows[row] = (struct row){
        .midnight = table_instant(calendar, day, 0),
        .session = calendar->session_count,
        .working = calendar->working_count,
    };
    if (row == calendar->row_count)
        return;
    if (table_has_year(calendar, date_from_days(day).year))
        add_sessions(calendar, day);
    if (calendar->session_count > calendar->rows[row].session)
        calendar->working_rows[calendar->working_count++] = row;
}

/* First and last year that were entered; false when there is none. */
static bool find_years(struct calendar *calendar, int *first_r, int *last_r)
{
    int count = 0;

    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        if (!table_has_year(calendar, year))
            continue;
        if (count++ == 0)
            *first_r = year;
        *last_r = year;
    }
    calendar->has_gap = count > 0 && count < *last_r - *first_r + 1;
    return count > 0;
}

static int32_t new_year(int year)
{
    return date_to_days((struct date){(int16_t)year, 1, 1});
}

void table_build(struct calendar *calendar)
{
    int first = 0;
    int last = 0;

    if (find_years(calendar, &first, &last)) {
        calendar->first_day = new_year(first);
        calendar->row_count = new_year(last + 1) - new_year(first);
    }
    size_t rows = (size_t)calendar->row_count + 1;
    size_t sessions = rows * SESSIONS_A_DAY + 1;
    calendar->rows = mem_zero(rows, sizeof(*calendar->rows));
    calendar->sessions = mem_zero(sessions, sizeof(*calendar->sessions));
    calendar->working_rows = mem_zero(rows, sizeof(int32_t));
    for (int32_t row = 0; row <= calendar->row_count; row++)
        add_row(calendar, row);
    sessions = (size_t)calendar->session_count + 1;
    calendar->sessions =
        mem_grow(calendar->sessions, sessions, sizeof(*calendar->sessions));
    calendar->sessions[sessions - 1].start = INT64_MAX;
    calendar->sessions[sessions - 1].end = INT64_MAX;
}

void table_done(struct calendar *calendar)
{
    free(calendar->rows);
    free(calendar->sessions);
    free(calendar->working_rows);
}

struct date table_date(const struct calendar *calendar, int32_t row)
{
    return date_from_days(calendar->first_day + row);
}

int table_lacks_year(const struct calendar *calendar, int year, struct err *err)
{
    if (year < YEAR_FIRST || year > YEAR_LAST)
        return err_set(err, ERR_NO_YEAR,
                       "calendar %s: the year %d is outside of 1970 to 2199",
                       calendar->name, year);
    return err_set(err, ERR_NO_YEAR,
                   "calendar %s: the days off of %d are not known; enter them "
                   "with: kiphan import calendar FILE --year %d --calendar %s",
                   calendar->name, year, year, calendar->list);
}

int table_ends(const struct calendar *calendar, int32_t row, bool forwards,
               struct err *err)
{
    int year = table_date(calendar, row).year;

    while (table_has_year(calendar, year))
        year += forwards ? 1 : -1;
    return table_lacks_year(calendar, year, err);
}

/* Midnights are about 86,400 seconds apart, so a guess is at most a day or
 * two away, whatever the zone's clock did in between. */
static int32_t guess_row(const struct calendar *calendar, int64_t instant)
{
    const struct row *rows = calendar->rows;
    int32_t row = (int32_t)((instant - rows[0].midnight) / 86400);

    if (row >= calendar->row_count)
        row = calendar->row_count - 1;
    while (rows[row].midnight > instant)
        row--;
    while (rows[row + 1].midnight <= instant)
        row++;
    return row;
}

int table_find(const struct calendar *calendar, int64_t instant, int32_t *row_r,
               struct err *err)
{
    const struct row *rows = calendar->rows;

    if (instant < rows[0].midnight ||
        instant >= rows[calendar->row_count].midnight)
        return table_lacks_year(
            calendar, zone_civil(calendar->zone, instant).date.year, err);
    int32_t row = guess_row(calendar, instant);
    if (table_check_years(calendar, row, row, err) != 0)
        return -1;
    *row_r = row;
    return 0;
}

int32_t table_session(const struct calendar *calendar, int32_t row,
                      int64_t instant)
{
    int32_t session = calendar->rows[row].session;
    int32_t next_day = calendar->rows[row + 1].session;

    while (session < next_day && calendar->sessions[session].end <= instant)
        session++;
    return session;
}

int table_check_years(const struct calendar *calendar, int32_t from, int32_t to,
                      struct err *err)
{
    if (!calendar->has_gap)
        return 0;
    int step = from <= to ? 1 : -1;
    int last = table_date(calendar, to).year;
    for (int year = table_date(calendar, from).year;; year += step) {
        if (!table_has_year(calendar, year))
            return table_lacks_year(calendar, year, err);
        if (year == last)
            return 0;
    }
}

int table_check_reach(const struct calendar *calendar, int32_t row,
                      int64_t instant, struct err *err)
{
    if (!calendar->has_gap)
        return 0;
    return table_check_years(calendar, row, guess_row(calendar, instant), err);
}

bool table_is_working(const struct calendar *calendar, int32_t row)
{
    return calendar->rows[row + 1].session > calendar->rows[row].session;
}

int table_find_date(const struct calendar *calendar, struct date date,
                    int32_t *row_r, struct err *err)
{
    if (!table_has_year(calendar, date.year))
        return table_lacks_year(calendar, date.year, err);
    *row_r = date_to_days(date) - calendar->first_day;
    return 0;
}

int table_walk(const struct calendar *calendar, int32_t row, int64_t count,
               int32_t *row_r, struct err *err)
{
    int64_t rank = calendar->rows[row].working + count;

    if (rank < 0 || rank >= calendar->working_count)
        return table_ends(calendar, row, rank >= 0, err);
    int32_t reached = calendar->working_rows[rank];
    if (table_check_years(calendar, row, reached, err) != 0)
        return -1;
    *row_r = reached;
    return 0;
}

int64_t table_first_start(const struct calendar *calendar, int32_t row)
{
    return calendar->sessions[calendar->rows[row].session].start;
}

int64_t table_last_end(const struct calendar *calendar, int32_t row)
{
    return calendar->sessions[calendar->rows[row + 1].session - 1].end;
}
