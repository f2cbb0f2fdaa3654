/* How fast a calendar of thirty years answers, beside a walk by day over the
 * same calendar measured in the same run: figures of one machine differ, the
 * ratios hardly do. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/own.h"
#include "calendar/calendar.h"

enum { FIRST_YEAR = 2000, LAST_YEAR = 2029, QUESTIONS = 1 << 16 };

/* What is asked: an instant and how far from it. */
struct question {
    int64_t from;
    int64_t to;
    int64_t seconds;
};

struct bench {
    const struct calendar *calendar;
    const struct question *questions;
    int64_t sum; /* so that no answer can be left out */
};

typedef void ask(struct bench *bench, const struct question *question);

static double now(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void ask_count(struct bench *bench, const struct question *question)
{
    struct err err;
    int64_t seconds = 0;

    if (calendar_count(bench->calendar, question->from, question->to, &seconds,
                       &err) == 0)
        bench->sum += seconds;
}

static void ask_add(struct bench *bench, const struct question *question)
{
    struct err err;
    int64_t after = 0;

    if (calendar_after_seconds(bench->calendar, question->from,
                               question->seconds, &after, &err) == 0)
        bench->sum += after;
}

static void ask_term(struct bench *bench, const struct question *question)
{
    struct span span = {SPAN_DAYS, question->seconds / 27};
    struct err err;
    int64_t due = 0;

    if (calendar_term(bench->calendar, question->from, span, 0, &due, &err) ==
        0)
        bench->sum += due;
}

/* The floor: what a simple program does, a look at each day in turn. */
static int64_t worked_on(const struct calendar *calendar, struct date date,
                         int64_t from, int64_t to)
{
    const struct zone *zone = calendar_zone(calendar);
    struct day_plan plan = calendar_day(calendar, date, NULL);
    int64_t worked = 0;

    for (int i = 0; i < plan.count; i++) {
        struct civil civil = {date, plan.sessions[i].start};
        int64_t start = zone_instant(zone, civil);
        int64_t end = start + plan.sessions[i].end - plan.sessions[i].start;
        start = start > from ? start : from;
        end = end < to ? end : to;
        worked += end > start ? end - start : 0;
    }
    return worked;
}

static void walk_count(struct bench *bench, const struct question *question)
{
    const struct zone *zone = calendar_zone(bench->calendar);
    struct date date = zone_civil(zone, question->from).date;
    struct date last = zone_civil(zone, question->to).date;

    for (; date_compare(date, last) <= 0; date = date_plus(date, 1))
        bench->sum +=
            worked_on(bench->calendar, date, question->from, question->to);
}

/* Millions of questions a second. */
static double measure(struct bench *bench, ask *ask_one)
{
    double start = now();
    double spent = 0;
    long asked = 0;

    do {
        for (int i = 0; i < 256; i++, asked++)
            ask_one(bench, &bench->questions[asked % QUESTIONS]);
        spent = now() - start;
    } while (spent < 0.3);
    return 1e-6 * (double)asked / spent;
}

static struct calendar *build(const struct zone *zone)
{
    struct week week = {0};
    struct err err;

    for (int i = 0; i < 5; i++)
        (void)day_plan_parse("07:30-11:30 13:30-17:00", &week.days[i], &err);
    struct calendar *calendar = calendar_new("bench", zone, &week);
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int day = 1; day <= 15; day++)
            (void)calendar_mark(calendar,
                                (struct date){(int16_t)year,
                                              (int8_t)(1 + day % 12),
                                              (int8_t)day},
                                DAY_HOLIDAY, NULL, "", &err);
        calendar_enter_year(calendar, year);
    }
    calendar_seal(calendar);
    return calendar;
}

/* Instants all over the years, and spans of about so many days after. */
static void draw(const struct calendar *calendar, int days,
                 struct question *questions)
{
    struct civil first = {{FIRST_YEAR, 1, 1}, 0};
    int64_t begin = zone_instant(calendar_zone(calendar), first);
    const int64_t day = 24 * 3600;
    const int64_t range = (int64_t)(LAST_YEAR - FIRST_YEAR + 1) * 365 * day;
    unsigned seed = 7;

    for (int i = 0; i < QUESTIONS; i++) {
        int64_t span = day * days - day / 2 + rand_r(&seed) % day;
        int64_t room = range - 2 * span > day ? range - 2 * span : day;
        int64_t chance = ((int64_t)rand_r(&seed) << 20 ^ rand_r(&seed)) % room;
        int64_t from = begin + chance;
        questions[i] = (struct question){from, from + span, span / 5};
    }
}

static void report(struct bench *bench, int days)
{
    double walk = measure(bench, walk_count);
    double count = measure(bench, ask_count);
    double add = measure(bench, ask_add);
    double term = measure(bench, ask_term);

    (void)printf("%7d %9.3f %9.2f %9.2f %9.2f %11.0f %11.0f\n", days, walk,
                 count, add, term, count / walk, add / walk);
}

int main(void)
{
    static const int spans[] = {1, 7, 30, 365, 3650, 5000};
    owned(zone_free) struct zone *zone = NULL;
    struct err err;

    if (zone_open("Asia/Ho_Chi_Minh", &zone, &err) != 0) {
        (void)fprintf(stderr, "%s\n", err.text);
        return EXIT_FAILURE;
    }
    double start = now();
    owned(calendar_free) struct calendar *calendar = build(zone);
    struct question *questions = calloc(QUESTIONS, sizeof(*questions));
    struct bench bench = {calendar, questions, 0};
    (void)printf("sealed %d years in %.1f ms; millions a second:\n",
                 LAST_YEAR - FIRST_YEAR + 1, 1e3 * (now() - start));
    (void)printf("%7s %9s %9s %9s %9s %11s %11s\n", "days", "walk", "count",
                 "add", "term", "count/walk", "add/walk");
    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
        draw(calendar, spans[i], questions);
        report(&bench, spans[i]);
    }
    free(questions);
    return bench.sum ? EXIT_SUCCESS : EXIT_FAILURE;
}
