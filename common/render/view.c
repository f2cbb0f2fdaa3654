#include "render/view.h"

#include "base/own.h"
#include "base/str.h"
#include "render/view_line.h"
#include "render/words.h"

/* Who reads: the templates speak differently to each. */
static const struct reader {
    const char *role;
    const char *flag;
} readers[] = {
    {"staff", "is_staff"},  {"head", "is_head"},   {"vice-chair", "is_leader"},
    {"chair", "is_leader"}, {"admin", "is_admin"},
};

static void put_flag(struct json *view, const char *name, const char *text,
                     const char *wanted)
{
    json_put_bool(view, name, str_equal(text, wanted));
}

static void put_reader(struct json *view, const struct json *facts)
{
    const struct json *to = view_reader(facts);
    const char *role = json_text(to, "role");

    view_put(view, "to_name", json_text(to, "name"));
    view_put(view, "to_title", json_text(to, "title"));
    for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++)
        if (str_equal(role, readers[i].role))
            json_put_bool(view, readers[i].flag, true);
}

static void put_kind(struct json *view, const struct json *facts)
{
    const char *kind = json_text(facts, "kind");

    put_flag(view, "is_list", kind, "list");
    put_flag(view, "is_summary", kind, "summary");
    put_flag(view, "is_test", kind, "test");
}

static void put_now(struct json *view, const struct json *facts,
                    enum text_language language)
{
    struct civil moment = {0};
    char *now = NULL;
    char *opening = NULL;

    if (words_moment_parse(json_text(facts, "now"), &moment))
        now = words_moment(moment, language);
    if (words_moment_parse(json_text(facts, "opening"), &moment) || now)
        opening = words_opening(moment, language);
    view_give(view, "now", &now);
    view_give(view, "opening", &opening);
}

static void put_counts(struct json *view, const struct json *facts,
                       enum text_language language)
{
    const struct json *counts = json_get(facts, "counts");
    enum words_noun noun = view_noun(facts);
    char *phrase = view_counts(counts, true, noun, language);
    char *total = words_count(json_int(counts, "total", 0), noun, language);
    int64_t hidden = json_int(facts, "more", 0);
    char *more = hidden > 0 ? words_count(hidden, noun, language) : NULL;

    json_put_bool(view, "only_system",
                  json_int(counts, "system", 0) > 0 &&
                      json_int(counts, "system", 0) ==
                          json_int(counts, "total", 0));
    view_give(view, "counts", &phrase);
    view_give(view, "total", &total);
    view_give(view, "more", &more);
}

/* "lúc 07:10", "lúc 07:10 ngày 24/6/2026"; NULL when never. */
static char *feed_when(const struct json *feed, const struct json *facts,
                       enum text_language language)
{
    struct civil now = {0};
    struct civil at = {0};

    if (!words_moment_parse(json_text(feed, "at"), &at))
        return NULL;
    (void)words_moment_parse(json_text(facts, "now"), &now);
    owned(str_free) char *when = words_moment_near(at, now, language);
    return text_fill(TEXT_AT, language, "when", when, NULL);
}

static char *feed_text(const struct json *feed, const char *when, bool stale,
                       enum text_language language)
{
    const char *name = str_or_empty(json_text(feed, "feed"));

    if (!when)
        return text_fill(stale ? TEXT_FEED_STALE_NEVER : TEXT_FEED_NEVER,
                         language, "feed", name, NULL);
    return text_fill(stale ? TEXT_FEED_STALE : TEXT_FEED_AT, language, "feed",
                     name, "when", when, NULL);
}

/* How old the data is, where it all comes from one source; of several the
 * list at the foot says it. */
static void put_data_until(struct json *view, const struct json *facts,
                           enum text_language language)
{
    const struct json *data = json_get(facts, "data");
    const char *until = json_text(json_at(data, 0), "at");
    struct civil now = {0};
    struct civil at = {0};
    char *text = NULL;

    (void)words_moment_parse(json_text(facts, "now"), &now);
    if (json_count(data) == 1 && words_moment_parse(until, &at))
        text = words_moment_near(at, now, language);
    view_give(view, "data_until", &text);
}

static void put_data(struct json *view, const struct json *facts,
                     enum text_language language)
{
    const struct json *data = json_get(facts, "data");
    struct json *stale = json_new_array();
    struct strs sources = {0};

    for (size_t i = 0; i < json_count(data); i++) {
        const struct json *feed = json_at(data, i);
        owned(str_free) char *when = feed_when(feed, facts, language);
        char *source = feed_text(feed, when, false, language);
        strs_give(&sources, &source);
        if (!json_bool(feed, "stale"))
            continue;
        struct json *entry = json_new_object();
        char *warning = feed_text(feed, when, true, language);
        view_give(entry, "text", &warning);
        json_add(stale, &entry);
    }
    char *joined = strs_join(&sources, "; ");
    view_give(view, "sources", &joined);
    json_put(view, "stale", &stale);
    put_data_until(view, facts, language);
    strs_done(&sources);
}

/* What is not listed, in one phrase. */
static void put_left_out(struct json *view, const struct json *facts,
                         enum text_language language)
{
    static const struct {
        const char *member;
        enum text_id text;
    } reasons[] = {
        {"paused", TEXT_OUT_PAUSED},
        {"silenced", TEXT_OUT_SILENCED},
        {"acknowledged", TEXT_OUT_ACKNOWLEDGED},
    };
    const struct json *counts = json_get(facts, "left_out");
    struct strs parts = {0};

    for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
        int64_t count = json_int(counts, reasons[i].member, 0);
        if (count <= 0)
            continue;
        owned(str_free) char *number = str_format("%lld", (long long)count);
        char *part =
            text_fill(reasons[i].text, language, "count", number, NULL);
        strs_give(&parts, &part);
    }
    char *joined = strs_join(&parts, ", ");
    view_give(view, "left_out", &joined);
    strs_done(&parts);
}

static void put_rules(struct json *view, const struct json *facts)
{
    const struct json *rules = json_get(facts, "rules");
    struct buf joined = {0};

    for (size_t i = 0; i < json_count(rules); i++)
        buf_addf(&joined, "%s\"%s\"", i ? ", " : "",
                 str_or_empty(json_as_text(json_at(rules, i))));
    char *text = buf_take(&joined);
    view_give(view, "rules", &text);
}

/* The figures of one unit; zero stands with its flag down. */
static struct json *unit_view(const struct json *unit,
                              enum text_language language)
{
    static const struct {
        const char *member;
        const char *flag;
    } figures[] = {
        {"overdue", "any_overdue"},
        {"due_today", "any_due_today"},
        {"at_risk", "any_at_risk"},
    };
    struct json *out = json_new_object();
    char *phrase = view_counts(unit, false, WORDS_MATTER, language);

    view_put(out, "name", json_text(unit, "name"));
    view_give(out, "counts", &phrase);
    for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++) {
        int64_t count = json_int(unit, figures[i].member, 0);
        json_put_int(out, figures[i].member, count);
        json_put_bool(out, figures[i].flag, count > 0);
    }
    return out;
}

static void put_units(struct json *view, const struct json *facts,
                      enum text_language language)
{
    const struct json *units = json_get(facts, "units");
    struct json *list = json_new_array();

    for (size_t i = 0; i < json_count(units); i++) {
        struct json *unit = unit_view(json_at(units, i), language);
        json_add(list, &unit);
    }
    json_put(view, "units", &list);
}

static void put_lines(struct json *view, const struct json *facts,
                      enum text_language language)
{
    struct json *groups = view_groups(facts, language);
    struct json *lines = view_lines(facts, language);

    json_put_bool(view, "has_lines", json_count(lines) > 0);
    json_put(view, "groups", &groups);
    json_put(view, "lines", &lines);
}

struct json *view_new(const struct json *facts)
{
    struct json *view = json_new_object();
    enum text_language language =
        text_language_parse(json_text(facts, "language"), TEXTS_VI);
    int64_t year = json_int(facts, "assumed_year", 0);
    char *year_text =
        year > 0 ? str_format("%lld", (long long)year) : str_copy("");

    view_put(view, "organisation", json_text(facts, "organisation"));
    json_put_int(view, "number", json_int(facts, "number", 0));
    json_put_bool(view, "late", json_bool(facts, "late"));
    view_give(view, "assumed_year", &year_text);
    put_kind(view, facts);
    put_reader(view, facts);
    put_now(view, facts, language);
    put_counts(view, facts, language);
    put_data(view, facts, language);
    put_left_out(view, facts, language);
    put_rules(view, facts);
    put_units(view, facts, language);
    put_lines(view, facts, language);
    return view;
}
