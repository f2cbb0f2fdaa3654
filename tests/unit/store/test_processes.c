#include "tests/unit/store/fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Ids that nobody has, for files that root gives away. */
enum { GROUP = 4711, STRANGER = 4712, OTHERS = 4713 };

/* Run in a child that ends without going back into the test's clean-up. */
static pid_t in_child(void (*duty)(const struct fixture *),
                      const struct fixture *fixture)
{
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        /* A test that fails must not leave its children behind. */
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        duty(fixture);
        _exit(0);
    }
    return child;
}

static int end_of(pid_t child)
{
    int status = 0;

    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void take_lock_and_wait(const struct fixture *fixture)
{
    struct store *store = NULL;
    struct err err = {0};
    char started = 's';

    if (store_open(fixture->path, STORE_WRITE, &store, &err) != 0 ||
        store_begin(store, 0, &err) != 0)
        _exit(1);
    (void)put_sample(store, "of-the-child", 5000);
    (void)!write(STDOUT_FILENO, &started, 1);
    (void)pause();
}

/* Start such a child and come back when it is inside its transaction. */
static pid_t child_inside(const struct fixture *fixture)
{
    int ends[2];
    char started = 0;
    int kept = dup(STDOUT_FILENO);

    assert_int_equal(pipe(ends), 0);
    (void)dup2(ends[1], STDOUT_FILENO);
    pid_t child = in_child(take_lock_and_wait, fixture);
    (void)dup2(kept, STDOUT_FILENO);
    (void)close(kept);
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &started, 1), 1);
    (void)close(ends[0]);
    return child;
}

TEST_CASE(names_the_process_that_holds_the_lock)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    struct err err = {0};
    pid_t child = child_inside(&fixture);
    owned(str_free) char *name = str_format("process %ld holds", (long)child);

    for (int wait_ms = 0; wait_ms <= 30; wait_ms += 30) {
        assert_int_equal(store_begin(fixture.store, wait_ms, &err), -1);
        assert_int_equal(err.code, ERR_BUSY);
        assert_non_null(strstr(err.text, name));
    }
    assert_int_equal(store_checkpoint(fixture.store, &err), -1);
    assert_int_equal(err.code, ERR_BUSY);
    (void)kill(child, SIGKILL);
    (void)end_of(child);
    check_ok(store_begin(fixture.store, 0, &err));
}

TEST_CASE(loses_nothing_committed_to_a_kill_within_a_transaction)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(item_done) struct item item = {0};
    struct err err = {0};

    (void)put_sample(fixture.store, "committed", 5000);
    check_ok(store_commit(fixture.store, &err));
    store_free(&fixture.store);
    pid_t child = child_inside(&fixture);
    (void)kill(child, SIGKILL);
    assert_true(WIFSIGNALED(end_of(child)));

    check_ok(store_open(fixture.path, STORE_WRITE, &fixture.store, &err));
    check_ok(store_get_item(fixture.store, "committed", &item, &err));
    assert_int_equal(store_get_item(fixture.store, "of-the-child", &item, &err),
                     -1);
}

static void write_fifty(const struct fixture *fixture)
{
    struct store *store = NULL;
    struct err err = {0};

    if (store_open(fixture->path, STORE_WRITE, &store, &err) != 0)
        _exit(1);
    for (int i = 0; i < 50; i++) {
        owned(str_free) char *code = str_format("%ld-%d", (long)getpid(), i);
        if (store_begin(store, 20000, &err) != 0)
            _exit(2);
        (void)put_sample(store, code, 5000);
        if (store_commit(store, &err) != 0 ||
            (i % 10 == 0 && store_checkpoint(store, &err) != 0 &&
             err.code != ERR_BUSY))
            _exit(3);
    }
    store_free(&store);
}

TEST_CASE(lets_two_processes_write_in_turn)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    const struct item_filter all = {.kind = -1};
    struct err err = {0};
    int64_t count = 0, before = 0, after = 0;

    check_ok(store_data_version(fixture.store, &before, &err));
    pid_t one = in_child(write_fifty, &fixture);
    pid_t other = in_child(write_fifty, &fixture);
    assert_int_equal(end_of(one), 0);
    assert_int_equal(end_of(other), 0);
    check_ok(store_data_version(fixture.store, &after, &err));
    assert_int_not_equal(before, after);
    check_ok(store_count_items(fixture.store, &all, &count, &err));
    assert_int_equal(count, 100);
}

/* As somebody of the group, in a directory and with files that such a one
 * may only read. */
static void read_as_group_member(const struct fixture *fixture)
{
    struct store *store = NULL;
    struct item item = {0};
    struct err err = {0};

    if (getuid() == 0 && (setgid(GROUP) != 0 || setuid(STRANGER) != 0))
        _exit(1);
    if (store_open(fixture->path, STORE_READ, &store, &err) != 0 ||
        store_get_item(store, "kept", &item, &err) != 0) {
        (void)fprintf(stderr, "%s\n", err.text);
        _exit(2);
    }
    item_done(&item);
    store_free(&store);
}

/* Root's files go to another's; otherwise we take the right to write from
 * ourselves. */
static void let_group_read(const struct fixture *fixture)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    bool root = getuid() == 0;

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        owned(str_free) char *file =
            str_format("%s%s", fixture->path, endings[i]);
        if (root)
            assert_int_equal(chown(file, OTHERS, GROUP), 0);
        else
            assert_int_equal(chmod(file, 0440), 0);
    }
    if (root)
        assert_int_equal(chown(fixture->directory, OTHERS, GROUP), 0);
    assert_int_equal(chmod(fixture->directory, root ? 0750 : 0550), 0);
}

TEST_CASE(is_read_by_a_group_member_while_and_after_it_is_written)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct err err = {0};

    (void)put_sample(fixture.store, "kept", 5000);
    check_ok(store_commit(fixture.store, &err));
    let_group_read(&fixture);
    assert_int_equal(end_of(in_child(read_as_group_member, &fixture)), 0);
    store_free(&fixture.store);
    assert_int_equal(end_of(in_child(read_as_group_member, &fixture)), 0);
    (void)chmod(fixture.directory, 0750);
}

TEST_CASE(serves_one_daemon_at_a_time)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();
    owned(store_free) struct store *other = NULL;
    owned(str_free) char *name = str_format("process %ld", (long)getpid());
    struct err err = {0};

    check_ok(store_lock_instance(fixture.store, &err));
    check_ok(store_open(fixture.path, STORE_WRITE, &other, &err));
    assert_int_equal(store_lock_instance(other, &err), -1);
    assert_int_equal(err.code, ERR_BUSY);
    assert_non_null(strstr(err.text, name));
    check_ok(store_begin(other, 0, &err));
    store_rollback(other);
    store_free(&fixture.store);
    check_ok(store_lock_instance(other, &err));
}

TEST_CASE(does_not_hand_its_locks_to_other_programs)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();

    assert_true(fcntl(fixture.store->lock.fd, F_GETFD) & FD_CLOEXEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_process_that_holds_the_lock),
        cmocka_unit_test(
            loses_nothing_committed_to_a_kill_within_a_transaction),
        cmocka_unit_test(lets_two_processes_write_in_turn),
        cmocka_unit_test(
            is_read_by_a_group_member_while_and_after_it_is_written),
        cmocka_unit_test(serves_one_daemon_at_a_time),
        cmocka_unit_test(does_not_hand_its_locks_to_other_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
