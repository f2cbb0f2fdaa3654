#include "render/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

/* A line being filled: its text so far, and where its words begin. */
struct filling {
    struct buf line;
    size_t indent;
    size_t columns;
};

/* The line goes out, and another of the same indent begins. */
static void break_line(struct buf *out, struct filling *filling)
{
    buf_addf(out, "%s\n", filling->line.text);
    buf_done(&filling->line);
    buf_addf(&filling->line, "%*s", (int)filling->indent, "");
}

static void add_word(struct buf *out, const char *word, size_t length,
                     struct filling *filling)
{
    owned(str_free) char *text = str_copy_bytes(word, length);
    struct buf *line = &filling->line;
    size_t width = utf8_columns(line->text) + utf8_columns(text);

    if (line->length > filling->indent && width + 1 > filling->columns)
        break_line(out, filling);
    buf_addf(line, "%s%s", line->length > filling->indent ? " " : "", text);
}

/* How far the lines that carry on are indented: below what follows "- ". */
static size_t indent_of(const char *text, size_t length)
{
    size_t blanks = strspn(text, " ");

    if (length > blanks + 2 && memcmp(text + blanks, "- ", 2) == 0)
        blanks += 2;
    return blanks < length ? blanks : length;
}

static void add_line(struct buf *out, const char *text, size_t length,
                     size_t columns)
{
    const char *end = text + length;
    struct filling filling = {.indent = indent_of(text, length),
                              .columns = columns};

    buf_add_bytes(&filling.line, text, filling.indent);
    text += filling.indent;
    while (text < end) {
        const char *blank = memchr(text, ' ', (size_t)(end - text));
        const char *stop = blank ? blank : end;
        if (stop > text)
            add_word(out, text, (size_t)(stop - text), &filling);
        text = blank ? blank + 1 : end;
    }
    buf_addf(out, "%s\n", filling.line.text);
    buf_done(&filling.line);
}

/* A line as it is, without the blanks at its end. */
static void add_whole(struct buf *out, const char *text, size_t length)
{
    while (length > 0 && strchr(" \t\r", text[length - 1]))
        length--;
    buf_add_bytes(out, text, length);
    buf_add(out, "\n");
}

static bool is_blank(const char *text, size_t length)
{
    return strspn(text, " \t\r") >= length;
}

char *text_wrap(const char *text, size_t columns)
{
    struct buf out = {0};
    bool gap = false;

    while (*text) {
        size_t length = strcspn(text, "\n");
        if (is_blank(text, length)) {
            gap = out.length > 0;
        } else {
            if (gap)
                buf_add(&out, "\n");
            gap = false;
            if (columns > 0)
                add_line(&out, text, length, columns);
            else
                add_whole(&out, text, length);
        }
        text += length + (text[length] == '\n');
    }
    return buf_take(&out);
}
