#include "cli/month.h"

#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/derived.h"
#include "cli/table.h"

enum day_kind { ORDINARY, REST_DAY, HOLIDAY, SWAP_DAY };

/* One day, and what it is called. */
struct month_day {
    struct date date;
    enum day_kind kind;
    struct day_plan plan;
    const char *label; /* borrowed; NULL when it is not marked */
};

static struct month_day day_of(const struct calendar *calendar,
                               struct date date)
{
    bool assumed = false;
    struct month_day day = {.date = date,
                            .plan = calendar_day(calendar, date, &assumed)};

    if (!assumed)
        day.label = calendar_label(calendar, date);
    if (day.label)
        day.kind = calendar_is_holiday(calendar, date) ? HOLIDAY : SWAP_DAY;
    else if (day.plan.count == 0)
        day.kind = REST_DAY;
    return day;
}

static int days_in(struct date first)
{
    int days = 28;

    while (days < 31 && date_plus(first, days).month == first.month)
        days++;
    return days;
}

static int64_t seconds_of(const struct day_plan *plan)
{
    int64_t seconds = 0;

    for (int i = 0; i < plan->count; i++)
        seconds += plan->sessions[i].end - plan->sessions[i].start;
    return seconds;
}

static char *clock_of(int32_t seconds)
{
    return str_format("%02d:%02d", seconds / 3600, seconds / 60 % 60);
}

/* "07:30-11:30 13:30-17:00" */
static char *sessions_text(const struct day_plan *plan)
{
    struct buf text = {0};

    for (int i = 0; i < plan->count; i++) {
        owned(str_free) char *from = clock_of(plan->sessions[i].start);
        owned(str_free) char *until = clock_of(plan->sessions[i].end);
        buf_addf(&text, "%s%s-%s", i ? " " : "", from, until);
    }
    return buf_take(&text);
}

/* ---- for people ---- */

static void print_cell(const struct cli *cli, const struct month_day *day)
{
    static const char marks[] = {
        [ORDINARY] = ' ', [REST_DAY] = ' ', [HOLIDAY] = '*', [SWAP_DAY] = '+'};
    static const enum shade shades[] = {[ORDINARY] = SHADE_PLAIN,
                                        [REST_DAY] = SHADE_FAINT,
                                        [HOLIDAY] = SHADE_OVERDUE,
                                        [SWAP_DAY] = SHADE_AT_RISK};

    (void)printf("%s%4d%c%s", cli->colour ? shade_begin(shades[day->kind]) : "",
                 day->date.day, marks[day->kind],
                 cli->colour ? shade_end(shades[day->kind]) : "");
}

static void print_weeks(const struct cli *cli, const struct calendar *calendar,
                        struct date first)
{
    int days = days_in(first);

    (void)printf("%s\n%*s", cli_text(cli, TEXT_CLI_WEEK_HEAD),
                 5 * date_weekday(first), "");
    for (int i = 0; i < days; i++) {
        struct month_day day = day_of(calendar, date_plus(first, i));
        print_cell(cli, &day);
        if (date_weekday(day.date) == 6 || i == days - 1)
            (void)putchar('\n');
    }
}

static void print_names(const struct cli *cli, const struct calendar *calendar,
                        struct date first)
{
    int marked = 0;

    for (int i = 0; i < days_in(first); i++) {
        struct month_day day = day_of(calendar, date_plus(first, i));
        bool is_swap = day.kind == SWAP_DAY;
        if (!day.label)
            continue;
        owned(str_free) char *sessions = sessions_text(&day.plan);
        (void)printf(
            "%s  %c %02d/%02d  %s: %s%s%s\n", marked++ ? "" : "\n",
            is_swap ? '+' : '*', day.date.day, day.date.month,
            cli_text(cli, is_swap ? TEXT_CLI_STEP_SWAP : TEXT_CLI_STEP_OFF),
            day.label, is_swap ? ", " : "", sessions);
    }
}

/* The first day of the month that is not marked and has this weekday; all
 * may be marked: then what the calendar does in a year it does not know. */
static struct day_plan plan_of_weekday(const struct calendar *calendar,
                                       struct date first, int weekday)
{
    int days = days_in(first);
    int at = (weekday - date_weekday(first) + 7) % 7;

    for (; at < days; at += 7) {
        struct month_day day = day_of(calendar, date_plus(first, at));
        if (!day.label)
            return day.plan;
    }
    return (struct day_plan){0};
}

static void print_hours(const struct cli *cli, const struct calendar *calendar,
                        struct date first)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, "", ALIGN_LEFT);
    for (int i = 0; i < 7;) {
        struct day_plan plan = plan_of_weekday(calendar, first, i);
        owned(str_free) char *sessions = sessions_text(&plan);
        int last = i;
        for (bool same = true; same && last < 6;) {
            struct day_plan next = plan_of_weekday(calendar, first, last + 1);
            owned(str_free) char *others = sessions_text(&next);
            same = str_equal(sessions, others);
            last += same;
        }
        const char *begin = cli_text(cli, (enum text_id)(TEXT_MONDAY + i));
        const char *end = cli_text(cli, (enum text_id)(TEXT_MONDAY + last));
        owned(str_free) char *days = last == i
                                         ? str_format("  %s", begin)
                                         : str_format("  %s – %s", begin, end);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, days);
        text_table_cell(table, plan.count ? sessions
                                          : cli_text(cli, TEXT_CLI_STEP_OFF));
        i = last + 1;
    }
    text_table_print(table, stdout, false, 0);
}

static void print_total(const struct cli *cli, const struct calendar *calendar,
                        struct date first)
{
    int64_t seconds = 0;
    int working = 0;

    for (int i = 0; i < days_in(first); i++) {
        struct month_day day = day_of(calendar, date_plus(first, i));
        seconds += seconds_of(&day.plan);
        working += day.plan.count > 0;
    }
    owned(str_free) char *days = str_format("%d", working);
    owned(str_free) char *time = derived_work(cli, seconds);
    owned(str_free) char *text = text_fill(TEXT_CLI_MONTH_TOTAL, cli->language,
                                           "days", days, "time", time, NULL);
    (void)printf("\n%s\n", text);
}

static int say_year(const struct cli *cli, const struct calendar *calendar,
                    int year)
{
    if (calendar_has_year(calendar, year))
        return CLI_DONE;
    owned(str_free) char *number = str_format("%d", year);
    owned(str_free) char *text =
        text_fill(TEXT_CLI_CHECK_NO_YEAR, cli->language, "calendar",
                  calendar_list(calendar), "year", number, NULL);
    cli_warn("%s", text);
    return CLI_PARTLY;
}

int month_print(const struct cli *cli, const struct calendar *calendar,
                struct date first)
{
    owned(str_free) char *year = str_format("%d", first.year);
    owned(str_free) char *title = text_fill(
        TEXT_CLI_MONTH_TITLE, cli->language, "name",
        cli_text(cli, (enum text_id)(TEXT_JANUARY + (unsigned)first.month - 1)),
        "year", year, "calendar", calendar_name(calendar), NULL);

    (void)printf("%s\n\n", title);
    print_weeks(cli, calendar, first);
    print_names(cli, calendar, first);
    (void)putchar('\n');
    print_hours(cli, calendar, first);
    print_total(cli, calendar, first);
    return say_year(cli, calendar, first.year);
}

/* ---- for programs ---- */

static struct json *sessions_json(const struct day_plan *plan)
{
    struct json *array = json_new_array();

    for (int i = 0; i < plan->count; i++) {
        struct json *session = json_new_object();
        owned(str_free) char *from = clock_of(plan->sessions[i].start);
        owned(str_free) char *until = clock_of(plan->sessions[i].end);
        json_put_text(session, "from", from);
        json_put_text(session, "until", until);
        json_add(array, &session);
    }
    return array;
}

static struct json *day_json(const struct month_day *day)
{
    static const char *const kinds[] = {[ORDINARY] = "ordinary",
                                        [REST_DAY] = "rest-day",
                                        [HOLIDAY] = "holiday",
                                        [SWAP_DAY] = "swap-day"};
    struct json *object = json_new_object();
    struct json *sessions = sessions_json(&day->plan);
    char date[11];

    date_format(day->date, date);
    json_put_text(object, "date", date);
    json_put_int(object, "weekday", date_weekday(day->date) + 1);
    json_put_text(object, "kind", kinds[day->kind]);
    json_put_text(object, "label", day->label);
    json_put(object, "sessions", &sessions);
    json_put_int(object, "working_seconds", seconds_of(&day->plan));
    return object;
}

int month_print_json(const struct cli *cli, const struct calendar *calendar,
                     struct date first)
{
    struct json *whole = json_new_object();
    struct json *days = json_new_array();
    owned(str_free) char *month =
        str_format("%04d-%02d", first.year, first.month);

    for (int i = 0; i < days_in(first); i++) {
        struct month_day day = day_of(calendar, date_plus(first, i));
        struct json *object = day_json(&day);
        json_add(days, &object);
    }
    json_put_text(whole, "calendar", calendar_name(calendar));
    json_put_text(whole, "month", month);
    json_put_bool(whole, "entered", calendar_has_year(calendar, first.year));
    json_put(whole, "days", &days);
    (void)cli_print_json(&whole);
    return say_year(cli, calendar, first.year);
}
