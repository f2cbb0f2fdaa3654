#include "reports/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* What a list keeps: a line with texts of its own. */
static struct report_line line_copy(const struct report_line *line)
{
    struct report_line copy = *line;

    copy.code = str_copy(line->code);
    copy.title = str_copy(line->title);
    copy.assignee_text = str_copy(line->assignee_text);
    return copy;
}

static void drop(const char **text)
{
    union {
        const char *lent;
        char *own;
    } either = {.lent = *text};

    str_free(&either.own);
    *text = NULL;
}

static void line_done(struct report_line *line)
{
    drop(&line->code);
    drop(&line->title);
    drop(&line->assignee_text);
}

/* Lists double, so that a long one is not copied at each step. */
static void make_room(struct report_lines *lines)
{
    if ((lines->count & (lines->count - 1)) == 0)
        lines->items =
            mem_grow(lines->items, lines->count ? 2 * lines->count : 1,
                     sizeof(*lines->items));
}

void lines_add(struct report_lines *lines, const struct report_line *line)
{
    make_room(lines);
    lines->items[lines->count++] = line_copy(line);
}

static int by_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_pressing(const struct report_line *a,
                            const struct report_line *b)
{
    int64_t left_a = a->left < 0 ? a->left : 0;
    int64_t left_b = b->left < 0 ? b->left : 0;
    int order = by_number(left_a, left_b);

    if (order == 0)
        order = by_number(a->deadline, b->deadline);
    return order ? order : strcmp(a->code, b->code);
}

void lines_keep_worst(struct report_lines *lines,
                      const struct report_line *line, size_t most)
{
    size_t at = lines->count;

    while (at > 0 && compare_pressing(line, &lines->items[at - 1]) < 0)
        at--;
    if (at == most)
        return;
    if (lines->count == most)
        line_done(&lines->items[--lines->count]);
    lines->items =
        mem_grow(lines->items, lines->count + 1, sizeof(*lines->items));
    memmove(&lines->items[at + 1], &lines->items[at],
            (lines->count - at) * sizeof(*lines->items));
    lines->items[at] = line_copy(line);
    lines->count++;
}

static int compare_deadlines(const void *left, const void *right)
{
    const struct report_line *a = left, *b = right;
    int order = by_number(a->deadline, b->deadline);

    return order ? order : strcmp(a->code, b->code);
}

void lines_sort(struct report_lines *lines)
{
    if (lines->count > 1)
        qsort(lines->items, lines->count, sizeof(*lines->items),
              compare_deadlines);
}

void lines_done(struct report_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        line_done(&lines->items[i]);
    free(lines->items);
    *lines = (struct report_lines){0};
}

struct report_group *groups_of(struct report_groups *groups, int name)
{
    for (size_t i = 0; i < groups->count; i++)
        if (groups->items[i].name == name)
            return &groups->items[i];
    groups->items =
        mem_grow(groups->items, groups->count + 1, sizeof(*groups->items));
    groups->items[groups->count] = (struct report_group){.name = name};
    return &groups->items[groups->count++];
}

void groups_done(struct report_groups *groups)
{
    free(groups->items);
    *groups = (struct report_groups){0};
}
