#include "render/rehearsal.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

static void add_escaped(struct buf *out, const char *text)
{
    static const struct {
        char plain;
        const char *escaped;
    } marks[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};

    for (; *text; text++) {
        const char *escaped = NULL;
        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
            if (marks[i].plain == *text)
                escaped = marks[i].escaped;
        if (escaped)
            buf_add(out, escaped);
        else
            buf_add_bytes(out, text, 1);
    }
}

/* "Nguyễn Văn An (an, an@office.example)" as one line. */
static char *real_one(const struct json *person)
{
    owned(str_free) char *text =
        str_format("%s (%s, %s)", str_or_empty(json_text(person, "name")),
                   str_or_empty(json_text(person, "code")),
                   str_or_empty(json_text(person, "address")));

    return utf8_one_line(text);
}

/* Behind <body ...>; in front of all where there is no body. */
static char *mark_html(const char *html, const char *line)
{
    const char *body = strstr(html, "<body");
    const char *end = body ? strchr(body, '>') : NULL;
    size_t before = end ? (size_t)(end - html) + 1 : 0;
    struct buf out = {0};

    buf_add_bytes(&out, html, before);
    buf_add(&out, "<p style=\"margin:0;padding:12px 16px;background:#fff3cd;"
                  "color:#3d2f00;font:bold 16px/1.4 sans-serif\">");
    add_escaped(&out, line);
    buf_add(&out, "</p>");
    buf_add(&out, html + before);
    return buf_take(&out);
}

/* In the place of an owned text. */
static void replace(char **text, char *with)
{
    str_free(text);
    *text = with;
}

void rehearsal_mark(const struct json *facts, enum text_language language,
                    struct rendering *rendering)
{
    const struct json *person = json_get(facts, "rehearsal");

    if (json_kind(person) != JSON_IS_OBJECT)
        return;
    owned(str_free) char *real = real_one(person);
    owned(str_free) char *line =
        text_fill(TEXT_REHEARSAL_LINE, language, "person", real, NULL);
    owned(str_free) char *mark =
        text_fill(TEXT_REHEARSAL_MARK, language, "code",
                  str_or_empty(json_text(person, "code")), NULL);
    owned(str_free) char *subject =
        str_format("%s %s", mark, rendering->subject);

    replace(&rendering->subject, utf8_one_line(subject));
    replace(&rendering->text, str_format("%s\n\n%s", line, rendering->text));
    if (rendering->html)
        replace(&rendering->html, mark_html(rendering->html, line));
}
