/* calendar.h - when an office works, and arithmetic on its working time.
 *
 * A calendar is a week of sessions, marked days (holidays, swap days) and the
 * years that were entered; it is built once and then only asked.  Whatever
 * the span, a question costs O(log n) of the days at most.
 *
 * Instants are UTC seconds.  Two kinds of them (R1):
 *   a receipt belongs to the session [start, end);
 *   a deadline, and all that is counted from one, to (start, end].
 *
 * A question that needs a year which was not entered fails with ERR_NO_YEAR,
 * its text naming the year and how to add it (R8); outputs stay untouched.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "calendar/date.h"
#include "calendar/span.h"
#include "calendar/zone.h"

enum { SESSIONS_A_DAY = 4 };

/* From start to end in seconds after local midnight, start < end <= 86400. */
struct session {
    int32_t start;
    int32_t end;
};

/* The sessions of a day in order, not overlapping; none: a day off. */
struct day_plan {
    struct session sessions[SESSIONS_A_DAY];
    int count;
};

/* Monday first. */
struct week {
    struct day_plan days[7];
};

enum day_mark { DAY_HOLIDAY, DAY_WORKDAY };

struct calendar;

/* Read "07:30-11:30 13:30-17:00" (blanks or commas between). */
int day_plan_parse(const char *text, struct day_plan *plan_r, struct err *err);

/* An empty calendar: no marked day, no year entered.  zone is borrowed and
 * must outlive it; name is copied. */
struct calendar *calendar_new(const char *name, const struct zone *zone,
                              const struct week *week);
void calendar_free(struct calendar **calendar);
const char *calendar_name(const struct calendar *calendar);
const struct zone *calendar_zone(const struct calendar *calendar);

/* Mark a day.  A workday (swap day) has the ordinary day's sessions, or own's
 * when given.  The same date twice is refused (R2). */
int calendar_mark(struct calendar *calendar, struct date date,
                  enum day_mark mark, const struct day_plan *own,
                  const char *label, struct err *err);

/* Say by whose list years are entered, when by another calendar's than its
 * own: what fails for want of a year names that one.  Copied. */
void calendar_set_list(struct calendar *calendar, const char *name);
const char *calendar_list(const struct calendar *calendar);
bool calendar_has_own_list(const struct calendar *calendar);

/* Say that a year's days are all known (R8). */
void calendar_enter_year(struct calendar *calendar, int year);

/* Build the tables; no marks or years after this, no questions before. */
void calendar_seal(struct calendar *calendar);

bool calendar_has_year(const struct calendar *calendar, int year);

/* The session time that most of the week's working days have, in seconds
 * (R2): what "one day" means where working time is shown. */
int32_t calendar_ordinary_day(const struct calendar *calendar);

/* The day's sessions; empty on a day off.  Does not need the year: in one
 * that was not entered it answers as on ordinary weekdays and sets
 * *assumed_r (which may be NULL). */
struct day_plan calendar_day(const struct calendar *calendar, struct date date,
                             bool *assumed_r);

/* What a marked day is called, NULL when it is not marked; borrowed. */
const char *calendar_label(const struct calendar *calendar, struct date date);

/* Is the day a marked holiday (and not just a rest day of the week)? */
bool calendar_is_holiday(const struct calendar *calendar, struct date date);

/* The effective receipt: the instant itself inside a session, else the start
 * of the next. */
int calendar_receipt(const struct calendar *calendar, int64_t instant,
                     int64_t *receipt_r, struct err *err);

/* The deadline of a term counted from a receipt (R2, DOMAIN 3); span is one
 * of SPAN_TERM.  cutoff: seconds after midnight for same-day terms (R3),
 * otherwise not looked at. */
int calendar_term(const struct calendar *calendar, int64_t received,
                  struct span term, int32_t cutoff, int64_t *due_r,
                  struct err *err);

/* The deadline-kind instant a span after or before another one (R1, R2);
 * span is h, wd or d.  When instant lies outside every session, before
 * counts from the end of the last session before it, after from the start of
 * the next.  Of 0h after, the instant itself. */
int calendar_after(const struct calendar *calendar, int64_t instant,
                   struct span span, int64_t *after_r, struct err *err);
int calendar_before(const struct calendar *calendar, int64_t instant,
                    struct span span, int64_t *before_r, struct err *err);

/* The same by seconds of session time, >= 0. */
int calendar_after_seconds(const struct calendar *calendar, int64_t instant,
                           int64_t seconds, int64_t *after_r, struct err *err);
int calendar_before_seconds(const struct calendar *calendar, int64_t instant,
                            int64_t seconds, int64_t *before_r,
                            struct err *err);

/* Session seconds between two instants; negative when to < from. */
int calendar_count(const struct calendar *calendar, int64_t from, int64_t to,
                   int64_t *seconds_r, struct err *err);

/* The same for from <= to where a year may be missing: its days count as
 * ordinary weekdays (R8).  For ages, not for deadlines: walks day by day. */
int64_t calendar_count_assumed(const struct calendar *calendar, int64_t from,
                               int64_t to);

/* Start of the first, end of the last session of a day; ERR_NOT_FOUND on a
 * day off. */
int calendar_first_start(const struct calendar *calendar, struct date date,
                         int64_t *start_r, struct err *err);
int calendar_last_end(const struct calendar *calendar, struct date date,
                      int64_t *end_r, struct err *err);

/* When a step "at: due-day" of a deadline falls: the start of the first
 * session of its date, or of the last working day before it (R5). */
int calendar_due_day(const struct calendar *calendar, int64_t due,
                     int64_t *start_r, struct err *err);

/* The first session start at or after an instant, with that session's end.
 * Missing years open as on ordinary weekdays, with *assumed_r set (R8).
 * ERR_NOT_FOUND when the week has no session at all. */
int calendar_next_start(const struct calendar *calendar, int64_t instant,
                        int64_t *start_r, int64_t *end_r, bool *assumed_r,
                        struct err *err);

#endif
