#include "settings/links.h"

#include "base/own.h"
#include "settings/delivery.h"
#include "settings/nearest.h"
#include "settings/steps.h"

/* "calendar", "channel", ...: as errors call them, in one place. */
static const char *const thing_names[THINGS] = {
    [THING_CALENDAR] = "calendar", [THING_FEED] = "feed",
    [THING_CHANNEL] = "channel",   [THING_WINDOW] = "window",
    [THING_RULE] = "rule",
};

/* The first definition of the name before the end-th mention. */
static const struct mention *definition(const struct reader *reader,
                                        enum thing thing, const char *name,
                                        size_t end)
{
    for (size_t i = 0; i < end; i++) {
        const struct mention *mention = &reader->mentions[i];
        if (mention->defines && mention->thing == thing &&
            str_equal(mention->node->text, name))
            return mention;
    }
    return NULL;
}

static void check_once(struct reader *reader, size_t at)
{
    const struct mention *mention = &reader->mentions[at];
    const struct mention *first =
        definition(reader, mention->thing, mention->node->text, at);

    if (!first)
        return;
    owned(str_free) char *place = place_text(first->node->place);
    wrong(reader, mention->node, "\"%s\" is already the name of the %s at %s",
          mention->node->text, thing_names[mention->thing], place);
}

static void check_known(struct reader *reader, const struct mention *mention)
{
    struct nearest nearest = {.word = mention->node->text};

    if (definition(reader, mention->thing, mention->node->text,
                   reader->mention_count))
        return;
    for (size_t i = 0; i < reader->mention_count; i++)
        if (reader->mentions[i].defines &&
            reader->mentions[i].thing == mention->thing)
            nearest_offer(&nearest, reader->mentions[i].node->text);
    owned(str_free) char *hint = nearest_hint(&nearest);
    wrong(reader, mention->node, "there is no %s \"%s\"%s",
          thing_names[mention->thing], mention->node->text, hint);
}

static void check_mentions(struct reader *reader)
{
    for (size_t i = 0; i < reader->mention_count; i++) {
        if (reader->mentions[i].defines)
            check_once(reader, i);
        else
            check_known(reader, &reader->mentions[i]);
    }
}

static void check_main_calendar(struct reader *reader, const struct node *top)
{
    struct settings *settings = reader->settings;

    if (settings->main_calendar)
        return;
    if (settings->calendar_count == 1)
        settings->main_calendar = str_copy(settings->calendars[0].name);
    else if (settings->calendar_count)
        wrong(reader, top,
              "there are several calendars; say by the key "
              "\"calendar\" which one units follow that no calendar "
              "names");
}

static const struct calendar_setting *
find_calendar(const struct settings *settings, const char *name)
{
    const char *wanted = str_empty(name) ? settings->main_calendar : name;

    return wanted ? settings_calendar(settings, wanted) : NULL;
}

/* A circle of calendars, each with the marked days of the next, has none. */
static void check_holidays(struct reader *reader, size_t at)
{
    const struct settings *settings = reader->settings;
    const struct calendar_setting *start = &settings->calendars[at];
    const struct calendar_setting *calendar = start;

    for (size_t i = 0; i < settings->calendar_count && calendar; i++) {
        calendar = str_empty(calendar->holidays)
                       ? NULL
                       : settings_calendar(settings, calendar->holidays);
        if (calendar != start)
            continue;
        wrong(reader, node_member(reader->calendars.items[at], "holidays"),
              "calendar \"%s\" builds on \"%s\", which leads back to it",
              start->name, start->holidays);
        return;
    }
}

/* A unit follows one calendar of its own. */
static void check_followers(struct reader *reader, size_t at)
{
    const struct settings *settings = reader->settings;
    const struct calendar_setting *calendar = &settings->calendars[at];
    const struct node *node = node_member(reader->calendars.items[at], "units");

    for (size_t i = 0; i < at; i++) {
        const struct calendar_setting *other = &settings->calendars[i];
        for (size_t j = 0; j < calendar->units.count; j++) {
            const char *unit = calendar->units.items[j];
            if (!strs_has(&other->units, unit))
                continue;
            owned(str_free) char *place = place_text(other->units_at);
            wrong(reader, node,
                  "unit \"%s\" already follows calendar \"%s\", by %s", unit,
                  str_or_empty(other->name), place);
        }
    }
}

static bool in_quiet(const struct quiet *quiet, int32_t time)
{
    if (quiet->from <= quiet->until)
        return time >= quiet->from && time < quiet->until;
    return time >= quiet->from || time < quiet->until;
}

/* Does any session of the week begin when it is not quiet? */
static bool starts_aloud(const struct quiet *quiet, const struct week *week)
{
    for (int day = 0; day < 7; day++)
        for (int i = 0; i < week->days[day].count; i++)
            if (!in_quiet(quiet, week->days[day].sessions[i].start))
                return true;
    return false;
}

static void check_times(struct reader *reader, const struct node *node,
                        const struct window *window)
{
    for (int i = 0; i < window->time_count; i++)
        if (in_quiet(&reader->settings->quiet, window->times[i]))
            wrong(reader, node,
                  "opens at %02d:%02d, in quiet hours: that opening would "
                  "never come",
                  window->times[i] / 3600, window->times[i] / 60 % 60);
}

/* Does somebody's window open by the calendar: the one that it names, else
 * any that is followed (R11)? */
static bool opens_by(const struct settings *settings,
                     const struct window *window,
                     const struct calendar_setting *calendar)
{
    return calendar == find_calendar(settings, window->calendar) ||
           (str_empty(window->calendar) && calendar->units.count);
}

static void check_window(struct reader *reader, const struct node *node,
                         const struct window *window)
{
    const struct settings *settings = reader->settings;
    const struct node *open = node_member(node, "open");
    const struct node *at = open ? open : node;

    if (window->open == OPEN_TIMES) {
        check_times(reader, at, window);
        return;
    }
    for (size_t i = 0; i < settings->calendar_count; i++) {
        const struct calendar_setting *calendar = &settings->calendars[i];
        if (opens_by(settings, window, calendar) &&
            !starts_aloud(&settings->quiet, &calendar->week))
            wrong(reader, at,
                  "never opens: every session of calendar \"%s\" begins in "
                  "quiet hours",
                  str_or_empty(calendar->name));
    }
}

/* The ordinary day of the main calendar in seconds; 0 when it is not known
 * for other faults. */
static int32_t ordinary_day(const struct settings *settings)
{
    const struct calendar_setting *setting = find_calendar(settings, NULL);
    owned(zone_free) struct zone *zone = NULL;
    struct err err = {0};

    if (!setting || !settings->zone_name ||
        zone_open(settings->zone_name, &zone, &err) != 0)
        return 0;
    owned(calendar_free) struct calendar *calendar =
        calendar_new(setting->name, zone, &setting->week);
    calendar_seal(calendar);
    return calendar_ordinary_day(calendar);
}

void check_links(struct reader *reader, const struct node *top)
{
    const struct settings *settings = reader->settings;

    check_mentions(reader);
    check_main_calendar(reader, top);
    check_delivery(reader, top);
    for (size_t i = 0; i < settings->calendar_count; i++) {
        check_holidays(reader, i);
        check_followers(reader, i);
    }
    for (size_t i = 0; i < settings->window_count; i++)
        check_window(reader, reader->windows.items[i], &settings->windows[i]);
    int32_t day = ordinary_day(settings);
    for (size_t i = 0; i < settings->rule_count; i++) {
        const struct node *steps = node_member(reader->rules.items[i], "steps");
        if (steps)
            check_ladder(reader, steps, &settings->rules[i], day);
    }
}
