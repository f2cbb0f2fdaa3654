/* dates.h - on which days a recurring task falls, holidays apart. */
#ifndef SERIES_DATES_H
#define SERIES_DATES_H

#include "base/err.h"
#include "calendar/date.h"
#include "model/cycle.h"

/* The first day of a cycle with dates that is later than after, given its
 * first day; that day itself when after lies before it.  Each week it is the
 * same weekday; each month, quarter or year the same day of the month, in a
 * month that lacks it the last one; of the 31st, and of the 29th of February
 * each year, always the last of the month.  ERR_NOT_FOUND: none up to the end
 * of 2199. */
int series_date_after(enum cycle cycle, struct date first, struct date after,
                      struct date *date_r, struct err *err);

#endif
