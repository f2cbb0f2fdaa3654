#include "reports/numbers.h"

#include <stdlib.h>

#include "base/own.h"
#include "base/str.h"
#include "model/instant.h"

enum { GROUP = 3, TENTH_OF_HOUR = 360 };

#define NONE "–"

/* Decimal mark and mark of thousands. */
static const char marks[TEXTS_LANGUAGES][2] = {
    [TEXTS_VI] = {',', '.'},
    [TEXTS_EN] = {'.', ','},
};

char *number_text(int64_t number, enum text_language language)
{
    owned(str_free) char *digits = str_format("%lld", llabs((long long)number));
    struct buf text = {0};
    size_t left = 0;

    while (digits[left])
        left++;
    if (number < 0)
        buf_add(&text, "-");
    for (size_t i = 0; digits[i]; i++, left--) {
        if (i > 0 && left % GROUP == 0)
            buf_add_bytes(&text, &marks[language][1], 1);
        buf_add_bytes(&text, &digits[i], 1);
    }
    return buf_take(&text);
}

char *tenths_text(int64_t tenths, enum text_language language)
{
    if (tenths < 0)
        return str_copy(NONE);
    owned(str_free) char *whole = number_text(tenths / 10, language);
    return str_format("%s%c%d", whole, marks[language][0], (int)(tenths % 10));
}

char *share_text(struct share share, enum text_language language)
{
    int64_t tenths = share_permille(share);
    owned(str_free) char *text = tenths_text(tenths, language);

    return tenths < 0 ? give(text) : str_format("%s%%", text);
}

char *share_change_text(struct share now, struct share before,
                        enum text_language language)
{
    int64_t tenths = share_permille(now), earlier = share_permille(before);

    if (tenths < 0 || earlier < 0)
        return str_copy(NONE);
    int64_t change = tenths - earlier;
    owned(str_free) char *text =
        tenths_text(change < 0 ? -change : change, language);
    return str_format("%s%s", change > 0 ? "+" : change < 0 ? "-" : "", text);
}

char *count_change_text(int64_t change, enum text_language language)
{
    owned(str_free) char *text = number_text(change, language);

    return str_format("%s%s", change > 0 ? "+" : "", text);
}

char *hours_text(int64_t seconds, enum text_language language)
{
    return tenths_text((seconds + TENTH_OF_HOUR / 2) / TENTH_OF_HOUR, language);
}

char *moment_written(const struct zone *zone, int64_t instant)
{
    if (instant == INSTANT_NONE || instant == INSTANT_NEVER)
        return str_copy(NONE);
    struct civil civil = zone_civil(zone, instant);
    return str_format("%02d:%02d %02d/%02d/%04d", civil.seconds / 3600,
                      civil.seconds % 3600 / 60, civil.date.day,
                      civil.date.month, civil.date.year);
}

char *day_written(const struct zone *zone, int64_t instant)
{
    if (instant == INSTANT_NONE || instant == INSTANT_NEVER)
        return str_copy(NONE);
    struct date date = zone_civil(zone, instant).date;
    return str_format("%02d/%02d/%04d", date.day, date.month, date.year);
}

char *moment_iso(const struct zone *zone, int64_t instant)
{
    char local[20] = "";

    if (instant == INSTANT_NONE || instant == INSTANT_NEVER)
        return NULL;
    int32_t offset = zone_offset(zone, instant);
    zone_format(zone, instant, local);
    return str_format("%s%c%02d:%02d", local, offset < 0 ? '-' : '+',
                      abs(offset) / 3600, abs(offset) % 3600 / 60);
}
