#include "render/facts.h"

/* A member that is harmless: a value or a list of them, or where members is
 * given an object or a list of objects that have these. */
struct harmless {
    const char *name;
    const struct harmless *members;
};

static const struct harmless recipient[] = {
    {"code", NULL}, {"name", NULL},    {"title", NULL},
    {"role", NULL}, {"address", NULL}, {NULL, NULL},
};

static const struct harmless source[] = {
    {"feed", NULL}, {"at", NULL}, {"stale", NULL}, {NULL, NULL}};

static const struct harmless counts[] = {
    {"overdue", NULL}, {"due_today", NULL}, {"at_risk", NULL}, {"system", NULL},
    {"total", NULL},   {"fresh", NULL},     {NULL, NULL},
};

static const struct harmless left_out[] = {
    {"paused", NULL}, {"silenced", NULL}, {"acknowledged", NULL}, {NULL, NULL}};

static const struct harmless left[] = {
    {"overdue", NULL}, {"days", NULL},  {"hours", NULL},
    {"minutes", NULL}, {"clock", NULL}, {NULL, NULL},
};

static const struct harmless person[] = {
    {"code", NULL}, {"name", NULL}, {NULL, NULL}};

static const struct harmless line_unit[] = {
    {"code", NULL}, {"name", NULL}, {"short", NULL}, {NULL, NULL}};

static const struct harmless line[] = {
    {"code", NULL},         {"title", NULL},    {"kind", NULL},
    {"level", NULL},        {"due", NULL},      {"due_by_date", NULL},
    {"left", left},         {"fresh", NULL},    {"late", NULL},
    {"rules", NULL},        {"holder", person}, {"unit", line_unit},
    {"stands_for", person}, {"url", NULL},      {"apology", NULL},
    {NULL, NULL},
};

static const struct harmless unit[] = {
    {"name", NULL},      {"short", NULL},   {"overdue", NULL},
    {"due_today", NULL}, {"at_risk", NULL}, {NULL, NULL},
};

static const struct harmless notice[] = {
    {"v", NULL},       {"identity", NULL},     {"number", NULL},
    {"kind", NULL},    {"language", NULL},     {"organisation", NULL},
    {"to", recipient}, {"decided_at", NULL},   {"utc_offset", NULL},
    {"now", NULL},     {"opening", NULL},      {"data", source},
    {"kinds", NULL},   {"counts", counts},     {"left_out", left_out},
    {"late", NULL},    {"assumed_year", NULL}, {"rules", NULL},
    {"lines", line},   {"more", NULL},         {"units", unit},
    {NULL, NULL},
};

static struct json *harmless_object(const struct json *object,
                                    const struct harmless *members);

static struct json *harmless_value(const struct json *value,
                                   const struct harmless *members)
{
    enum json_kind kind = json_kind(value);

    if (kind == JSON_IS_ARRAY) {
        struct json *list = json_new_array();
        for (size_t i = 0; i < json_count(value); i++) {
            struct json *each = harmless_value(json_at(value, i), members);
            json_add(list, &each);
        }
        return list;
    }
    if (kind != JSON_IS_OBJECT)
        return members ? json_new_text(NULL) : json_clone(value);
    return members ? harmless_object(value, members) : json_new_text(NULL);
}

static struct json *harmless_object(const struct json *object,
                                    const struct harmless *members)
{
    struct json *out = json_new_object();

    for (; members->name; members++) {
        const struct json *value = json_get(object, members->name);
        if (!value)
            continue;
        struct json *kept = harmless_value(value, members->members);
        json_put(out, members->name, &kept);
    }
    return out;
}

struct json *facts_public(const struct json *facts)
{
    return harmless_object(facts, notice);
}

struct json *facts_shortened(const struct json *facts, size_t count, bool units)
{
    struct json *out = json_clone(facts);
    const struct json *lines = json_get(facts, "lines");
    struct json *kept = json_new_array();
    size_t all = json_count(lines);

    if (count > all)
        count = all;
    for (size_t i = 0; i < count; i++) {
        struct json *each = json_clone(json_at(lines, i));
        json_add(kept, &each);
    }
    json_put(out, "lines", &kept);
    json_put_int(out, "more",
                 json_int(facts, "more", 0) + (int64_t)(all - count));
    if (!units) {
        struct json *none = json_new_array();
        json_put(out, "units", &none);
    }
    return out;
}

struct json *facts_for(const struct json *facts, bool is_public,
                       size_t lines_most)
{
    struct json *kept = is_public ? facts_public(facts) : json_clone(facts);

    if (lines_most == 0 || json_count(json_get(kept, "lines")) <= lines_most)
        return kept;
    struct json *shorter = facts_shortened(kept, lines_most, true);
    json_free(&kept);
    return shorter;
}
