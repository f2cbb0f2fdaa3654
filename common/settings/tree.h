/* tree.h - a YAML file as a tree of nodes, each with its place and its path.
 *
 * Only the plain part of YAML is taken: text, lists and mappings.  Anchors,
 * aliases and tags, keys given twice, more than one document, deep nesting
 * and control characters are refused.  Everything is text here: whether "no"
 * is a truth or a name is for whoever reads the value.
 */
#ifndef SETTINGS_TREE_H
#define SETTINGS_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/place.h"
#include "settings/findings.h"

enum { TREE_BYTES = 64 * 1024, TREE_DEPTH = 16, TREE_KEY_BYTES = 64 };

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct place place;
    char *path; /* "rules[0].steps[1].before"; "" at the top */
    char *key;  /* of a member of a mapping; NULL elsewhere */
    struct place key_place;
    char *text;   /* of NODE_TEXT, in NFC */
    bool nothing; /* of NODE_TEXT: the value was left out, "~" or "null" */
    struct node **children;
    size_t count;
};

/* Read the whole of a file's text.  file is borrowed by the places and must
 * outlive the tree.  NULL when the form is wrong, with the findings saying
 * so; also NULL, without a finding, when there is nothing in it. */
struct node *tree_read(const char *file, const char *bytes, size_t length,
                       struct findings *findings);
void tree_free(struct node **node);

/* A mapping's member; NULL when there is none, or node is no mapping. */
const struct node *node_member(const struct node *node, const char *key);

/* Are two keys the same?  "item_url" is the same key as "item-url". */
bool key_equal(const char *a, const char *b);

/* "a text", "a list", "a mapping", "nothing": for errors. */
const char *node_kind_name(const struct node *node);

#endif
