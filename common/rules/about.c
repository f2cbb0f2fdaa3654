#include "rules/about.h"

#include "rules/left.h"

enum section section_of(const struct entry_line *line)
{
    if (line->level >= LEVEL_SYSTEM)
        return SECTION_LEVEL;
    if (line->level == LEVEL_PAUSED)
        return SECTION_WAITING;
    return line->subjects & ~(1U << SUBJECT_DEADLINE) ? SECTION_TO_KNOW
                                                      : SECTION_LEVEL;
}

const char *section_name(const struct entry_line *line)
{
    switch (section_of(line)) {
    case SECTION_WAITING:
        return "waiting";
    case SECTION_TO_KNOW:
        return "to-know";
    case SECTION_LEVEL:
        break;
    }
    return level_name(line->level);
}

bool line_has_news(const struct entry_line *line)
{
    for (int subject = 0; subject < SUBJECTS; subject++)
        if (line->subjects >> subject & 1U &&
            subject_is_event((enum subject)subject))
            return true;
    return false;
}

static void put_instant(const struct policy *policy, struct json *object,
                        const char *name, int64_t instant)
{
    char text[20] = "";

    zone_format(calendar_zone(policy->calendar), instant, text);
    json_put_text(object, name, instant == INSTANT_NONE ? NULL : text);
}

/* Working time until the citizen's limit, or over it; null where a year is
 * missing. */
static struct json *left_facts(const struct policy *policy,
                               const struct item *item, int64_t now)
{
    const struct calendar *calendar = policy_calendar(policy, item);
    struct err no_year = {0};
    int64_t seconds = 0;

    if (calendar_count(calendar, now, item->supplement_due_at, &seconds,
                       &no_year))
        return json_new_text(NULL);
    bool over = now > item->supplement_due_at;
    struct time_left left =
        time_left_of(calendar, over ? LEVEL_OVERDUE : LEVEL_AT_RISK, seconds);
    struct json *object = json_new_object();
    json_put_bool(object, "overdue", over);
    json_put_int(object, "days", left.days);
    json_put_int(object, "hours", left.hours);
    json_put_int(object, "minutes", left.minutes);
    json_put_bool(object, "clock", left.by_clock);
    return object;
}

static void put_shift(const struct policy *policy, struct json *object,
                      const struct shift *shift)
{
    put_instant(policy, object, "from", shift->from);
    put_instant(policy, object, "to", shift->to);
    json_put_text(object, "source", shift->source);
}

static struct json *one_about(const struct policy *policy,
                              const struct entry_line *line,
                              enum subject subject, int64_t now)
{
    const struct item *item = line->item;
    struct json *object = json_new_object();

    json_put_text(object, "what", subject_name(subject));
    json_put_int(object, "times", subject_times(item, subject));
    put_instant(policy, object, "at", subject_version(item, subject));
    if (subject == SUBJECT_SUPPLEMENT) {
        struct json *left = left_facts(policy, item, now);
        json_put(object, "left", &left);
    }
    if (subject == SUBJECT_FINISH_MOVED)
        put_shift(policy, object, &item->finish_moved);
    if (subject == SUBJECT_ORIGINAL_MOVED)
        put_shift(policy, object, &item->original_moved);
    return object;
}

/* That papers were asked for stands beside a dossier as long as it is worked
 * on: whoever has it is to know before asking again. */
static bool is_said(const struct entry_line *line, enum subject subject)
{
    if (subject == SUBJECT_DEADLINE)
        return false;
    return line->subjects >> subject & 1U ||
           (subject == SUBJECT_RESUMED && subject_counts(line->item, subject));
}

struct json *about_facts(const struct policy *policy,
                         const struct entry_line *line, int64_t now)
{
    struct json *array = json_new_array();

    for (int subject = 0; subject < SUBJECTS; subject++) {
        if (!is_said(line, (enum subject)subject))
            continue;
        struct json *object =
            one_about(policy, line, (enum subject)subject, now);
        json_add(array, &object);
    }
    return array;
}
