#include "intake/dates.h"

#include "base/str.h"
#include "model/instant.h"

enum { LAST_SECOND = 86399 };

/* Written like a date, so that it is the day that does not exist? */
static bool is_shaped_like_a_date(const char *text)
{
    static const char *const shapes[] = {"00/00/0000", "0000-00-00"};

    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
        size_t at = 0;
        while (shapes[i][at] &&
               (shapes[i][at] == '0' ? text[at] >= '0' && text[at] <= '9'
                                     : text[at] == shapes[i][at]))
            at++;
        if (!shapes[i][at] && (!text[at] || text[at] == ' '))
            return true;
    }
    return false;
}

/* The instant that a day without a time stands for.  The calendar's year may
 * not have been entered yet: then it is an ordinary week's day. */
static int64_t instant_of_day(const struct calendar *calendar, struct date date,
                              enum day_means means)
{
    struct civil civil = {.date = date};
    struct day_plan plan = calendar_day(calendar, date, NULL);

    if (means == DAY_MEANS_START && plan.count)
        civil.seconds = plan.sessions[0].start;
    if (means == DAY_MEANS_END)
        civil.seconds =
            plan.count ? plan.sessions[plan.count - 1].end : LAST_SECOND;
    if (civil.seconds > LAST_SECOND)
        civil.seconds = LAST_SECOND;
    return zone_instant(calendar_zone(calendar), civil);
}

static struct date date_of(const struct calendar *calendar, int64_t instant)
{
    return zone_civil(calendar_zone(calendar), instant).date;
}

enum text_id date_read(const struct calendar *calendar, const char *text,
                       enum day_means means, int64_t known, int64_t *instant_r,
                       bool *by_date_r)
{
    struct err err = {0};
    int64_t instant = INSTANT_NONE;
    bool time_given = true;

    if (*text &&
        zone_parse(calendar_zone(calendar), text, &instant, &time_given, &err))
        return is_shaped_like_a_date(text) ? TEXT_ROW_NO_SUCH_DATE
                                           : TEXT_ROW_BAD_DATE;
    if (time_given) {
        *instant_r = instant;
        *by_date_r = false;
        return TEXT_NONE;
    }
    struct date date = date_of(calendar, instant);
    if (known != INSTANT_NONE &&
        date_compare(date_of(calendar, known), date) == 0) {
        *instant_r = known;
        return TEXT_NONE;
    }
    *instant_r = instant_of_day(calendar, date, means);
    *by_date_r = true;
    return TEXT_NONE;
}

char *date_kept(const struct calendar *calendar, int64_t instant)
{
    char text[20] = "";

    if (instant != INSTANT_NONE)
        zone_format(calendar_zone(calendar), instant, text);
    return str_copy(text);
}
