/* The section "calendars": the ordinary week of each. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/sections.h"
#include "settings/values.h"

enum { WEEK_DAYS = 7 };

/* The day that text begins with; -1 for none. */
static int day_at(const char *text)
{
    static const char *const days[WEEK_DAYS] = {"mon", "tue", "wed", "thu",
                                                "fri", "sat", "sun"};

    for (int day = 0; day < WEEK_DAYS; day++)
        if (str_starts(text, days[day]))
            return day;
    return -1;
}

bool days_parse(const char *text, int *first_r, int *last_r)
{
    int first = day_at(text);
    int last = first;

    if (first < 0)
        return false;
    if (text[3] == '-') {
        text += 4;
        last = day_at(text);
    }
    if (last < first || text[3])
        return false;
    *first_r = first;
    *last_r = last;
    return true;
}

/* The sessions of a day as one text: written so, or as a list of them.  Yours;
 * NULL when they are neither. */
static char *sessions_text(struct reader *reader, const struct node *node)
{
    struct buf all = {0};
    const char *text = NULL;

    if (node->kind != NODE_LIST)
        return str_copy(text_of_node(reader, node));
    if (!node->count) {
        wrong(reader, node, "is an empty list: leave a day off out");
        return NULL;
    }
    for (size_t i = 0; i < node->count; i++) {
        text = text_of_node(reader, node->children[i]);
        if (!text) {
            buf_done(&all);
            return NULL;
        }
        buf_addf(&all, "%s%s", i ? " " : "", text);
    }
    return buf_take(&all);
}

static void read_days(struct reader *reader, const struct node *node,
                      struct week *week)
{
    struct day_plan plan = {0};
    struct err err = {0};
    int first = 0;
    int last = -1;

    if (!days_parse(node->key, &first, &last)) {
        findings_add(&reader->findings, node->key_place, node->path,
                     "\"%s\" is no day; write mon, tue, wed, thu, fri, sat, "
                     "sun or a run of them, mon-fri",
                     node->key);
        return;
    }
    owned(str_free) char *text = sessions_text(reader, node);
    if (!text)
        return;
    if (day_plan_parse(text, &plan, &err) != 0) {
        wrong(reader, node, "%s", err.text);
        return;
    }
    for (int day = first; day <= last; day++) {
        if (week->days[day].count) {
            wrong(reader, node,
                  "gives sessions to a day that has some "
                  "already, by a line above");
            return;
        }
        week->days[day] = plan;
    }
}

/* The keys of a week are days and runs of days, which no table lists. */
static void read_week(struct reader *reader, const struct node *node,
                      void *field, const struct key *key)
{
    (void)key;
    if (node->kind != NODE_MAP) {
        wrong(reader, node,
              "is %s, but a mapping belongs here, like "
              "{mon-fri: [\"07:30-11:30\", \"13:30-17:00\"]}",
              node_kind_name(node));
        return;
    }
    if (!node->count)
        wrong(reader, node, "is empty: without a session nobody ever works");
    for (size_t i = 0; i < node->count; i++)
        read_days(reader, node->children[i], field);
}

static const struct key calendar_items[] = {
    {.name = "name",
     .required = true,
     .read = read_own_name,
     .thing = THING_CALENDAR,
     .offset = offsetof(struct calendar_setting, name)},
    {.name = "week",
     .required = true,
     .read = read_week,
     .offset = offsetof(struct calendar_setting, week)},
    {.name = "holidays",
     .read = read_reference,
     .thing = THING_CALENDAR,
     .offset = offsetof(struct calendar_setting, holidays)},
    {.name = "units",
     .read = read_texts,
     .offset = offsetof(struct calendar_setting, units)},
};

const struct keys calendar_keys = KEYS(calendar_items);

void read_calendar(struct reader *reader, const struct node *node, void *field,
                   const struct key *key)
{
    struct settings *settings = field;
    const struct node *units = node_member(node, "units");
    struct calendar_setting calendar = {.place = node->place};

    (void)key;
    (void)read_members(reader, node, &calendar_keys, &calendar);
    if (!calendar.holidays)
        calendar.holidays = str_copy("");
    calendar.units_at = units ? units->place : node->place;
    nodes_add(&reader->calendars, node);
    settings->calendars = mem_grow(
        settings->calendars, settings->calendar_count + 1, sizeof(calendar));
    settings->calendars[settings->calendar_count++] = calendar;
}

void calendar_setting_done(struct calendar_setting *calendar)
{
    str_free(&calendar->name);
    str_free(&calendar->holidays);
    strs_done(&calendar->units);
}
