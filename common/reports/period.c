#include "reports/period.h"

#include "base/own.h"
#include "base/str.h"

enum { WEEK = 7, QUARTER_MONTHS = 3, YEAR_MONTHS = 12 };

static int64_t midnight(const struct zone *zone, struct date date)
{
    return zone_instant(zone, (struct civil){.date = date});
}

/* The first day of the month that is so many months later. */
static struct date month_start(struct date date, int later)
{
    int months = date.year * YEAR_MONTHS + date.month - 1 + later;

    return (struct date){.year = (int16_t)(months / YEAR_MONTHS),
                         .month = (int8_t)(months % YEAR_MONTHS + 1),
                         .day = 1};
}

static struct date first_day(enum period_kind kind, struct date day)
{
    switch (kind) {
    case PERIOD_WEEK:
        return date_plus(day, -date_weekday(day));
    case PERIOD_MONTH:
        return month_start(day, 0);
    case PERIOD_QUARTER:
        return month_start(day, -((day.month - 1) % QUARTER_MONTHS));
    case PERIOD_DAYS:
        break;
    }
    return day;
}

static struct date next_first_day(enum period_kind kind, struct date first)
{
    switch (kind) {
    case PERIOD_WEEK:
        return date_plus(first, WEEK);
    case PERIOD_MONTH:
        return month_start(first, 1);
    case PERIOD_QUARTER:
        return month_start(first, QUARTER_MONTHS);
    case PERIOD_DAYS:
        break;
    }
    return date_plus(first, 1);
}

static enum period_kind kind_of(struct date from, struct date to)
{
    for (enum period_kind kind = PERIOD_WEEK; kind <= PERIOD_QUARTER; kind++)
        if (date_compare(first_day(kind, from), from) == 0 &&
            date_compare(next_first_day(kind, from), to) == 0)
            return kind;
    return PERIOD_DAYS;
}

struct period period_of_days(const struct zone *zone, struct date from,
                             struct date to)
{
    return (struct period){.kind = kind_of(from, to),
                           .from = from,
                           .to = to,
                           .start = midnight(zone, from),
                           .end = midnight(zone, to)};
}

struct period period_around(const struct zone *zone, enum period_kind kind,
                            struct date day)
{
    struct date first = first_day(kind, day);

    return period_of_days(zone, first, next_first_day(kind, first));
}

struct period period_before(const struct zone *zone,
                            const struct period *period)
{
    int days = date_to_days(period->to) - date_to_days(period->from);

    if (period->kind != PERIOD_DAYS)
        return period_around(zone, period->kind, date_plus(period->from, -1));
    return period_of_days(zone, date_plus(period->from, -days), period->from);
}

struct period period_after(const struct zone *zone, const struct period *period)
{
    int days = date_to_days(period->to) - date_to_days(period->from);

    if (period->kind != PERIOD_DAYS)
        return period_around(zone, period->kind, period->to);
    return period_of_days(zone, period->to, date_plus(period->to, days));
}

const char *period_kind_name(enum period_kind kind)
{
    static const char *const names[] = {
        [PERIOD_DAYS] = "days",
        [PERIOD_WEEK] = "weekly",
        [PERIOD_MONTH] = "monthly",
        [PERIOD_QUARTER] = "quarter",
    };

    return names[kind];
}

char *period_text(const struct period *period, enum text_language language)
{
    static const enum text_id texts[] = {
        [PERIOD_DAYS] = TEXT_REPORT_DAYS,
        [PERIOD_WEEK] = TEXT_REPORT_WEEK,
        [PERIOD_MONTH] = TEXT_REPORT_MONTH,
        [PERIOD_QUARTER] = TEXT_REPORT_QUARTER,
    };
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    struct date from = period->from;
    struct date last = date_plus(period->to, -1);
    owned(str_free) char *from_text =
        str_format("%d/%d/%d", from.day, from.month, from.year);
    owned(str_free) char *last_text =
        str_format("%d/%d/%d", last.day, last.month, last.year);
    owned(str_free) char *month = str_format("%d/%d", from.month, from.year);
    owned(str_free) char *quarter = str_format(
        "%s/%d", quarters[(from.month - 1) / QUARTER_MONTHS], from.year);

    return text_fill(texts[period->kind], language, "from", from_text, "last",
                     last_text, "month", month, "quarter", quarter, NULL);
}
