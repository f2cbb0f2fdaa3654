#include "render/rehearsal.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "render/escape.h"

/* "Nguyễn Văn An (an, an@office.example)" as one line. */
static char *real_one(const struct json *person)
{
    owned(str_free) char *text =
        str_format("%s (%s, %s)", str_or_empty(json_text(person, "name")),
                   str_or_empty(json_text(person, "code")),
                   str_or_empty(json_text(person, "address")));

    return utf8_one_line(text);
}

/* Behind <body ...>; a bold line in front of all where there is no body, as
 * chats know no other mark. */
static char *mark_html(const char *html, const char *line)
{
    const char *body = strstr(html, "<body");
    const char *end = body ? strchr(body, '>') : NULL;
    size_t before = end ? (size_t)(end - html) + 1 : 0;
    owned(str_free) char *escaped = escape_html(line);
    struct buf out = {0};

    if (!end)
        return str_format("<b>%s</b>\n%s", escaped, html);
    buf_add_bytes(&out, html, before);
    buf_add(&out, "<p style=\"margin:0;padding:12px 16px;background:#fff3cd;"
                  "color:#3d2f00;font:bold 16px/1.4 sans-serif\">");
    buf_add(&out, escaped);
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

/* Takes the line, escaped. */
static void mark_chat(char **text, const char *bold, char *line)
{
    if (*text)
        replace(text, str_format("%s%s%s\n%s", bold, line, bold, *text));
    str_free(&line);
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
    mark_chat(&rendering->markdown, "**", escape_markdown(line));
    mark_chat(&rendering->mrkdwn, "*", escape_mrkdwn(line));
}
