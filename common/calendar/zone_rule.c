#include "calendar/zone_table.h"

#include <stdbool.h>

#include "calendar/date.h"
#include "calendar/scan.h"

/* The day of each year on which the clock changes, and at which local time;
 * POSIX has three ways to say it. */
enum change_kind {
    CHANGE_MONTH,    /* Mm.w.d: the w-th weekday d of month m, 5 the last */
    CHANGE_NO_LEAP,  /* Jn: day 1-365, 29 February never counted */
    CHANGE_ZERO_DAY, /* n: day 0-365 */
};

struct change {
    enum change_kind kind;
    int month;
    int week;
    int day;
    int32_t seconds;
};

/* A zone that has no summer time has the same offset twice. */
struct rule {
    int32_t standard;
    int32_t summer;
    struct change begin;
    struct change end;
};

/* "EST" or "<+07>". */
static bool scan_name(const char **text)
{
    const char *at = *text;
    bool quoted = scan_byte(&at, '<');
    int letters = 0;

    while ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') ||
           (quoted && (*at == '+' || *at == '-' || (*at >= '0' && *at <= '9'))))
        at++, letters++;
    if (letters < 3 || (quoted && !scan_byte(&at, '>')))
        return false;
    *text = at;
    return true;
}

/* One to most digits. */
static bool scan_number(const char **text, int most, int *number_r)
{
    int digit = 0;

    if (!scan_digits(text, 1, number_r))
        return false;
    for (int i = 1; i < most && scan_digits(text, 1, &digit); i++)
        *number_r = 10 * *number_r + digit;
    return true;
}

/* "-7", "+5:30", "167:59:59". */
static bool scan_clock(const char **text, int32_t *seconds_r)
{
    bool negative = scan_byte(text, '-');
    int part = 0;

    if (!negative)
        (void)scan_byte(text, '+');
    if (!scan_number(text, 3, &part) || part > 167)
        return false;
    int32_t seconds = 3600 * part;
    for (int32_t unit = 60; unit >= 1 && scan_byte(text, ':'); unit /= 60) {
        if (!scan_digits(text, 2, &part) || part > 59)
            return false;
        seconds += unit * part;
    }
    *seconds_r = negative ? -seconds : seconds;
    return true;
}

/* POSIX counts offsets to the west, we to the east. */
static bool scan_offset(const char **text, int32_t *offset_r)
{
    if (!scan_clock(text, offset_r) || *offset_r > 25 * 3600 ||
        *offset_r < -25 * 3600)
        return false;
    *offset_r = -*offset_r;
    return true;
}

static bool scan_month_day(const char **text, struct change *change)
{
    change->kind = CHANGE_MONTH;
    return scan_number(text, 2, &change->month) && scan_byte(text, '.') &&
           scan_number(text, 1, &change->week) && scan_byte(text, '.') &&
           scan_number(text, 1, &change->day) && change->month >= 1 &&
           change->month <= 12 && change->week >= 1 && change->week <= 5 &&
           change->day <= 6;
}

static bool scan_day(const char **text, struct change *change)
{
    if (scan_byte(text, 'M'))
        return scan_month_day(text, change);
    change->kind = scan_byte(text, 'J') ? CHANGE_NO_LEAP : CHANGE_ZERO_DAY;
    return scan_number(text, 3, &change->day) && change->day <= 365 &&
           (change->kind == CHANGE_ZERO_DAY || change->day >= 1);
}

/* ",M3.2.0/2" */
static bool scan_change(const char **text, struct change *change)
{
    change->seconds = 2 * 3600;
    if (!scan_byte(text, ',') || !scan_day(text, change))
        return false;
    return !scan_byte(text, '/') || scan_clock(text, &change->seconds);
}

static bool scan_rule(const char *text, struct rule *rule)
{
    if (!scan_name(&text) || !scan_offset(&text, &rule->standard))
        return false;
    rule->summer = rule->standard;
    if (!*text)
        return true;
    if (!scan_name(&text))
        return false;
    rule->summer = rule->standard + 3600;
    if (*text != ',' && !scan_offset(&text, &rule->summer))
        return false;
    return scan_change(&text, &rule->begin) && scan_change(&text, &rule->end) &&
           !*text;
}

/* Days since 1970 of the w-th weekday of a month. */
static int32_t weekday_of_month(int year, const struct change *change)
{
    struct date first = {(int16_t)year, (int8_t)change->month, 1};
    int weekday = (change->day + 6) % 7; /* POSIX begins on Sunday */
    int ahead = (weekday - date_weekday(first) + 7) % 7;
    struct date wanted = date_plus(first, ahead + 7 * (change->week - 1));

    return date_to_days(wanted) - (wanted.month == first.month ? 0 : 7);
}

static int32_t change_day(int year, const struct change *change)
{
    struct date january = {(int16_t)year, 1, 1};
    struct date march = {(int16_t)year, 3, 1};

    if (change->kind == CHANGE_MONTH)
        return weekday_of_month(year, change);
    if (change->kind == CHANGE_ZERO_DAY)
        return date_to_days(january) + change->day;
    if (change->day >= 60)
        return date_to_days(march) + change->day - 60;
    return date_to_days(january) + change->day - 1;
}

/* The instant at which a clock that is offset ahead shows the change. */
static int64_t change_at(int year, const struct change *change, int32_t offset)
{
    return (int64_t)change_day(year, change) * 86400 + change->seconds - offset;
}

static void add_later(struct zone_table *table, int64_t from, int32_t offset)
{
    if (from > table->known_to)
        zone_table_add(table, from, offset);
}

/* The two changes of a year in their order, which the hemispheres do not
 * share.  Of two at one instant the begin of summer time holds: that is how
 * a permanent one is written. */
static void add_year(struct zone_table *table, const struct rule *rule,
                     int year)
{
    int64_t begin = change_at(year, &rule->begin, rule->standard);
    int64_t end = change_at(year, &rule->end, rule->summer);

    if (begin < end)
        add_later(table, begin, rule->summer);
    add_later(table, end, rule->standard);
    if (begin >= end)
        add_later(table, begin, rule->summer);
}

int zone_table_extend(struct zone_table *table, const char *text,
                      struct err *err)
{
    enum { BEFORE_ALL = 1969, AFTER_ALL = 2200 };
    struct rule rule = {0};

    if (!scan_rule(text, &rule))
        return scan_refuse(text, "a rule for summer time", err);
    if (rule.summer == rule.standard)
        return 0; /* the file's last change already says so */
    for (int year = BEFORE_ALL; year <= AFTER_ALL; year++)
        add_year(table, &rule, year);
    return 0;
}
