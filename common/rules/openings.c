#include "rules/openings.h"

enum {
    MOST_DAYS = 60,            /* longer than any holiday */
    OUTSIDE_SECONDS = 30 * 60, /* how long an opening outside sessions lasts */
    LAST_SECOND = 24 * 3600 - 1,
    MINUTE = 60,
};

struct openings {
    struct opening items[WINDOW_TIMES];
    int count;
};

static bool quiet_clock(const struct quiet *quiet, int32_t seconds)
{
    if (quiet->from <= quiet->until)
        return seconds >= quiet->from && seconds < quiet->until;
    return seconds >= quiet->from || seconds < quiet->until;
}

static bool quiet_day(const struct quiet *quiet,
                      const struct calendar *calendar, struct date date)
{
    if (calendar_is_holiday(calendar, date))
        return quiet->holidays;
    return quiet->rest_days && calendar_day(calendar, date, NULL).count == 0;
}

static const struct calendar *calendar_of(const struct policy *policy,
                                          const struct window *window,
                                          int person)
{
    const struct calendar *named =
        window ? policy_calendar_named(policy, window->calendar) : NULL;
    return named ? named : policy_person_calendar(policy, person);
}

struct hours hours_of(const struct policy *policy, const struct rule *rule,
                      int person)
{
    const struct window *window = policy_window(policy, rule);

    return (struct hours){policy, window, calendar_of(policy, window, person)};
}

bool quiet_at(const struct hours *hours, int64_t instant)
{
    const struct quiet *quiet = &hours->policy->quiet;
    struct civil civil = zone_civil(calendar_zone(hours->calendar), instant);

    return quiet_clock(quiet, civil.seconds) ||
           quiet_day(quiet, hours->calendar, civil.date);
}

/* Until when attempts of an opening may begin: the end of the session that it
 * lies in; outside every session, half an hour; though not in quiet hours. */
static int32_t close_of(const struct policy *policy,
                        const struct day_plan *plan, int32_t at)
{
    const struct quiet *quiet = &policy->quiet;
    int32_t close = at + OUTSIDE_SECONDS;

    if (close > LAST_SECOND)
        close = LAST_SECOND;
    for (int i = 0; i < plan->count; i++)
        if (at >= plan->sessions[i].start && at < plan->sessions[i].end)
            close = plan->sessions[i].end;
    bool cut = quiet->from != quiet->until && quiet->from > at;
    return cut && quiet->from < close ? quiet->from : close;
}

static void add_opening(const struct hours *hours, struct date date, int32_t at,
                        struct openings *list)
{
    const struct policy *policy = hours->policy;
    const struct zone *zone = calendar_zone(hours->calendar);
    bool assumed = false;
    struct day_plan plan = calendar_day(hours->calendar, date, &assumed);

    if (quiet_clock(&policy->quiet, at) || list->count == WINDOW_TIMES)
        return;
    list->items[list->count++] = (struct opening){
        .at = zone_instant(zone, (struct civil){date, at}),
        .closes_at = zone_instant(
            zone, (struct civil){date, close_of(policy, &plan, at)}),
        .assumed = assumed,
    };
}

/* The openings of one day, in order of time. */
static struct openings openings_of_day(const struct hours *hours,
                                       struct date date)
{
    const struct window *window = hours->window;
    struct day_plan plan = calendar_day(hours->calendar, date, NULL);
    struct openings list = {0};

    if (quiet_day(&hours->policy->quiet, hours->calendar, date))
        return list;
    if (window->open == OPEN_TIMES) {
        for (int i = 0; i < window->time_count; i++)
            add_opening(hours, date, window->times[i], &list);
        return list;
    }
    for (int i = 0; i < plan.count; i++)
        add_opening(hours, date, plan.sessions[i].start, &list);
    return list;
}

static struct date day_of(const struct hours *hours, int64_t instant)
{
    return zone_civil(calendar_zone(hours->calendar), instant).date;
}

int opening_next(const struct hours *hours, int64_t instant,
                 struct opening *opening_r, struct err *err)
{
    struct date date = day_of(hours, instant);

    for (int day = 0; day < MOST_DAYS; day++, date = date_plus(date, 1)) {
        struct openings list = openings_of_day(hours, date);
        for (int i = 0; i < list.count; i++) {
            if (list.items[i].at >= instant) {
                *opening_r = list.items[i];
                return 0;
            }
        }
    }
    return err_set(err, ERR_NOT_FOUND, "window %s does not open within %d days",
                   hours->window->name, MOST_DAYS);
}

int opening_last(const struct hours *hours, int64_t instant,
                 struct opening *opening_r, struct err *err)
{
    struct date date = day_of(hours, instant);

    for (int day = 0; day < MOST_DAYS; day++, date = date_plus(date, -1)) {
        struct openings list = openings_of_day(hours, date);
        for (int i = list.count - 1; i >= 0; i--) {
            if (list.items[i].at <= instant) {
                *opening_r = list.items[i];
                return 0;
            }
        }
    }
    return err_set(err, ERR_NOT_FOUND, "window %s was not open for %d days",
                   hours->window->name, MOST_DAYS);
}

/* ---- of everybody ---- */

typedef int opening_search(const struct hours *hours, int64_t instant,
                           struct opening *opening_r, struct err *err);

/* Ask for each rule, by each calendar by which its window opens; sign says
 * whether the greatest (1) or the least (-1) answer is wanted. */
static int search_all(const struct policy *policy, opening_search *search,
                      int64_t instant, int sign, struct opening *opening_r)
{
    size_t count = 0;
    const struct calendar *const *followed = policy_followed(policy, &count);
    bool found = false;

    for (size_t i = 0; i < policy->rule_count; i++) {
        struct hours hours = hours_of(policy, &policy->rules[i], NOBODY);
        bool named = !str_empty(hours.window->calendar);
        for (size_t j = 0; j < (named ? 1 : count); j++) {
            struct opening opening = {0};
            struct err none = {0};
            if (!named)
                hours.calendar = followed[j];
            if (search(&hours, instant, &opening, &none) ||
                (found && sign * opening.at <= sign * opening_r->at))
                continue;
            *opening_r = opening;
            found = true;
        }
    }
    return found ? 0 : -1;
}

int opening_next_of_all(const struct policy *policy, int64_t instant,
                        struct opening *opening_r, struct err *err)
{
    struct opening opening = {0};

    if (search_all(policy, opening_next, instant, -1, &opening))
        return err_set(err, ERR_NOT_FOUND, "no window opens within %d days",
                       MOST_DAYS);
    *opening_r = opening;
    return 0;
}

int opening_last_of_all(const struct policy *policy, int64_t instant,
                        struct opening *opening_r, struct err *err)
{
    struct opening opening = {0};

    if (search_all(policy, opening_last, instant, 1, &opening))
        return err_set(err, ERR_NOT_FOUND, "no window was open for %d days",
                       MOST_DAYS);
    *opening_r = opening;
    return 0;
}

/* ---- quiet hours ---- */

int64_t quiet_begins(const struct hours *hours, int64_t from, int64_t until)
{
    for (int64_t at = from; at < until; at += MINUTE - at % MINUTE)
        if (quiet_at(hours, at))
            return at - 1;
    return until;
}

/* The first instant from now on that is not quiet, by minutes: quiet hours
 * are given so. */
static int urgent_opening(const struct hours *hours, int64_t now,
                          struct opening *opening_r, struct err *err)
{
    enum { MOST_MINUTES = MOST_DAYS * 24 * 60 };
    const struct zone *zone = calendar_zone(hours->calendar);
    int64_t at = now;

    for (int i = 0; i < MOST_MINUTES && quiet_at(hours, at); i++)
        at += MINUTE - at % MINUTE;
    if (quiet_at(hours, at))
        return err_set(err, ERR_NOT_FOUND, "quiet hours of %s never end",
                       hours->window->name);
    struct civil civil = zone_civil(zone, at);
    struct day_plan plan = calendar_day(hours->calendar, civil.date, NULL);
    int32_t close = close_of(hours->policy, &plan, civil.seconds);
    *opening_r = (struct opening){
        .at = at,
        .closes_at = zone_instant(zone, (struct civil){civil.date, close}),
    };
    return 0;
}

int opening_for(const struct hours *hours, const struct waiting *waiting,
                struct opening *opening_r, struct err *err)
{
    struct opening last = {0};
    int64_t now = waiting->now;

    if (waiting->step->urgent)
        return urgent_opening(hours, now, opening_r, err);
    if (opening_last(hours, now, &last, err) == 0 &&
        last.at > waiting->served_until && now < last.closes_at &&
        waiting->reached_at <= last.at) {
        *opening_r = last;
        return 0;
    }
    return opening_next(hours, now + 1, opening_r, err);
}
