/* An event as libical has it, as plain values. */
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/own.h"
#include "base/utf8.h"
#include "importers/ical_event.h"

enum { LEAP_DAY = 29 };

/* ---- properties ---- */

/* A text as people wrote it, on one line; yours. */
static char *text_in(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    const char *text =
        property ? icalproperty_get_value_as_string(property) : NULL;

    if (property &&
        icalvalue_isa(icalproperty_get_value(property)) == ICAL_TEXT_VALUE)
        text = icalvalue_get_text(icalproperty_get_value(property));
    owned(str_free) char *composed = utf8_nfc(str_or_empty(text));
    owned(str_free) char *line = utf8_one_line(composed ? composed : "");
    return str_trim(line);
}

/* The day of a property without a time of day. */
static enum text_id read_day(icalproperty *property, struct date *date_r)
{
    icalvalue *value = icalproperty_get_value(property);

    if (!value || icalvalue_isa(value) != ICAL_DATE_VALUE)
        return TEXT_ICAL_TIME_OF_DAY;
    struct icaltimetype time = icalvalue_get_date(value);
    if (!date_exists(time.year, time.month, time.day))
        return TEXT_ICAL_NO_SUCH_DAY;
    *date_r =
        (struct date){(int16_t)time.year, (int8_t)time.month, (int8_t)time.day};
    return TEXT_NONE;
}

/* DTEND is the day after the last; some programs give the only day itself. */
static enum text_id read_end(icalproperty *end, struct ical_event *event)
{
    struct date after = {0};
    enum text_id fault = read_day(end, &after);

    if (fault != TEXT_NONE)
        return fault;
    event->days = date_to_days(after) - date_to_days(event->first);
    if (event->days < 0)
        return TEXT_ICAL_REVERSED;
    if (event->days == 0)
        event->days = 1;
    return TEXT_NONE;
}

static enum text_id read_duration(icalproperty *property,
                                  struct ical_event *event)
{
    struct icaldurationtype length = icalproperty_get_duration(property);

    if (length.hours || length.minutes || length.seconds)
        return TEXT_ICAL_TIME_OF_DAY;
    if (length.is_neg)
        return TEXT_ICAL_REVERSED;
    if (length.weeks > EVENT_DAYS_MOST || length.days > EVENT_DAYS_MOST)
        return TEXT_ICAL_LONG;
    event->days = (int)(length.weeks * 7 + length.days);
    return event->days ? TEXT_NONE : TEXT_ICAL_REVERSED;
}

static enum text_id read_days(icalcomponent *component,
                              struct ical_event *event)
{
    icalproperty *start =
        icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    icalproperty *end =
        icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
    icalproperty *duration =
        icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY);
    enum text_id fault =
        start ? read_day(start, &event->first) : TEXT_ICAL_NO_START;

    event->days = 1;
    if (fault == TEXT_NONE && end)
        fault = read_end(end, event);
    else if (fault == TEXT_NONE && duration)
        fault = read_duration(duration, event);
    if (fault == TEXT_NONE && event->days > EVENT_DAYS_MOST)
        fault = TEXT_ICAL_LONG;
    return fault;
}

/* ---- repeats ---- */

static bool is_unset(const short *by)
{
    return by[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

static bool is_unset_or(const short *by, int value)
{
    return is_unset(by) ||
           (by[0] == value && by[1] == ICAL_RECURRENCE_ARRAY_MAX);
}

/* Every year, or every few years, on the day on which it began?  libical's
 * own iterator does not come back from some rules, so it is not asked. */
static bool is_plain(const struct icalrecurrencetype *rule,
                     const struct ical_event *event)
{
    bool gregorian =
        !rule->rscale || strcasecmp(rule->rscale, "GREGORIAN") == 0;

    return gregorian && rule->freq == ICAL_YEARLY_RECURRENCE &&
           rule->interval >= 1 && rule->count >= 0 &&
           is_unset(rule->by_second) && is_unset(rule->by_minute) &&
           is_unset(rule->by_hour) && is_unset(rule->by_day) &&
           is_unset(rule->by_year_day) && is_unset(rule->by_week_no) &&
           is_unset(rule->by_set_pos) &&
           is_unset_or(rule->by_month, event->first.month) &&
           is_unset_or(rule->by_month_day, event->first.day) &&
           !(event->first.month == 2 && event->first.day == LEAP_DAY);
}

static enum text_id read_rule(icalproperty *property, struct ical_event *event)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    struct icaltimetype until = rule.until;

    if (event->yearly || !is_plain(&rule, event))
        return TEXT_ICAL_REPEAT;
    event->yearly = true;
    event->interval = rule.interval;
    event->count = rule.count;
    if (icaltime_is_null_time(until))
        return TEXT_NONE;
    if (!date_exists(until.year, until.month, until.day))
        return TEXT_ICAL_REPEAT;
    event->until = (struct date){(int16_t)until.year, (int8_t)until.month,
                                 (int8_t)until.day};
    return TEXT_NONE;
}

static enum text_id read_exception(icalproperty *property,
                                   struct ical_event *event)
{
    struct date date = {0};
    enum text_id fault = read_day(property, &date);

    if (fault != TEXT_NONE)
        return fault;
    if (event->exception_count == EVENT_EXCEPTIONS_MOST)
        return TEXT_ICAL_REPEAT;
    event->exceptions[event->exception_count++] = date;
    return TEXT_NONE;
}

static enum text_id refuse_repeat(icalproperty *property,
                                  struct ical_event *event)
{
    (void)property, (void)event;
    return TEXT_ICAL_REPEAT;
}

/* What libical could not read and left out; empty values are common and say
 * nothing, but for those on which the days depend. */
static enum text_id read_error(icalproperty *property, struct ical_event *event)
{
    static const char *const needed[] = {"DTSTART", "DTEND",     "DURATION",
                                         "RRULE",   "RDATE",     "EXDATE",
                                         "STATUS",  "CATEGORIES"};
    const char *text = icalproperty_get_xlicerror(property);

    (void)event;
    if (!text || !str_starts(text, "No value for "))
        return TEXT_ICAL_UNREADABLE;
    for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
        if (str_starts(text + strlen("No value for "), needed[i]))
            return TEXT_ICAL_UNREADABLE;
    return TEXT_NONE;
}

static enum text_id read_category(icalproperty *property,
                                  struct ical_event *event)
{
    const char *text = icalproperty_get_categories(property);
    owned(str_free) char *composed = utf8_nfc(str_or_empty(text));

    strs_add(&event->categories, composed ? composed : "");
    return TEXT_NONE;
}

/* Those that may be there several times. */
static const struct {
    icalproperty_kind kind;
    enum text_id (*read)(icalproperty *property, struct ical_event *event);
} several[] = {
    {ICAL_XLICERROR_PROPERTY, read_error},
    {ICAL_CATEGORIES_PROPERTY, read_category},
    {ICAL_RRULE_PROPERTY, read_rule},
    {ICAL_EXDATE_PROPERTY, read_exception},
    {ICAL_RDATE_PROPERTY, refuse_repeat},
    {ICAL_RECURRENCEID_PROPERTY, refuse_repeat},
    {ICAL_EXRULE_PROPERTY, refuse_repeat},
};

/* value_r: what the event says there; yours. */
static enum text_id read_several(icalcomponent *component,
                                 struct ical_event *event, char **value_r)
{
    for (size_t i = 0; i < sizeof(several) / sizeof(*several); i++)
        for (icalproperty *property =
                 icalcomponent_get_first_property(component, several[i].kind);
             property; property = icalcomponent_get_next_property(
                           component, several[i].kind)) {
            enum text_id fault = several[i].read(property, event);
            if (fault == TEXT_NONE)
                continue;
            *value_r = str_copy(icalproperty_get_value_as_string(property));
            return fault;
        }
    return TEXT_NONE;
}

static int line_of(icalcomponent *component)
{
    for (icalproperty *property =
             icalcomponent_get_first_property(component, ICAL_X_PROPERTY);
         property;
         property = icalcomponent_get_next_property(component, ICAL_X_PROPERTY))
        if (str_equal(icalproperty_get_x_name(property), ICAL_LINE_MARK))
            return (int)strtol(icalproperty_get_x(property), NULL, 10);
    return 1;
}

enum text_id ical_event_read(icalcomponent *component, struct ical_event *event,
                             char **value_r)
{
    event->line = line_of(component);
    event->name = text_in(component, ICAL_SUMMARY_PROPERTY);
    event->description = text_in(component, ICAL_DESCRIPTION_PROPERTY);
    enum text_id fault = read_days(component, event);
    if (fault == TEXT_NONE)
        return read_several(component, event, value_r);
    icalproperty *start =
        icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY);
    *value_r = str_copy(start ? icalproperty_get_value_as_string(start) : "");
    return fault;
}

bool ical_event_is_cancelled(icalcomponent *component)
{
    return icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;
}

bool ical_event_is_tentative(icalcomponent *component)
{
    return icalcomponent_get_status(component) == ICAL_STATUS_TENTATIVE;
}
