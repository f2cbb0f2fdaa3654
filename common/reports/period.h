/* period.h - the spans of days that reports are about.
 *
 * A period is [from 00:00, to 00:00) of local time (R18): a week from Monday,
 * a month, a quarter, or any days.
 */
#ifndef REPORTS_PERIOD_H
#define REPORTS_PERIOD_H

#include <stdint.h>

#include "calendar/date.h"
#include "calendar/zone.h"
#include "texts/texts.h"

enum period_kind { PERIOD_DAYS, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER };

struct period {
    enum period_kind kind;
    struct date from;
    struct date to; /* the day after the last */
    int64_t start;  /* the instants of both */
    int64_t end;
};

/* The days between two dates, from < to; of a kind of their own when they are
 * exactly a week, a month or a quarter. */
struct period period_of_days(const struct zone *zone, struct date from,
                             struct date to);

/* The week, month or quarter in which a day lies. */
struct period period_around(const struct zone *zone, enum period_kind kind,
                            struct date day);

/* The one before, equally long: as many days, or the week, month or quarter
 * before. */
struct period period_before(const struct zone *zone,
                            const struct period *period);

/* And the one after. */
struct period period_after(const struct zone *zone,
                           const struct period *period);

/* "weekly", "monthly", "quarter", "days". */
const char *period_kind_name(enum period_kind kind);

/* "tuần từ 15/6 đến 21/6/2026", "tháng 6/2026", "quý II/2026".  Yours. */
char *period_text(const struct period *period, enum text_language language);

#endif
