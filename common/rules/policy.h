/* policy.h - all that decides who is told what and when, apart from the items
 * themselves: rules, windows, calendars, people.
 *
 * A view: every pointer is borrowed from whoever put it together
 * (policy/office.h) and must outlive it.  The functions of this room are
 * pure: the same policy, items, ledger and instant give the same decision,
 * in the daemon as in preview.
 */
#ifndef RULES_POLICY_H
#define RULES_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "calendar/calendar.h"
#include "model/directory.h"
#include "model/item.h"
#include "model/level.h"
#include "model/rule.h"
#include "model/timetable.h"

/* A channel as far as decisions go. */
struct way {
    const char *name;
    enum address_kind address;
    bool parked; /* it does not work at present (R15) */
};

/* Somebody is away from an instant until another; [from, until). */
struct leave {
    int person;
    int deputy; /* NOBODY: none was named, or none that there is */
    int64_t from;
    int64_t until;
};

struct policy {
    const struct rule *rules; /* the last is the system's own */
    size_t rule_count;
    const struct window *windows;
    size_t window_count;
    struct quiet quiet;
    const struct way *ways;
    size_t way_count;
    const struct calendar *calendar; /* the office's main one */
    const struct calendar *const *calendars;
    size_t calendar_count;
    const struct timetable *timetable; /* NULL: all follow the main one */
    const struct directory *directory;
    const struct leave *leaves;
    size_t leave_count;
};

/* The calendar that counts an item's time: its unit's. */
const struct calendar *policy_calendar(const struct policy *policy,
                                       const struct item *item);

/* The calendar that a unit (by code) or a person (by index) follows. */
const struct calendar *policy_unit_calendar(const struct policy *policy,
                                            const char *unit);
const struct calendar *policy_person_calendar(const struct policy *policy,
                                              int person);

/* All calendars that somebody follows; the main one is the first. */
const struct calendar *const *policy_followed(const struct policy *policy,
                                              size_t *count_r);

/* A calendar by name; NULL for none. */
const struct calendar *policy_calendar_named(const struct policy *policy,
                                             const char *name);

/* The window of a rule. */
const struct window *policy_window(const struct policy *policy,
                                   const struct rule *rule);

/* A channel by name; NULL for none. */
const struct way *policy_way(const struct policy *policy, const char *name);

/* The first channel of a rule's ladder that the person has; with
 * pass_parked, parked ones are passed over unless all are.  NULL: the person
 * cannot be reached by this rule. */
const struct way *policy_first_way(const struct policy *policy,
                                   const struct rule *rule,
                                   const struct person *person,
                                   bool pass_parked);

/* What a step says of an item's level when it is reached; of the citizen's
 * limit it is that clock's own, and steps about anything else are all alike. */
enum level step_level(const struct step *step);

#endif
