#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/own.h"

/* A struct json is a json_t under another name. */
static struct json *ours(json_t *value)
{
    return (struct json *)value;
}

static json_t *theirs(const struct json *value)
{
    union {
        const struct json *in;
        json_t *out;
    } cast = {.in = value};

    return cast.out;
}

struct json *json_new_object(void)
{
    return ours(json_object());
}

struct json *json_new_array(void)
{
    return ours(json_array());
}

struct json *json_new_text(const char *text)
{
    return ours(text ? json_string(text) : json_null());
}

struct json *json_new_int(int64_t number)
{
    return ours(json_integer(number));
}

struct json *json_new_bool(bool truth)
{
    return ours(json_boolean(truth));
}

void json_free(struct json **value)
{
    json_decref(theirs(*value));
    *value = NULL;
}

struct json *json_clone(const struct json *value)
{
    return ours(json_deep_copy(theirs(value)));
}

void json_put(struct json *object, const char *name, struct json **value)
{
    (void)json_object_set_new(theirs(object), name, theirs(give(*value)));
}

void json_put_text(struct json *object, const char *name, const char *text)
{
    struct json *value = json_new_text(text);
    json_put(object, name, &value);
}

void json_put_int(struct json *object, const char *name, int64_t number)
{
    struct json *value = json_new_int(number);
    json_put(object, name, &value);
}

void json_put_bool(struct json *object, const char *name, bool truth)
{
    struct json *value = json_new_bool(truth);
    json_put(object, name, &value);
}

void json_add(struct json *array, struct json **value)
{
    (void)json_array_append_new(theirs(array), theirs(give(*value)));
}

void json_add_text(struct json *array, const char *text)
{
    struct json *value = json_new_text(text);
    json_add(array, &value);
}

struct json *json_get(const struct json *object, const char *name)
{
    return ours(json_object_get(theirs(object), name));
}

const char *json_text(const struct json *object, const char *name)
{
    return json_as_text(json_get(object, name));
}

int64_t json_int(const struct json *object, const char *name, int64_t fallback)
{
    return json_as_int(json_get(object, name), fallback);
}

bool json_bool(const struct json *object, const char *name)
{
    return json_is_true(theirs(json_get(object, name)));
}

size_t json_count(const struct json *array)
{
    const json_t *value = theirs(array);
    return json_is_object(value) ? json_object_size(value)
                                 : json_array_size(value);
}

struct json *json_at(const struct json *array, size_t index)
{
    return ours(json_array_get(theirs(array), index));
}

const char *json_as_text(const struct json *value)
{
    return json_string_value(theirs(value));
}

int64_t json_as_int(const struct json *value, int64_t fallback)
{
    const json_t *number = theirs(value);
    return json_is_integer(number) ? json_integer_value(number) : fallback;
}

double json_as_real(const struct json *value)
{
    return json_number_value(theirs(value));
}

enum json_kind json_kind(const struct json *value)
{
    static const enum json_kind kinds[] = {
        [JSON_NULL] = JSON_IS_NULL,   [JSON_FALSE] = JSON_IS_FALSE,
        [JSON_TRUE] = JSON_IS_TRUE,   [JSON_INTEGER] = JSON_IS_NUMBER,
        [JSON_REAL] = JSON_IS_NUMBER, [JSON_STRING] = JSON_IS_TEXT,
        [JSON_ARRAY] = JSON_IS_ARRAY, [JSON_OBJECT] = JSON_IS_OBJECT,
    };

    return value ? kinds[json_typeof(theirs(value))] : JSON_IS_NULL;
}

bool json_member(const struct json *object, size_t index, const char **name_r,
                 struct json **value_r)
{
    json_t *members = theirs(object);
    void *at = json_object_iter(members);

    for (; at && index > 0; index--)
        at = json_object_iter_next(members, at);
    if (!at)
        return false;
    *name_r = json_object_iter_key(at);
    *value_r = ours(json_object_iter_value(at));
    return true;
}

char *json_format(const struct json *value)
{
    return json_dumps(theirs(value), JSON_COMPACT | JSON_ENCODE_ANY);
}

char *json_format_pretty(const struct json *value)
{
    return json_dumps(theirs(value), JSON_INDENT(2) | JSON_ENCODE_ANY);
}

struct json *json_parse(const char *text, size_t length, struct err *err)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

    if (!value)
        (void)err_set(err, ERR_INVALID, "not JSON: line %d, column %d: %s",
                      error.line, error.column, error.text);
    return ours(value);
}
