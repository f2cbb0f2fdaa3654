/* What a message says, as numbers, names and marks; the words are the
 * worker's. */
#include "rules/bundle.h"

#include <string.h>

#include "base/own.h"
#include "rules/about.h"
#include "rules/left.h"

enum {
    MOST_LINES = 500, /* beyond it a message says how many more there are */
    WORST_LINES = 3,  /* of a summary */
};

/* What the functions below share. */
struct writer {
    const struct policy *policy;
    const struct bundle *bundle;
    const struct letterhead *head;
};

static void put_instant(const struct writer *writer, struct json *object,
                        const char *name, int64_t instant)
{
    char text[20] = "";

    if (instant == INSTANT_NONE) {
        json_put_text(object, name, NULL);
        return;
    }
    zone_format(calendar_zone(writer->policy->calendar), instant, text);
    json_put_text(object, name, text);
}

static bool is_summary(const struct writer *writer)
{
    enum role role =
        writer->policy->directory->people[writer->bundle->person].role;
    return role == ROLE_VICE_CHAIR || role == ROLE_CHAIR;
}

static size_t most_lines(const struct writer *writer)
{
    size_t most = is_summary(writer) ? WORST_LINES : MOST_LINES;
    size_t wanted = writer->head->most_lines;

    return wanted > 0 && wanted < most ? wanted : most;
}

static struct json *time_left(const struct writer *writer,
                              const struct entry_line *line)
{
    if (!line->left_known)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    struct time_left left =
        time_left_of(policy_calendar(writer->policy, line->item), line->level,
                     line->seconds_left);

    json_put_bool(object, "overdue", line->level == LEVEL_OVERDUE);
    json_put_int(object, "days", left.days);
    json_put_int(object, "hours", left.hours);
    json_put_int(object, "minutes", left.minutes);
    json_put_bool(object, "clock", left.by_clock);
    return object;
}

static struct json *person_named(const struct directory *directory, int person)
{
    if (person == NOBODY)
        return json_new_text(NULL);
    struct json *named = json_new_object();
    json_put_text(named, "code", directory->people[person].code);
    json_put_text(named, "name", directory->people[person].name);
    return named;
}

static struct json *unit_named(const struct directory *directory,
                               const char *code)
{
    int unit = directory_unit(directory, code);

    if (unit == NO_UNIT)
        return json_new_text(NULL);
    struct json *named = json_new_object();
    json_put_text(named, "code", directory->units[unit].code);
    json_put_text(named, "name", directory->units[unit].name);
    json_put_text(named, "short", directory->units[unit].short_name);
    return named;
}

static struct json *texts(const struct strs *list)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < list->count; i++)
        json_add_text(array, list->items[i]);
    return array;
}

/* The item's page in its source, or null. */
static struct json *item_url(const struct writer *writer,
                             const struct item *item)
{
    for (size_t i = 0; i < writer->head->source_count; i++) {
        const struct source *source = &writer->head->sources[i];
        const char *mark =
            source->item_url && str_equal(source->name, item->feed)
                ? strstr(source->item_url, "{code}")
                : NULL;
        if (!mark)
            continue;
        owned(str_free) char *url =
            str_format("%.*s%s%s", (int)(mark - source->item_url),
                       source->item_url, item->code, mark + strlen("{code}"));
        return json_new_text(url);
    }
    return json_new_text(NULL);
}

static void put_line_members(const struct writer *writer, struct json *object,
                             const struct entry_line *line)
{
    const struct directory *directory = writer->policy->directory;
    struct json *left = time_left(writer, line);
    struct json *rules = texts(&line->rules);
    struct json *holder = person_named(
        directory, directory_person(directory, line->item->assignee));
    struct json *unit = unit_named(directory, line->item->unit);
    struct json *stands_for = person_named(directory, line->stands_for);
    struct json *url = item_url(writer, line->item);
    struct json *about = about_facts(writer->policy, line, writer->head->now);

    json_put(object, "left", &left);
    json_put(object, "rules", &rules);
    json_put(object, "holder", &holder);
    json_put(object, "unit", &unit);
    json_put(object, "stands_for", &stands_for);
    json_put(object, "url", &url);
    json_put(object, "about", &about);
}

static struct json *line_facts(const struct writer *writer,
                               const struct entry_line *line)
{
    struct json *object = json_new_object();
    const struct item *item = line->item;
    bool of_system = item->kind == KIND_SYSTEM;

    json_put_text(object, "code", of_system ? "" : item->code);
    json_put_text(object, "title", item->title);
    json_put_text(object, "kind", item_kind_name(item->kind));
    json_put_text(object, "level", level_name(line->level));
    json_put_text(object, "section", section_name(line));
    json_put_text(object, "status", item->status->code);
    put_instant(writer, object, "due", item_deadline(item));
    json_put_bool(object, "due_by_date",
                  item->due_by_date && item->given_back == 0);
    put_line_members(writer, object, line);
    json_put_bool(object, "fresh", line->fresh);
    json_put_bool(object, "late", line->late);
    json_put_bool(object, "apology",
                  item->kind == KIND_DOSSIER && line->level == LEVEL_OVERDUE);
    json_put_bool(object, "ours", item->ours);
    return object;
}

/* The first lines; of a summary also those below that have news, or who
 * reads it would never learn. */
static struct json *lines_facts(const struct writer *writer, size_t most)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < writer->bundle->count; i++) {
        const struct entry_line *line = &writer->bundle->lines[i];
        if (i >= most && (!is_summary(writer) || !line_has_news(line) ||
                          json_count(array) >= MOST_LINES))
            continue;
        struct json *object = line_facts(writer, line);
        json_add(array, &object);
    }
    return array;
}

/* How many lines are of a level, or -1: of any; in a unit, or NULL: in all. */
static int64_t count_lines(const struct bundle *bundle, int level,
                           const char *unit)
{
    int64_t count = 0;

    for (size_t i = 0; i < bundle->count; i++)
        if ((level < 0 || (int)bundle->lines[i].level == level) &&
            (!unit || str_equal(bundle->lines[i].item->unit, unit)))
            count++;
    return count;
}

static int64_t count_section(const struct bundle *bundle, enum section section,
                             const char *unit)
{
    int64_t count = 0;

    for (size_t i = 0; i < bundle->count; i++)
        if (section_of(&bundle->lines[i]) == section &&
            (!unit || str_equal(bundle->lines[i].item->unit, unit)))
            count++;
    return count;
}

static void put_levels(const struct bundle *bundle, struct json *object,
                       const char *unit)
{
    json_put_int(object, "overdue", count_lines(bundle, LEVEL_OVERDUE, unit));
    json_put_int(object, "due_today",
                 count_lines(bundle, LEVEL_DUE_TODAY, unit));
    json_put_int(object, "at_risk", count_lines(bundle, LEVEL_AT_RISK, unit));
    json_put_int(object, "waiting",
                 count_section(bundle, SECTION_WAITING, unit));
    json_put_int(object, "to_know",
                 count_section(bundle, SECTION_TO_KNOW, unit));
}

static struct json *counts_facts(const struct bundle *bundle)
{
    struct json *counts = json_new_object();
    int64_t fresh = 0;

    for (size_t i = 0; i < bundle->count; i++)
        fresh += bundle->lines[i].fresh;
    put_levels(bundle, counts, NULL);
    json_put_int(counts, "system", count_lines(bundle, LEVEL_SYSTEM, NULL));
    json_put_int(counts, "total", (int64_t)bundle->count);
    json_put_int(counts, "fresh", fresh);
    return counts;
}

/* Counts by unit, in the order of the directory. */
static struct json *units_facts(const struct writer *writer)
{
    const struct directory *directory = writer->policy->directory;
    struct json *array = json_new_array();

    for (size_t i = 0; i < directory->unit_count; i++) {
        const struct unit *unit = &directory->units[i];
        if (count_lines(writer->bundle, -1, unit->code) == 0)
            continue;
        struct json *row = json_new_object();
        json_put_text(row, "code", unit->code);
        json_put_text(row, "name", unit->name);
        json_put_text(row, "short", unit->short_name);
        put_levels(writer->bundle, row, unit->code);
        json_add(array, &row);
    }
    return array;
}

static struct json *data_facts(const struct writer *writer)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < writer->head->source_count; i++) {
        const struct source *source = &writer->head->sources[i];
        if (source->as_of == INSTANT_NONE)
            continue;
        struct json *row = json_new_object();
        json_put_text(row, "feed", source->label);
        put_instant(writer, row, "at", source->as_of);
        json_put_bool(row, "stale", source->stale);
        json_add(array, &row);
    }
    return array;
}

static struct json *person_facts(const struct person *person,
                                 const char *address)
{
    struct json *to = json_new_object();

    json_put_text(to, "code", person->code);
    json_put_text(to, "name", person->name);
    json_put_text(to, "title", person->title);
    json_put_text(to, "role", role_name(person->role));
    json_put_text(to, "address", address);
    return to;
}

static struct json *left_out_facts(const struct bundle *bundle)
{
    struct json *left_out = json_new_object();

    json_put_int(left_out, "paused", (int64_t)bundle->paused);
    json_put_int(left_out, "silenced", 0);
    json_put_int(left_out, "acknowledged", 0);
    return left_out;
}

static struct json *rules_facts(const struct bundle *bundle)
{
    struct strs names = {0};

    for (size_t i = 0; i < bundle->count; i++)
        for (size_t j = 0; j < bundle->lines[i].rules.count; j++)
            if (!strs_has(&names, bundle->lines[i].rules.items[j]))
                strs_add(&names, bundle->lines[i].rules.items[j]);
    struct json *array = texts(&names);
    strs_done(&names);
    return array;
}

/* The kinds of work among all lines, so that a heading can name them. */
static struct json *kinds_facts(const struct bundle *bundle)
{
    struct json *array = json_new_array();

    for (int kind = KIND_DOSSIER; kind < KIND_SYSTEM; kind++) {
        bool any = false;
        for (size_t i = 0; i < bundle->count; i++)
            any |= (int)bundle->lines[i].item->kind == kind;
        if (any)
            json_add_text(array, item_kind_name((enum item_kind)kind));
    }
    return array;
}

static bool any_late(const struct bundle *bundle)
{
    for (size_t i = 0; i < bundle->count; i++)
        if (bundle->lines[i].late)
            return true;
    return false;
}

static void put_heading(const struct writer *writer, struct json *facts,
                        const struct notice *notice)
{
    const struct letterhead *head = writer->head;
    const struct zone *zone = calendar_zone(writer->policy->calendar);

    json_put_int(facts, "v", 1);
    json_put_text(facts, "identity", notice->identity);
    json_put_int(facts, "number", notice->id);
    json_put_text(facts, "kind", is_summary(writer) ? "summary" : "list");
    json_put_text(facts, "language", language_name(head->language));
    json_put_text(facts, "organisation", head->organisation);
    json_put_int(facts, "decided_at", notice->decided_at);
    json_put_int(facts, "utc_offset", zone_offset(zone, head->now));
    put_instant(writer, facts, "now", head->now);
    put_instant(writer, facts, "opening", head->opening_at);
}

struct json *bundle_facts(const struct policy *policy,
                          const struct bundle *bundle,
                          const struct notice *notice, const char *address,
                          const struct letterhead *head)
{
    const struct writer writer = {policy, bundle, head};
    struct json *facts = json_new_object();
    size_t most = most_lines(&writer);
    const struct person *reader = &policy->directory->people[bundle->person];
    struct json *to = person_facts(reader, address);
    struct json *data = data_facts(&writer);
    struct json *counts = counts_facts(bundle);
    struct json *kinds = kinds_facts(bundle);
    struct json *left_out = left_out_facts(bundle);
    struct json *rules = rules_facts(bundle);
    struct json *lines = lines_facts(&writer, most);
    size_t shown = json_count(lines);
    struct json *units =
        is_summary(&writer) ? units_facts(&writer) : json_new_array();

    put_heading(&writer, facts, notice);
    if (head->rehearsal_to) {
        json_put(facts, "rehearsal", &to);
        to = person_facts(head->rehearsal_to, head->rehearsal_address);
    }
    json_put(facts, "to", &to);
    json_put(facts, "data", &data);
    json_put(facts, "counts", &counts);
    json_put(facts, "kinds", &kinds);
    json_put(facts, "left_out", &left_out);
    json_put_bool(facts, "late", any_late(bundle));
    json_put_int(facts, "assumed_year", bundle->missing_year);
    json_put(facts, "rules", &rules);
    json_put(facts, "lines", &lines);
    json_put_int(facts, "more", (int64_t)(bundle->count - shown));
    json_put(facts, "units", &units);
    return facts;
}
