/* The history's chain and its seal, against who can write the store: every
 * row, every column, every neighbour, tried one by one. */
#include "tests/unit/store/chain_fixture.h"

#include "store/chain_hash.h"

/* What verifying finds, in pieces of seven rows. */
static struct chain_fault verify(struct store *store, const struct seal *seal)
{
    struct chain_place place = {0};
    struct chain_fault fault = {0};
    struct err err = {0};
    bool more = true;

    while (more)
        check_ok(
            store_verify_chain(store, seal, &place, 7, &fault, &more, &err));
    return fault;
}

static void expect(struct store *store, const struct seal *seal,
                   enum chain_fault_kind kind, int64_t row)
{
    struct chain_fault fault = verify(store, seal);

    assert_int_equal(fault.kind, kind);
    if (kind != CHAIN_FITS)
        assert_int_equal(fault.row, row);
    chain_fault_done(&fault);
}

/* The triggers are gone, as an attacker begins; all is undone by a
 * rollback. */
static void attack(struct store *store)
{
    struct err err = {0};

    check_ok(store_begin(store, 0, &err));
    check_ok(store_run(store,
                       "DROP TRIGGER item_history_stays;"
                       "DROP TRIGGER item_history_is_kept",
                       &err));
}

static void run(struct store *store, const char *sql)
{
    struct err err = {0};

    check_ok(store_run(store, sql, &err));
}

TEST_CASE(an_untouched_history_fits_with_a_seal_and_without)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    expect(fixture.store, NULL, CHAIN_FITS, 0);
    expect(fixture.store, &seal, CHAIN_FITS, 0);
    fixture_remove(&fixture);
}

TEST_CASE(an_empty_history_fits)
{
    (void)state;
    struct fixture fixture = fixture_new();

    expect(fixture.store, NULL, CHAIN_FITS, 0);
    fixture_remove(&fixture);
}

TEST_CASE(any_single_column_changed_of_any_row_is_found_at_that_row)
{
    (void)state;
    static const char *const changes[] = {
        "item = item % 5 + 1",
        "code = 'HS-' || (item % 5 + 1)",
        "happened_at = coalesce(happened_at + 1, 1)",
        "happened_at = iif(happened_at IS NULL, 0, NULL)",
        "learnt_at = learnt_at - 1",
        "field = field || 'x'",
        "field = ''",
        "value_before = value_after",
        "value_after = value_after || char(0) || 'x'",
        "value_after = ''",
        "source = upper(source)",
        "login = 'root'",
        "why = why || ' '",
        "hash = zeroblob(32)",
        "hash = x''",
        "hash = substr(hash, 1, 31)",
        /* Bytes moved from one column to the next. */
        "(source, login) = (source || substr(login, 1, 1), substr(login, 2))",
    };
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row <= ROWS; row++)
        for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
            owned(str_free) char *sql = str_format(
                "UPDATE item_history SET %s WHERE id = %d", changes[i], row);
            attack(fixture.store);
            run(fixture.store, sql);
            expect(fixture.store, NULL, CHAIN_CHANGED, row);
            expect(fixture.store, &seal, CHAIN_CHANGED, row);
            store_rollback(fixture.store);
        }
    fixture_remove(&fixture);
}

TEST_CASE(another_number_of_any_row_is_found)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row <= ROWS; row++) {
        owned(str_free) char *far = str_format(
            "UPDATE item_history SET id = id + 1000 WHERE id = %d", row);
        owned(str_free) char *below =
            str_format("UPDATE item_history SET id = -id WHERE id = %d", row);
        attack(fixture.store);
        run(fixture.store, far);
        expect(fixture.store, &seal, CHAIN_MISSING, row);
        store_rollback(fixture.store);
        attack(fixture.store);
        run(fixture.store, below);
        expect(fixture.store, &seal, CHAIN_EXTRA, -row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(any_single_row_removed_is_found_the_last_one_by_the_seal)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row <= ROWS; row++) {
        owned(str_free) char *sql =
            str_format("DELETE FROM item_history WHERE id = %d", row);
        attack(fixture.store);
        run(fixture.store, sql);
        expect(fixture.store, &seal, CHAIN_MISSING, row);
        expect(fixture.store, NULL, row < ROWS ? CHAIN_MISSING : CHAIN_FITS,
               row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(a_removed_row_whose_followers_move_up_is_found)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row < ROWS; row++) {
        owned(str_free) char *remove =
            str_format("DELETE FROM item_history WHERE id = %d", row);
        owned(str_free) char *lift =
            str_format("UPDATE item_history SET id = -id WHERE id > %d;"
                       "UPDATE item_history SET id = -id - 1 WHERE id < 0",
                       row);
        attack(fixture.store);
        run(fixture.store, remove);
        run(fixture.store, lift);
        expect(fixture.store, &seal, CHAIN_CHANGED, row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(a_rolled_back_store_is_found_at_the_first_row_that_it_lacks)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row <= ROWS; row++) {
        owned(str_free) char *sql =
            str_format("DELETE FROM item_history WHERE id >= %d", row);
        attack(fixture.store);
        run(fixture.store, sql);
        expect(fixture.store, &seal, CHAIN_MISSING, row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(any_two_neighbours_that_change_places_are_found)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row < ROWS; row++) {
        owned(str_free) char *sql =
            str_format("UPDATE item_history SET id = 0 WHERE id = %d;"
                       "UPDATE item_history SET id = %d WHERE id = %d;"
                       "UPDATE item_history SET id = %d WHERE id = 0",
                       row, row, row + 1, row + 1);
        attack(fixture.store);
        run(fixture.store, sql);
        expect(fixture.store, NULL, CHAIN_CHANGED, row);
        expect(fixture.store, &seal, CHAIN_CHANGED, row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(a_row_put_in_anywhere_is_found)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);

    for (int row = 1; row <= ROWS + 1; row++) {
        owned(str_free) char *sql = str_format(
            "UPDATE item_history SET id = -id WHERE id >= %d;"
            "UPDATE item_history SET id = 1 - id WHERE id < 0;"
            "INSERT INTO item_history SELECT %d, item, code, happened_at,"
            " learnt_at, 'put in', value_before, value_after, source, login, "
            "why,"
            " hash FROM item_history WHERE id = %d",
            row, row, row > 1 ? 1 : 2);
        attack(fixture.store);
        run(fixture.store, sql);
        expect(fixture.store, &seal, CHAIN_CHANGED, row);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

/* Cut the history off before a row and write it anew with another value
 * there, every hash right: what the lack of a key cannot prevent. */
static void rewrite(struct store *store, int row)
{
    owned(str_free) char *sql =
        str_format("DELETE FROM item_history WHERE id >= %d", row);

    attack(store);
    run(store, sql);
    store->history_known = false;
    add_row(store, row, "another value");
    add_rows(store, row + 1, ROWS);
}

TEST_CASE(a_chain_written_anew_without_the_key_is_found_by_the_seal)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal once = sealed(fixture.store, 1000);
    struct seal each = sealed(fixture.store, 1);

    for (int row = 1; row <= ROWS; row++) {
        rewrite(fixture.store, row);
        expect(fixture.store, NULL, CHAIN_FITS, 0);
        expect(fixture.store, &once, CHAIN_REWRITTEN, ROWS);
        /* Where every row was sealed by itself the row is known. */
        expect(fixture.store, &each, CHAIN_REWRITTEN, row);
        struct chain_fault fault = verify(fixture.store, &each);
        assert_int_equal(fault.fits_until, row - 1);
        assert_string_equal(fault.found.after, "another value");
        chain_fault_done(&fault);
        store_rollback(fixture.store);
    }
    fixture_remove(&fixture);
}

TEST_CASE(what_does_not_fit_the_seal_is_not_sealed)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);
    const struct seal before = seal;
    struct chain_fault fault = {0};
    struct err err = {0};
    bool more = false;

    rewrite(fixture.store, ROWS / 2);
    add_rows(fixture.store, ROWS + 1, ROWS + 2);
    check_ok(store_seal_chain(fixture.store, &seal, 9001, 1000, &fault, &more,
                              &err));
    assert_int_equal(fault.kind, CHAIN_REWRITTEN);
    assert_memory_equal(&seal, &before, sizeof(seal));
    chain_fault_done(&fault);
    store_rollback(fixture.store);

    attack(fixture.store);
    run(fixture.store, "DELETE FROM item_history WHERE id = 60");
    check_ok(store_seal_chain(fixture.store, &seal, 9001, 1000, &fault, &more,
                              &err));
    assert_int_equal(fault.kind, CHAIN_MISSING);
    assert_int_equal(fault.row, ROWS);
    chain_fault_done(&fault);
    fixture_remove(&fixture);
}

TEST_CASE(rows_that_await_sealing_are_no_fault)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);
    struct err err = {0};

    check_ok(store_begin(fixture.store, 0, &err));
    add_rows(fixture.store, ROWS + 1, ROWS + 3);
    check_ok(store_commit(fixture.store, &err));
    expect(fixture.store, &seal, CHAIN_FITS, 0);
    fixture_remove(&fixture);
}

TEST_CASE(two_items_that_exchange_their_codes_are_found)
{
    (void)state;
    struct fixture fixture = history_new();
    struct err err = {0};

    check_ok(store_begin(fixture.store, 0, &err));
    run(fixture.store, "UPDATE items SET code = 'x' WHERE id = 2;"
                       "UPDATE items SET code = 'HS-2' WHERE id = 3;"
                       "UPDATE items SET code = 'HS-3' WHERE id = 2");
    /* The first row is of item 2. */
    expect(fixture.store, NULL, CHAIN_OTHER_ITEM, 1);
    fixture_remove(&fixture);
}

TEST_CASE(a_fault_names_the_item_the_instant_and_the_field)
{
    (void)state;
    struct fixture fixture = history_new();

    attack(fixture.store);
    run(fixture.store,
        "UPDATE item_history SET value_after = 'x' WHERE id = 17");
    struct chain_fault fault = verify(fixture.store, NULL);
    assert_int_equal(fault.row, 17);
    assert_int_equal(fault.fits_until, 16);
    assert_string_equal(fault.code, "HS-3");
    assert_string_equal(fault.found.field, "field-3");
    assert_int_equal(fault.found.learnt_at, 2017);
    chain_fault_done(&fault);
    fixture_remove(&fixture);
}

/* Reckoned once by Python's hashlib.blake2b, as chain.h writes a row. */
TEST_CASE(a_row_has_the_hash_that_the_header_describes)
{
    (void)state;
    char longest[1500];
    struct chain_place place = {0};
    struct chain_row row = {.id = 1,
                            .item = 7,
                            .code = chain_text("HS-7"),
                            .happened_at = INSTANT_NONE,
                            .learnt_at = 1782347400,
                            .field = chain_text("due"),
                            .before = chain_text(NULL),
                            .after = chain_text("2026-06-25T17:00:00"),
                            .source = chain_text("motcua a.csv:2"),
                            .login = chain_text("hoa"),
                            .why = chain_text("vì mưa bão")};

    chain_go(&place, &row);
    owned(str_free) char *first = chain_head_format(&place);
    assert_string_equal(
        first,
        "116f2e8b7dfedf6288b4569b872f38820907127bdc10852ebb87b73218d98088");
    memset(longest, 'x', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    row.id = 2;
    row.source = chain_text(longest);
    row.why.length = 0;
    chain_go(&place, &row);
    owned(str_free) char *second = chain_head_format(&place);
    assert_string_equal(
        second,
        "c3c0d03b02094a0aa511af0d050e0e2b5ef02037690ec0d84647e9eec3d8d3ab");
}

TEST_CASE(a_row_undone_leaves_no_gap)
{
    (void)state;
    struct fixture fixture = history_new();
    struct err err = {0};

    check_ok(store_begin(fixture.store, 0, &err));
    add_row(fixture.store, ROWS + 1, "kept");
    check_ok(store_savepoint(fixture.store, &err));
    add_row(fixture.store, ROWS + 2, "undone");
    store_savepoint_undo(fixture.store);
    add_row(fixture.store, ROWS + 2, "kept too");
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_begin(fixture.store, 0, &err));
    add_row(fixture.store, ROWS + 3, "undone");
    store_rollback(fixture.store);
    check_ok(store_begin(fixture.store, 0, &err));
    add_row(fixture.store, ROWS + 3, "kept");
    check_ok(store_commit(fixture.store, &err));
    expect(fixture.store, NULL, CHAIN_FITS, 0);
    fixture_remove(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untouched_history_fits_with_a_seal_and_without),
        cmocka_unit_test(an_empty_history_fits),
        cmocka_unit_test(
            any_single_column_changed_of_any_row_is_found_at_that_row),
        cmocka_unit_test(another_number_of_any_row_is_found),
        cmocka_unit_test(
            any_single_row_removed_is_found_the_last_one_by_the_seal),
        cmocka_unit_test(a_removed_row_whose_followers_move_up_is_found),
        cmocka_unit_test(
            a_rolled_back_store_is_found_at_the_first_row_that_it_lacks),
        cmocka_unit_test(any_two_neighbours_that_change_places_are_found),
        cmocka_unit_test(a_row_put_in_anywhere_is_found),
        cmocka_unit_test(
            a_chain_written_anew_without_the_key_is_found_by_the_seal),
        cmocka_unit_test(what_does_not_fit_the_seal_is_not_sealed),
        cmocka_unit_test(rows_that_await_sealing_are_no_fault),
        cmocka_unit_test(two_items_that_exchange_their_codes_are_found),
        cmocka_unit_test(a_fault_names_the_item_the_instant_and_the_field),
        cmocka_unit_test(a_row_has_the_hash_that_the_header_describes),
        cmocka_unit_test(a_row_undone_leaves_no_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
