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

static void check_units(const struct match *match, size_t index,
                        const struct directory *directory,
                        struct problems *problems)
{
    owned(str_free) char *path = str_format("rules[%zu].match.unit", index);

    for (size_t i = 0; i < match->units.count; i++) {
        struct nearest nearest = {.word = match->units.items[i]};
        if (directory_unit(directory, match->units.items[i]) != NO_UNIT)
            continue;
        for (size_t j = 0; j < directory->unit_count; j++)
            nearest_offer(&nearest, directory->units[j].code);
        owned(str_free) char *hint = nearest_hint(&nearest);
        problems_add(problems, match->units_at, path,
                     "there is no unit \"%s\"%s", match->units.items[i], hint);
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
    for (size_t i = 0; i < settings->rule_count; i++) {
        size_t index = rule_index(settings, i);
        check_units(&settings->rules[i].match, index, directory, problems);
        check_tell(&settings->rules[i], index, directory, problems);
    }
    if (settings->delivery.mode == DELIVERY_REHEARSAL)
        check_person(settings->delivery.rehearsal_to, settings->delivery.place,
                     "rehearsal.to", directory, problems);
}
