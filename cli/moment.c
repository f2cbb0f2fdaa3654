#include "cli/moment.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/own.h"
#include "base/str.h"
#include "model/instant.h"
#include "render/words.h"
#include "rules/left.h"

char *moment_text(const struct zone *zone, int64_t instant)
{
    if (instant == INSTANT_NONE || instant == INSTANT_NEVER)
        return str_copy("–");
    struct civil civil = zone_civil(zone, instant);
    return str_format("%02d/%02d/%04d %02d:%02d", civil.date.day,
                      civil.date.month, civil.date.year, civil.seconds / 3600,
                      civil.seconds % 3600 / 60);
}

char *moment_near(const struct zone *zone, int64_t instant, int64_t now)
{
    if (instant == INSTANT_NONE || instant == INSTANT_NEVER ||
        moment_midnight(zone, instant) != moment_midnight(zone, now))
        return moment_text(zone, instant);
    struct civil civil = zone_civil(zone, instant);
    return str_format("%02d:%02d", civil.seconds / 3600,
                      civil.seconds % 3600 / 60);
}

void moment_put(struct json *object, const char *name, const struct zone *zone,
                int64_t instant)
{
    char local[20] = "";

    if (instant == INSTANT_NONE || instant == INSTANT_NEVER) {
        json_put_text(object, name, NULL);
        return;
    }
    int32_t offset = zone_offset(zone, instant);
    zone_format(zone, instant, local);
    owned(str_free) char *text =
        str_format("%s%c%02d:%02d", local, offset < 0 ? '-' : '+',
                   abs(offset) / 3600, abs(offset) % 3600 / 60);
    json_put_text(object, name, text);
}

int64_t moment_midnight(const struct zone *zone, int64_t instant)
{
    struct civil civil = zone_civil(zone, instant);

    civil.seconds = 0;
    return zone_instant(zone, civil);
}

char *moment_left(const struct cli *cli, const struct calendar *calendar,
                  enum level level, int64_t seconds)
{
    struct time_left left = time_left_of(calendar, level, seconds);
    const struct words_span span = {.days = left.days,
                                    .hours = left.hours,
                                    .minutes = left.minutes,
                                    .clock = left.by_clock};

    return words_left(span, level == LEVEL_OVERDUE, cli->language);
}

const char *moment_level(const struct cli *cli, enum level level)
{
    static const enum text_id texts[LEVELS] = {
        [LEVEL_NONE] = TEXT_CLI_LEVEL_NONE,
        [LEVEL_PAUSED] = TEXT_LEVEL_PAUSED,
        [LEVEL_NO_DEADLINE] = TEXT_LEVEL_NO_DEADLINE,
        [LEVEL_ON_TRACK] = TEXT_LEVEL_ON_TRACK,
        [LEVEL_SYSTEM] = TEXT_LEVEL_SYSTEM,
        [LEVEL_AT_RISK] = TEXT_LEVEL_AT_RISK,
        [LEVEL_DUE_TODAY] = TEXT_LEVEL_DUE_TODAY,
        [LEVEL_OVERDUE] = TEXT_LEVEL_OVERDUE,
    };

    return cli_text(cli, texts[level]);
}
