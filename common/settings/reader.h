/* reader.h - how mappings are read: each kind of mapping is a table of its
 * keys, and one function reads them all.
 *
 * So every unknown key is refused with the nearest known one, every missing
 * one is named, and the tables can be listed (settings_keys) to check the
 * manual page and the schema against them.
 */
#ifndef SETTINGS_READER_H
#define SETTINGS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "settings/findings.h"
#include "settings/settings.h"
#include "settings/tree.h"

/* What has a name that is referred to elsewhere. */
enum thing {
    THING_CALENDAR,
    THING_FEED,
    THING_CHANNEL,
    THING_WINDOW,
    THING_RULE,
    THINGS
};

/* A name where it is given to a thing, or where the thing is referred to. */
struct mention {
    const struct node *node;
    enum thing thing;
    bool defines;
};

/* Nodes in the order of the settings' array beside which they are kept. */
struct nodes {
    const struct node **items;
    size_t count;
};

/* One run over all files.  Trees live as long as the reader, so that checks
 * across files can name places. */
struct reader {
    struct settings *settings;
    struct findings findings;
    struct node **trees;
    size_t tree_count;
    const char *instead; /* the file whose sections replace others'; or NULL */
    struct mention *mentions;
    size_t mention_count;
    struct nodes calendars; /* beside settings->calendars */
    struct nodes windows;   /* beside settings->windows */
    struct nodes rules;     /* beside settings->rules */
};

struct key;

/* Read a value into field, which is of the type that the function says;
 * complain with wrong() and leave field alone when it is not right. */
typedef void read_function(struct reader *reader, const struct node *node,
                           void *field, const struct key *key);

struct keys;

/* One word of those that a value can be. */
struct word {
    const char *text;
    int value;
};

struct key {
    const char *name;
    bool required;
    read_function *read;
    size_t offset;            /* of the field in what the mapping describes */
    const char *fallback;     /* read when the key is not given */
    const struct keys *inner; /* of a mapping, or of a list's mappings */
    read_function *each;      /* of a list: reads one element, into the field */
    const struct word *words; /* ended by NULL */
    long long least;          /* of whole numbers */
    long long most;
    unsigned units; /* of spans */
    enum thing thing;
};

struct keys {
    const struct key *items;
    size_t count;
};

#define KEYS(table)                                                            \
    {                                                                          \
        (table), sizeof(table) / sizeof((table)[0])                            \
    }

/* Complain about a value: "FILE:LINE:COLUMN: PATH: ...". */
void wrong(struct reader *reader, const struct node *node, const char *format,
           ...) __attribute__((format(printf, 3, 4)));

/* Read a mapping's members into what lies at into.  Fallbacks are read for
 * keys that are not given.  false when node is no mapping. */
bool read_members(struct reader *reader, const struct node *node,
                  const struct keys *keys, void *into);

/* The same with members from two tables, each with its own target. */
bool read_members_of_two(struct reader *reader, const struct node *node,
                         const struct keys *const keys[2], void *const into[2]);

/* Read what a table's keys have as fallbacks, but for those given. */
void read_fallbacks(struct reader *reader, const struct node *node,
                    const struct keys *keys, void *into);

/* Find a key in a table; NULL when it has none of that name. */
const struct key *keys_find(const struct keys *keys, const char *name);

/* Say that node, a member of a mapping, is of no use there. */
void wrong_key(struct reader *reader, const struct node *node,
               const struct keys *keys, const struct keys *more);

/* A read_function for a mapping: its members go by key->inner into field. */
read_function read_map;

/* A read_function for a list, which must not be empty: key->each reads each
 * element into field. */
read_function read_list;

/* Remember a node beside the settings' array that has its value. */
void nodes_add(struct nodes *list, const struct node *node);

#endif
