/* office.h - the calendar of the sample office, for tests. */
#ifndef TESTS_CALENDAR_OFFICE_H
#define TESTS_CALENDAR_OFFICE_H

#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "calendar/calendar.h"

static inline struct zone *office_zone(const char *name)
{
    struct err err = {0};
    struct zone *zone = NULL;

    check_ok(zone_open(name, &zone, &err));
    return zone;
}

static inline struct day_plan office_plan(const char *text)
{
    struct err err = {0};
    struct day_plan plan = {0};

    check_ok(day_plan_parse(text, &plan, &err));
    return plan;
}

/* Monday to Friday the same sessions. */
static inline struct week office_week(const char *sessions)
{
    struct week week = {0};

    for (int i = 0; i < 5; i++)
        week.days[i] = office_plan(sessions);
    return week;
}

static inline struct date office_date(const char *text)
{
    struct err err = {0};
    struct date date = {0};

    check_ok(date_parse(text, &date, &err));
    return date;
}

static inline void office_mark(struct calendar *calendar, const char *date,
                               enum day_mark mark, const char *label)
{
    struct err err = {0};

    check_ok(
        calendar_mark(calendar, office_date(date), mark, NULL, label, &err));
}

/* One line of calendar-2026.csv: date,kind,name. */
static inline void office_row(struct calendar *calendar, char *line)
{
    char *kind = strchr(line, ',') + 1;
    char *label = strchr(kind, ',') + 1;

    kind[-1] = label[-1] = '\0';
    label[strcspn(label, "\r\n")] = '\0';
    office_mark(calendar, line,
                strcmp(kind, "workday") == 0 ? DAY_WORKDAY : DAY_HOLIDAY,
                label);
}

/* Kiến An in 2026, as it is in the sample configuration. */
static inline struct calendar *office_calendar(const struct zone *zone)
{
    struct week week = office_week("07:30-11:30 13:30-17:00");
    struct calendar *calendar = calendar_new("kien-an", zone, &week);
    FILE *file =
        fopen(SOURCE_DIR "/config/example/kien-an/calendar-2026.csv", "r");
    char line[256];
    int rows = 0;

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof(line), file));
    for (; fgets(line, sizeof(line), file); rows++)
        office_row(calendar, line);
    (void)fclose(file);
    assert_int_equal(rows, 16);
    calendar_enter_year(calendar, 2026);
    calendar_seal(calendar);
    return calendar;
}

static inline int64_t office_instant(const struct zone *zone, const char *text)
{
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    check_ok(zone_parse(zone, text, &instant, &time_given, &err));
    assert_true(time_given);
    return instant;
}

static inline struct span office_span(const char *text)
{
    struct err err = {0};
    struct span span = {0};

    check_ok(span_parse(text, SPAN_TERM, &span, &err));
    return span;
}

/* The instant, as people write it, is this one. */
static inline void check_instant(const struct zone *zone, int64_t instant,
                                 const char *wanted, const char *why)
{
    char got[20];
    char expected[20];

    zone_format(zone, instant, got);
    zone_format(zone, office_instant(zone, wanted), expected);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: got %s, wanted %s", why, got, expected);
}

#endif
