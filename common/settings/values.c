#include "settings/values.h"

#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/nearest.h"

enum { NAME_BYTES = 63, TEXT_BYTES = 1000 };

const char *text_of_node(struct reader *reader, const struct node *node)
{
    if (node->kind != NODE_TEXT) {
        wrong(reader, node, "is %s, but a text belongs here",
              node_kind_name(node));
        return NULL;
    }
    if (node->nothing || !*node->text) {
        wrong(reader, node, "is empty");
        return NULL;
    }
    if (strlen(node->text) > TEXT_BYTES) {
        wrong(reader, node, "is longer than %d bytes", TEXT_BYTES);
        return NULL;
    }
    return node->text;
}

/* Keep a copy of text where only the first reading put one. */
static void keep(void *field, const char *text)
{
    char **kept = field;
    owned(str_free) char *copy = str_copy(text);

    str_replace(kept, &copy);
}

void read_string(struct reader *reader, const struct node *node, void *field,
                 const struct key *key)
{
    const char *text = text_of_node(reader, node);

    (void)key;
    if (text)
        keep(field, text);
}

static bool is_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    return strlen(text) <= NAME_BYTES && strchr(letters, *text) &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-_") ==
               strlen(text);
}

/* The text of a node when it is fit for a name. */
static const char *name_of_node(struct reader *reader, const struct node *node)
{
    const char *text = text_of_node(reader, node);

    if (text && !is_name(text)) {
        wrong(reader, node,
              "\"%s\" is not a name: write small letters a-z, digits, \"-\", "
              "\".\", \"_\"; what people see goes into label",
              text);
        return NULL;
    }
    return text;
}

void read_name(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    const char *text = name_of_node(reader, node);

    (void)key;
    if (text)
        keep(field, text);
}

static void mention(struct reader *reader, const struct node *node,
                    enum thing thing, bool defines)
{
    reader->mentions = mem_grow(reader->mentions, reader->mention_count + 1,
                                sizeof(*reader->mentions));
    reader->mentions[reader->mention_count++] =
        (struct mention){.node = node, .thing = thing, .defines = defines};
}

void read_own_name(struct reader *reader, const struct node *node, void *field,
                   const struct key *key)
{
    const char *text = name_of_node(reader, node);

    if (!text)
        return;
    keep(field, text);
    mention(reader, node, key->thing, true);
}

void read_reference(struct reader *reader, const struct node *node, void *field,
                    const struct key *key)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return;
    keep(field, text);
    mention(reader, node, key->thing, false);
}

/* Add one text to a list, unless it is there already. */
static bool add_once(struct reader *reader, const struct node *node,
                     struct strs *list)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return false;
    if (strs_has(list, text)) {
        wrong(reader, node, "\"%s\" is in this list already", text);
        return false;
    }
    strs_add(list, text);
    return true;
}

static void read_list_of(struct reader *reader, const struct node *node,
                         struct strs *list, const enum thing *thing)
{
    if (node->kind == NODE_LIST && !node->count)
        wrong(reader, node, "is an empty list: nothing can match it");
    if (node->kind != NODE_LIST) {
        if (add_once(reader, node, list) && thing)
            mention(reader, node, *thing, false);
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        if (add_once(reader, node->children[i], list) && thing)
            mention(reader, node->children[i], *thing, false);
}

void read_texts(struct reader *reader, const struct node *node, void *field,
                const struct key *key)
{
    (void)key;
    read_list_of(reader, node, field, NULL);
}

void read_references(struct reader *reader, const struct node *node,
                     void *field, const struct key *key)
{
    read_list_of(reader, node, field, &key->thing);
}

void read_path(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    const char *text = text_of_node(reader, node);

    (void)key;
    if (text && *text != '/')
        wrong(reader, node,
              "\"%s\" depends on where a program was started; write the whole "
              "path, from \"/\" on",
              text);
    else if (text)
        keep(field, text);
}

/* "dossier, task"; yours. */
static char *words_text(const struct word *words)
{
    struct buf all = {0};

    for (const struct word *word = words; word->text; word++)
        buf_addf(&all, "%s%s", all.length ? ", " : "", word->text);
    return buf_take(&all);
}

const struct word *word_of_node(struct reader *reader, const struct node *node,
                                const struct word *words)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return NULL;
    for (const struct word *word = words; word->text; word++)
        if (str_equal(word->text, text))
            return word;
    owned(str_free) char *all = words_text(words);
    wrong(reader, node, "\"%s\" is not known here; write one of: %s", text,
          all);
    return NULL;
}

void read_word(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    const struct word *word = word_of_node(reader, node, key->words);

    if (word)
        *(int *)field = word->value;
}

void read_word_text(struct reader *reader, const struct node *node, void *field,
                    const struct key *key)
{
    const struct word *word = word_of_node(reader, node, key->words);

    if (word)
        keep(field, word->text);
}

static const struct word truths[] = {
    {"yes", true}, {"no", false}, {"true", true}, {"false", false}, {NULL, 0},
};

void read_truth(struct reader *reader, const struct node *node, void *field,
                const struct key *key)
{
    const struct word *word = word_of_node(reader, node, truths);

    (void)key;
    if (word)
        *(bool *)field = word->value;
}

void read_truth_number(struct reader *reader, const struct node *node,
                       void *field, const struct key *key)
{
    const struct word *word = word_of_node(reader, node, truths);

    (void)key;
    if (word)
        *(int64_t *)field = word->value;
}

static bool number_of_node(struct reader *reader, const struct node *node,
                           const struct key *key, long long *number_r)
{
    const char *text = text_of_node(reader, node);

    if (!text)
        return false;
    if (str_to_long(text, key->least, key->most, number_r))
        return true;
    wrong(reader, node, "\"%s\" is not a whole number from %lld to %lld", text,
          key->least, key->most);
    return false;
}

void read_whole(struct reader *reader, const struct node *node, void *field,
                const struct key *key)
{
    long long number = 0;

    if (number_of_node(reader, node, key, &number))
        *(int *)field = (int)number;
}

void read_number(struct reader *reader, const struct node *node, void *field,
                 const struct key *key)
{
    long long number = 0;

    if (number_of_node(reader, node, key, &number))
        *(int64_t *)field = number;
}

/* Two digits below a bound, at text. */
static bool two_digits(const char *text, int bound, int32_t *value_r)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *value_r = (text[0] - '0') * 10 + text[1] - '0';
    return *value_r < bound;
}

static bool time_parse(const char *text, int32_t *seconds_r)
{
    size_t length = strlen(text);
    int32_t hours = 0;
    int32_t minutes = 0;
    int32_t seconds = 0;

    if (length != strlen("07:30") && length != strlen("07:30:15"))
        return false;
    if (!two_digits(text, 24, &hours) || text[2] != ':' ||
        !two_digits(text + 3, 60, &minutes))
        return false;
    if (text[5] && (text[5] != ':' || !two_digits(text + 6, 60, &seconds)))
        return false;
    *seconds_r = hours * 3600 + minutes * 60 + seconds;
    return true;
}

void read_time(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    const char *text = text_of_node(reader, node);

    (void)key;
    if (text && !time_parse(text, field))
        wrong(reader, node,
              "\"%s\" is not a time of day; write \"07:30\", in quotes", text);
}

/* Units of spans as they are explained to who wrote none of them. */
static const struct spelling {
    const char *suffix;
    enum span_unit unit;
    const char *example;
} spellings[] = {
    {"wd", SPAN_DAYS, "2wd (working days)"},
    {"h", SPAN_HOURS, "8h (working hours)"},
    {"%", SPAN_SHARE, "20% (of the term)"},
    {"d", SPAN_CALENDAR, "2d (calendar days)"},
};
enum { SPELLINGS = sizeof(spellings) / sizeof(spellings[0]) };

static bool names_unit(const char *text, unsigned allowed)
{
    const char *suffix = text + strspn(text, "0123456789.,");

    for (int i = 0; i < SPELLINGS; i++)
        if (allowed >> spellings[i].unit & 1U &&
            str_equal(suffix, spellings[i].suffix))
            return true;
    return false;
}

/* "2wd (working days), 8h (working hours)"; yours. */
static char *units_text(unsigned allowed)
{
    struct buf all = {0};

    for (int i = 0; i < SPELLINGS; i++)
        if (allowed >> spellings[i].unit & 1U)
            buf_addf(&all, "%s%s", all.length ? ", " : "",
                     spellings[i].example);
    return buf_take(&all);
}

void read_span(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    const char *text = text_of_node(reader, node);
    struct err err = {0};

    if (!text || span_parse(text, key->units, field, &err) == 0)
        return;
    if (names_unit(text, key->units)) {
        wrong(reader, node, "%s", err.text);
        return;
    }
    owned(str_free) char *examples = units_text(key->units);
    wrong(reader, node, "\"%s\" is not a span here; write %s", text, examples);
}

static const struct key label_items[] = {
    {.name = "vi",
     .required = true,
     .read = read_string,
     .offset = offsetof(struct label, text[LANGUAGE_VI])},
    {.name = "en",
     .required = true,
     .read = read_string,
     .offset = offsetof(struct label, text[LANGUAGE_EN])},
};

const struct keys label_keys = KEYS(label_items);

void read_label(struct reader *reader, const struct node *node, void *field,
                const struct key *key)
{
    (void)key;
    if (node->kind == NODE_TEXT)
        wrong(reader, node,
              "is one text, but is needed in each language; write {vi: ..., "
              "en: ...}");
    else
        (void)read_members(reader, node, &label_keys, field);
}
