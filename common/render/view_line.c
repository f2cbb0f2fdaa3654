#include "render/view_line.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/level.h"
#include "render/view_about.h"

/* Beside the levels, where else a line can stand. */
enum { ROW_WAITING = LEVELS, ROW_TO_KNOW, ROWS };

/* One row for each level that a line can have. */
static const struct level_words {
    const char *flag;  /* true in a line of this level */
    const char *count; /* its member in the facts' counts, NULL: none */
    enum text_id name;
    enum text_id heading;
} words_of[ROWS] = {
    [LEVEL_OVERDUE] = {"is_overdue", "overdue", TEXT_LEVEL_OVERDUE,
                       TEXT_HEADING_OVERDUE},
    [LEVEL_DUE_TODAY] = {"is_due_today", "due_today", TEXT_LEVEL_DUE_TODAY,
                         TEXT_HEADING_DUE_TODAY},
    [LEVEL_AT_RISK] = {"is_at_risk", "at_risk", TEXT_LEVEL_AT_RISK,
                       TEXT_HEADING_AT_RISK},
    [LEVEL_SYSTEM] = {"is_system", "system", TEXT_LEVEL_SYSTEM,
                      TEXT_HEADING_SYSTEM},
    [LEVEL_ON_TRACK] = {"is_on_track", NULL, TEXT_LEVEL_ON_TRACK,
                        TEXT_HEADING_ON_TRACK},
    [LEVEL_NO_DEADLINE] = {"is_no_deadline", NULL, TEXT_LEVEL_NO_DEADLINE,
                           TEXT_HEADING_NO_DEADLINE},
    [LEVEL_PAUSED] = {"is_paused", NULL, TEXT_LEVEL_PAUSED,
                      TEXT_HEADING_PAUSED},
    [ROW_WAITING] = {"is_waiting", "waiting", TEXT_LEVEL_PAUSED,
                     TEXT_HEADING_WAITING},
    [ROW_TO_KNOW] = {"is_to_know", "to_know", TEXT_LEVEL_TO_KNOW,
                     TEXT_HEADING_TO_KNOW},
};

/* In the order in which counts are told. */
static const struct count_words {
    const char *member;
    enum text_id text;
} counted[] = {
    {"overdue", TEXT_COUNT_OVERDUE}, {"due_today", TEXT_COUNT_DUE_TODAY},
    {"at_risk", TEXT_COUNT_AT_RISK}, {"waiting", TEXT_COUNT_WAITING},
    {"to_know", TEXT_COUNT_TO_KNOW}, {"system", TEXT_COUNT_SYSTEM},
};

enum { COUNTED = sizeof(counted) / sizeof(*counted), LONG_CODE = 30 };

void view_put(struct json *object, const char *name, const char *text)
{
    owned(str_free) char *line = str_empty(text) ? NULL : utf8_one_line(text);
    json_put_text(object, name, line);
}

void view_give(struct json *object, const char *name, char **text)
{
    view_put(object, name, *text);
    str_free(text);
}

static enum level level_of(const struct json *line)
{
    enum level level = level_parse(json_text(line, "level"));
    return level == LEVEL_NONE ? LEVEL_ON_TRACK : level;
}

static int row_of(const struct json *line)
{
    const char *section = json_text(line, "section");

    if (str_equal(section, "waiting"))
        return ROW_WAITING;
    if (str_equal(section, "to-know"))
        return ROW_TO_KNOW;
    return (int)level_of(line);
}

/* The kinds named by facts, or those of the lines that are shown. */
enum words_noun view_noun(const struct json *facts)
{
    const struct json *kinds = json_get(facts, "kinds");
    const struct json *list = kinds ? kinds : json_get(facts, "lines");
    bool dossiers = false;
    bool tasks = false;

    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *at = json_at(list, i);
        const char *kind = kinds ? json_as_text(at) : json_text(at, "kind");
        dossiers |= str_equal(kind, "dossier");
        tasks |= str_equal(kind, "task");
    }
    if (dossiers == tasks)
        return WORDS_MATTER;
    return dossiers ? WORDS_DOSSIER : WORDS_TASK;
}

char *view_counts(const struct json *counts, bool named, enum words_noun noun,
                  enum text_language language)
{
    struct strs parts = {0};

    for (size_t i = 0; i < COUNTED; i++) {
        int64_t count = json_int(counts, counted[i].member, 0);
        bool noun_here =
            named && parts.count == 0 && counted[i].text != TEXT_COUNT_SYSTEM;
        if (count <= 0)
            continue;
        owned(str_free) char *number =
            noun_here ? words_count(count, noun, language)
                      : str_format("%lld", (long long)count);
        char *part =
            text_fill(counted[i].text, language, "count", number, NULL);
        strs_give(&parts, &part);
    }
    char *phrase = strs_join(&parts, ", ");
    strs_done(&parts);
    return phrase;
}

static void put_due(struct json *out, const struct json *line,
                    enum text_language language)
{
    struct civil due = {0};
    char *text = NULL;

    if (words_moment_parse(json_text(line, "due"), &due))
        text = json_bool(line, "due_by_date") ? words_day(due, language)
                                              : words_moment(due, language);
    view_give(out, "due", &text);
}

static void put_left(struct json *out, const struct json *line,
                     enum text_language language)
{
    const struct json *left = json_get(line, "left");
    struct words_span span = {
        .days = json_int(left, "days", 0),
        .hours = json_int(left, "hours", 0),
        .minutes = json_int(left, "minutes", 0),
        .clock = json_bool(left, "clock"),
    };
    char *text = NULL;

    if (row_of(line) == ROW_WAITING)
        text = view_standing(line, language);
    else if (json_kind(left) == JSON_IS_OBJECT)
        text = words_left(span, json_bool(left, "overdue"), language);
    else if (row_of(line) == ROW_TO_KNOW)
        text = view_standing(line, language);
    else if (json_text(line, "due"))
        text = text_fill(TEXT_LEFT_UNKNOWN, language, NULL);
    view_give(out, "left", &text);
}

/* A code is shown as one word; a very long one may be broken. */
static void put_code(struct json *out, const struct json *line)
{
    const char *code = str_or_empty(json_text(line, "code"));
    const char *url = str_or_empty(json_text(line, "url"));
    bool link = str_starts(url, "https://") || str_starts(url, "http://");

    view_put(out, "code", code);
    json_put_bool(out, "code_is_long", utf8_columns(code) > LONG_CODE);
    view_put(out, "url", link ? url : NULL);
}

/* Does another person of the notice bear the holder's name? */
static bool name_is_shared(const struct json *facts, const struct json *holder)
{
    const struct json *lines = json_get(facts, "lines");

    for (size_t i = 0; i < json_count(lines); i++) {
        const struct json *other = json_get(json_at(lines, i), "holder");
        if (str_equal(json_text(other, "name"), json_text(holder, "name")) &&
            !str_equal(json_text(other, "code"), json_text(holder, "code")))
            return true;
    }
    return false;
}

/* "Nguyễn Văn An", with the code where two have that name; yours. */
static char *holder_name(const struct json *facts, const struct json *line,
                         enum text_language language)
{
    const struct json *holder = json_get(line, "holder");
    const char *name = json_text(holder, "name");

    if (!name)
        return str_copy(text_of(TEXT_NO_HOLDER, language));
    if (name_is_shared(facts, holder))
        return str_format("%s (%s)", name,
                          str_or_empty(json_text(holder, "code")));
    return str_copy(name);
}

/* The holder's name where it is not the reader's own, and the unit. */
static void put_holder(struct json *out, const struct json *facts,
                       const struct json *line, enum text_language language)
{
    const struct json *holder = json_get(line, "holder");
    const struct json *unit = json_get(line, "unit");
    const char *reader = json_text(view_reader(facts), "code");
    const char *code = json_text(holder, "code");
    const char *short_name = json_text(unit, "short");
    bool own = code && str_equal(code, reader);
    owned(str_free) char *name = holder_name(facts, line, language);

    view_put(out, "holder",
             own || level_of(line) == LEVEL_SYSTEM ? NULL : name);
    view_put(out, "unit",
             str_empty(short_name) ? json_text(unit, "name") : short_name);
    view_put(out, "stands_for",
             json_text(json_get(line, "stands_for"), "name"));
}

/* Labels joined; only where the notice has more than one rule. */
static void put_rules(struct json *out, const struct json *facts,
                      const struct json *line)
{
    const struct json *rules = json_get(line, "rules");
    struct strs labels = {0};

    if (json_count(json_get(facts, "rules")) > 1)
        for (size_t i = 0; i < json_count(rules); i++)
            strs_add(&labels, str_or_empty(json_as_text(json_at(rules, i))));
    char *joined = strs_join(&labels, ", ");
    view_give(out, "rules", &joined);
    strs_done(&labels);
}

static struct json *line_view(const struct json *facts, const struct json *line,
                              enum text_language language)
{
    struct json *out = json_new_object();
    struct json *notes = view_notes(line, language);
    int row = row_of(line);

    put_code(out, line);
    view_put(out, "title", json_text(line, "title"));
    view_put(out, "level", text_of(words_of[row].name, language));
    for (int i = LEVEL_PAUSED; i < ROWS; i++)
        json_put_bool(out, words_of[i].flag, i == row);
    put_left(out, line, language);
    put_due(out, line, language);
    put_holder(out, facts, line, language);
    put_rules(out, facts, line);
    json_put_bool(out, "is_task", str_equal(json_text(line, "kind"), "task"));
    json_put_bool(out, "fresh", json_bool(line, "fresh"));
    json_put_bool(out, "late", json_bool(line, "late"));
    json_put_bool(out, "apology", json_bool(line, "apology"));
    json_put_bool(out, "ours", json_bool(line, "ours"));
    json_put(out, "notes", &notes);
    return out;
}

static bool is_summary(const struct json *facts)
{
    return str_equal(json_text(facts, "kind"), "summary");
}

struct json *view_lines(const struct json *facts, enum text_language language)
{
    const struct json *lines = json_get(facts, "lines");
    struct json *list = json_new_array();

    for (size_t i = 0; i < json_count(lines); i++) {
        if (is_summary(facts) && row_of(json_at(lines, i)) >= LEVELS)
            continue;
        struct json *line = line_view(facts, json_at(lines, i), language);
        json_add(list, &line);
    }
    return list;
}

/* Does a head read about other people's work? */
static bool is_by_person(const struct json *facts)
{
    const struct json *to = view_reader(facts);
    const struct json *lines = json_get(facts, "lines");

    if (!str_equal(json_text(to, "role"), "head"))
        return false;
    for (size_t i = 0; i < json_count(lines); i++) {
        const struct json *line = json_at(lines, i);
        const struct json *holder = json_get(line, "holder");
        if (level_of(line) != LEVEL_SYSTEM &&
            !str_equal(json_text(holder, "code"), json_text(to, "code")))
            return true;
    }
    return false;
}

/* What lines of one group have in common; borrowed from the line. */
static const char *group_key(const struct json *line, bool by_person)
{
    const char *code = json_text(json_get(line, "holder"), "code");

    if (!by_person || level_of(line) == LEVEL_SYSTEM)
        return words_of[row_of(line)].flag;
    return str_or_empty(code);
}

/* How many lines have the key, level by level. */
static struct json *tally(const struct json *lines, const char *key)
{
    struct json *counts = json_new_object();

    for (size_t i = 0; i < json_count(lines); i++) {
        const struct json *line = json_at(lines, i);
        const char *member = words_of[row_of(line)].count;
        if (member && str_equal(group_key(line, true), key))
            json_put_int(counts, member, json_int(counts, member, 0) + 1);
    }
    return counts;
}

/* A person's name, and how their lines stand. */
static void put_person_heading(struct json *group, const struct json *facts,
                               const struct json *line,
                               enum text_language language)
{
    owned(json_free) struct json *counts =
        tally(json_get(facts, "lines"), group_key(line, true));
    char *name = holder_name(facts, line, language);
    char *phrase = view_counts(counts, false, WORDS_MATTER, language);

    view_give(group, "heading", &name);
    view_give(group, "count", &phrase);
}

/* A level, and how many of all lines have it, shown here or not. */
static void put_level_heading(struct json *group, const struct json *facts,
                              int row, enum text_language language)
{
    const char *member = words_of[row].count;
    int64_t count = member ? json_int(json_get(facts, "counts"), member, 0) : 0;
    char *number =
        count > 0 ? str_format("%lld", (long long)count) : str_copy("");

    view_put(group, "heading", text_of(words_of[row].heading, language));
    view_give(group, "count", &number);
}

static struct json *group_new(const struct json *facts, const struct json *line,
                              bool by_person, enum text_language language)
{
    struct json *group = json_new_object();
    int row = row_of(line);
    bool person = by_person && row != LEVEL_SYSTEM;

    if (person)
        put_person_heading(group, facts, line, language);
    else
        put_level_heading(group, facts, row, language);
    json_put_bool(group, "is_person", person);
    for (int i = LEVEL_PAUSED; i < ROWS; i++)
        json_put_bool(group, words_of[i].flag, !person && i == row);
    return group;
}

/* Was a line with this key before index? */
static bool key_was_before(const struct json *lines, size_t index,
                           bool by_person)
{
    const char *key = group_key(json_at(lines, index), by_person);

    for (size_t i = 0; i < index; i++)
        if (str_equal(group_key(json_at(lines, i), by_person), key))
            return true;
    return false;
}

/* The lines from first on that have first's key. */
static struct json *group_lines(const struct json *facts, size_t first,
                                bool by_person, enum text_language language)
{
    const struct json *lines = json_get(facts, "lines");
    const char *key = group_key(json_at(lines, first), by_person);
    struct json *list = json_new_array();

    for (size_t i = first; i < json_count(lines); i++) {
        const struct json *line = json_at(lines, i);
        if (!str_equal(group_key(line, by_person), key))
            continue;
        struct json *view = line_view(facts, line, language);
        if (by_person) /* the heading has it */
            json_put_text(view, "holder", NULL);
        else
            json_put_text(view, "level", NULL);
        json_add(list, &view);
    }
    return list;
}

struct json *view_groups(const struct json *facts, enum text_language language)
{
    const struct json *lines = json_get(facts, "lines");
    bool by_person = is_by_person(facts);
    struct json *groups = json_new_array();

    for (size_t i = 0; i < json_count(lines); i++) {
        if (key_was_before(lines, i, by_person) ||
            (is_summary(facts) && row_of(json_at(lines, i)) < LEVELS))
            continue;
        struct json *group =
            group_new(facts, json_at(lines, i), by_person, language);
        struct json *members = group_lines(facts, i, by_person, language);
        json_put(group, "lines", &members);
        json_add(groups, &group);
    }
    return groups;
}

const struct json *view_reader(const struct json *facts)
{
    const struct json *rehearsal = json_get(facts, "rehearsal");

    return json_kind(rehearsal) == JSON_IS_OBJECT ? rehearsal
                                                  : json_get(facts, "to");
}
