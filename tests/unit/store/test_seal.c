/* The seal's file: what was written, and nothing else. */
#include "tests/unit/store/chain_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

static void remove_seal(const struct fixture *fixture)
{
    owned(str_free) char *path = seal_path(fixture->path);
    (void)unlink(path);
}

TEST_CASE(a_seal_is_read_as_it_was_written)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 7), read = {0};
    const struct seal_key key = our_key();
    struct err err = {0};

    assert_int_equal(seal_read(fixture.path, &key, &read, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    check_ok(seal_write(fixture.path, &key, &seal, &err));
    check_ok(seal_read(fixture.path, &key, &read, &err));
    assert_int_equal(read.sequence, seal.sequence);
    assert_int_equal(read.since, 9000);
    assert_int_equal(read.mark_count, seal.mark_count);
    assert_memory_equal(read.marks, seal.marks, sizeof(seal.marks));
    check_ok(seal_read(fixture.path, NULL, &read, &err));
    remove_seal(&fixture);
    fixture_remove(&fixture);
}

TEST_CASE(a_seal_of_another_key_is_refused)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 1000);
    const struct seal_key key = our_key();
    struct seal_key forged = {0};
    struct err err = {0};

    assert_int_equal(seal_key_take("too short", &forged, &err), -1);
    check_ok(seal_key_take("0123456789abcdef0123456789abcdeF", &forged, &err));
    check_ok(seal_write(fixture.path, &forged, &seal, &err));
    assert_int_equal(seal_read(fixture.path, &key, &seal, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    remove_seal(&fixture);
    fixture_remove(&fixture);
}

TEST_CASE(any_single_byte_changed_of_the_seal_is_refused)
{
    (void)state;
    struct fixture fixture = history_new();
    struct seal seal = sealed(fixture.store, 20);
    const struct seal_key key = our_key();
    owned(str_free) char *path = seal_path(fixture.path);
    struct err err = {0};
    struct stat about = {0};

    check_ok(seal_write(fixture.path, &key, &seal, &err));
    int file = open(path, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(fstat(file, &about), 0);
    /* The newline at the very end says nothing. */
    for (off_t at = 0; at < about.st_size - 1; at++) {
        char was = 0, is = 0;
        assert_int_equal(pread(file, &was, 1, at), 1);
        is = was == '7' ? '8' : '7';
        assert_int_equal(pwrite(file, &is, 1, at), 1);
        assert_int_equal(seal_read(fixture.path, &key, &seal, &err), -1);
        assert_int_equal(pwrite(file, &was, 1, at), 1);
    }
    check_ok(seal_read(fixture.path, &key, &seal, &err));
    (void)close(file);
    remove_seal(&fixture);
    fixture_remove(&fixture);
}

TEST_CASE(many_seals_keep_marks_all_along_the_chain)
{
    (void)state;
    struct seal seal = {0};

    for (int64_t row = 1; row <= 100000; row++) {
        struct chain_place place = {.rows = row};
        seal_add(&seal, &place, 9000 + row);
    }
    assert_int_equal(seal_end(&seal).rows, 100000);
    assert_int_equal(seal.sequence, 100000);
    assert_int_equal(seal.since, 9001);
    assert_int_equal(seal.mark_count, SEAL_MARKS);
    for (size_t i = 0; i < seal.mark_count; i++) {
        int64_t before = i ? seal.marks[i - 1].rows : 0;
        assert_true(seal.marks[i].rows > before);
        assert_true(seal.marks[i].rows - before <= 100000 / (SEAL_MARKS / 4));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seal_is_read_as_it_was_written),
        cmocka_unit_test(a_seal_of_another_key_is_refused),
        cmocka_unit_test(any_single_byte_changed_of_the_seal_is_refused),
        cmocka_unit_test(many_seals_keep_marks_all_along_the_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
