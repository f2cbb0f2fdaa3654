#include "store/chain.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "store/chain_hash.h"
#include "store/inside.h"

static int read_place(struct query *query, struct chain_place *place_r,
                      struct err *err)
{
    struct chain_place place = {0};
    size_t length = 0;
    int found = query_row(query, err);

    if (found < 0)
        return -1;
    if (found) {
        place.rows = read_int(query);
        const char *hash = read_bytes(query, &length);
        if (length == CHAIN_HASH)
            memcpy(place.hash, hash, CHAIN_HASH);
    }
    *place_r = place;
    return 0;
}

int store_chain_end(struct store *store, struct chain_place *end_r,
                    struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_END_OF_HISTORY);

    return read_place(&query, end_r, err);
}

int store_chain_place(struct store *store, int64_t row,
                      struct chain_place *place_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_PLACE_IN_HISTORY);

    bind_int(&query, row);
    return read_place(&query, place_r, err);
}

static const struct {
    const char *name;
    const char *text;
} faults[] = {
    [CHAIN_FITS] = {"fits", "fits"},
    [CHAIN_MISSING] = {"missing", "is missing"},
    [CHAIN_EXTRA] = {"extra", "was put in"},
    [CHAIN_CHANGED] = {"changed", "is not as it was written"},
    [CHAIN_OTHER_ITEM] = {"other-item", "was of an item with another code"},
    [CHAIN_REWRITTEN] = {"rewritten", "is not the one that was sealed"},
};

const char *chain_fault_name(enum chain_fault_kind kind)
{
    return faults[kind].name;
}

char *chain_fault_format(const struct chain_fault *fault)
{
    return str_format("row %lld of the history %s%s%s", (long long)fault->row,
                      faults[fault->kind].text, fault->code ? ": " : "",
                      str_or_empty(fault->code));
}

void chain_fault_done(struct chain_fault *fault)
{
    str_free(&fault->code);
    history_done(&fault->found);
    *fault = (struct chain_fault){0};
}

/* A row as the walk meets it; borrowed until the next one. */
struct met {
    const char *hash;
    size_t hash_length;
    const char *code_now; /* of its item, NULL when there is none */
    size_t code_now_length;
    struct chain_row row;
};

static struct chain_text read_piece(struct query *query)
{
    struct chain_text text = {0};

    text.bytes = read_bytes(query, &text.length);
    return text;
}

static struct met read_met(struct query *query)
{
    struct met met = {0};
    struct chain_row *row = &met.row;

    met.hash = read_bytes(query, &met.hash_length);
    met.code_now = read_bytes(query, &met.code_now_length);
    row->id = read_int(query);
    row->item = read_int(query);
    row->code = read_piece(query);
    row->happened_at = read_instant(query);
    row->learnt_at = read_instant(query);
    row->field = read_piece(query);
    row->before = read_piece(query);
    row->after = read_piece(query);
    row->source = read_piece(query);
    row->login = read_piece(query);
    row->why = read_piece(query);
    return met;
}

static char *copy_of(struct chain_text text)
{
    return str_copy_bytes(text.bytes ? text.bytes : "", text.length);
}

static struct history history_of(const struct chain_row *row)
{
    return (struct history){
        .id = row->id,
        .item = row->item,
        .happened_at = row->happened_at,
        .learnt_at = row->learnt_at,
        .field = copy_of(row->field),
        .before = copy_of(row->before),
        .after = copy_of(row->after),
        .source = copy_of(row->source),
        .by = copy_of(row->login),
        .why = copy_of(row->why),
    };
}

/* What is wrong with the row that comes after a place; next is that place
 * and the row. */
static enum chain_fault_kind judge(const struct chain_place *before,
                                   const struct chain_place *next,
                                   const struct met *met)
{
    if (met->row.id > before->rows + 1)
        return CHAIN_MISSING;
    if (met->row.id <= before->rows)
        return CHAIN_EXTRA;
    if (met->hash_length != CHAIN_HASH ||
        memcmp(met->hash, next->hash, CHAIN_HASH) != 0)
        return CHAIN_CHANGED;
    if (!met->code_now || met->code_now_length != met->row.code.length ||
        memcmp(met->code_now, met->row.code.bytes, met->code_now_length) != 0)
        return CHAIN_OTHER_ITEM;
    return CHAIN_FITS;
}

static void tell(struct chain_fault *fault, enum chain_fault_kind kind,
                 const struct chain_place *before, const struct met *met)
{
    bool missing = kind == CHAIN_MISSING;

    *fault = (struct chain_fault){
        .kind = kind,
        .row = missing ? before->rows + 1 : met->row.id,
        .fits_until = before->rows,
        .code = copy_of(met->row.code),
        .found = history_of(&met->row),
    };
}

int store_walk_chain(struct store *store, struct chain_place *place,
                     int64_t most, struct chain_fault *fault_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_WALK_HISTORY);
    struct chain_place at = *place;
    int found;

    *fault_r = (struct chain_fault){0};
    /* Who numbers a row 0 or less would have it before the beginning. */
    bind_int(&query, at.rows ? at.rows : INT64_MIN);
    bind_int(&query, most);
    while ((found = query_row(&query, err)) > 0) {
        const struct met met = read_met(&query);
        struct chain_place next = at;
        chain_go(&next, &met.row);
        enum chain_fault_kind kind = judge(&at, &next, &met);
        if (kind != CHAIN_FITS) {
            tell(fault_r, kind, &at, &met);
            break;
        }
        at = next;
    }
    if (found < 0)
        return -1;
    *place = at;
    return 0;
}
