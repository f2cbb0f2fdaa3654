#include "store/office.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"

static void bind_unit(struct query *query, const void *row)
{
    const struct unit *unit = row;

    bind_text(query, unit->name);
    bind_text(query, unit->short_name);
    bind_text(query, unit->parent);
    bind_text(query, unit->kind);
    bind_text(query, unit->overseen_by);
    bind_text(query, unit->code);
}

int store_put_unit(struct store *store, const struct unit *unit,
                   enum put_result *result_r, struct err *err)
{
    const enum statement ways[2] = {STATEMENT_INSERT_UNIT,
                                    STATEMENT_UPDATE_UNIT};

    return put_row(store, ways, bind_unit, unit, result_r, err);
}

static void bind_person(struct query *query, const void *row)
{
    const struct person *person = row;

    bind_text(query, person->name);
    bind_text(query, person->title);
    bind_text(query, person->unit);
    bind_text(query, person->language);
    bind_text(query, role_name(person->role));
    bind_int(query, person->active);
    bind_text(query, person->code);
}

/* A person's address of one kind, as statements take it. */
struct address_row {
    const char *person;
    const char *kind;
    const char *value;
};

static void bind_address(struct query *query, const void *row)
{
    const struct address_row *address = row;

    bind_text(query, address->value);
    bind_text(query, address->person);
    bind_text(query, address->kind);
}

static int drop_address(struct store *store, const struct address_row *address,
                        enum put_result *result_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_DROP_ADDRESS);

    bind_text(&query, address->person);
    bind_text(&query, address->kind);
    int dropped = query_returning(&query, NULL, err);
    if (dropped < 0)
        return -1;
    *result_r = dropped ? PUT_CHANGED : PUT_SAME;
    return 0;
}

static int put_address(struct store *store, const struct address_row *address,
                       enum put_result *result_r, struct err *err)
{
    const enum statement ways[2] = {STATEMENT_INSERT_ADDRESS,
                                    STATEMENT_UPDATE_ADDRESS};

    if (str_empty(address->value))
        return drop_address(store, address, result_r, err);
    return put_row(store, ways, bind_address, address, result_r, err);
}

int store_put_person(struct store *store, const struct person *person,
                     enum put_result *result_r, struct err *err)
{
    const enum statement ways[2] = {STATEMENT_INSERT_PERSON,
                                    STATEMENT_UPDATE_PERSON};
    enum put_result result = PUT_SAME, of_address = PUT_SAME;

    if (put_row(store, ways, bind_person, person, &result, err) != 0)
        return -1;
    for (int kind = ADDRESS_CODE + 1; kind < ADDRESS_KINDS; kind++) {
        const struct address_row row = {
            .person = person->code,
            .kind = address_kind_name((enum address_kind)kind),
            .value = person->addresses[kind].value,
        };
        if (put_address(store, &row, &of_address, err) != 0)
            return -1;
        if (of_address != PUT_SAME && result == PUT_SAME)
            result = PUT_CHANGED;
    }
    *result_r = result;
    return 0;
}

static int load_units(struct store *store, struct directory *directory,
                      struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_ALL_UNITS);
    int found;

    while ((found = query_row(&query, err)) > 0) {
        struct unit unit = {0};
        unit.code = read_copy(&query);
        unit.name = read_copy(&query);
        unit.short_name = read_copy(&query);
        unit.parent = read_copy(&query);
        unit.kind = read_copy(&query);
        unit.overseen_by = read_copy(&query);
        directory_add_unit(directory, &unit);
    }
    return found;
}

static int load_people(struct store *store, struct directory *directory,
                       struct err *err)
{
    owned(query_end) struct query query = query_of(store, STATEMENT_ALL_PEOPLE);
    int found;

    while ((found = query_row(&query, err)) > 0) {
        struct person person = {0};
        person.code = read_copy(&query);
        person.name = read_copy(&query);
        person.title = read_copy(&query);
        person.unit = read_copy(&query);
        person.language = read_copy(&query);
        if (role_parse(read_text(&query), &person.role) != 0)
            person.role = ROLE_STAFF;
        person.active = read_int(&query) != 0;
        directory_add_person(directory, &person);
    }
    return found;
}

/* People and addresses come in the same order, so one walk joins them. */
static int load_addresses(struct store *store, struct directory *directory,
                          struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALL_ADDRESSES);
    size_t at = 0;
    int found;

    while ((found = query_row(&query, err)) > 0) {
        enum address_kind kind = ADDRESS_CODE;
        const char *owner = read_text(&query);

        while (at < directory->person_count &&
               strcmp(directory->people[at].code, owner) < 0)
            at++;
        if (at == directory->person_count ||
            address_kind_parse(read_text(&query), &kind) != 0)
            continue;
        struct address *address = &directory->people[at].addresses[kind];
        str_free(&address->value);
        address->value = read_copy(&query);
        address->refused = read_instant(&query) != INSTANT_NONE;
    }
    return found;
}

int store_load_directory(struct store *store, struct directory **directory_r,
                         struct err *err)
{
    owned(directory_free) struct directory *directory = directory_new();

    if (load_units(store, directory, err) != 0 ||
        load_people(store, directory, err) != 0 ||
        load_addresses(store, directory, err) != 0 ||
        directory_seal(directory, err) != 0)
        return -1;
    *directory_r = give(directory);
    return 0;
}

static int mark_address(struct store *store, const struct address_row *address,
                        int64_t refused_at, const char *detail, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_REFUSE_ADDRESS);

    bind_instant(&query, refused_at);
    bind_text(&query, detail);
    bind_text(&query, address->person);
    bind_text(&query, address->kind);
    return query_must(&query, err, "%s has no address of kind %s",
                      address->person, address->kind);
}

int store_refuse_address(struct store *store, const char *person,
                         enum address_kind kind, int64_t at, const char *detail,
                         struct err *err)
{
    const struct address_row row = {.person = person,
                                    .kind = address_kind_name(kind)};

    return mark_address(store, &row, at, detail, err);
}

int store_clear_refusal(struct store *store, const char *person,
                        enum address_kind kind, struct err *err)
{
    const struct address_row row = {.person = person,
                                    .kind = address_kind_name(kind)};

    return mark_address(store, &row, INSTANT_NONE, "", err);
}
