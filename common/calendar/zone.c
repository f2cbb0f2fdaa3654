#include "calendar/zone.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "calendar/scan.h"
#include "calendar/zone_table.h"

/* shows_until[i] is the latest local time, in seconds since 1970-01-01 00:00
 * on the clock, that has been shown when period i ends: it only grows, even
 * where the clock went back. */
struct zone {
    char *name;
    struct zone_table table;
    int64_t *shows_until;
};

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz"
                              "0123456789+-_/";

/* A name leads to a file: it must not lead out of the directory. */
static bool is_zone_name(const char *name)
{
    size_t length = strlen(name);

    return length > 0 && length < 64 && name[0] != '/' &&
           strspn(name, letters) == length;
}

static void close_file(FILE **file)
{
    if (*file)
        (void)fclose(*file);
    *file = NULL;
}

static char *path_of(const char *name)
{
    const char *directory = secure_getenv("TZDIR");

    return str_format("%s/%s",
                      str_empty(directory) ? "/usr/share/zoneinfo" : directory,
                      name);
}

/* The bytes of a zone's file into bytes, *size_r of them. */
static int read_file(const char *path, char *bytes, size_t room, size_t *size_r,
                     struct err *err)
{
    owned(close_file) FILE *file = fopen(path, "re");
    struct stat about;

    if (!file && errno != ENOENT && errno != ENOTDIR)
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    if (!file || fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode))
        return err_set(err, ERR_INVALID, "there is no file %s", path);
    *size_r = fread(bytes, 1, room, file);
    if (ferror(file))
        return err_set(err, ERR_SYSTEM, "%s cannot be read", path);
    if (*size_r == room)
        return err_set(err, ERR_INVALID, "%s is too large", path);
    return 0;
}

static void note_shown(struct zone *zone)
{
    const struct zone_table *table = &zone->table;
    int64_t latest = INT64_MIN;

    zone->shows_until = mem_zero(table->count, sizeof(*zone->shows_until));
    for (size_t i = 0; i + 1 < table->count; i++) {
        int64_t shown = table->periods[i + 1].from + table->periods[i].offset;
        latest = shown > latest ? shown : latest;
        zone->shows_until[i] = latest;
    }
    zone->shows_until[table->count - 1] = INT64_MAX;
}

static int load(struct zone *zone, struct err *err)
{
    enum { MOST_BYTES = 1 << 18 };
    owned(str_free) char *path = path_of(zone->name);
    owned(str_free) char *bytes = mem_zero(MOST_BYTES, 1);
    size_t size = 0;

    if (read_file(path, bytes, MOST_BYTES, &size, err) != 0)
        return -1;
    return zone_table_read(&zone->table, bytes, size, err);
}

int zone_open(const char *name, struct zone **zone_r, struct err *err)
{
    if (!is_zone_name(name))
        return scan_refuse(name, "a time zone like Asia/Ho_Chi_Minh", err);
    owned(zone_free) struct zone *zone = mem_new(struct zone);
    zone->name = str_copy(name);
    if (load(zone, err) != 0)
        return err_wrap(err, "time zone %s", name);
    note_shown(zone);
    *zone_r = give(zone);
    return 0;
}

void zone_free(struct zone **zone)
{
    if (!*zone)
        return;
    str_free(&(*zone)->name);
    zone_table_done(&(*zone)->table);
    free((*zone)->shows_until);
    free(*zone);
    *zone = NULL;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

/* 0001-01-01 to 9999-12-31: what a date can hold, and no sum overflows. */
static int64_t within_dates(int64_t seconds)
{
    const int64_t first = -719162LL * 86400;
    const int64_t last = 2932897LL * 86400 - 1;

    if (seconds < first)
        return first;
    return seconds > last ? last : seconds;
}

int32_t zone_offset(const struct zone *zone, int64_t instant)
{
    const struct zone_period *periods = zone->table.periods;
    size_t low = 0;
    size_t high = zone->table.count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (periods[middle].from <= instant)
            low = middle;
        else
            high = middle;
    }
    return periods[low].offset;
}

struct civil zone_civil(const struct zone *zone, int64_t instant)
{
    instant = within_dates(instant);
    int64_t shown = within_dates(instant + zone_offset(zone, instant));
    int64_t seconds = shown % 86400;

    if (seconds < 0)
        seconds += 86400;
    return (struct civil){
        .date = date_from_days((int32_t)((shown - seconds) / 86400)),
        .seconds = (int32_t)seconds,
    };
}

/* What the clock shows, counted as if it were UTC. */
static int64_t shown_seconds(struct civil civil)
{
    return (int64_t)date_to_days(civil.date) * 86400 + civil.seconds;
}

/* The first instant at which the clock shows this or later: so the first of
 * two, and for a time that is skipped the skip. */
static int64_t first_showing(const struct zone *zone, int64_t shown)
{
    size_t low = 0;
    size_t high = zone->table.count - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->shows_until[middle] > shown)
            high = middle;
        else
            low = middle + 1;
    }
    const struct zone_period *period = &zone->table.periods[low];
    int64_t instant = shown - period->offset;
    return instant > period->from ? instant : period->from;
}

int64_t zone_instant(const struct zone *zone, struct civil civil)
{
    return first_showing(zone, shown_seconds(civil));
}

/* "2026-06-25" or "25/06/2026". */
static bool scan_date(const char **text, struct date *date)
{
    const char *at = *text;
    int year = 0;
    int month = 0;
    int day = 0;
    bool read = scan_digits(&at, 4, &year) && scan_byte(&at, '-') &&
                scan_digits(&at, 2, &month) && scan_byte(&at, '-') &&
                scan_digits(&at, 2, &day);

    if (!read) {
        at = *text;
        read = scan_digits(&at, 2, &day) && scan_byte(&at, '/') &&
               scan_digits(&at, 2, &month) && scan_byte(&at, '/') &&
               scan_digits(&at, 4, &year);
    }
    if (!read || !date_exists(year, month, day))
        return false;
    *date = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
    *text = at;
    return true;
}

/* "07:10". */
static bool scan_minutes(const char **text, int32_t *seconds)
{
    int hour = 0;
    int minute = 0;

    if (!scan_digits(text, 2, &hour) || !scan_byte(text, ':') ||
        !scan_digits(text, 2, &minute))
        return false;
    *seconds = 3600 * hour + 60 * minute;
    return hour <= 23 && minute <= 59;
}

/* "07:10" or "07:10:59". */
static bool scan_time(const char **text, int32_t *seconds)
{
    int second = 0;

    if (!scan_minutes(text, seconds))
        return false;
    if (scan_byte(text, ':') && !scan_digits(text, 2, &second))
        return false;
    *seconds += second;
    return second <= 59;
}

/* "Z" or "+07:00". */
static bool scan_offset(const char **text, int32_t *offset)
{
    bool west = **text == '-';

    *offset = 0;
    if (scan_byte(text, 'Z'))
        return true;
    if (!scan_any(text, "+-") || !scan_minutes(text, offset) ||
        *offset > 18 * 3600)
        return false;
    if (west)
        *offset = -*offset;
    return true;
}

int zone_parse(const struct zone *zone, const char *text, int64_t *instant_r,
               bool *time_given_r, struct err *err)
{
    const char *at = text;
    struct civil civil = {0};
    int32_t offset = 0;

    if (!scan_date(&at, &civil.date))
        return scan_refuse(text,
                           "a day like 2026-06-25 or 25/06/2026 of the years "
                           "1970 to 2199",
                           err);
    bool time_given = scan_any(&at, " T");
    bool read = !time_given || scan_time(&at, &civil.seconds);
    bool offset_given = read && time_given && *at;
    if (offset_given)
        read = scan_offset(&at, &offset);
    if (!read || *at)
        return scan_refuse(text, "a time like 2026-06-25 07:10", err);
    *instant_r = offset_given ? shown_seconds(civil) - offset
                              : zone_instant(zone, civil);
    *time_given_r = time_given;
    return 0;
}

void zone_format(const struct zone *zone, int64_t instant, char text[20])
{
    struct civil civil = zone_civil(zone, instant);
    unsigned seconds = (unsigned)civil.seconds;

    date_format(civil.date, text);
    (void)snprintf(text + 10, 10, "T%02u:%02u:%02u", seconds / 3600 % 24,
                   seconds / 60 % 60, seconds % 60);
}
