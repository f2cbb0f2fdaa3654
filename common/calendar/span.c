#include "calendar/span.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "calendar/scan.h"

/* More of any unit than the years that we compute have. */
enum { MOST_DIGITS = 7 };

struct unit {
    enum span_unit unit;
    const char *suffix;
    const char *example;
    int64_t grain; /* thousandths are whole multiples of it */
    const char *grain_text;
};

/* In the order of enum span_unit. */
static const struct unit units[] = {
    {SPAN_HOURS, "h", "8h", 1, ""},
    {SPAN_DAYS, "wd", "2wd", 1, ""},
    {SPAN_DAYS_END, "wd-end", "3wd-end", 500, "wd-end takes whole and half"},
    {SPAN_CALENDAR, "d", "10d", 1000, "d takes whole"},
    {SPAN_SHARE, "%", "20%", 1, ""},
    {SPAN_SAME_DAY, "same-day", "same-day", 1, ""},
};
enum { UNITS = sizeof(units) / sizeof(units[0]) };

static bool is_allowed(const struct unit *unit, unsigned allowed)
{
    return allowed >> unit->unit & 1U;
}

/* 'a span like 8h, 2wd or 10d', of the units that are allowed. */
static void describe(unsigned allowed, char *text, size_t room)
{
    const char *separator = "a span like ";

    *text = '\0';
    for (int i = 0; i < UNITS; i++) {
        if (!is_allowed(&units[i], allowed))
            continue;
        size_t used = strlen(text);
        bool is_last = allowed >> i == 1;
        (void)snprintf(text + used, room - used, "%s%s",
                       used && is_last ? " or " : separator, units[i].example);
        separator = ", ";
    }
}

/* "12", "1.5", "0,125" as thousandths. */
static bool scan_thousandths(const char **text, int64_t *thousandths_r)
{
    const char *at = *text;
    int64_t number = 0;
    int digit = 0;
    int digits = 0;
    int decimals = 0;

    while (scan_digits(&at, 1, &digit) && ++digits <= MOST_DIGITS)
        number = 10 * number + digit;
    if (digits < 1 || digits > MOST_DIGITS)
        return false;
    bool has_fraction = scan_any(&at, ".,");
    while (has_fraction && decimals < 3 && scan_digits(&at, 1, &digit)) {
        number = 10 * number + digit;
        decimals++;
    }
    if (has_fraction && decimals == 0)
        return false;
    for (; decimals < 3; decimals++)
        number *= 10;
    *text = at;
    *thousandths_r = number;
    return true;
}

static const struct unit *unit_of(const char *suffix)
{
    for (int i = 0; i < UNITS; i++)
        if (strcmp(units[i].suffix, suffix) == 0)
            return &units[i];
    return NULL;
}

/* Number and unit, whatever may be allowed; NULL when it is no span. */
static const struct unit *read_span(const char *text, int64_t *thousandths_r)
{
    const char *at = text;

    *thousandths_r = 0;
    if (strcmp(text, units[SPAN_SAME_DAY].suffix) == 0)
        return &units[SPAN_SAME_DAY];
    if (!scan_thousandths(&at, thousandths_r))
        return NULL;
    const struct unit *unit = unit_of(at);
    return unit && unit->unit != SPAN_SAME_DAY ? unit : NULL;
}

int span_parse(const char *text, unsigned allowed, struct span *span_r,
               struct err *err)
{
    int64_t thousandths = 0;
    const struct unit *unit = read_span(text, &thousandths);

    if (!unit || !is_allowed(unit, allowed)) {
        char wanted[128];
        describe(allowed, wanted, sizeof(wanted));
        return scan_refuse(text, wanted, err);
    }
    if (thousandths % unit->grain != 0)
        return err_set(err, ERR_INVALID, "\"%s\": %s numbers only", text,
                       unit->grain_text);
    if (unit->unit == SPAN_SHARE && thousandths > 100000)
        return err_set(err, ERR_INVALID, "\"%s\" is more than 100%%", text);
    *span_r = (struct span){.unit = unit->unit, .thousandths = thousandths};
    return 0;
}

void span_format(struct span span, char text[32])
{
    char number[24];

    if (span.unit == SPAN_SAME_DAY) {
        (void)snprintf(text, 32, "%s", units[SPAN_SAME_DAY].suffix);
        return;
    }
    (void)snprintf(number, sizeof(number), "%lld.%03d",
                   (long long)(span.thousandths / 1000),
                   (int)(span.thousandths % 1000));
    size_t length = strlen(number);
    while (number[length - 1] == '0')
        length--;
    if (number[length - 1] == '.')
        length--;
    (void)snprintf(text, 32, "%.*s%s", (int)length, number,
                   units[span.unit].suffix);
}

/* Thousandths of a second, by the ordinary day; a calendar day counts as
 * one, being no shorter in working time. */
static int64_t weight(struct span span, int32_t ordinary_day)
{
    return span.thousandths * (span.unit == SPAN_HOURS ? 3600 : ordinary_day);
}

int span_compare(struct span a, struct span b, int32_t ordinary_day,
                 bool *comparable_r)
{
    bool share_a = a.unit == SPAN_SHARE;
    bool share_b = b.unit == SPAN_SHARE;
    int64_t weight_a = share_a ? a.thousandths : weight(a, ordinary_day);
    int64_t weight_b = share_b ? b.thousandths : weight(b, ordinary_day);

    *comparable_r = share_a == share_b;
    return (weight_a > weight_b) - (weight_a < weight_b);
}
