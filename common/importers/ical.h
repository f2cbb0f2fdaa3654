/* ical.h - holidays and swap days as calendars give them: iCalendar, RFC 5545.
 *
 * What a file says is taken or refused, never guessed: of an event that does
 * not say clearly which days it marks, and how, the line is named.
 */
#ifndef IMPORTERS_ICAL_H
#define IMPORTERS_ICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "importers/sheet.h"
#include "texts/texts.h"

/* An event that cannot be taken. */
struct ical_fault {
    int line; /* where it begins */
    enum text_id why;
    char *value; /* what it says there */
};

struct ical {
    struct sheet sheet; /* as a list of marked days would have them */
    struct ical_fault *faults;
    size_t fault_count;
    int64_t observances; /* events that say themselves to be no days off */
};

void ical_done(struct ical *ical);

/* Does it begin as an iCalendar file does? */
bool ical_is(const char *bytes, size_t length);

/* The marked days of a year: a first row with the columns date, kind and
 * name, then a row for each day of each event, at the line where the event
 * begins.  DTEND and DURATION, yearly repeats and EXDATE are followed; what
 * was cancelled is left out.
 *
 * A swap day is one whose CATEGORIES has WORKDAY or "làm bù", or, without a
 * category that says which, whose SUMMARY has "làm bù"; a summary that also
 * speaks of a day off, or speaks of work otherwise, is a fault, and so is a
 * time of day, any repeat but a yearly one of the same day, and a span of
 * more than a month.
 *
 * ERR_INVALID: no iCalendar file, cut off, not UTF-8, over 1 MiB, or year
 * is 0. */
int ical_read(const char *bytes, size_t length, int year,
              enum text_language language, struct ical *ical_r,
              struct err *err);

#endif
