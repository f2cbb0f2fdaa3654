#include "cli/contrast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"
#include "cli/table.h"

enum { SHOWN = 40 }; /* messages, unless all are wanted */

/* ---- comparing ---- */

static int compare(const struct foreseen *one, const struct foreseen *other)
{
    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    int order = strcmp(one->person, other->person);
    return order ? order : strcmp(one->channel, other->channel);
}

static int by_key(const void *a, const void *b)
{
    return compare(*(const struct foreseen *const *)a,
                   *(const struct foreseen *const *)b);
}

static const struct foreseen **sorted(const struct forecast *forecast)
{
    const struct foreseen **list = mem_zero(forecast->count + 1, sizeof(*list));

    for (size_t i = 0; i < forecast->count; i++)
        list[i] = &forecast->items[i];
    qsort(list, forecast->count, sizeof(*list), by_key);
    return list;
}

static bool same_lines(const struct foreseen *one, const struct foreseen *other)
{
    if (one->line_count != other->line_count)
        return false;
    for (size_t i = 0; i < one->line_count; i++)
        if (!str_equal(one->lines[i].code, other->lines[i].code) ||
            one->lines[i].level != other->lines[i].level)
            return false;
    return true;
}

static struct contrast_person *person_of(struct contrast *contrast,
                                         const char *person)
{
    for (size_t i = 0; i < contrast->person_count; i++)
        if (str_equal(contrast->people[i].person, person))
            return &contrast->people[i];
    contrast->people = mem_grow(contrast->people, contrast->person_count + 1,
                                sizeof(*contrast->people));
    struct contrast_person *fresh = &contrast->people[contrast->person_count++];
    *fresh = (struct contrast_person){.person = person};
    return fresh;
}

static void add_message(struct contrast *contrast,
                        const struct foreseen *before,
                        const struct foreseen *after)
{
    contrast->messages =
        mem_grow(contrast->messages, contrast->message_count + 1,
                 sizeof(*contrast->messages));
    contrast->messages[contrast->message_count++] = (struct contrast_message){
        .sort = !before  ? CONTRAST_MORE
                : !after ? CONTRAST_FEWER
                         : CONTRAST_CHANGED,
        .before = before,
        .after = after,
    };
}

static void take_old(struct contrast *contrast, const struct foreseen *before)
{
    person_of(contrast, before->person)->before++;
    add_message(contrast, before, NULL);
}

static void take_new(struct contrast *contrast, const struct foreseen *after)
{
    person_of(contrast, after->person)->after++;
    add_message(contrast, NULL, after);
}

static void take_both(struct contrast *contrast, const struct foreseen *before,
                      const struct foreseen *after)
{
    struct contrast_person *person = person_of(contrast, before->person);

    person->before++;
    person->after++;
    if (!same_lines(before, after))
        add_message(contrast, before, after);
}

static bool differs(const struct contrast *contrast, const char *person)
{
    for (size_t i = 0; i < contrast->message_count; i++) {
        const struct contrast_message *message = &contrast->messages[i];
        const struct foreseen *either =
            message->after ? message->after : message->before;
        if (str_equal(either->person, person))
            return true;
    }
    return false;
}

static int by_code(const void *a, const void *b)
{
    const struct contrast_person *one = a, *other = b;
    return strcmp(one->person, other->person);
}

static void drop_same_people(struct contrast *contrast)
{
    size_t kept = 0;

    for (size_t i = 0; i < contrast->person_count; i++)
        if (differs(contrast, contrast->people[i].person))
            contrast->people[kept++] = contrast->people[i];
    contrast->person_count = kept;
    if (kept)
        qsort(contrast->people, kept, sizeof(*contrast->people), by_code);
}

struct contrast contrast_of(const struct forecast *before,
                            const struct forecast *after)
{
    struct contrast contrast = {0};
    const struct foreseen **olds = sorted(before), **news = sorted(after);
    size_t i = 0, j = 0;

    while (i < before->count || j < after->count) {
        int order = i == before->count  ? 1
                    : j == after->count ? -1
                                        : compare(olds[i], news[j]);
        if (order == 0)
            take_both(&contrast, olds[i++], news[j++]);
        else if (order < 0)
            take_old(&contrast, olds[i++]);
        else
            take_new(&contrast, news[j++]);
    }
    drop_same_people(&contrast);
    free(olds);
    free(news);
    return contrast;
}

void contrast_done(struct contrast *contrast)
{
    free(contrast->people);
    free(contrast->messages);
    *contrast = (struct contrast){0};
}

/* ---- for people ---- */

static void print_people(const struct cli *cli, const struct contrast *contrast)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_PERSON), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_PREVIEW_BEFORE),
                      ALIGN_RIGHT);
    text_table_column(table, cli_text(cli, TEXT_CLI_PREVIEW_AFTER),
                      ALIGN_RIGHT);
    text_table_column(table, "", ALIGN_RIGHT);
    for (size_t i = 0; i < contrast->person_count; i++) {
        const struct contrast_person *person = &contrast->people[i];
        long long change = (long long)(person->after - person->before);
        owned(str_free) char *text =
            change ? str_format("%+lld", change) : str_copy("±0");
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, person->person);
        text_table_number(table, person->before);
        text_table_number(table, person->after);
        text_table_cell(table, text);
    }
    text_table_print(table, stdout, false, 0);
}

static const char *const marks[] = {
    [CONTRAST_MORE] = "+",
    [CONTRAST_FEWER] = "-",
    [CONTRAST_CHANGED] = "~",
};

/* "4", or "4 → 6" where the lines are others. */
static char *lines_text(const struct contrast_message *message)
{
    if (message->sort == CONTRAST_CHANGED)
        return str_format("%zu → %zu", message->before->line_count,
                          message->after->line_count);
    const struct foreseen *one =
        message->after ? message->after : message->before;
    return str_format("%zu", one->line_count);
}

static void add_row(const struct cli *cli, struct text_table *table,
                    const struct contrast_message *message)
{
    const struct foreseen *one =
        message->after ? message->after : message->before;
    owned(str_free) char *when = moment_text(office_zone(cli->office), one->at);
    owned(str_free) char *lines = lines_text(message);

    text_table_row(table, SHADE_PLAIN);
    text_table_cell(table, marks[message->sort]);
    text_table_cell(table, when);
    text_table_cell(table, one->person);
    text_table_cell(table, one->channel);
    text_table_cell(table, lines);
}

static void print_messages(const struct cli *cli,
                           const struct contrast *contrast, size_t most)
{
    owned(text_table_free) struct text_table *table = text_table_new();

    text_table_column(table, "", ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_PREVIEW_WHEN), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_PERSON), ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_COLUMN_CHANNEL),
                      ALIGN_LEFT);
    text_table_column(table, cli_text(cli, TEXT_CLI_PREVIEW_LINES),
                      ALIGN_RIGHT);
    for (size_t i = 0; i < contrast->message_count && i < most; i++)
        add_row(cli, table, &contrast->messages[i]);
    text_table_print(table, stdout, false, 0);
}

void contrast_print(const struct cli *cli, const struct contrast *contrast,
                    bool all)
{
    size_t most = all ? contrast->message_count : SHOWN;

    if (!contrast->message_count) {
        (void)puts(cli_text(cli, TEXT_CLI_PREVIEW_SAME));
        return;
    }
    print_people(cli, contrast);
    (void)putchar('\n');
    print_messages(cli, contrast, most);
    if (contrast->message_count <= most)
        return;
    owned(str_free) char *rest =
        str_format("%zu", contrast->message_count - most);
    owned(str_free) char *line =
        text_fill(TEXT_CLI_PREVIEW_MORE, cli->language, "count", rest, NULL);
    (void)puts(line);
}

/* ---- for programs ---- */

static const char *const sorts[] = {
    [CONTRAST_MORE] = "more",
    [CONTRAST_FEWER] = "fewer",
    [CONTRAST_CHANGED] = "changed",
};

static struct json *codes_json(const struct foreseen *message)
{
    struct json *array = json_new_array();

    for (size_t i = 0; message && i < message->line_count; i++)
        json_add_text(array, message->lines[i].code);
    return array;
}

static struct json *message_json(const struct cli *cli,
                                 const struct contrast_message *message)
{
    const struct foreseen *one =
        message->after ? message->after : message->before;
    struct json *object = json_new_object();
    struct json *before = codes_json(message->before);
    struct json *after = codes_json(message->after);

    json_put_text(object, "change", sorts[message->sort]);
    moment_put(object, "at", office_zone(cli->office), one->at);
    json_put_text(object, "person", one->person);
    json_put_text(object, "channel", one->channel);
    json_put(object, "before", &before);
    json_put(object, "after", &after);
    return object;
}

struct json *contrast_json(const struct cli *cli,
                           const struct contrast *contrast)
{
    struct json *object = json_new_object();
    struct json *people = json_new_array(), *messages = json_new_array();

    for (size_t i = 0; i < contrast->person_count; i++) {
        const struct contrast_person *person = &contrast->people[i];
        struct json *row = json_new_object();
        json_put_text(row, "person", person->person);
        json_put_int(row, "before", person->before);
        json_put_int(row, "after", person->after);
        json_add(people, &row);
    }
    for (size_t i = 0; i < contrast->message_count; i++) {
        struct json *row = message_json(cli, &contrast->messages[i]);
        json_add(messages, &row);
    }
    json_put(object, "people", &people);
    json_put(object, "messages", &messages);
    return object;
}
