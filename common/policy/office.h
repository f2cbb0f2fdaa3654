/* office.h - what settings and store together say of an office: its people,
 * its calendars, and the policy by which decisions are taken. */
#ifndef POLICY_OFFICE_H
#define POLICY_OFFICE_H

#include <stdint.h>

#include "base/err.h"
#include "rules/bundle.h"
#include "rules/policy.h"
#include "settings/settings.h"
#include "store/store.h"

struct office;

/* The name of the rule by which admins are told of the system's own items;
 * no rule of the settings can have it. */
#define SYSTEM_RULE "kiphan:system"

/* Put everything together.  settings is borrowed and must outlive the office;
 * people, calendar days and parked channels are read from the store as they
 * are now. */
int office_load(const struct settings *settings, struct store *store,
                struct office **office_r, struct err *err);
void office_free(struct office **office);

const struct policy *office_policy(const struct office *office);
const struct directory *office_directory(const struct office *office);
const struct calendar *office_calendar(const struct office *office);
const struct timetable *office_timetable(const struct office *office);
const struct zone *office_zone(const struct office *office);

/* The sources with the age of what each gave us, labels in a language. */
struct sources {
    struct source *items;
    size_t count;
};
int office_sources(const struct office *office, struct store *store,
                   enum languages language, int64_t now,
                   struct sources *sources_r, struct err *err);
/* The same as it was at an instant: by the lists that were true by then. */
int office_sources_at(const struct office *office, struct store *store,
                      enum languages language, int64_t at,
                      struct sources *sources_r, struct err *err);
void sources_done(struct sources *sources);

#endif
