#include "settings/tree.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"

/* The tree is built from libyaml's events, not from yaml_parser_load(): a
 * loaded document no longer shows anchors and explicit tags, and depth can
 * only be bounded while parsing. */
struct builder {
    yaml_parser_t parser;
    const char *file;
    const char *bytes;
    size_t length;
    struct findings *findings;
    struct node *root;
    struct node *open[TREE_DEPTH]; /* lists and mappings not yet ended */
    int depth;
    struct node *key; /* read, and waiting for its value */
    bool failed;
};

static struct place place_at(const struct builder *builder, yaml_mark_t mark)
{
    return (struct place){
        .file = builder->file,
        .line = (int)mark.line + 1,
        .column = (int)mark.column + 1,
    };
}

static struct node *top(const struct builder *builder)
{
    return builder->depth ? builder->open[builder->depth - 1] : NULL;
}

/* Whatever is wrong with the form ends the reading of this file: what
 * follows could be misread. */
#define refuse(builder, mark, ...)                                             \
    do {                                                                       \
        const struct node *parent_ = top(builder);                             \
        findings_add((builder)->findings, place_at(builder, mark),             \
                     parent_ ? parent_->path : "", __VA_ARGS__);               \
        (builder)->failed = true;                                              \
    } while (0)

void tree_free(struct node **node)
{
    if (!*node)
        return;
    for (size_t i = 0; i < (*node)->count; i++)
        tree_free(&(*node)->children[i]);
    free((*node)->children);
    free((*node)->path);
    free((*node)->key);
    free((*node)->text);
    free(*node);
    *node = NULL;
}

bool key_equal(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if ((*a == '_' ? '-' : *a) != (*b == '_' ? '-' : *b))
            return false;
    return *a == *b;
}

const struct node *node_member(const struct node *node, const char *key)
{
    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
        if (key_equal(node->children[i]->key, key))
            return node->children[i];
    return NULL;
}

const char *node_kind_name(const struct node *node)
{
    if (node->kind == NODE_LIST)
        return "a list";
    if (node->kind == NODE_MAP)
        return "a mapping";
    return node->nothing ? "nothing" : "a text";
}

static char *path_of(const struct node *parent, const char *key)
{
    if (!parent)
        return str_copy("");
    if (!key)
        return str_format("%s[%zu]", parent->path, parent->count);
    return str_format("%s%s%s", parent->path, *parent->path ? "." : "", key);
}

/* Put a new node where the reading stands, and return it. */
static struct node *attach(struct builder *builder, enum node_kind kind,
                           yaml_mark_t mark)
{
    struct node *parent = top(builder);
    struct node *node = mem_new(struct node);

    node->kind = kind;
    node->place = place_at(builder, mark);
    if (builder->key) {
        node->key = give(builder->key->text);
        node->key_place = builder->key->place;
        tree_free(&builder->key);
    }
    node->path = path_of(parent, node->key);
    if (!parent) {
        builder->root = node;
        return node;
    }
    parent->children =
        mem_grow(parent->children, parent->count + 1, sizeof(struct node *));
    parent->children[parent->count++] = node;
    return node;
}

static bool wants_key(const struct builder *builder)
{
    const struct node *parent = top(builder);
    return parent && parent->kind == NODE_MAP && !builder->key;
}

static void open_node(struct builder *builder, enum node_kind kind,
                      const yaml_event_t *event)
{
    if (wants_key(builder)) {
        refuse(builder, event->start_mark, "a key is a word, not %s",
               kind == NODE_LIST ? "a list" : "a mapping");
        return;
    }
    if (builder->depth == TREE_DEPTH) {
        refuse(builder, event->start_mark,
               "nested more than %d deep: nothing here goes so deep",
               TREE_DEPTH);
        return;
    }
    struct node *node = attach(builder, kind, event->start_mark);
    builder->open[builder->depth++] = node;
}

static void take_key(struct builder *builder, const yaml_event_t *event,
                     char **text)
{
    const struct node *twin = node_member(top(builder), *text);

    if (strlen(*text) > TREE_KEY_BYTES) {
        refuse(builder, event->start_mark, "no key is so long");
        return;
    }
    if (twin) {
        owned(str_free) char *first = place_text(twin->key_place);
        refuse(builder, event->start_mark, "\"%s\" is given twice, first at %s",
               *text, first);
        return;
    }
    builder->key = mem_new(struct node);
    builder->key->text = give(*text);
    builder->key->place = place_at(builder, event->start_mark);
}

static bool stands_for_nothing(const yaml_event_t *event, const char *text)
{
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    return !*text || str_equal(text, "~") || str_equal(text, "null");
}

static bool has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return true;
    return false;
}

static void take_scalar(struct builder *builder, const yaml_event_t *event)
{
    const char *raw = (const char *)event->data.scalar.value;

    if (has_control(raw, event->data.scalar.length)) {
        refuse(builder, event->start_mark,
               "has a line break or another control character: write it on "
               "one line");
        return;
    }
    owned(str_free) char *text = utf8_nfc(raw);
    if (wants_key(builder)) {
        take_key(builder, event, &text);
        return;
    }
    struct node *node = attach(builder, NODE_TEXT, event->start_mark);
    node->nothing = stands_for_nothing(event, text);
    node->text = give(text);
}

/* Anchors and tags of an event that can have them. */
static bool is_plain(struct builder *builder, const yaml_event_t *event,
                     const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        refuse(builder, event->start_mark,
               "anchors (\"&name\") are not taken: write it out");
    else if (tag)
        refuse(builder, event->start_mark,
               "tags (\"!name\") are not taken: everything is plain text");
    return !anchor && !tag;
}

static void take_document(struct builder *builder, const yaml_event_t *event)
{
    if (builder->root)
        refuse(builder, event->start_mark,
               "a second document begins here: one a file");
}

static void take(struct builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (is_plain(builder, event, event->data.scalar.anchor,
                     event->data.scalar.tag))
            take_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (is_plain(builder, event, event->data.sequence_start.anchor,
                     event->data.sequence_start.tag))
            open_node(builder, NODE_LIST, event);
        break;
    case YAML_MAPPING_START_EVENT:
        if (is_plain(builder, event, event->data.mapping_start.anchor,
                     event->data.mapping_start.tag))
            open_node(builder, NODE_MAP, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        break;
    case YAML_ALIAS_EVENT:
        refuse(builder, event->start_mark,
               "aliases (\"*name\") are not taken: write it out");
        break;
    case YAML_DOCUMENT_START_EVENT:
        take_document(builder, event);
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

/* Where the parser failed.  Of a forbidden byte libyaml tells only how far
 * into the file it is. */
static yaml_mark_t mark_of_fault(const struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    yaml_mark_t mark = {0};

    if (parser->error != YAML_READER_ERROR)
        return parser->problem_mark;
    for (size_t i = 0; i < parser->problem_offset && i < builder->length; i++) {
        bool ends_line = builder->bytes[i] == '\n';
        mark.line += ends_line ? 1 : 0;
        mark.column = ends_line ? 0 : mark.column + 1;
    }
    return mark;
}

/* libyaml's words, and what it was reading when it met the fault. */
static void refuse_form(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;

    refuse(builder, mark_of_fault(builder), "%s%s%s",
           parser->context ? parser->context : "this is not YAML",
           parser->problem ? ": " : "", parser->problem ? parser->problem : "");
}

static void build(struct builder *builder)
{
    bool ended = false;

    while (!ended && !builder->failed) {
        yaml_event_t event;

        if (!yaml_parser_parse(&builder->parser, &event)) {
            refuse_form(builder);
            return;
        }
        take(builder, &event);
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
}

static int line_of_bad_utf8(const char *bytes, size_t length)
{
    int line = 1;

    for (size_t at = 0; at < length; line++) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t width = end ? (size_t)(end - bytes) - at : length - at;
        if (!utf8_valid(bytes + at, width))
            return line;
        at += width + 1;
    }
    return 0;
}

struct node *tree_read(const char *file, const char *bytes, size_t length,
                       struct findings *findings)
{
    struct builder builder = {
        .file = file, .bytes = bytes, .length = length, .findings = findings};
    struct place whole = {.file = file};

    if (length > TREE_BYTES) {
        findings_add(findings, whole, "",
                     "is longer than %d KiB: split it, with parts in conf.d/",
                     TREE_BYTES / 1024);
        return NULL;
    }
    if (!utf8_valid(bytes, length)) {
        whole.line = line_of_bad_utf8(bytes, length);
        findings_add(findings, whole, "", "is not UTF-8 text");
        return NULL;
    }
    if (!yaml_parser_initialize(&builder.parser))
        abort(); /* out of memory */
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const yaml_char_t *)bytes,
                                 length);
    build(&builder);
    yaml_parser_delete(&builder.parser);
    tree_free(&builder.key);
    if (builder.failed)
        tree_free(&builder.root);
    return builder.root;
}
