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

bool quiet_at(const struct policy *policy, const struct rule *rule,
              int64_t instant)
{
    const struct calendar *calendar =
        policy_window_calendar(policy, policy_window(policy, rule));
    struct civil civil = zone_civil(calendar_zone(calendar), instant);

    return quiet_clock(&policy->quiet, civil.seconds) ||
           quiet_day(&policy->quiet, calendar, civil.date);
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

static void add_opening(const struct policy *policy,
                        const struct calendar *calendar, struct date date,
                        int32_t at, struct openings *list)
{
    bool assumed = false;
    struct day_plan plan = calendar_day(calendar, date, &assumed);
    const struct zone *zone = calendar_zone(calendar);

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
static struct openings openings_of_day(const struct policy *policy,
                                       const struct window *window,
                                       struct date date)
{
    const struct calendar *calendar = policy_window_calendar(policy, window);
    struct day_plan plan = calendar_day(calendar, date, NULL);
    struct openings list = {0};

    if (quiet_day(&policy->quiet, calendar, date))
        return list;
    if (window->open == OPEN_TIMES) {
        for (int i = 0; i < window->time_count; i++)
            add_opening(policy, calendar, date, window->times[i], &list);
        return list;
    }
    for (int i = 0; i < plan.count; i++)
        add_opening(policy, calendar, date, plan.sessions[i].start, &list);
    return list;
}

static struct date day_of(const struct policy *policy,
                          const struct window *window, int64_t instant)
{
    const struct calendar *calendar = policy_window_calendar(policy, window);
    return zone_civil(calendar_zone(calendar), instant).date;
}

int opening_next(const struct policy *policy, const struct rule *rule,
                 int64_t instant, struct opening *opening_r, struct err *err)
{
    const struct window *window = policy_window(policy, rule);
    struct date date = day_of(policy, window, instant);

    for (int day = 0; day < MOST_DAYS; day++, date = date_plus(date, 1)) {
        struct openings list = openings_of_day(policy, window, date);
        for (int i = 0; i < list.count; i++) {
            if (list.items[i].at >= instant) {
                *opening_r = list.items[i];
                return 0;
            }
        }
    }
    return err_set(err, ERR_NOT_FOUND, "window %s does not open within %d days",
                   window->name, MOST_DAYS);
}

int opening_last(const struct policy *policy, const struct rule *rule,
                 int64_t instant, struct opening *opening_r, struct err *err)
{
    const struct window *window = policy_window(policy, rule);
    struct date date = day_of(policy, window, instant);

    for (int day = 0; day < MOST_DAYS; day++, date = date_plus(date, -1)) {
        struct openings list = openings_of_day(policy, window, date);
        for (int i = list.count - 1; i >= 0; i--) {
            if (list.items[i].at <= instant) {
                *opening_r = list.items[i];
                return 0;
            }
        }
    }
    return err_set(err, ERR_NOT_FOUND, "window %s was not open for %d days",
                   window->name, MOST_DAYS);
}

int64_t quiet_begins(const struct policy *policy, const struct rule *rule,
                     int64_t from, int64_t until)
{
    for (int64_t at = from; at < until; at += MINUTE - at % MINUTE)
        if (quiet_at(policy, rule, at))
            return at - 1;
    return until;
}

/* The first instant from now on that is not quiet, by minutes: quiet hours
 * are given so. */
static int urgent_opening(const struct policy *policy, const struct rule *rule,
                          int64_t now, struct opening *opening_r,
                          struct err *err)
{
    enum { MOST_MINUTES = MOST_DAYS * 24 * 60 };
    const struct window *window = policy_window(policy, rule);
    const struct calendar *calendar = policy_window_calendar(policy, window);
    int64_t at = now;

    for (int i = 0; i < MOST_MINUTES && quiet_at(policy, rule, at); i++)
        at += MINUTE - at % MINUTE;
    if (quiet_at(policy, rule, at))
        return err_set(err, ERR_NOT_FOUND, "quiet hours of %s never end",
                       window->name);
    struct civil civil = zone_civil(calendar_zone(calendar), at);
    struct day_plan plan = calendar_day(calendar, civil.date, NULL);
    *opening_r = (struct opening){
        .at = at,
        .closes_at = zone_instant(
            calendar_zone(calendar),
            (struct civil){civil.date, close_of(policy, &plan, civil.seconds)}),
    };
    return 0;
}

int opening_for(const struct policy *policy, const struct rule *rule,
                const struct step *step, int64_t reached_at, int64_t now,
                int64_t served_until, struct opening *opening_r,
                struct err *err)
{
    struct opening last = {0};

    if (step->urgent)
        return urgent_opening(policy, rule, now, opening_r, err);
    if (opening_last(policy, rule, now, &last, err) == 0 &&
        last.at > served_until && now < last.closes_at &&
        reached_at <= last.at) {
        *opening_r = last;
        return 0;
    }
    return opening_next(policy, rule, now + 1, opening_r, err);
}
