/* ical_event.h - what one event of an iCalendar file says of days; for
 * ical.c only. */
#ifndef IMPORTERS_ICAL_EVENT_H
#define IMPORTERS_ICAL_EVENT_H

#include <stdbool.h>

#include "base/str.h"
#include "calendar/calendar.h"
#include "texts/texts.h"

struct icalcomponent_impl; /* libical's icalcomponent */

/* Our own property that says at which line an event begins, which libical
 * does not keep. */
#define ICAL_LINE_MARK "X-KIPHAN-LINE"

enum { EVENT_DAYS_MOST = 31, EVENT_EXCEPTIONS_MOST = 400 };

struct ical_event {
    int line;
    char *name;
    char *description;
    struct strs categories;
    struct date first;
    int days;
    bool yearly;
    int interval;      /* of years, at least 1 */
    int count;         /* of occurrences, 0: no end by number */
    struct date until; /* the last day on which one may begin; year 0: none */
    struct date exceptions[EVENT_EXCEPTIONS_MOST];
    int exception_count;
};

void ical_event_done(struct ical_event *event);

/* Read an event; TEXT_NONE, or why it cannot be taken, with what it says
 * there (*value_r, yours, NULL: nothing).  ical_event_done() in either case. */
enum text_id ical_event_read(struct icalcomponent_impl *component,
                             struct ical_event *event, char **value_r);
bool ical_event_is_cancelled(struct icalcomponent_impl *component);
bool ical_event_is_tentative(struct icalcomponent_impl *component);

/* Holiday or swap day; TEXT_NONE, or why nobody can say. */
enum text_id ical_event_mark(const struct ical_event *event,
                             enum day_mark *mark_r);

/* Does the event say of itself that it is no day off? */
bool ical_event_is_observance(const struct ical_event *event);

/* Does an occurrence begin in that year?  On which day, then. */
bool ical_event_begins(const struct ical_event *event, int year,
                       struct date *first_r);

#endif
