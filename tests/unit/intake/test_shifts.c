/* Dates that should stand: what counts as moving one, and what is kept. */
#include "tests/unit/intake/lists.h"

#define DAY_3 "2026-06-26 07:00"
#define DAY_4 "2026-06-29 07:00"

/* A dossier with these deadline, finish and status. */
#define DOSSIER(due, finished, status)                                         \
    HEADER "A,X,vhxh,,22/06/2026 08:00," due "," finished "," status "\n"

static struct item take_one(struct office *office, const char *as_of,
                            const char *list)
{
    must_take(office, as_of, list);
    return item_of(office, "A");
}

/* "FROM>TO" of a shift, "" for none; yours. */
static char *shift_text(const struct office *office, const struct shift *shift)
{
    char from[20] = "", to[20] = "";

    if (!shift->times)
        return str_copy("");
    zone_format(office->zone, shift->from, from);
    zone_format(office->zone, shift->to, to);
    return str_format("%s>%s", from, to);
}

static void check_shift(const struct office *office, const struct shift *shift,
                        int64_t times, const char *wanted)
{
    owned(str_free) char *text = shift_text(office, shift);

    assert_int_equal(shift->times, times);
    assert_string_equal(text, wanted);
}

TEST_CASE(an_earlier_finish_than_the_known_one_is_moved_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(item_done) struct item first = take_one(
        &office, DAY_3, DOSSIER("25/06/2026", "26/06/2026 06:00", "9"));
    owned(item_done) struct item second = take_one(
        &office, DAY_4, DOSSIER("25/06/2026", "25/06/2026 16:00", "9"));

    check_shift(&office, &first.finish_moved, 0, "");
    check_shift(&office, &second.finish_moved, 1,
                "2026-06-26T06:00:00>2026-06-25T16:00:00");
    assert_true(second.finish_moved.at == local(&office, DAY_4));
    assert_string_equal(second.finish_moved.source, "motcua list.csv:2");
}

TEST_CASE(a_later_finish_or_the_same_is_not_moved_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    must_take(&office, DAY_2, DOSSIER("25/06/2026", "24/06/2026 09:00", "9"));
    owned(item_done) struct item later = take_one(
        &office, DAY_3, DOSSIER("25/06/2026", "25/06/2026 09:00", "9"));
    /* The day alone says nothing against the hour. */
    owned(item_done) struct item same =
        take_one(&office, DAY_4, DOSSIER("25/06/2026", "25/06/2026", "10"));

    check_shift(&office, &later.finish_moved, 0, "");
    check_shift(&office, &same.finish_moved, 0, "");
}

TEST_CASE(a_finish_taken_away_and_given_again_earlier_is_moved_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    must_take(&office, DAY_2, DOSSIER("23/06/2026", "24/06/2026 09:00", "9"));
    owned(item_done) struct item open =
        take_one(&office, DAY_3, DOSSIER("23/06/2026", "", "4"));
    owned(item_done) struct item again = take_one(
        &office, DAY_4, DOSSIER("23/06/2026", "23/06/2026 09:00", "9"));

    check_shift(&office, &open.finish_moved, 0, "");
    check_shift(&office, &again.finish_moved, 1,
                "2026-06-24T09:00:00>2026-06-23T09:00:00");
}

TEST_CASE(each_move_is_counted_and_the_same_list_again_moves_nothing)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    must_take(&office, DAY_2, DOSSIER("23/06/2026", "24/06/2026 09:00", "9"));
    must_take(&office, DAY_3, DOSSIER("23/06/2026", "23/06/2026 18:00", "9"));
    owned(item_done) struct item same = take_one(
        &office, DAY_4, DOSSIER("23/06/2026", "23/06/2026 18:00", "9"));
    owned(item_done) struct item third =
        take_one(&office, "2026-06-30 07:00",
                 DOSSIER("23/06/2026", "23/06/2026 16:00", "9"));

    assert_int_equal(same.finish_moved.times, 1);
    check_shift(&office, &third.finish_moved, 2,
                "2026-06-23T18:00:00>2026-06-23T16:00:00");
}

TEST_CASE(a_promise_moved_while_work_goes_on_is_no_original_changed)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(item_done) struct item first =
        take_one(&office, DAY_1, DOSSIER("25/06/2026", "", "4"));
    owned(item_done) struct item moved =
        take_one(&office, DAY_2, DOSSIER("30/06/2026", "", "4"));

    check_shift(&office, &moved.original_moved, 0, "");
    assert_true(moved.original_due_at == first.due_at);
}

TEST_CASE(the_first_promise_of_finished_work_rewritten_is_an_original_changed)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(item_done) struct item first = take_one(
        &office, DAY_2, DOSSIER("23/06/2026", "24/06/2026 09:00", "9"));
    owned(item_done) struct item moved = take_one(
        &office, DAY_3, DOSSIER("24/06/2026", "24/06/2026 09:00", "9"));

    check_shift(&office, &moved.original_moved, 1,
                "2026-06-23T17:00:00>2026-06-24T17:00:00");
    assert_true(moved.original_due_at == first.due_at);
    owned(str_free) char *history = history_of(&office, "A", "original-due");
    assert_string_equal(
        history, "2026-06-23T17:00:00>2026-06-24T17:00:00 2026-06-26T07:00:00 "
                 "2026-06-26T07:00:00 motcua list.csv:2\n");
}

TEST_CASE(a_list_that_brings_a_late_finish_and_a_later_promise_rewrites_it)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    must_take(&office, DAY_2, DOSSIER("23/06/2026", "", "4"));
    owned(item_done) struct item moved = take_one(
        &office, DAY_3, DOSSIER("25/06/2026", "25/06/2026 09:00", "9"));

    check_shift(&office, &moved.original_moved, 1,
                "2026-06-23T17:00:00>2026-06-25T17:00:00");
}

TEST_CASE(a_list_that_brings_a_finish_in_time_rewrites_nothing)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    must_take(&office, DAY_2, DOSSIER("26/06/2026", "", "4"));
    owned(item_done) struct item moved = take_one(
        &office, DAY_3, DOSSIER("30/06/2026", "25/06/2026 09:00", "9"));

    check_shift(&office, &moved.original_moved, 0, "");
}

#define WITH_ORIGINAL(original, due)                                                    \
    "Mã hồ sơ,Tên TTHC,Đơn vị xử lý,Ngày tiếp nhận,Ngày hẹn trả," \
    "Ngày hẹn trả ban đầu,Trạng thái\n"                                      \
    "A,X,vhxh,22/06/2026 08:00," due "," original ",4\n"

TEST_CASE(a_list_that_says_the_original_is_believed_once)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    owned(item_done) struct item first =
        take_one(&office, DAY_1, WITH_ORIGINAL("25/06/2026", "30/06/2026"));
    owned(item_done) struct item other =
        take_one(&office, DAY_2, WITH_ORIGINAL("29/06/2026", "30/06/2026"));
    check_remark(&office, "another original deadline is given");
    owned(item_done) struct item same =
        take_one(&office, DAY_3, WITH_ORIGINAL("29/06/2026", "30/06/2026"));
    owned(item_done) struct item empty =
        take_one(&office, DAY_4, WITH_ORIGINAL("", "30/06/2026"));

    assert_true(first.original_due_at == local(&office, "2026-06-25 17:00"));
    check_shift(&office, &first.original_moved, 0, "");
    assert_true(other.original_due_at == first.original_due_at);
    check_shift(&office, &other.original_moved, 1,
                "2026-06-25T17:00:00>2026-06-29T17:00:00");
    assert_int_equal(same.original_moved.times, 1);
    assert_int_equal(empty.original_moved.times, 1);
    assert_true(empty.original_due_at == first.original_due_at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_earlier_finish_than_the_known_one_is_moved_back),
        cmocka_unit_test(a_later_finish_or_the_same_is_not_moved_back),
        cmocka_unit_test(
            a_finish_taken_away_and_given_again_earlier_is_moved_back),
        cmocka_unit_test(
            each_move_is_counted_and_the_same_list_again_moves_nothing),
        cmocka_unit_test(
            a_promise_moved_while_work_goes_on_is_no_original_changed),
        cmocka_unit_test(
            the_first_promise_of_finished_work_rewritten_is_an_original_changed),
        cmocka_unit_test(
            a_list_that_brings_a_late_finish_and_a_later_promise_rewrites_it),
        cmocka_unit_test(a_list_that_brings_a_finish_in_time_rewrites_nothing),
        cmocka_unit_test(a_list_that_says_the_original_is_believed_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
