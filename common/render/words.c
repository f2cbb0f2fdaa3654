#include "render/words.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"

/* A text for one and a text for more: Vietnamese has no plural, English
 * has. */
struct counted {
    enum text_id one;
    enum text_id many;
};

static char *count_text(struct counted texts, int64_t count,
                        enum text_language language)
{
    owned(str_free) char *number = str_format("%lld", (long long)count);

    return text_fill(count == 1 ? texts.one : texts.many, language, "count",
                     number, NULL);
}

/* Two digits at text, between 0 and most; -1 for anything else. */
static int two_digits(const char *text, int most)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    int number = 10 * (text[0] - '0') + text[1] - '0';
    return number <= most ? number : -1;
}

bool words_moment_parse(const char *text, struct civil *moment_r)
{
    struct err ignored = {0};
    struct date date = {0};

    if (!text || strlen(text) != strlen("2026-06-25T07:30:00") ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return false;
    owned(str_free) char *day = str_copy_bytes(text, 10);
    int hours = two_digits(text + 11, 23);
    int minutes = two_digits(text + 14, 59);
    int seconds = two_digits(text + 17, 59);
    if (hours < 0 || minutes < 0 || seconds < 0 ||
        date_parse(day, &date, &ignored) != 0)
        return false;
    moment_r->date = date;
    moment_r->seconds = 3600 * hours + 60 * minutes + seconds;
    return true;
}

static char *clock_of(struct civil moment)
{
    return str_format("%02d:%02d", (int)(moment.seconds / 3600),
                      (int)(moment.seconds / 60 % 60));
}

/* "25/6/2026", or "25/6" by TEXT_DAY_OF_MONTH. */
static char *day_of(enum text_id form, struct civil moment,
                    enum text_language language)
{
    enum text_id month =
        (enum text_id)(TEXT_JANUARY + (unsigned)moment.date.month - 1);
    owned(str_free) char *day = str_format("%d", moment.date.day);
    owned(str_free) char *year = str_format("%d", moment.date.year);

    return text_fill(form, language, "day", day, "month",
                     text_of(month, language), "year", year, NULL);
}

char *words_moment(struct civil moment, enum text_language language)
{
    owned(str_free) char *clock = clock_of(moment);
    owned(str_free) char *day = day_of(TEXT_DAY_OF_YEAR, moment, language);

    return text_fill(TEXT_WHEN, language, "clock", clock, "day", day, NULL);
}

char *words_day(struct civil moment, enum text_language language)
{
    owned(str_free) char *day = day_of(TEXT_DAY_OF_YEAR, moment, language);

    return text_fill(TEXT_WHEN_DAY, language, "day", day, NULL);
}

char *words_moment_near(struct civil moment, struct civil now,
                        enum text_language language)
{
    if (date_compare(moment.date, now.date) == 0)
        return clock_of(moment);
    return words_moment(moment, language);
}

char *words_opening(struct civil moment, enum text_language language)
{
    enum { NOON = 12 * 3600, EVENING = 18 * 3600 };
    enum text_id form = moment.seconds < NOON      ? TEXT_MORNING
                        : moment.seconds < EVENING ? TEXT_AFTERNOON
                                                   : TEXT_EVENING;
    enum text_id weekday =
        (enum text_id)(TEXT_MONDAY + (unsigned)date_weekday(moment.date));
    owned(str_free) char *day = day_of(TEXT_DAY_OF_MONTH, moment, language);

    return text_fill(form, language, "weekday", text_of(weekday, language),
                     "day", day, NULL);
}

/* "2 ngày 3 giờ": parts that are zero are left out; "" when all are. */
static char *span_text(struct words_span span, enum text_language language)
{
    static const struct counted units[] = {
        {TEXT_ONE_DAY, TEXT_MANY_DAYS},
        {TEXT_ONE_HOUR, TEXT_MANY_HOURS},
        {TEXT_ONE_MINUTE, TEXT_MANY_MINUTES},
    };
    const int64_t counts[] = {span.days, span.hours,
                              span.clock || !span.days ? span.minutes : 0};
    struct strs parts = {0};

    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        char *part = NULL;
        if (counts[i] <= 0)
            continue;
        part = count_text(units[i], counts[i], language);
        strs_give(&parts, &part);
    }
    char *text = strs_join(&parts, " ");
    strs_done(&parts);
    return text;
}

char *words_left(struct words_span span, bool overdue,
                 enum text_language language)
{
    owned(str_free) char *time = span_text(span, language);
    owned(str_free) char *working =
        *time ? text_fill(TEXT_WORKING_TIME, language, "time", time, NULL)
              : str_copy(text_of(TEXT_UNDER_A_MINUTE, language));

    return text_fill(overdue ? TEXT_OVERDUE_BY : TEXT_TIME_LEFT, language,
                     "time", working, NULL);
}

char *words_count(int64_t count, enum words_noun noun,
                  enum text_language language)
{
    static const struct counted nouns[] = {
        [WORDS_DOSSIER] = {TEXT_ONE_DOSSIER, TEXT_MANY_DOSSIERS},
        [WORDS_TASK] = {TEXT_ONE_TASK, TEXT_MANY_TASKS},
        [WORDS_MATTER] = {TEXT_ONE_MATTER, TEXT_MANY_MATTERS},
    };

    return count_text(nouns[noun], count, language);
}
