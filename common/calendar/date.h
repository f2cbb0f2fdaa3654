/* date.h - days of the Gregorian calendar, without any clock or zone. */
#ifndef CALENDAR_DATE_H
#define CALENDAR_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* A plain value.  month 1-12, day 1-31; year 1970-2199 where it was read or
 * checked, 1-9999 after sums, which go no further. */
struct date {
    int16_t year;
    int8_t month;
    int8_t day;
};

/* Is there such a day, within the years that we compute? */
bool date_exists(int year, int month, int day);

/* Days since 1970-01-01, and back. */
int32_t date_to_days(struct date date);
struct date date_from_days(int32_t days);

/* 0 Monday ... 6 Sunday. */
int date_weekday(struct date date);

/* days later, or earlier when negative; at most 4,000,000. */
struct date date_plus(struct date date, int days);
int date_compare(struct date a, struct date b);

/* "2026-06-25" only. */
int date_parse(const char *text, struct date *date_r, struct err *err);

/* "2026-06-25" into at least 11 bytes. */
void date_format(struct date date, char text[11]);

#endif
