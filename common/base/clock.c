#include "base/clock.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/own.h"
#include "base/str.h"

enum clock_kind { CLOCK_REAL, CLOCK_SCALED, CLOCK_FILE };

/* Written by clock_init() alone, before anything else runs. */
static struct {
    enum clock_kind kind;
    int64_t set_at;  /* the set clock's instant ... */
    int64_t real_at; /* ... at this real one */
    int64_t speed;
    char *path;
} set_clock;

static int64_t real_now(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

/* Days from 1970-01-01 to a day of the Gregorian calendar; the room calendar
 * has this too, but base knows no other room. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

/* Read "2026-06-25T07:25:00+07:00", "...Z" or epoch seconds; *end_r is set
 * behind it. */
static bool instant_parse(const char *text, int64_t *instant_r,
                          const char **end_r)
{
    int year, month, day, hour, minute, second, taken = 0;
    int zone_hour = 0, zone_minute = 0, zone_taken = 0;
    char sign[2] = "";

    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour,
               &minute, &second, &taken) != 6) {
        char *end = NULL;
        *instant_r = strtoll(text, &end, 10);
        *end_r = end;
        return end != text;
    }
    text += taken;
    if (sscanf(text, "%1[+-]%2d:%2d%n", sign, &zone_hour, &zone_minute,
               &zone_taken) == 3)
        text += zone_taken;
    else if (*text == 'Z')
        text++;
    else
        return false;
    int64_t offset = (zone_hour * 60 + zone_minute) * 60;
    *instant_r = days_from_civil(year, month, day) * 24 * 3600 + hour * 3600 +
                 minute * 60 + second - (sign[0] == '-' ? -offset : offset);
    *end_r = text;
    return true;
}

/* Read "2026-06-25T07:25:00+07:00 x60 @1790000000" into the set clock. */
static bool scaled_parse(const char *text)
{
    const char *rest = text;
    long long speed = 1, real_at = real_now();
    int taken = 0;

    if (!instant_parse(text, &set_clock.set_at, &rest))
        return false;
    if (sscanf(rest, " x%lld%n", &speed, &taken) == 1)
        rest += taken;
    if (sscanf(rest, " @%lld%n", &real_at, &taken) == 1)
        rest += taken;
    set_clock.speed = speed;
    set_clock.real_at = real_at;
    return !*rest && speed >= 1;
}

static int scaled_init(const char *text, struct err *err)
{
    if (!scaled_parse(text))
        return err_set(err, ERR_INVALID,
                       "KIPHAN_CLOCK: \"%s\" is not "
                       "\"2026-06-25T07:25:00+07:00 x60 @EPOCH\" nor "
                       "\"file:PATH\"",
                       text);
    set_clock.kind = CLOCK_SCALED;
    return 0;
}

/* The instant in the clock's file; false when there is none. */
static bool file_now(int64_t *now_r)
{
    char line[64] = "";
    const char *end = NULL;
    FILE *file = fopen(set_clock.path, "re");

    if (!file)
        return false;
    bool read = fgets(line, sizeof(line), file) != NULL;
    (void)fclose(file);
    return read && instant_parse(line, now_r, &end);
}

int clock_init(struct err *err)
{
    const char *text = getenv("KIPHAN_CLOCK");
    int64_t now = 0;

    if (str_empty(text))
        return 0;
    if (!str_starts(text, "file:"))
        return scaled_init(text, err);
    char *path = str_copy(text + strlen("file:"));
    str_replace(&set_clock.path, &path);
    if (!file_now(&now))
        return err_set(err, ERR_INVALID, "KIPHAN_CLOCK: no instant in %s",
                       set_clock.path);
    set_clock.kind = CLOCK_FILE;
    return 0;
}

bool clock_is_set(void)
{
    return set_clock.kind != CLOCK_REAL;
}

int64_t clock_now(void)
{
    static int64_t last; /* a file being replaced may be missing for a moment */

    switch (set_clock.kind) {
    case CLOCK_SCALED:
        return set_clock.set_at +
               (real_now() - set_clock.real_at) * set_clock.speed;
    case CLOCK_FILE:
        (void)file_now(&last);
        return last;
    case CLOCK_REAL:
        break;
    }
    return real_now();
}

int64_t clock_monotonic_ms(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_real_ms(int64_t seconds)
{
    switch (set_clock.kind) {
    case CLOCK_SCALED:
        return seconds * 1000 / set_clock.speed;
    case CLOCK_FILE:
        return -1;
    case CLOCK_REAL:
        break;
    }
    return seconds * 1000;
}
