/* chain_fixture.h - a store with a history of sixty rows. */
#ifndef TESTS_STORE_CHAIN_FIXTURE_H
#define TESTS_STORE_CHAIN_FIXTURE_H

#include "tests/unit/store/fixture.h"

#include "store/chain.h"
#include "store/seal.h"

enum { ROWS = 60, ITEMS = 5 };

/* What the attacker does not have. */
static inline struct seal_key our_key(void)
{
    struct seal_key key = {0};
    struct err err = {0};

    check_ok(seal_key_take("0123456789abcdef0123456789abcdef", &key, &err));
    return key;
}

/* Row i of a history in which every column differs from row to row. */
static inline void add_row(struct store *store, int i, const char *value)
{
    owned(str_free) char *after = str_copy(value);
    owned(str_free) char *field = str_format("field-%d", i % 7);
    owned(str_free) char *before = str_format("before %d", i);
    owned(str_free) char *source = str_format("motcua list.csv:%d", i);
    owned(str_free) char *by = str_format("login%d", i % 3);
    owned(str_free) char *why = str_format("%s", i % 2 ? "vì mưa bão" : "");
    struct history row = {
        .item = 1 + i % ITEMS,
        .happened_at = i % 4 ? 1000 + i : INSTANT_NONE,
        .learnt_at = 2000 + i,
        .field = field,
        .before = before,
        .after = after,
        .source = source,
        .by = by,
        .why = why,
    };
    struct err err = {0};

    check_ok(store_add_history(store, &row, &err));
}

static inline void add_rows(struct store *store, int from, int to)
{
    for (int i = from; i <= to; i++) {
        owned(str_free) char *after = str_format("after %d", i);
        add_row(store, i, after);
    }
}

/* A committed history of sixty rows. */
static inline struct fixture history_new(void)
{
    struct fixture fixture = fixture_writing();
    struct err err = {0};

    for (int i = 0; i < ITEMS; i++) {
        owned(str_free) char *code = str_format("HS-%d", i + 1);
        struct item item = sample_item(code, 5000);
        check_ok(store_put_item(fixture.store, &item, &err));
        item_done(&item);
    }
    add_rows(fixture.store, 1, ROWS);
    check_ok(store_commit(fixture.store, &err));
    return fixture;
}

/* The history sealed at its end, in steps of so many rows. */
static inline struct seal sealed(struct store *store, int64_t step)
{
    struct seal seal = {0};
    struct chain_fault fault = {0};
    struct err err = {0};
    bool more = true;

    while (more) {
        check_ok(
            store_seal_chain(store, &seal, 9000, step, &fault, &more, &err));
        assert_int_equal(fault.kind, CHAIN_FITS);
    }
    assert_int_equal(seal_end(&seal).rows, ROWS);
    return seal;
}

#endif
