/* The deciding parts of the settings as one text. */
#include "base/json.h"
#include "base/own.h"
#include "settings/settings.h"

static void put_span(struct json *object, const char *name, struct span span)
{
    char text[32] = "";

    span_format(span, text);
    json_put_text(object, name, text);
}

static void put_strs(struct json *object, const char *name,
                     const struct strs *list)
{
    owned(json_free) struct json *array = json_new_array();

    for (size_t i = 0; i < list->count; i++)
        json_add_text(array, list->items[i]);
    json_put(object, name, &array);
}

static struct json *of_step(const struct step *step)
{
    struct json *object = json_new_object();
    owned(json_free) struct json *tell = json_new_array();

    json_put_text(object, "name", step->name);
    json_put_int(object, "anchor", step->anchor);
    if (step->subject != SUBJECT_DEADLINE)
        json_put_text(object, "subject", subject_name(step->subject));
    if (step->times > 1)
        json_put_int(object, "times", step->times);
    if (step->anchor != STEP_DUE_DAY)
        put_span(object, "span", step->span);
    for (size_t i = 0; i < step->tell_count; i++) {
        owned(str_free) char *target = target_format(&step->tell[i]);
        json_add_text(tell, target);
    }
    json_put(object, "tell", &tell);
    if (step->repeats) {
        put_span(object, "every", step->repeat_every);
        json_put_int(object, "times", step->repeat_times);
    }
    json_put_bool(object, "urgent", step->urgent);
    return object;
}

static struct json *of_match(const struct match *match);

static void put_matches(struct json *object, const char *name,
                        const struct matches *list)
{
    owned(json_free) struct json *array = json_new_array();

    for (size_t i = 0; i < list->count; i++) {
        owned(json_free) struct json *one = of_match(&list->items[i]);
        json_add(array, &one);
    }
    if (list->count)
        json_put(object, name, &array);
}

static struct json *of_match(const struct match *match)
{
    struct json *object = json_new_object();

    for (int by = 0; by < MATCH_BYS; by++)
        if (match->lists[by].values.count)
            put_strs(object, match_by_name((enum match_by)by),
                     &match->lists[by].values);
    put_matches(object, "all", &match->all);
    put_matches(object, "any", &match->any);
    put_matches(object, "not", &match->none);
    return object;
}

static struct json *of_rule(const struct rule *rule)
{
    struct json *object = json_new_object();
    owned(json_free) struct json *steps = json_new_array();
    owned(json_free) struct json *match = of_match(&rule->match);

    json_put_text(object, "name", rule->name);
    json_put_text(object, "kind", item_kind_name(rule->match.kind));
    json_put(object, "match", &match);
    put_strs(object, "via", &rule->via);
    json_put_text(object, "window", rule->window);
    for (size_t i = 0; i < rule->step_count; i++) {
        owned(json_free) struct json *step = of_step(&rule->steps[i]);
        json_add(steps, &step);
    }
    json_put(object, "steps", &steps);
    return object;
}

static struct json *of_window(const struct window *window)
{
    struct json *object = json_new_object();
    struct buf times = {0};

    json_put_text(object, "name", window->name);
    json_put_text(object, "calendar", window->calendar);
    for (int i = 0; i < window->time_count; i++)
        buf_addf(&times, "%s%d", i ? " " : "", window->times[i]);
    owned(str_free) char *text = buf_take(&times);
    json_put_text(object, "times", text);
    return object;
}

static struct json *of_quiet(const struct quiet *quiet)
{
    struct json *object = json_new_object();

    json_put_int(object, "from", quiet->from);
    json_put_int(object, "until", quiet->until);
    json_put_bool(object, "rest_days", quiet->rest_days);
    json_put_bool(object, "holidays", quiet->holidays);
    return object;
}

static struct json *of_channel(const struct channel_setting *channel)
{
    struct json *object = json_new_object();

    json_put_text(object, "name", channel->name);
    json_put_text(object, "address", address_kind_name(channel->address));
    return object;
}

/* A calendar's sessions in seconds, day by day. */
static struct json *of_calendar(const struct calendar_setting *calendar)
{
    struct json *object = json_new_object();
    struct buf week = {0};

    json_put_text(object, "name", calendar->name);
    for (int day = 0; day < 7; day++) {
        const struct day_plan *plan = &calendar->week.days[day];
        buf_add(&week, day ? ";" : "");
        for (int i = 0; i < plan->count; i++)
            buf_addf(&week, "%s%d-%d", i ? " " : "", plan->sessions[i].start,
                     plan->sessions[i].end);
    }
    owned(str_free) char *text = buf_take(&week);
    json_put_text(object, "week", text);
    json_put_text(object, "holidays", calendar->holidays);
    put_strs(object, "units", &calendar->units);
    return object;
}

/* Put count things of an array, each made JSON by of. */
#define put_all(object, name, array, total, of)                                \
    do {                                                                       \
        owned(json_free) struct json *all_ = json_new_array();                 \
        for (size_t i_ = 0; i_ < (total); i_++) {                              \
            owned(json_free) struct json *one_ = of(&(array)[i_]);             \
            json_add(all_, &one_);                                             \
        }                                                                      \
        json_put(object, name, &all_);                                         \
    } while (0)

char *settings_fingerprint(const struct settings *settings)
{
    owned(json_free) struct json *all = json_new_object();
    owned(json_free) struct json *quiet = of_quiet(&settings->quiet);

    json_put_text(all, "zone", settings->zone_name);
    json_put_text(all, "calendar", settings->main_calendar);
    put_all(all, "calendars", settings->calendars, settings->calendar_count,
            of_calendar);
    put_all(all, "channels", settings->channels, settings->channel_count,
            of_channel);
    put_all(all, "windows", settings->windows, settings->window_count,
            of_window);
    json_put(all, "quiet", &quiet);
    put_all(all, "rules", settings->rules, settings->rule_count, of_rule);
    return json_format(all);
}
