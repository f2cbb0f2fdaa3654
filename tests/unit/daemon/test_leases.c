#include "tests/unit/check.h"

#include "daemon/leases.h"

static void add(struct leases *leases, int64_t notice, int64_t worker,
                bool late)
{
    const struct lease lease = {
        .notice = notice, .attempt = 1, .worker = worker, .late = late};

    leases_add(leases, &lease);
}

TEST_CASE(counts_what_a_worker_holds)
{
    (void)state;
    owned(leases_free) struct leases *leases = leases_new();

    add(leases, 1, 7, false);
    add(leases, 2, 7, true);
    add(leases, 3, NO_WORKER, false);
    assert_int_equal(leases_count_of(leases, 7), 2);
    assert_int_equal(leases_count_of(leases, NO_WORKER), 1);
    assert_null(leases_find(leases, 1, 2));
    assert_true(leases_has_notice(leases, 3));
}

TEST_CASE(losing_a_worker_loses_its_leases_and_forgets_its_late_ones)
{
    (void)state;
    owned(leases_free) struct leases *leases = leases_new();

    add(leases, 1, 7, false);
    add(leases, 2, 7, true);
    add(leases, 3, 8, false);
    leases_lose(leases, 7);
    assert_true(leases_find(leases, 1, 1)->lost);
    assert_null(leases_find(leases, 2, 1));
    assert_false(leases_find(leases, 3, 1)->lost);
    assert_int_equal(leases_count_of(leases, 7), 0);
    assert_false(leases_has_notice(leases, 1));
    assert_true(leases_any_lost(leases));
}

TEST_CASE(what_has_ended_goes_with_the_commit_and_stays_without)
{
    (void)state;
    owned(leases_free) struct leases *leases = leases_new();

    add(leases, 1, 7, false);
    leases_find(leases, 1, 1)->ended = true;
    assert_int_equal(leases_count_of(leases, 7), 0);
    leases_revive(leases);
    assert_int_equal(leases_count_of(leases, 7), 1);
    leases_find(leases, 1, 1)->ended = true;
    leases_sweep(leases);
    assert_int_equal(leases_count(leases), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_a_worker_holds),
        cmocka_unit_test(
            losing_a_worker_loses_its_leases_and_forgets_its_late_ones),
        cmocka_unit_test(what_has_ended_goes_with_the_commit_and_stays_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
