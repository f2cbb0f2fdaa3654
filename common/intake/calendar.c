/* The marked days of a calendar.  A wrong calendar is refused as a whole: a
 * year with a day missing would count as entered (R8). */
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "importers/ical.h"
#include "intake/office.h"
#include "intake/remarks.h"

enum { DATE, KIND, NAME, SESSIONS, DAY_FIELDS };

static const char *const fields[DAY_FIELDS] = {
    [DATE] = "date",
    [KIND] = "kind",
    [NAME] = "name",
    [SESSIONS] = "sessions",
};

static const struct layout layout = {
    .fields = fields,
    .field_count = DAY_FIELDS,
    .required = 1U << DATE | 1U << KIND,
};

/* A day of the list, with its row. */
struct day {
    struct date date;
    enum day_mark mark;
    const struct row *row;
};

struct days {
    struct day *items;
    size_t count;
};

static void days_done(struct days *days)
{
    free(days->items);
}

static int mark_parse(const char *text, enum day_mark *mark_r)
{
    if (!str_equal(text, "holiday") && !str_equal(text, "workday"))
        return -1;
    *mark_r = str_equal(text, "holiday") ? DAY_HOLIDAY : DAY_WORKDAY;
    return 0;
}

/* Why the row is no day of a calendar; TEXT_NONE when it is. */
static enum text_id day_read(const struct office_run *run,
                             const struct row *row, struct day *day_r,
                             int *field_r)
{
    const char *sessions = office_cell(run, row, SESSIONS);
    struct day_plan plan = {0};
    struct err err = {0};

    day_r->row = row;
    *field_r = DATE;
    if (date_parse(office_cell(run, row, DATE), &day_r->date, &err))
        return TEXT_ROW_BAD_DAY;
    *field_r = KIND;
    if (mark_parse(office_cell(run, row, KIND), &day_r->mark))
        return TEXT_ROW_BAD_MARK;
    *field_r = SESSIONS;
    if (*sessions && day_plan_parse(sessions, &plan, &err))
        return TEXT_ROW_BAD_SESSIONS;
    if (*sessions && day_r->mark == DAY_HOLIDAY)
        return TEXT_ROW_HOLIDAY_SESSIONS;
    return TEXT_NONE;
}

static const struct day *find_day(const struct days *days, struct date date)
{
    for (size_t i = 0; i < days->count; i++)
        if (date_compare(days->items[i].date, date) == 0)
            return &days->items[i];
    return NULL;
}

static void days_add(struct office_run *run, struct days *days, struct day day)
{
    const struct day *before = find_day(days, day.date);

    if (before) {
        owned(str_free) char *line = str_format("%d", before->row->line);
        owned(str_free) char *reason = text_fill(
            TEXT_ROW_SAME_DAY, run->report->language, "line", line, NULL);
        office_leave_out(run, day.row, DATE, reason);
        return;
    }
    days->items = mem_grow(days->items, days->count + 1, sizeof(*days->items));
    days->items[days->count++] = day;
}

/* The list's days, of the named year if one was named. */
static void read_days(struct office_run *run, struct days *days_r)
{
    const struct row *row = NULL;
    int year = run->options->year;
    int others = 0;

    for (size_t at = run->columns.first; (row = office_next(run, &at));) {
        struct day day = {0};
        int field = DATE;
        enum text_id fault = day_read(run, row, &day, &field);
        if (fault != TEXT_NONE)
            office_leave_out(run, row, field,
                             text_of(fault, run->report->language));
        else if (year && day.date.year != year)
            others++;
        else
            days_add(run, days_r, day);
    }
    if (!others)
        return;
    owned(str_free) char *count = str_format("%d", others);
    owned(str_free) char *wanted = str_format("%d", year);
    remark_add(run->report, REMARK_NOTE, (struct about){0},
               TEXT_LIST_OTHER_YEARS, "count", count, "year", wanted, NULL);
}

static bool is_rest_day(const struct office_run *run, struct date date)
{
    return run->options->week->days[date_weekday(date)].count == 0;
}

/* kiphan makes up no day off, so somebody has to have entered the one that
 * compensates for a holiday on a rest day (R8). */
static void remark_compensation(struct office_run *run, const struct days *days,
                                const struct day *day)
{
    struct date next = day->date;
    char text[11] = "";

    if (day->mark != DAY_HOLIDAY || !is_rest_day(run, day->date))
        return;
    for (int i = 0; i < 7 && is_rest_day(run, next); i++)
        next = date_plus(next, 1);
    const struct day *marked = find_day(days, next);
    if (marked && marked->mark == DAY_HOLIDAY)
        return;
    date_format(next, text);
    remark_add(run->report, REMARK_NEEDS_YOU,
               (struct about){day->row->line, header_of(&run->columns, DATE),
                              office_cell(run, day->row, DATE)},
               TEXT_ROW_COMPENSATION, "day", text, NULL);
}

static int put_days(struct office_run *run, const struct days *days,
                    struct err *err)
{
    for (size_t i = 0; i < days->count; i++) {
        const struct day *day = &days->items[i];
        enum put_result result = PUT_SAME;
        struct calendar_day put = {
            .calendar = str_copy(run->options->calendar_name),
            .date = day->date,
            .mark = day->mark,
            .sessions = str_copy(office_cell(run, day->row, SESSIONS)),
            .label = str_copy(office_cell(run, day->row, NAME)),
        };
        int failed =
            store_put_calendar_day(run->options->store, &put, &result, err);
        str_free(&put.calendar);
        str_free(&put.sessions);
        str_free(&put.label);
        if (failed)
            return -1;
        office_count(run, result);
        remark_compensation(run, days, day);
    }
    return 0;
}

/* A calendar that builds on another has its years from there: what is told of
 * its own days enters none. */
static bool enters_years(const struct intake_options *options)
{
    return str_equal(options->calendar_name, options->year_calendar);
}

/* Drop what the list no longer has of the named year. */
static int drop_others(struct office_run *run, const struct days *days,
                       struct err *err)
{
    const struct intake_options *options = run->options;
    struct date *kept = mem_zero(days->count + 1, sizeof(*kept));
    int dropped = 0;

    for (size_t i = 0; i < days->count; i++)
        kept[i] = days->items[i].date;
    int failed = store_drop_calendar_days(options->store,
                                          options->calendar_name, options->year,
                                          kept, days->count, &dropped, err);
    free(kept);
    run->report->gone += dropped;
    return failed;
}

static int enter_year(struct office_run *run, struct err *err)
{
    const struct intake_options *options = run->options;
    bool is_new = false;

    if (!enters_years(options)) {
        remark_add(run->report, REMARK_NOTE, (struct about){0},
                   TEXT_LIST_OTHERS_YEARS, "calendar", options->year_calendar,
                   NULL);
        return 0;
    }
    if (store_enter_calendar_year(options->store, options->calendar_name,
                                  options->year, &is_new, err))
        return -1;
    run->year_entered = is_new;
    if (!is_new)
        return 0;
    owned(str_free) char *year = str_format("%d", options->year);
    remark_add(run->report, REMARK_NOTE, (struct about){0},
               TEXT_LIST_YEAR_ENTERED, "year", year, NULL);
    return 0;
}

static int take_days(struct office_run *run, const struct days *days,
                     struct err *err)
{
    enum text_language language = run->report->language;
    int year = run->options->year;
    owned(str_free) char *wanted = str_format("%d", year);
    owned(str_free) char *wrong =
        str_format("%lld", (long long)run->report->rejected);

    if (run->report->rejected)
        return text_err(err, ERR_INVALID, TEXT_LIST_BAD_CALENDAR, language,
                        "count", wrong, NULL);
    if (days->count == 0)
        return text_err(err, ERR_INVALID,
                        year ? TEXT_LIST_NO_DAY_OF_YEAR : TEXT_LIST_NO_DAY,
                        language, "year", wanted, NULL);
    if (put_days(run, days, err))
        return -1;
    if (year)
        return drop_others(run, days, err) || enter_year(run, err) ? -1 : 0;
    if (enters_years(run->options))
        remark_add(run->report, REMARK_NOTE, (struct about){0},
                   TEXT_LIST_NO_YEAR, NULL);
    return 0;
}

/* Holidays come as iCalendar too, told by how the file begins. */
static int read_ical(struct office_run *run, const char *bytes, size_t length,
                     struct err *err)
{
    const struct intake_options *options = run->options;
    owned(ical_done) struct ical ical = {0};

    if (ical_read(bytes, length, options->year, options->language, &ical, err))
        return -1;
    run->sheet = ical.sheet;
    ical.sheet = (struct sheet){0};
    for (size_t i = 0; i < ical.fault_count; i++) {
        const struct ical_fault *fault = &ical.faults[i];
        run->report->rejected++;
        remark_add(run->report, REMARK_LEFT_OUT,
                   (struct about){fault->line, "", fault->value},
                   TEXT_ROW_LEFT_OUT, "reason",
                   text_of(fault->why, options->language), NULL);
    }
    if (ical.observances)
        remark_count(run->report, REMARK_NOTE, TEXT_LIST_OBSERVANCES,
                     ical.observances);
    return 0;
}

int intake_calendar(const struct intake_options *options, const char *bytes,
                    size_t length, struct intake_report *report_r,
                    struct err *err)
{
    *report_r = (struct intake_report){.language = options->language};
    owned(office_run_done) struct office_run run = {.options = options,
                                                    .report = report_r};
    owned(days_done) struct days days = {0};

    if ((ical_is(bytes, length) && read_ical(&run, bytes, length, err)) ||
        office_begin(&run, bytes, length, &layout, err))
        return -1;
    read_days(&run, &days);
    if (take_days(&run, &days, err)) {
        remarks_sort(report_r);
        return -1;
    }
    return office_end(&run, "calendar", bytes, length, err);
}
