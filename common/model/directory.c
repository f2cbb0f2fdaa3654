#include "model/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"

/* A key and the place of what it names, sorted by key. */
struct entry {
    char *key;
    int at;
};

struct entries {
    struct entry *items;
    size_t count;
};

struct index {
    struct entries unit_codes;
    struct entries unit_names; /* folded, short names too */
    struct entries person_codes;
    struct entries person_names; /* folded */
};

static const char *const role_names[] = {
    [ROLE_STAFF] = "staff",           [ROLE_HEAD] = "head",
    [ROLE_VICE_CHAIR] = "vice-chair", [ROLE_CHAIR] = "chair",
    [ROLE_ADMIN] = "admin",
};

static const char *const address_names[ADDRESS_KINDS] = {
    [ADDRESS_CODE] = "code",
    [ADDRESS_EMAIL] = "email",
    [ADDRESS_PHONE] = "phone",
    [ADDRESS_ZALO_CHAT] = "zalo_chat",
    [ADDRESS_ZALO_USER] = "zalo_user",
    [ADDRESS_TELEGRAM_CHAT] = "telegram_chat",
    [ADDRESS_CHAT] = "chat",
};

struct directory *directory_new(void)
{
    return mem_new(struct directory);
}

static void entries_done(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        free(entries->items[i].key);
    free(entries->items);
}

static void index_free(struct index *index)
{
    if (!index)
        return;
    entries_done(&index->unit_codes);
    entries_done(&index->unit_names);
    entries_done(&index->person_codes);
    entries_done(&index->person_names);
    free(index);
}

void directory_free(struct directory **directory)
{
    struct directory *old = *directory;

    if (!old)
        return;
    for (size_t i = 0; i < old->unit_count; i++)
        unit_done(&old->units[i]);
    for (size_t i = 0; i < old->person_count; i++)
        person_done(&old->people[i]);
    free(old->units);
    free(old->people);
    index_free(old->index);
    free(old);
    *directory = NULL;
}

void directory_add_unit(struct directory *directory, struct unit *unit)
{
    directory->units = mem_grow(directory->units, directory->unit_count + 1,
                                sizeof(*directory->units));
    directory->units[directory->unit_count++] = *unit;
    *unit = (struct unit){0};
}

void directory_add_person(struct directory *directory, struct person *person)
{
    directory->people = mem_grow(directory->people, directory->person_count + 1,
                                 sizeof(*directory->people));
    directory->people[directory->person_count++] = *person;
    *person = (struct person){0};
}

void unit_done(struct unit *unit)
{
    str_free(&unit->code);
    str_free(&unit->name);
    str_free(&unit->short_name);
    str_free(&unit->parent);
    str_free(&unit->kind);
    str_free(&unit->overseen_by);
}

void person_done(struct person *person)
{
    str_free(&person->code);
    str_free(&person->name);
    str_free(&person->title);
    str_free(&person->unit);
    str_free(&person->language);
    for (int kind = 0; kind < ADDRESS_KINDS; kind++)
        str_free(&person->addresses[kind].value);
}

static void entries_add(struct entries *entries, char *key, int at)
{
    entries->items =
        mem_grow(entries->items, entries->count + 1, sizeof(*entries->items));
    entries->items[entries->count++] =
        (struct entry){.key = key ? key : str_copy(""), .at = at};
}

static int entry_compare(const void *a, const void *b)
{
    const struct entry *one = a, *other = b;
    int order = strcmp(one->key, other->key);
    return order ? order : (one->at > other->at) - (one->at < other->at);
}

static void entries_sort(struct entries *entries)
{
    if (entries->count)
        qsort(entries->items, entries->count, sizeof(*entries->items),
              entry_compare);
}

/* The first entry that is not before key. */
static size_t entries_seek(const struct entries *entries, const char *key)
{
    size_t low = 0, high = entries->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(entries->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The one thing that key names; -1 for none or, with *several_r, for more. */
static int entries_find(const struct entries *entries, const char *key,
                        bool *several_r)
{
    size_t at = entries_seek(entries, key);

    *several_r = false;
    if (at == entries->count || strcmp(entries->items[at].key, key) != 0)
        return -1;
    for (size_t next = at + 1;
         next < entries->count && str_equal(entries->items[next].key, key);
         next++)
        if (entries->items[next].at != entries->items[at].at)
            *several_r = true;
    return *several_r ? -1 : entries->items[at].at;
}

static struct index *index_new(const struct directory *directory)
{
    struct index *index = mem_new(struct index);

    for (size_t i = 0; i < directory->unit_count; i++) {
        const struct unit *unit = &directory->units[i];
        entries_add(&index->unit_codes, str_copy(unit->code), (int)i);
        entries_add(&index->unit_names, utf8_fold(unit->name), (int)i);
        if (!str_empty(unit->short_name))
            entries_add(&index->unit_names, utf8_fold(unit->short_name),
                        (int)i);
    }
    for (size_t i = 0; i < directory->person_count; i++) {
        const struct person *person = &directory->people[i];
        entries_add(&index->person_codes, str_copy(person->code), (int)i);
        entries_add(&index->person_names, utf8_fold(person->name), (int)i);
    }
    entries_sort(&index->unit_codes);
    entries_sort(&index->unit_names);
    entries_sort(&index->person_codes);
    entries_sort(&index->person_names);
    return index;
}

/* Tie each unit to its parent, and see that no way up leads in a circle. */
static int tie_units(struct directory *directory, struct err *err)
{
    for (size_t i = 0; i < directory->unit_count; i++) {
        struct unit *unit = &directory->units[i];
        unit->parent_index = NO_UNIT;
        if (str_empty(unit->parent))
            continue;
        unit->parent_index = directory_unit(directory, unit->parent);
        if (unit->parent_index == NO_UNIT)
            return err_set(err, ERR_INVALID,
                           "unit %s: its parent \"%s\" is not a unit",
                           unit->code, unit->parent);
    }
    for (size_t i = 0; i < directory->unit_count; i++) {
        size_t steps = 0;
        for (int at = (int)i; at != NO_UNIT;
             at = directory->units[at].parent_index)
            if (steps++ > directory->unit_count)
                return err_set(err, ERR_INVALID,
                               "unit %s: its parents lead in a circle",
                               directory->units[i].code);
    }
    return 0;
}

int directory_seal(struct directory *directory, struct err *err)
{
    directory->index = index_new(directory);
    if (tie_units(directory, err))
        return -1;
    for (size_t i = 0; i < directory->person_count; i++) {
        struct person *person = &directory->people[i];
        person->unit_index = directory_unit(directory, person->unit);
    }
    return 0;
}

int directory_unit(const struct directory *directory, const char *code)
{
    bool several = false;
    return entries_find(&directory->index->unit_codes, str_or_empty(code),
                        &several);
}

int directory_person(const struct directory *directory, const char *code)
{
    bool several = false;
    return entries_find(&directory->index->person_codes, str_or_empty(code),
                        &several);
}

int directory_find_person(const struct directory *directory, const char *text,
                          bool *several_r)
{
    *several_r = false;
    if (str_empty(text))
        return NOBODY;
    int by_code = directory_person(directory, text);
    if (by_code != NOBODY)
        return by_code;
    owned(str_free) char *folded = utf8_fold(text);
    return folded ? entries_find(&directory->index->person_names, folded,
                                 several_r)
                  : NOBODY;
}

int directory_find_unit(const struct directory *directory, const char *text)
{
    bool several = false;

    if (str_empty(text))
        return NO_UNIT;
    int by_code = directory_unit(directory, text);
    if (by_code != NO_UNIT)
        return by_code;
    owned(str_free) char *folded = utf8_fold(text);
    return folded
               ? entries_find(&directory->index->unit_names, folded, &several)
               : NO_UNIT;
}

enum { NEAR_LENGTH = 120 };

/* Edits (bytes) that turn a into b; NEAR_LENGTH for texts too long. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NEAR_LENGTH + 1];
    size_t length = strlen(b);

    if (strlen(a) > NEAR_LENGTH || length > NEAR_LENGTH)
        return NEAR_LENGTH;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t cost = corner + (a[i] != b[j]);
            corner = row[j + 1];
            size_t side = (corner < row[j] ? corner : row[j]) + 1;
            row[j + 1] = cost < side ? cost : side;
        }
    }
    return row[length];
}

int directory_near_person(const struct directory *directory, const char *text)
{
    owned(str_free) char *folded = utf8_fold(text);
    size_t least = folded ? strlen(folded) / 2 + 1 : 0;
    int nearest = NOBODY;

    for (size_t i = 0; i < directory->index->person_names.count && folded;
         i++) {
        const struct entry *entry = &directory->index->person_names.items[i];
        size_t edits = distance(folded, entry->key);
        if (edits < least) {
            least = edits;
            nearest = entry->at;
        }
    }
    return nearest;
}

bool directory_is_within(const struct directory *directory, int unit, int above)
{
    for (; unit != NO_UNIT; unit = directory->units[unit].parent_index)
        if (unit == above)
            return true;
    return false;
}

const char *person_address(const struct person *person, enum address_kind kind)
{
    const struct address *address = &person->addresses[kind];

    if (kind == ADDRESS_CODE)
        return address->refused ? NULL : person->code;
    return str_empty(address->value) || address->refused ? NULL
                                                         : address->value;
}

const char *role_name(enum role role)
{
    return role_names[role];
}

int role_parse(const char *text, enum role *role_r)
{
    for (int role = 0; role <= ROLE_ADMIN; role++) {
        if (str_equal(role_names[role], text)) {
            *role_r = (enum role)role;
            return 0;
        }
    }
    return -1;
}

const char *address_kind_name(enum address_kind kind)
{
    return address_names[kind];
}

int address_kind_parse(const char *text, enum address_kind *kind_r)
{
    for (int kind = 0; kind < ADDRESS_KINDS; kind++) {
        if (str_equal(address_names[kind], text)) {
            *kind_r = (enum address_kind)kind;
            return 0;
        }
    }
    return -1;
}
