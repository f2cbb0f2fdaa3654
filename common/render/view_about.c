#include "render/view_about.h"

#include "base/own.h"
#include "base/str.h"
#include "model/item.h"
#include "render/view_line.h"
#include "render/words.h"

/* "17:00 ngày 25/6/2026"; of midnight, which stands for a bare date, the day.
 * Yours, "" when it is not known. */
static char *when(const struct json *about, const char *member,
                  enum text_language language)
{
    struct civil moment = {0};

    if (!words_moment_parse(json_text(about, member), &moment))
        return str_copy("");
    return moment.seconds == 0 ? words_day(moment, language)
                               : words_moment(moment, language);
}

/* One row for each thing that can be said; more: when it was more than once. */
static const struct said {
    const char *what;
    enum text_id text;
    enum text_id more;
} said[] = {
    {"supplement", TEXT_ABOUT_SUPPLEMENT, TEXT_ABOUT_SUPPLEMENT},
    {"pause", TEXT_ABOUT_PAUSE, TEXT_ABOUT_PAUSE},
    {"unassigned", TEXT_ABOUT_UNASSIGNED, TEXT_ABOUT_UNASSIGNED},
    {"no-deadline", TEXT_ABOUT_NO_DEADLINE, TEXT_ABOUT_NO_DEADLINE},
    {"supplement-requested", TEXT_ABOUT_REQUESTED, TEXT_ABOUT_REQUESTED_AGAIN},
    {"resumed-after-supplement", TEXT_ABOUT_RESUMED, TEXT_ABOUT_RESUMED_AGAIN},
    {"finish-moved-back", TEXT_ABOUT_FINISH_MOVED, TEXT_ABOUT_FINISH_MOVED},
    {"original-deadline-changed", TEXT_ABOUT_ORIGINAL_MOVED,
     TEXT_ABOUT_ORIGINAL_MOVED},
};

/* Yours; NULL for what is not known here. */
static char *note_text(const struct json *about, enum text_language language)
{
    owned(str_free) char *at = when(about, "at", language);
    owned(str_free) char *from = when(about, "from", language);
    owned(str_free) char *to = when(about, "to", language);
    int64_t times = json_int(about, "times", 0);
    owned(str_free) char *count = str_format("%lld", (long long)times);

    for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
        if (str_equal(said[i].what, json_text(about, "what")))
            return text_fill(times > 1 ? said[i].more : said[i].text, language,
                             "when", at, "from", from, "to", to, "count", count,
                             "source", str_or_empty(json_text(about, "source")),
                             NULL);
    return NULL;
}

struct json *view_notes(const struct json *line, enum text_language language)
{
    const struct json *about = json_get(line, "about");
    struct json *list = json_new_array();

    for (size_t i = 0; i < json_count(about); i++) {
        char *text = note_text(json_at(about, i), language);
        if (!text)
            continue;
        struct json *note = json_new_object();
        view_give(note, "text", &text);
        json_add(list, &note);
    }
    return list;
}

static char *papers_text(const struct json *about, enum text_language language)
{
    const struct json *left = json_get(about, "left");
    bool over = json_bool(left, "overdue");
    struct words_span span = {
        .days = json_int(left, "days", 0),
        .hours = json_int(left, "hours", 0),
        .minutes = json_int(left, "minutes", 0),
        .clock = json_bool(left, "clock"),
    };

    if (json_kind(left) != JSON_IS_OBJECT)
        return NULL;
    owned(str_free) char *words = words_left(span, over, language);
    return text_fill(over ? TEXT_PAPERS_OVER : TEXT_PAPERS_LEFT, language,
                     "left", words, NULL);
}

char *view_standing(const struct json *line, enum text_language language)
{
    const struct json *about = json_get(line, "about");
    enum item_kind kind = KIND_DOSSIER;
    char *papers = NULL;

    for (size_t i = 0; i < json_count(about) && !papers; i++)
        papers = papers_text(json_at(about, i), language);
    if (papers || item_kind_parse(json_text(line, "kind"), &kind))
        return papers;
    const struct status *status =
        status_find(kind, str_or_empty(json_text(line, "status")));
    if (!status)
        return NULL;
    return str_copy(language == TEXTS_VI ? status->vi : status->en);
}
