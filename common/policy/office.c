#include "policy/office.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "store/absences.h"
#include "store/imports.h"
#include "store/notices.h"
#include "store/office.h"

struct office {
    const struct settings *settings;
    struct zone *zone;
    struct directory *directory;
    struct calendar **calendars;
    struct rule *rules;     /* those of the settings, then the system's */
    struct window *windows; /* likewise */
    struct way *ways;
    struct leave *leaves;
    size_t leave_count;
    struct rule system_rule;
    struct window system_window;
    struct timetable timetable;
    struct policy policy;
};

/* The rule behind every system notice: to the admins, in the first rule's
 * window and by its first channel (R14).  That it is once a day, at the first
 * opening that is served, is the planner's doing. */
static void make_system_rule(struct office *office)
{
    const struct settings *settings = office->settings;
    struct step *step = mem_new(struct step);

    step->name = str_copy("raised");
    step->anchor = STEP_RAISED;
    step->tell = mem_new(struct target);
    step->tell->kind = TELL_ADMIN;
    step->tell_count = 1;
    office->system_rule = (struct rule){
        .name = str_copy(SYSTEM_RULE),
        .match.kind = KIND_SYSTEM,
        .window = str_copy(SYSTEM_RULE),
        .label.text = {str_copy("Hệ thống nhắc việc"),
                       str_copy("The reminder system")},
        .steps = step,
        .step_count = 1,
    };
    if (settings->rule_count && settings->rules[0].via.count)
        strs_add(&office->system_rule.via, settings->rules[0].via.items[0]);
    const struct window *first =
        settings->rule_count
            ? settings_window(settings, settings->rules[0].window)
            : NULL;
    if (first)
        office->system_window = *first;
    office->system_window.name = str_copy(SYSTEM_RULE);
    office->system_window.calendar =
        str_copy(first ? first->calendar : settings->main_calendar);
}

static void gather_rules(struct office *office)
{
    const struct settings *settings = office->settings;

    office->rules = mem_zero(settings->rule_count + 1, sizeof(*office->rules));
    for (size_t i = 0; i < settings->rule_count; i++)
        office->rules[i] = settings->rules[i];
    office->rules[settings->rule_count] = office->system_rule;
    office->windows =
        mem_zero(settings->window_count + 1, sizeof(*office->windows));
    for (size_t i = 0; i < settings->window_count; i++)
        office->windows[i] = settings->windows[i];
    office->windows[settings->window_count] = office->system_window;
}

/* A calendar's own days count before those on which it builds; its years are
 * the last one's, for those are the days off of everybody. */
static int load_calendar(const struct office *office, struct store *store,
                         const struct calendar_setting *setting,
                         struct calendar *calendar, struct err *err)
{
    const struct settings *settings = office->settings;
    const struct calendar_setting *last =
        settings_year_calendar(settings, setting);
    const struct calendar_setting *at = setting;

    for (; at != last; at = settings_calendar(settings, at->holidays))
        if (store_load_days(store, at->name, calendar, err))
            return -1;
    calendar_set_list(calendar, last->name);
    if (store_load_days(store, last->name, calendar, err))
        return -1;
    return store_load_years(store, last->name, calendar, err);
}

static int load_calendars(struct office *office, struct store *store,
                          struct err *err)
{
    const struct settings *settings = office->settings;

    office->calendars =
        mem_zero(settings->calendar_count + 1, sizeof(*office->calendars));
    for (size_t i = 0; i < settings->calendar_count; i++) {
        const struct calendar_setting *setting = &settings->calendars[i];
        office->calendars[i] =
            calendar_new(setting->name, office->zone, &setting->week);
        if (load_calendar(office, store, setting, office->calendars[i], err))
            return err_wrap(err, "calendar %s", setting->name);
        calendar_seal(office->calendars[i]);
    }
    return 0;
}

static int load_ways(struct office *office, struct store *store,
                     struct err *err)
{
    const struct settings *settings = office->settings;
    struct channel_states parked = {0};

    if (store_parked_channels(store, &parked, err))
        return -1;
    office->ways = mem_zero(settings->channel_count + 1, sizeof(*office->ways));
    for (size_t i = 0; i < settings->channel_count; i++) {
        struct way *way = &office->ways[i];
        way->name = settings->channels[i].name;
        way->address = settings->channels[i].address;
        for (size_t j = 0; j < parked.count; j++)
            if (str_equal(parked.items[j].channel, way->name))
                way->parked = true;
    }
    channel_states_done(&parked);
    return 0;
}

/* Days become instants by the office's own clock. */
static int64_t midnight(const struct office *office, struct date date)
{
    return zone_instant(office->zone, (struct civil){.date = date});
}

static int load_leaves(struct office *office, struct store *store,
                       struct err *err)
{
    owned(absences_done) struct absences absences = {0};

    if (store_load_absences(store, &absences, err))
        return -1;
    office->leaves = mem_zero(absences.count + 1, sizeof(*office->leaves));
    office->leave_count = absences.count;
    for (size_t i = 0; i < absences.count; i++) {
        const struct absence *absence = &absences.items[i];
        office->leaves[i] = (struct leave){
            .person = directory_person(office->directory, absence->person),
            .deputy = directory_person(office->directory, absence->deputy),
            .from = midnight(office, absence->first),
            .until = midnight(office, date_plus(absence->last, 1)),
        };
    }
    return 0;
}

static const struct calendar *main_calendar(const struct office *office)
{
    const struct settings *settings = office->settings;

    for (size_t i = 0; i < settings->calendar_count; i++)
        if (str_equal(settings->calendars[i].name, settings->main_calendar))
            return office->calendars[i];
    return office->calendars[0];
}

/* A unit that nobody knows follows nothing; `kiphan check` names it. */
static void make_timetable(struct office *office)
{
    const struct settings *settings = office->settings;
    const struct calendar **own =
        mem_zero(office->directory->unit_count + 1, sizeof(*own));

    for (size_t i = 0; i < settings->calendar_count; i++) {
        const struct strs *units = &settings->calendars[i].units;
        for (size_t j = 0; j < units->count; j++) {
            int unit = directory_unit(office->directory, units->items[j]);
            if (unit != NO_UNIT)
                own[unit] = office->calendars[i];
        }
    }
    timetable_make(office->directory, main_calendar(office), own,
                   &office->timetable);
    free(own);
}

static void make_policy(struct office *office)
{
    const struct settings *settings = office->settings;

    office->policy = (struct policy){
        .rules = office->rules,
        .rule_count = settings->rule_count + 1,
        .windows = office->windows,
        .window_count = settings->window_count + 1,
        .quiet = settings->quiet,
        .ways = office->ways,
        .way_count = settings->channel_count,
        .calendar = main_calendar(office),
        .calendars = (const struct calendar *const *)office->calendars,
        .calendar_count = settings->calendar_count,
        .timetable = &office->timetable,
        .directory = office->directory,
        .leaves = office->leaves,
        .leave_count = office->leave_count,
    };
}

int office_load(const struct settings *settings, struct store *store,
                struct office **office_r, struct err *err)
{
    owned(office_free) struct office *office = mem_new(struct office);

    office->settings = settings;
    make_system_rule(office);
    gather_rules(office);
    if (zone_open(settings->zone_name, &office->zone, err) ||
        store_load_directory(store, &office->directory, err) ||
        load_calendars(office, store, err) || load_ways(office, store, err) ||
        load_leaves(office, store, err))
        return -1;
    make_timetable(office);
    make_policy(office);
    *office_r = give(office);
    return 0;
}

void office_free(struct office **office)
{
    struct office *old = *office;

    if (!old)
        return;
    for (size_t i = 0; old->calendars && i < old->settings->calendar_count; i++)
        calendar_free(&old->calendars[i]);
    free(old->calendars);
    free(old->rules);
    free(old->windows);
    free(old->ways);
    free(old->leaves);
    rule_done(&old->system_rule);
    window_done(&old->system_window);
    timetable_done(&old->timetable);
    directory_free(&old->directory);
    zone_free(&old->zone);
    free(old);
    *office = NULL;
}

const struct policy *office_policy(const struct office *office)
{
    return &office->policy;
}

const struct directory *office_directory(const struct office *office)
{
    return office->directory;
}

const struct calendar *office_calendar(const struct office *office)
{
    return office->policy.calendar;
}

const struct timetable *office_timetable(const struct office *office)
{
    return &office->timetable;
}

const struct zone *office_zone(const struct office *office)
{
    return office->zone;
}

/* How long a span is in working time, by the ordinary day (R5). */
static int64_t span_seconds(struct span span, const struct calendar *calendar)
{
    int64_t unit =
        span.unit == SPAN_HOURS ? 3600 : calendar_ordinary_day(calendar);
    return span.thousandths * unit / 1000;
}

/* Stale: older than the feed's setting says, in working time (R16). */
static bool is_stale(const struct calendar *calendar,
                     const struct feed_setting *feed, int64_t as_of,
                     int64_t now)
{
    return calendar_count_assumed(calendar, as_of, now) >
           span_seconds(feed->stale_after, calendar);
}

/* By lists that are true for an instant up to until. */
static int gather_source(const struct office *office, struct store *store,
                         struct source *source, const int64_t until_now[2],
                         struct err *err)
{
    const struct feed_setting *feed =
        settings_feed(office->settings, source->name);
    struct import last = {0};

    source->as_of = INSTANT_NONE;
    if (store_last_import_until(store, source->name, until_now[0], &last, err))
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    source->as_of = last.as_of;
    source->stale =
        is_stale(office_calendar(office), feed, last.as_of, until_now[1]);
    import_done(&last);
    return 0;
}

static int gather_sources(const struct office *office, struct store *store,
                          enum languages language, const int64_t until_now[2],
                          struct sources *sources_r, struct err *err)
{
    const struct settings *settings = office->settings;
    struct sources sources = {0};

    sources.items = mem_zero(settings->feed_count + 1, sizeof(*sources.items));
    for (size_t i = 0; i < settings->feed_count; i++) {
        const struct feed_setting *feed = &settings->feeds[i];
        const char *label = feed->label.text[language];
        struct source *source = &sources.items[sources.count++];
        *source = (struct source){.name = feed->name,
                                  .label = label ? label : feed->name,
                                  .item_url = feed->item_url};
        if (gather_source(office, store, source, until_now, err)) {
            sources_done(&sources);
            return -1;
        }
    }
    *sources_r = sources;
    return 0;
}

int office_sources(const struct office *office, struct store *store,
                   enum languages language, int64_t now,
                   struct sources *sources_r, struct err *err)
{
    /* Also what a clock that was set back lets seem to come. */
    const int64_t until_now[] = {INSTANT_NEVER, now};

    return gather_sources(office, store, language, until_now, sources_r, err);
}

int office_sources_at(const struct office *office, struct store *store,
                      enum languages language, int64_t at,
                      struct sources *sources_r, struct err *err)
{
    const int64_t until_now[] = {at, at};

    return gather_sources(office, store, language, until_now, sources_r, err);
}

void sources_done(struct sources *sources)
{
    free(sources->items);
    *sources = (struct sources){0};
}
