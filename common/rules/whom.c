#include "rules/whom.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rules/leave.h"

void recipients_done(struct recipients *list)
{
    free(list->items);
    *list = (struct recipients){0};
}

static void recipients_add(struct recipients *list, int person, int stands_for)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].person != person)
            continue;
        if (stands_for == NOBODY)
            list->items[i].stands_for = NOBODY;
        return;
    }
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = (struct recipient){person, stands_for};
}

static bool recipients_have(const struct recipients *list, int person)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].person == person)
            return true;
    return false;
}

bool whom_reachable(const struct policy *policy, const struct rule *rule,
                    int person)
{
    const struct person *who = &policy->directory->people[person];
    return who->active && policy_first_way(policy, rule, who, false);
}

/* The active people of a role in one unit. */
static void add_role_in(const struct directory *directory, enum role role,
                        int unit, struct recipients *list)
{
    for (size_t i = 0; i < directory->person_count; i++) {
        const struct person *person = &directory->people[i];
        if (person->role == role && person->active &&
            (unit == NO_UNIT || person->unit_index == unit))
            recipients_add(list, (int)i, NOBODY);
    }
}

/* Of several vice chairs the one named in the unit's overseen_by. */
static void keep_overseer(const struct directory *directory, int unit,
                          struct recipients *list)
{
    int overseer =
        directory_person(directory, directory->units[unit].overseen_by);

    for (size_t i = 0; i < list->count && overseer != NOBODY; i++) {
        if (list->items[i].person == overseer) {
            list->items[0] = list->items[i];
            list->count = 1;
        }
    }
}

/* Those who have the role in the unit, or in the first unit above it that has
 * any.  Admins are the whole office's. */
static void find_role(const struct directory *directory, enum role role,
                      int unit, struct recipients *list)
{
    if (role == ROLE_ADMIN) {
        add_role_in(directory, role, NO_UNIT, list);
        return;
    }
    for (int at = unit; at != NO_UNIT && list->count == 0;
         at = directory->units[at].parent_index)
        add_role_in(directory, role, at, list);
    if (role == ROLE_VICE_CHAIR && list->count > 1)
        keep_overseer(directory, unit, list);
}

/* In the place of somebody who cannot be told, or (NOBODY) of a role that
 * nobody has.  Who is told anyway needs no second reason. */
static void add_replacement(const struct policy *policy,
                            const struct telling_of *of, int unit,
                            int stands_for, struct recipients *list)
{
    static const enum role ladder[] = {ROLE_HEAD, ROLE_VICE_CHAIR, ROLE_CHAIR,
                                       ROLE_ADMIN};

    for (size_t i = 0; i < sizeof(ladder) / sizeof(*ladder); i++) {
        struct recipients those = {0};
        bool any = false;
        find_role(policy->directory, ladder[i], unit, &those);
        for (size_t j = 0; j < those.count; j++) {
            int receiver = leave_receiver(policy, of->rule,
                                          those.items[j].person, of->now);
            if (receiver == NOBODY)
                continue;
            if (!recipients_have(list, receiver))
                recipients_add(list, receiver, stands_for);
            any = true;
        }
        recipients_done(&those);
        if (any)
            return;
    }
}

/* Those whom one target names, before anybody is replaced. */
static void name_target(const struct policy *policy,
                        const struct target *target, const struct item *item,
                        int unit, struct recipients *list)
{
    static const enum role roles[] = {
        [TELL_HEAD] = ROLE_HEAD,
        [TELL_VICE_CHAIR] = ROLE_VICE_CHAIR,
        [TELL_CHAIR] = ROLE_CHAIR,
        [TELL_ADMIN] = ROLE_ADMIN,
    };
    const char *code =
        target->kind == TELL_PERSON ? target->person : item->assignee;

    if (target->kind != TELL_PERSON && target->kind != TELL_ASSIGNEE) {
        find_role(policy->directory, roles[target->kind], unit, list);
        return;
    }
    int person = directory_person(policy->directory, code);
    if (person != NOBODY)
        recipients_add(list, person, NOBODY);
}

/* A unit that is not known is taken as the top of the tree: its chair and the
 * admins are better than nobody. */
static int unit_of(const struct policy *policy, const struct item *item)
{
    int unit = directory_unit(policy->directory, item->unit);

    if (unit != NO_UNIT || policy->directory->unit_count == 0)
        return unit;
    for (unit = 0; policy->directory->units[unit].parent_index != NO_UNIT;)
        unit = policy->directory->units[unit].parent_index;
    return unit;
}

/* Admins share one duty: as long as one of them can be told, nobody stands in
 * for the others. */
static bool target_is_met(const struct policy *policy,
                          const struct telling_of *of,
                          const struct target *target,
                          const struct recipients *named,
                          struct recipients *list)
{
    bool met = false;

    for (size_t i = 0; i < named->count && target->kind == TELL_ADMIN; i++) {
        int admin = named->items[i].person;
        if (leave_receiver(policy, of->rule, admin, of->now) != admin)
            continue;
        recipients_add(list, admin, NOBODY);
        met = true;
    }
    return met;
}

/* One who is named, or whoever is told in their place. */
static void add_named(const struct policy *policy, const struct telling_of *of,
                      int unit, int person, struct recipients *list)
{
    int receiver = leave_receiver(policy, of->rule, person, of->now);

    if (receiver == NOBODY)
        add_replacement(policy, of, unit, person, list);
    else
        recipients_add(list, receiver, receiver == person ? NOBODY : person);
}

void whom_add(const struct policy *policy, const struct telling_of *of,
              struct recipients *list)
{
    int unit = unit_of(policy, of->item);

    for (size_t i = 0; i < of->step->tell_count; i++) {
        const struct target *target = &of->step->tell[i];
        struct recipients named = {0};
        name_target(policy, target, of->item, unit, &named);
        bool met = target_is_met(policy, of, target, &named, list);
        if (!met && named.count == 0)
            add_replacement(policy, of, unit, NOBODY, list);
        for (size_t j = 0; j < named.count && !met; j++)
            add_named(policy, of, unit, named.items[j].person, list);
        recipients_done(&named);
    }
}

bool whom_names(const struct policy *policy, const struct step *step,
                const struct item *item, int person)
{
    struct recipients named = {0};
    bool found = false;

    for (size_t i = 0; i < step->tell_count; i++)
        name_target(policy, &step->tell[i], item, unit_of(policy, item),
                    &named);
    for (size_t i = 0; i < named.count; i++)
        found |= named.items[i].person == person;
    recipients_done(&named);
    return found;
}
