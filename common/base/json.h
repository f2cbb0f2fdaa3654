/* json.h - JSON values, built and read; jansson is behind this door.
 *
 * Values are owned by whoever made them until they are put into another.
 * Members keep the order in which they were put.  Text must be valid UTF-8.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct json;

struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_new_text(const char *text); /* NULL: null */
struct json *json_new_int(int64_t number);
struct json *json_new_bool(bool truth);
void json_free(struct json **value);

/* All of it once more, yours; NULL of NULL. */
struct json *json_clone(const struct json *value);

/* Put a member, replacing one of that name.  json_put() takes *value and
 * leaves it NULL; a NULL text is put as null. */
void json_put(struct json *object, const char *name, struct json **value);
void json_put_text(struct json *object, const char *name, const char *text);
void json_put_int(struct json *object, const char *name, int64_t number);
void json_put_bool(struct json *object, const char *name, bool truth);

/* Append to an array, taking *value. */
void json_add(struct json *array, struct json **value);
void json_add_text(struct json *array, const char *text);

/* Read; what is missing or of another type gives NULL, the fallback, 0.
 * Pointers are borrowed from the value read. */
struct json *json_get(const struct json *object, const char *name);
const char *json_text(const struct json *object, const char *name);
int64_t json_int(const struct json *object, const char *name, int64_t fallback);
bool json_bool(const struct json *object, const char *name);
size_t json_count(const struct json *array);
struct json *json_at(const struct json *array, size_t index);
const char *json_as_text(const struct json *value);
int64_t json_as_int(const struct json *value, int64_t fallback);
double json_as_real(const struct json *value); /* 0: not a number */

/* What a value is; NULL is null. */
enum json_kind {
    JSON_IS_NULL,
    JSON_IS_FALSE,
    JSON_IS_TRUE,
    JSON_IS_NUMBER,
    JSON_IS_TEXT,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT,
};
enum json_kind json_kind(const struct json *value);

/* The members of an object in order: name_r is borrowed; false past the end. */
bool json_member(const struct json *object, size_t index, const char **name_r,
                 struct json **value_r);

/* One line of JSON, yours. */
char *json_format(const struct json *value);

/* Indented, for people; yours. */
char *json_format_pretty(const struct json *value);

/* Read length bytes; depth and duplicates are checked. */
struct json *json_parse(const char *text, size_t length, struct err *err);

#endif
