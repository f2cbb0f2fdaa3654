#include "calendar/date.h"

#include <stdio.h>

#include "calendar/scan.h"

enum { FIRST_YEAR = 1970, LAST_YEAR = 2199 };

/* 0001-01-01 and 9999-12-31: sums that leave them stop there, so that a date
 * always has four digits. */
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool date_exists(int year, int month, int day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 &&
           month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* Years are taken to begin in March, so that the leap day is a year's last
 * and months have lengths in a pattern of five: 153 days. */
int32_t date_to_days(struct date date)
{
    int32_t year = date.year - (date.month <= 2);
    int32_t month = (date.month + 9) % 12;
    int32_t leaps = year / 4 - year / 100 + year / 400;

    return 365 * year + leaps + (153 * month + 2) / 5 + date.day - 1 - 719468;
}

struct date date_from_days(int32_t days)
{
    if (days < FIRST_DAY)
        days = FIRST_DAY;
    if (days > LAST_DAY)
        days = LAST_DAY;
    days += 719468;
    int32_t era = days / 146097; /* 400 years each */
    int32_t in_era = days % 146097;
    int32_t year =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * in_year + 2) / 153;

    return (struct date){
        .year = (int16_t)(400 * era + year + (month >= 10)),
        .month = (int8_t)(month < 10 ? month + 3 : month - 9),
        .day = (int8_t)(in_year - (153 * month + 2) / 5 + 1),
    };
}

int date_weekday(struct date date)
{
    int32_t since_a_monday = date_to_days(date) + 3; /* 1969-12-29 */

    return since_a_monday % 7 + (since_a_monday % 7 < 0 ? 7 : 0);
}

struct date date_plus(struct date date, int days)
{
    return date_from_days(date_to_days(date) + days);
}

int date_compare(struct date a, struct date b)
{
    int32_t days_a = date_to_days(a);
    int32_t days_b = date_to_days(b);

    return (days_a > days_b) - (days_a < days_b);
}

int date_parse(const char *text, struct date *date_r, struct err *err)
{
    const char *at = text;
    int year = 0;
    int month = 0;
    int day = 0;

    if (!scan_digits(&at, 4, &year) || !scan_byte(&at, '-') ||
        !scan_digits(&at, 2, &month) || !scan_byte(&at, '-') ||
        !scan_digits(&at, 2, &day) || *at)
        return scan_refuse(text, "a date like 2026-06-25", err);
    if (!date_exists(year, month, day))
        return scan_refuse(text, "a day of the years 1970 to 2199", err);
    *date_r = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    return 0;
}

void date_format(struct date date, char text[11])
{
    /* The masks only show the compiler that the text fits. */
    (void)snprintf(text, 11, "%04u-%02u-%02u", (unsigned)date.year % 10000,
                   (unsigned)date.month % 100, (unsigned)date.day % 100);
}
