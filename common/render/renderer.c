#include "render/render.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "render/mustache.h"
#include "render/rehearsal.h"
#include "render/view.h"
#include "render/wrap.h"
#include "texts/texts.h"

enum { MAIL_COLUMNS = 72, UNBROKEN = 0, SUBJECT_COLUMNS = 180 };

static const char suffix[] = ".mustache";

/* Directories of languages, in the order of enum text_language. */
static const char *const languages[TEXTS_LANGUAGES] = {"vi", "en"};

struct renderer {
    struct mustaches *sets[TEXTS_LANGUAGES];
};

static void close_directory(DIR **directory)
{
    if (*directory)
        (void)closedir(*directory);
    *directory = NULL;
}

static void close_file(FILE **file)
{
    if (*file)
        (void)fclose(*file);
    *file = NULL;
}

/* A template's file as text, yours. */
static char *read_template(const char *path, struct err *err)
{
    char bytes[MUSTACHE_BYTES + 1] = "";
    owned(close_file) FILE *file = fopen(path, "re");

    if (!file) {
        (void)err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
        return NULL;
    }
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    if (ferror(file)) {
        (void)err_set(err, ERR_SYSTEM, "%s: cannot be read", path);
        return NULL;
    }
    if (length > MUSTACHE_BYTES) {
        (void)err_set(err, ERR_INVALID, "%s: more than %d bytes", path,
                      (int)MUSTACHE_BYTES);
        return NULL;
    }
    if (!utf8_valid(bytes, length)) {
        (void)err_set(err, ERR_INVALID, "%s: not UTF-8", path);
        return NULL;
    }
    return str_copy_bytes(bytes, length);
}

/* The name without ".mustache"; NULL for a file of another kind.  Yours. */
static char *template_name(const char *file)
{
    size_t length = strlen(file);
    size_t cut = strlen(suffix);

    if (length <= cut || file[0] == '.' ||
        strcmp(file + length - cut, suffix) != 0)
        return NULL;
    return str_copy_bytes(file, length - cut);
}

static int add_template(struct mustaches *set, const char *directory,
                        const char *file, struct err *err)
{
    owned(str_free) char *name = template_name(file);

    if (!name)
        return 0;
    owned(str_free) char *path = str_format("%s/%s", directory, file);
    owned(str_free) char *text = read_template(path, err);
    if (!text)
        return -1;
    if (mustaches_add(set, name, text, err) != 0)
        return err_wrap(err, "%s", directory);
    return 0;
}

static int read_set(struct mustaches *set, const char *directory,
                    struct err *err)
{
    owned(close_directory) DIR *open = opendir(directory);
    const struct dirent *entry = NULL;

    if (!open)
        return err_set(err, ERR_SYSTEM, "%s: %s", directory, strerror(errno));
    while ((entry = readdir(open)))
        if (add_template(set, directory, entry->d_name, err) != 0)
            return -1;
    if (mustaches_check(set, err) != 0)
        return err_wrap(err, "%s", directory);
    return 0;
}

int renderer_open(const char *directory, struct renderer **renderer_r,
                  struct err *err)
{
    owned(renderer_free) struct renderer *renderer = mem_new(struct renderer);

    for (int i = 0; i < TEXTS_LANGUAGES; i++) {
        owned(str_free) char *path =
            str_format("%s/%s", directory, languages[i]);
        renderer->sets[i] = mustaches_new();
        if (read_set(renderer->sets[i], path, err) != 0)
            return -1;
    }
    *renderer_r = give(renderer);
    return 0;
}

void renderer_free(struct renderer **renderer)
{
    if (!*renderer)
        return;
    for (int i = 0; i < TEXTS_LANGUAGES; i++)
        mustaches_free(&(*renderer)->sets[i]);
    free(*renderer);
    *renderer = NULL;
}

/* One template of a kind, "mail" and "text". */
static char *fill(const struct mustaches *set, const char *kind,
                  const char *part, const struct json *view, struct err *err)
{
    owned(str_free) char *name = str_format("%s.%s", kind, part);

    if (!mustaches_has(set, name)) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no template %s%s", name,
                      suffix);
        return NULL;
    }
    return mustaches_fill(set, name, view, err);
}

/* One line without blanks at its ends, of a bounded width. */
static char *subject_of(const char *filled)
{
    owned(str_free) char *line = utf8_one_line(filled);
    owned(str_free) char *trimmed = str_trim(line);

    return utf8_shorten(trimmed, SUBJECT_COLUMNS);
}

/* What a kind may have beside subject and text. */
static const struct part {
    const char *ending;
    size_t offset;
} parts[] = {
    {"html", offsetof(struct rendering, html)},
    {"md", offsetof(struct rendering, markdown)},
    {"mrkdwn", offsetof(struct rendering, mrkdwn)},
};

/* A mail's HTML is a document; all else is lines, which templates leave with
 * blanks and gaps where a section was not shown. */
static void lay_out(const char *kind, const char *part, char **text)
{
    bool mail = str_equal(kind, "mail");

    if (!*text || (mail && str_equal(part, "html")))
        return;
    char *lines = text_wrap(*text, mail ? MAIL_COLUMNS : UNBROKEN);
    str_replace(text, &lines);
}

static char **part_of(struct rendering *rendering, const struct part *part)
{
    return (char **)((char *)rendering + part->offset);
}

static int fill_part(const struct mustaches *set, const char *kind,
                     const struct part *part, const struct json *view,
                     struct rendering *rendering, struct err *err)
{
    owned(str_free) char *name = str_format("%s.%s", kind, part->ending);

    if (!mustaches_has(set, name))
        return 0;
    char *filled = mustaches_fill(set, name, view, err);
    if (!filled)
        return -1;
    *part_of(rendering, part) = filled;
    return 0;
}

static int fill_all(const struct mustaches *set, const char *kind,
                    const struct json *view, struct rendering *rendering,
                    struct err *err)
{
    rendering->subject = fill(set, kind, "subject", view, err);
    if (!rendering->subject)
        return -1;
    rendering->text = fill(set, kind, "text", view, err);
    if (!rendering->text)
        return -1;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        if (fill_part(set, kind, &parts[i], view, rendering, err) != 0)
            return -1;
    return 0;
}

static void lay_out_all(const char *kind, struct rendering *rendering)
{
    char *subject = subject_of(rendering->subject);

    str_replace(&rendering->subject, &subject);
    lay_out(kind, "text", &rendering->text);
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        lay_out(kind, parts[i].ending, part_of(rendering, &parts[i]));
}

int render(const struct renderer *renderer, const char *kind,
           const struct json *facts, struct rendering *rendering_r,
           struct err *err)
{
    enum text_language language =
        text_language_parse(json_text(facts, "language"), TEXTS_VI);
    owned(json_free) struct json *view = view_new(facts);
    owned(rendering_done) struct rendering rendering = {0};

    if (fill_all(renderer->sets[language], kind, view, &rendering, err) != 0)
        return -1;
    rehearsal_mark(facts, language, &rendering);
    lay_out_all(kind, &rendering);
    *rendering_r = rendering;
    rendering = (struct rendering){0};
    return 0;
}

char *render_numbered(const char *text, int64_t number, const char *language)
{
    owned(str_free) char *digits = str_format("%lld", (long long)number);
    owned(str_free) char *line =
        text_fill(TEXT_LETTER_NUMBER, text_language_parse(language, TEXTS_VI),
                  "number", digits, NULL);
    size_t length = strlen(text);
    bool ends = length > 0 && text[length - 1] == '\n';

    return str_format("%s%s\n%s\n", text, ends ? "" : "\n", line);
}

void rendering_done(struct rendering *rendering)
{
    str_free(&rendering->subject);
    str_free(&rendering->text);
    str_free(&rendering->html);
    str_free(&rendering->markdown);
    str_free(&rendering->mrkdwn);
}
