#include "tests/unit/store/fixture.h"

#include <sys/stat.h>

static void put(struct store *store, const char *code)
{
    struct err err = {0};
    struct item item = sample_item(code, 5000);

    check_ok(store_begin(store, 0, &err));
    check_ok(store_put_item(store, &item, &err));
    check_ok(store_commit(store, &err));
    item_done(&item);
}

static int64_t count(struct store *store)
{
    const struct item_filter filter = {.kind = -1};
    int64_t number = 0;
    struct err err = {0};

    check_ok(store_count_items(store, &filter, &number, &err));
    return number;
}

static off_t size_of(const struct fixture *fixture, const char *ending)
{
    owned(str_free) char *path = str_format("%s%s", fixture->path, ending);
    struct stat about = {0};

    assert_int_equal(stat(path, &about), 0);
    return about.st_size;
}

TEST_CASE(a_copy_has_what_there_is_and_keeps_what_is_written_to_it)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    owned(store_free) struct store *copy = NULL;
    struct err err = {0};

    put(fixture.store, "HS-1");
    off_t wal = size_of(&fixture, "-wal");
    check_ok(store_copy(fixture.store, &copy, &err));
    assert_int_equal(count(copy), 1);
    put(copy, "HS-2");
    assert_int_equal(count(copy), 2);
    assert_int_equal(count(fixture.store), 1);
    assert_int_equal(size_of(&fixture, "-wal"), wal);
    check_ok(store_checkpoint(copy, &err));
}

TEST_CASE(what_is_written_later_is_not_in_the_copy)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    owned(store_free) struct store *copy = NULL;
    struct err err = {0};

    check_ok(store_copy(fixture.store, &copy, &err));
    put(fixture.store, "HS-1");
    assert_int_equal(count(copy), 0);
}

TEST_CASE(a_copy_can_be_made_and_written_to_while_another_holds_the_store)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    owned(store_free) struct store *reading = NULL, *copy = NULL;
    struct err err = {0};

    check_ok(store_open(fixture.path, STORE_READ, &reading, &err));
    check_ok(store_begin(fixture.store, 0, &err));
    check_ok(store_copy(reading, &copy, &err));
    put(copy, "HS-1");
    store_rollback(fixture.store);
    assert_int_equal(count(reading), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_copy_has_what_there_is_and_keeps_what_is_written_to_it),
        cmocka_unit_test(what_is_written_later_is_not_in_the_copy),
        cmocka_unit_test(
            a_copy_can_be_made_and_written_to_while_another_holds_the_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
