/* ward.h - a small office for the tests of rules: one department under a
 * committee, a calendar of June 2026, one rule as in the sample. */
#ifndef TESTS_WARD_H
#define TESTS_WARD_H

#include "rules/policy.h"

struct ward {
    struct zone *zone;
    struct calendar *calendar;
    const struct calendar *calendars[1];
    struct directory *directory;
    struct rule rules[3];
    struct window window;
    struct way way;
    struct policy policy;
};

struct ward *ward_new(void);
void ward_free(struct ward **ward);

/* Append a person; email NULL: has none. */
void ward_add(struct ward *ward, const char *code, enum role role,
              const char *email, bool active);

/* Seal the people; no ward_add() after it. */
void ward_seal(struct ward *ward);

/* Append a rule for dossiers told by mail at session starts, without steps
 * yet. */
struct rule *ward_rule(struct ward *ward, const char *name);

/* Append a step; tell: names with commas, "assignee,head". */
struct step *ward_step(struct rule *rule, const char *name,
                       enum step_anchor anchor, const char *span,
                       const char *tell);

/* The instant of a local time, "2026-06-25 07:30". */
int64_t at(const struct ward *ward, const char *local);

/* A dossier in progress in unit "dept". */
struct item ward_item(const struct ward *ward, const char *received,
                      const char *due, const char *assignee);

#endif
