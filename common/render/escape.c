#include "render/escape.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"

/* U+200B, which takes no room and breaks a word. */
#define ZERO_WIDTH "\xE2\x80\x8B"

struct replacement {
    char from;
    const char *to;
};

static const struct replacement html[] = {
    {'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},
    {'"', "&quot;"}, {'\'', "&#39;"}, {0},
};

static const struct replacement markdown[] = {
    {'\\', "\\\\"},        {'`', "\\`"},          {'*', "\\*"}, {'_', "\\_"},
    {'[', "\\["},          {']', "\\]"},          {'~', "\\~"}, {'|', "\\|"},
    {'<', "<" ZERO_WIDTH}, {'@', "@" ZERO_WIDTH}, {0},
};

static const struct replacement mrkdwn[] = {
    {'&', "&amp;"},
    {'<', "&lt;"},
    {'>', "&gt;"},
    {0},
};

static const char *find(const struct replacement *table, char c)
{
    for (; table->from; table++)
        if (table->from == c)
            return table->to;
    return NULL;
}

static char *escape(const char *text, const struct replacement *table)
{
    struct buf out = {0};

    for (; *text; text++) {
        const char *to = find(table, *text);
        if (to)
            buf_add(&out, to);
        else
            buf_add_bytes(&out, text, 1);
    }
    return buf_take(&out);
}

char *escape_html(const char *text)
{
    return escape(text, html);
}

char *escape_markdown(const char *text)
{
    return escape(text, markdown);
}

char *escape_mrkdwn(const char *text)
{
    return escape(text, mrkdwn);
}
