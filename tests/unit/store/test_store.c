#include "tests/unit/store/fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

TEST_CASE(makes_an_empty_file_into_a_store)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};
    struct stat made;
    int64_t version = 0;

    check_ok(schema_version(fixture.store, &version, &err));
    assert_int_equal(version, schema_newest());
    assert_int_equal(stat(fixture.path, &made), 0);
    assert_int_equal(made.st_mode & 0137, 0);

    store_free(&fixture.store);
    check_ok(store_open(fixture.path, STORE_WRITE, &fixture.store, &err));
}

TEST_CASE(prepares_every_statement)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};

    for (int i = 0; i < STATEMENTS; i++)
        check_ok(store_prepare(fixture.store, (enum statement)i, &err));
}

TEST_CASE(is_set_up_as_durable_as_it_says)
{
    (void)state;
    static const struct {
        const char *ask;
        int64_t answer;
    } rows[] = {
        {"PRAGMA synchronous", 2},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA wal_autocheckpoint", 0},
        {"PRAGMA mmap_size", 0},
        {"SELECT count(*) FROM pragma_journal_mode"
         " WHERE journal_mode = 'wal'",
         1},
    };
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        int64_t answer = -1;
        check_ok(store_ask(fixture.store, rows[i].ask, &answer, &err));
        assert_int_equal(answer, rows[i].answer);
    }
}

TEST_CASE(says_that_there_is_no_store)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_empty();
    struct err err = {0};

    assert_int_equal(
        store_open(fixture.path, STORE_WRITE, &fixture.store, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, fixture.path));
    assert_null(fixture.store);
    assert_int_equal(access(fixture.path, F_OK), -1);
}

TEST_CASE(refuses_a_file_that_is_no_database)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_empty();
    struct err err = {0};
    FILE *file = fopen(fixture.path, "w");

    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        (void)fputs("code,name\n", file);
    (void)fclose(file);
    for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
        assert_int_equal(store_open(fixture.path, (enum store_mode)mode,
                                    &fixture.store, &err),
                         -1);
        assert_int_equal(err.code, ERR_SYSTEM);
        assert_non_null(strstr(err.text, "not a database"));
    }
}

TEST_CASE(refuses_the_database_of_another_program)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};

    check_ok(store_run(fixture.store, "PRAGMA application_id = 7", &err));
    store_free(&fixture.store);
    assert_int_equal(
        store_open(fixture.path, STORE_CREATE, &fixture.store, &err), -1);
    assert_non_null(strstr(err.text, "not a store of kiphan"));
}

TEST_CASE(refuses_a_store_of_a_newer_version)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};

    check_ok(store_run(fixture.store, "PRAGMA user_version = 99", &err));
    store_free(&fixture.store);
    for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
        assert_int_equal(store_open(fixture.path, (enum store_mode)mode,
                                    &fixture.store, &err),
                         -1);
        assert_int_equal(err.code, ERR_SYSTEM);
        assert_non_null(strstr(err.text, "newer kiphan"));
    }
}

TEST_CASE(notices_damage_before_it_writes)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct err err = {0};
    char noise[4096];

    for (int i = 0; i < 200; i++) {
        owned(str_free) char *code = str_format("H-%04d", i);
        (void)put_sample(fixture.store, code, 5000);
    }
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_checkpoint(fixture.store, &err));
    store_free(&fixture.store);

    owned(str_free) char *wal = str_format("%s-wal", fixture.path);
    (void)unlink(wal);
    memset(noise, 0x5A, sizeof(noise));
    int fd = open(fixture.path, O_WRONLY);
    for (off_t page = 1; page < 60; page++)
        assert_int_equal(pwrite(fd, noise, sizeof(noise), page * 4096), 4096);
    (void)close(fd);
    assert_int_equal(
        store_open(fixture.path, STORE_WRITE, &fixture.store, &err), -1);
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_non_null(strstr(err.text, fixture.path));
}

TEST_CASE(keeps_what_was_committed_and_undoes_the_rest)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item item = {0};
    struct err err = {0};

    (void)put_sample(fixture.store, "kept", 5000);
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_begin(fixture.store, 0, &err));
    (void)put_sample(fixture.store, "undone", 5000);
    store_rollback(fixture.store);
    store_rollback(fixture.store);

    check_ok(store_get_item(fixture.store, "kept", &item, &err));
    assert_int_equal(store_get_item(fixture.store, "undone", &item, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(undoes_one_row_of_many)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    const struct item_filter all = {.kind = -1};
    struct err err = {0};
    int64_t count = 0;

    for (int row = 0; row < 3; row++) {
        owned(str_free) char *code = str_format("row-%d", row);
        check_ok(store_savepoint(fixture.store, &err));
        (void)put_sample(fixture.store, code, 5000);
        if (row == 1)
            store_savepoint_undo(fixture.store);
        else
            check_ok(store_savepoint_release(fixture.store, &err));
    }
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_count_items(fixture.store, &all, &count, &err));
    assert_int_equal(count, 2);
}

TEST_CASE(shows_one_state_until_reading_ends)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    owned(store_free) struct store *reader = NULL;
    const struct item_filter all = {.kind = -1};
    struct err err = {0};
    int64_t count = -1;

    check_ok(store_open(fixture.path, STORE_READ, &reader, &err));
    check_ok(store_read_begin(reader, &err));
    check_ok(store_count_items(reader, &all, &count, &err));
    check_ok(store_begin(fixture.store, 0, &err));
    (void)put_sample(fixture.store, "new", 5000);
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_checkpoint(fixture.store, &err));

    check_ok(store_count_items(reader, &all, &count, &err));
    assert_int_equal(count, 0);
    store_read_end(reader);
    check_ok(store_count_items(reader, &all, &count, &err));
    assert_int_equal(count, 1);
}

TEST_CASE(says_that_the_disk_is_full_and_keeps_what_was_there)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item item = sample_item("too-much", 5000);
    struct err err = {0};
    int result = 0;

    (void)put_sample(fixture.store, "kept", 5000);
    check_ok(store_commit(fixture.store, &err));
    check_ok(store_run(fixture.store, "PRAGMA max_page_count = 1", &err));
    check_ok(store_begin(fixture.store, 0, &err));
    for (int i = 0; i < 10000 && result == 0; i++) {
        owned(str_free) char *code = str_format("much-%d", i);
        str_replace(&item.code, &code);
        item.id = 0;
        result = store_put_item(fixture.store, &item, &err);
    }
    assert_int_equal(result, -1);
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_non_null(strstr(err.text, "full"));
    assert_non_null(strstr(err.text, fixture.path));
    store_rollback(fixture.store);

    owned(item_done) struct item kept = {0};
    check_ok(store_get_item(fixture.store, "kept", &kept, &err));
    assert_int_equal(store_get_item(fixture.store, "much-0", &kept, &err), -1);
}

TEST_CASE(writes_nothing_after_its_transaction_was_undone)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item item = sample_item("alone", 5000);
    struct err err = {0};

    /* As SQLite itself does after some errors. */
    check_ok(store_run(fixture.store, "ROLLBACK", &err));
    assert_int_equal(store_put_item(fixture.store, &item, &err), -1);
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_int_equal(store_commit(fixture.store, &err), -1);
    check_ok(store_begin(fixture.store, 0, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_an_empty_file_into_a_store),
        cmocka_unit_test(prepares_every_statement),
        cmocka_unit_test(is_set_up_as_durable_as_it_says),
        cmocka_unit_test(says_that_there_is_no_store),
        cmocka_unit_test(refuses_a_file_that_is_no_database),
        cmocka_unit_test(refuses_the_database_of_another_program),
        cmocka_unit_test(refuses_a_store_of_a_newer_version),
        cmocka_unit_test(notices_damage_before_it_writes),
        cmocka_unit_test(keeps_what_was_committed_and_undoes_the_rest),
        cmocka_unit_test(undoes_one_row_of_many),
        cmocka_unit_test(shows_one_state_until_reading_ends),
        cmocka_unit_test(says_that_the_disk_is_full_and_keeps_what_was_there),
        cmocka_unit_test(writes_nothing_after_its_transaction_was_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
