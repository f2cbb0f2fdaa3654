/* Names of units and people in the rules, held against the office. */
#include "base/own.h"
#include "settings/nearest.h"
#include "settings/settings.h"

/* Where a rule stands among those of its own file, as paths count them. */
static size_t rule_index(const struct settings *settings, size_t at)
{
    size_t index = 0;

    for (size_t i = 0; i < at; i++)
        if (str_equal(settings->rules[i].place.file,
                      settings->rules[at].place.file))
            index++;
    return index;
}

/* What is known of the names in one kind of list. */
struct known {
    enum match_by by;
    bool (*is_known)(const void *names, const char *name);
    void (*offer)(const void *names, struct nearest *nearest);
    const void *names;
};

/* Names of a list that stands at a place. */
static void check_values(const struct strs *values, const struct known *known,
                         struct place place, const char *path,
                         struct problems *problems)
{
    for (size_t i = 0; i < values->count; i++) {
        struct nearest nearest = {.word = values->items[i]};
        if (known->is_known(known->names, values->items[i]))
            continue;
        known->offer(known->names, &nearest);
        owned(str_free) char *hint = nearest_hint(&nearest);
        problems_add(problems, place, path, "there is no %s \"%s\"%s",
                     match_by_name(known->by), values->items[i], hint);
    }
}

static void check_list(const struct match *match, const struct known *known,
                       const char *path, struct problems *problems)
{
    check_values(&match->lists[known->by].values, known,
                 match->places[known->by], path, problems);
}

/* Where a calendar stands among those of its own file. */
static size_t calendar_index(const struct settings *settings, size_t at)
{
    size_t index = 0;

    for (size_t i = 0; i < at; i++)
        if (str_equal(settings->calendars[i].place.file,
                      settings->calendars[at].place.file))
            index++;
    return index;
}

static void check_followers(const struct settings *settings, size_t at,
                            const struct known *known,
                            struct problems *problems)
{
    const struct calendar_setting *calendar = &settings->calendars[at];
    owned(str_free) char *path =
        str_format("calendars[%zu].units", calendar_index(settings, at));

    check_values(&calendar->units, known, calendar->units_at, path, problems);
}

/* In the match, and in the conditions inside it. */
static void check_match(const struct match *match, const struct known *known,
                        const char *path, struct problems *problems)
{
    const struct matches *const inside[] = {&match->all, &match->any,
                                            &match->none};

    check_list(match, known, path, problems);
    for (size_t i = 0; i < sizeof(inside) / sizeof(*inside); i++)
        for (size_t j = 0; j < inside[i]->count; j++)
            check_match(&inside[i]->items[j], known, path, problems);
}

static void check_matches(const struct settings *settings, size_t at,
                          const struct known *known, struct problems *problems)
{
    owned(str_free) char *path =
        str_format("rules[%zu].match.%s", rule_index(settings, at),
                   match_by_name(known->by));

    check_match(&settings->rules[at].match, known, path, problems);
}

static bool is_unit(const void *directory, const char *code)
{
    return directory_unit(directory, code) != NO_UNIT;
}

static void offer_units(const void *names, struct nearest *nearest)
{
    const struct directory *directory = names;

    for (size_t i = 0; i < directory->unit_count; i++)
        nearest_offer(nearest, directory->units[i].code);
}

static bool is_procedure(const void *names, const char *text)
{
    const struct procedures *procedures = names;

    return procedures_find(procedures, text) ||
           procedures_named(procedures, text) > 0;
}

static void offer_procedures(const void *names, struct nearest *nearest)
{
    const struct procedures *procedures = names;

    for (size_t i = 0; i < procedures->count; i++) {
        nearest_offer(nearest, procedures->items[i].code);
        nearest_offer(nearest, procedures->items[i].name);
    }
}

static void check_person(const char *code, struct place place, const char *path,
                         const struct directory *directory,
                         struct problems *problems)
{
    struct nearest nearest = {.word = code};

    if (directory_person(directory, code) != NOBODY)
        return;
    for (size_t i = 0; i < directory->person_count; i++)
        nearest_offer(&nearest, directory->people[i].code);
    owned(str_free) char *hint = nearest_hint(&nearest);
    problems_add(problems, place, path, "there is no person \"%s\"%s", code,
                 hint);
}

static void check_tell(const struct rule *rule, size_t index,
                       const struct directory *directory,
                       struct problems *problems)
{
    for (size_t i = 0; i < rule->step_count; i++) {
        owned(str_free) char *path =
            str_format("rules[%zu].steps[%zu].tell", index, i);
        for (size_t j = 0; j < rule->steps[i].tell_count; j++) {
            const struct target *target = &rule->steps[i].tell[j];
            if (target->kind == TELL_PERSON)
                check_person(target->person, target->place, path, directory,
                             problems);
        }
    }
}

void settings_check_names(const struct settings *settings,
                          const struct directory *directory,
                          struct problems *problems)
{
    const struct known units = {MATCH_UNIT, is_unit, offer_units, directory};

    for (size_t i = 0; i < settings->calendar_count; i++)
        check_followers(settings, i, &units, problems);
    for (size_t i = 0; i < settings->rule_count; i++) {
        check_matches(settings, i, &units, problems);
        check_tell(&settings->rules[i], rule_index(settings, i), directory,
                   problems);
    }
    if (settings->delivery.mode == DELIVERY_REHEARSAL)
        check_person(settings->delivery.rehearsal_to, settings->delivery.place,
                     "rehearsal.to", directory, problems);
}

void settings_check_procedures(const struct settings *settings,
                               const struct procedures *procedures,
                               struct problems *problems)
{
    const struct known known = {MATCH_PROCEDURE, is_procedure, offer_procedures,
                                procedures};

    for (size_t i = 0; i < settings->rule_count && procedures->count; i++)
        check_matches(settings, i, &known, problems);
}
