#include "importers/ical_event.h"

#include <string.h>

#include "base/own.h"
#include "base/utf8.h"

void ical_event_done(struct ical_event *event)
{
    str_free(&event->name);
    str_free(&event->description);
    strs_done(&event->categories);
    *event = (struct ical_event){0};
}

/* ---- which kind of day ---- */

/* Words in a folded text. */
static bool has_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text, *words))
            return true;
    return false;
}

static bool is_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (str_equal(text, *words))
            return true;
    return false;
}

static void note_category(const char *category, bool *rest, bool *work)
{
    static const char *const of_work[] = {"workday", "làm bù", "ngày làm bù",
                                          NULL};
    static const char *const of_rest[] = {"holiday", "holidays", "nghỉ lễ",
                                          "ngày nghỉ", NULL};
    owned(str_free) char *folded = utf8_fold(category);

    *work |= is_any(folded, of_work);
    *rest |= is_any(folded, of_rest);
}

enum text_id ical_event_mark(const struct ical_event *event,
                             enum day_mark *mark_r)
{
    static const char *const swap[] = {"làm bù", NULL};
    static const char *const rest[] = {"nghỉ", "holiday", "day off", NULL};
    static const char *const work[] = {"làm việc", "đi làm",   "working day",
                                       "workday",  "work day", NULL};
    owned(str_free) char *name = utf8_fold(event->name);
    bool is_rest = false, is_work = false;

    for (size_t i = 0; i < event->categories.count; i++)
        note_category(event->categories.items[i], &is_rest, &is_work);
    if (!is_rest && !is_work) {
        is_work = has_any(name, swap);
        is_rest = is_work ? has_any(name, rest) : !has_any(name, work);
    }
    if (is_rest == is_work)
        return TEXT_ICAL_UNCLEAR;
    *mark_r = is_work ? DAY_WORKDAY : DAY_HOLIDAY;
    return TEXT_NONE;
}

/* Calendars on the web mark so what is kept, but not had off. */
bool ical_event_is_observance(const struct ical_event *event)
{
    owned(str_free) char *text = utf8_fold(event->description);

    return str_starts(text, "observance") ||
           str_starts(text, "ngày lễ kỷ niệm");
}

/* ---- when ---- */

static bool is_excepted(const struct ical_event *event, struct date first)
{
    for (int i = 0; i < event->exception_count; i++)
        if (date_compare(event->exceptions[i], first) == 0)
            return true;
    return false;
}

/* Does the rule of its repeats reach that year? */
static bool repeats_in(const struct ical_event *event, int year)
{
    int later = year - event->first.year;

    return event->yearly && later % event->interval == 0 &&
           (event->count == 0 || later / event->interval < event->count);
}

bool ical_event_begins(const struct ical_event *event, int year,
                       struct date *first_r)
{
    struct date first = event->first;

    if (year < first.year || (year > first.year && !repeats_in(event, year)))
        return false;
    first.year = (int16_t)year;
    if ((year > event->first.year && event->until.year &&
         date_compare(first, event->until) > 0) ||
        is_excepted(event, first))
        return false;
    *first_r = first;
    return true;
}
