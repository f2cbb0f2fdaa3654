#include "settings/reader.h"

#include <stdarg.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/nearest.h"

void wrong(struct reader *reader, const struct node *node, const char *format,
           ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    findings_add(&reader->findings, node->place, node->path, "%s", text.text);
    buf_done(&text);
}

const struct key *keys_find(const struct keys *keys, const char *name)
{
    for (size_t i = 0; keys && i < keys->count; i++)
        if (key_equal(keys->items[i].name, name))
            return &keys->items[i];
    return NULL;
}

static void offer_keys(struct nearest *nearest, const struct keys *keys)
{
    for (size_t i = 0; keys && i < keys->count; i++)
        nearest_offer(nearest, keys->items[i].name);
}

void wrong_key(struct reader *reader, const struct node *node,
               const struct keys *keys, const struct keys *more)
{
    struct nearest nearest = {.word = node->key};

    offer_keys(&nearest, keys);
    offer_keys(&nearest, more);
    owned(str_free) char *hint = nearest_hint(&nearest);
    findings_add(&reader->findings, node->key_place, node->path,
                 "there is no key \"%s\" here%s", node->key, hint);
}

static void read_member(struct reader *reader, const struct node *node,
                        const struct key *key, void *into)
{
    if (node->kind == NODE_TEXT && node->nothing)
        wrong(reader, node, "has no value: give one, or leave the key out");
    else
        key->read(reader, node, (char *)into + key->offset, key);
}

/* A value that nobody wrote stands where its mapping does. */
static void read_fallback(struct reader *reader, const struct node *node,
                          const struct key *key, void *into)
{
    owned(str_free) char *text = str_copy(key->fallback);
    const struct node written = {.kind = NODE_TEXT,
                                 .place = node->place,
                                 .path = node->path,
                                 .text = text};

    key->read(reader, &written, (char *)into + key->offset, key);
}

void read_fallbacks(struct reader *reader, const struct node *node,
                    const struct keys *keys, void *into)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].fallback && !node_member(node, keys->items[i].name))
            read_fallback(reader, node, &keys->items[i], into);
}

static void name_missing(struct reader *reader, const struct node *node,
                         const struct keys *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i].required && !node_member(node, keys->items[i].name))
            wrong(reader, node, "the key \"%s\" is missing",
                  keys->items[i].name);
}

bool read_members_of_two(struct reader *reader, const struct node *node,
                         const struct keys *const keys[2], void *const into[2])
{
    if (node->kind != NODE_MAP) {
        wrong(reader, node, "is %s, but a mapping belongs here",
              node_kind_name(node));
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct node *member = node->children[i];
        const struct key *first = keys_find(keys[0], member->key);
        const struct key *second = keys_find(keys[1], member->key);
        if (first)
            read_member(reader, member, first, into[0]);
        else if (second)
            read_member(reader, member, second, into[1]);
        else
            wrong_key(reader, member, keys[0], keys[1]);
    }
    for (int i = 0; i < 2 && keys[i]; i++) {
        name_missing(reader, node, keys[i]);
        read_fallbacks(reader, node, keys[i], into[i]);
    }
    return true;
}

bool read_members(struct reader *reader, const struct node *node,
                  const struct keys *keys, void *into)
{
    return read_members_of_two(reader, node,
                               (const struct keys *const[]){keys, NULL},
                               (void *const[]){into, NULL});
}

void read_map(struct reader *reader, const struct node *node, void *field,
              const struct key *key)
{
    (void)read_members(reader, node, key->inner, field);
}

void read_list(struct reader *reader, const struct node *node, void *field,
               const struct key *key)
{
    if (node->kind != NODE_LIST) {
        wrong(reader, node,
              "is %s, but a list belongs here: put \"- \" before "
              "each element",
              node_kind_name(node));
        return;
    }
    if (!node->count)
        wrong(reader, node, "is an empty list: it has no effect");
    for (size_t i = 0; i < node->count; i++)
        key->each(reader, node->children[i], field, key);
}

void nodes_add(struct nodes *list, const struct node *node)
{
    list->items =
        mem_grow(list->items, list->count + 1, sizeof(const struct node *));
    list->items[list->count++] = node;
}
