/* values.h - reading single values: texts, names, numbers, times, spans,
 * labels, addresses of the net, secrets.
 *
 * Each is a read_function; the type of the field that it fills is said.
 */
#ifndef SETTINGS_VALUES_H
#define SETTINGS_VALUES_H

#include "settings/reader.h"

/* char *: any text that is not empty. */
read_function read_string;

/* char *: small letters, digits, ".", "-", "_", as names of things are. */
read_function read_name;

/* char *: a name that a thing of key->thing gets, for others to refer to. */
read_function read_own_name;

/* char *: the name of a thing of key->thing; whether there is one is checked
 * when all files were read. */
read_function read_reference;

/* struct strs: a list of texts, or one text; none twice. */
read_function read_texts;

/* struct strs: a list of references, or one; none twice. */
read_function read_references;

/* char *: the whole path of a file or directory. */
read_function read_path;

/* int: one of key->words. */
read_function read_word;

/* char *: one of key->words. */
read_function read_word_text;

/* bool: yes or no, true or false. */
read_function read_truth;

/* int64_t: the same as 1 or 0. */
read_function read_truth_number;

/* int: a whole number from key->least to key->most. */
read_function read_whole;

/* int64_t: likewise. */
read_function read_number;

/* int32_t: "07:30" or "07:30:15", seconds after midnight. */
read_function read_time;

/* struct span: of key->units. */
read_function read_span;

/* struct label: a mapping with the words in each language. */
read_function read_label;
extern const struct keys label_keys;

/* char *: a URL of one of the schemes in key->words, without user and
 * password; it is never quoted. */
read_function read_url;

/* char *: "Name <user@host>" or "user@host". */
read_function read_mailbox;

/* struct secret: {credential: NAME} or {file: PATH}; what stands there
 * instead is never quoted. */
read_function read_secret;
extern const struct keys secret_keys;

/* The text of a node; NULL, with a complaint, when it is none or empty. */
const char *text_of_node(struct reader *reader, const struct node *node);

/* The word of that text; NULL, with a complaint that lists all, for none. */
const struct word *word_of_node(struct reader *reader, const struct node *node,
                                const struct word *words);

#endif
