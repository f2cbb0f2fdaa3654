/* The clocks of an item: pauses that are given back (R9), papers that are
 * asked for, and since when nobody holds it. */
#include "tests/unit/intake/lists.h"

#include "intake/changes.h"

#define RUNS(due) HEADER ROW("A", "vhxh", "cv1.vhxh", due, "4")
#define PAUSED(due) HEADER ROW("A", "vhxh", "cv1.vhxh", due, "5")
#define DUE "30/06/2026 17:00"

/* Where the deadline of A stands, "none" when nobody knows. */
static void check_deadline(const struct office *office, const char *deadline)
{
    owned(item_done) struct item item = item_of(office, "A");
    char text[20] = "none";

    if (item_deadline(&item) != INSTANT_NONE)
        zone_format(office->zone, item_deadline(&item), text);
    assert_string_equal(text, deadline);
}

static struct pauses pauses_of(const struct office *office)
{
    owned(item_done) struct item item = item_of(office, "A");
    struct pauses pauses = {0};
    struct err err = {0};

    check_ok(store_get_pauses(office->fixture.store, item.id, &pauses, &err));
    return pauses;
}

/* Received Mon 22/06 08:00; sessions of 7.5 h a day. */
static const struct {
    const char *due, *from, *until;
    const char *deadline;
    int64_t seconds;
    const char *why;
} given[] = {
    {DUE, "2026-06-26 16:00", "2026-06-29 08:00", "2026-07-01T09:00:00", 5400,
     "Friday's last hour and Monday's first half (R4)"},
    {DUE, "2026-06-27 08:00", "2026-06-28 20:00", "2026-06-30T17:00:00", 0,
     "inside a weekend nothing"},
    {DUE, "2026-06-25 17:00", "2026-06-26 07:30", "2026-06-30T17:00:00", 0,
     "over a night nothing"},
    {"23/06/2026 17:00", "2026-06-23 09:00", "2026-06-24 16:00",
     "2026-06-25T14:30:00", 45000, "12 h 30 (R4)"},
    {"22/06/2026 17:00", "2026-06-23 09:00", "2026-06-23 17:00",
     "2026-06-23T15:30:00", 21600, "overdue by 1 h 30 before as after"},
    {"27/06/2026 10:00", "2026-06-26 16:00", "2026-06-29 08:00",
     "2026-06-29T09:00:00", 5400,
     "a promise on a rest day goes on from the next session"},
    {DUE, "2026-06-22 07:00", "2026-06-22 09:30", "2026-07-01T09:00:00", 5400,
     "from the receipt on"},
};

TEST_CASE(a_pause_is_given_back_in_working_time)
{
    (void)state;
    for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++) {
        owned(office_done) struct office office = office_new();
        owned(str_free) char *paused = str_format(
            HEADER "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,%s,,5\n",
            given[i].due);
        owned(str_free) char *runs = str_format(
            HEADER "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,%s,,4\n",
            given[i].due);
        must_take(&office, given[i].from, paused);
        must_take(&office, given[i].until, runs);
        owned(pauses_done) struct pauses pauses = pauses_of(&office);
        owned(item_done) struct item item = item_of(&office, "A");
        if (pauses.items[0].seconds != given[i].seconds)
            fail_msg("%s: %lld", given[i].why,
                     (long long)pauses.items[0].seconds);
        assert_int_equal(item.paused_seconds, given[i].seconds);
        check_deadline(&office, given[i].deadline);
    }
}

/* The law: a pause over no working time changes nothing, wherever the
 * deadline stands. */
TEST_CASE(a_pause_over_no_working_time_changes_nothing)
{
    (void)state;
    static const char *const dues[] = {
        "24/06/2026 07:30", "24/06/2026 12:00", "24/06/2026 17:00",
        "24/06/2026 20:00", "27/06/2026 10:00", "28/06/2026 23:59:59",
        "30/06/2026 11:30",
    };

    for (size_t i = 0; i < sizeof(dues) / sizeof(*dues); i++) {
        owned(office_done) struct office office = office_new();
        owned(str_free) char *row = str_format(
            "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,%s,,", dues[i]);
        owned(str_free) char *paused = str_format("%s%s5\n", HEADER, row);
        owned(str_free) char *runs = str_format("%s%s4\n", HEADER, row);
        must_take(&office, "2026-06-26 17:00", paused);
        must_take(&office, "2026-06-29 07:30", runs);
        owned(item_done) struct item item = item_of(&office, "A");
        assert_int_equal(item_deadline(&item), item.due_at);
        owned(str_free) char *history = history_of(&office, "A", "deadline");
        assert_string_equal(history, "");
    }
}

TEST_CASE(two_pauses_are_both_given_back_and_on_record)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, "2026-06-22 08:30", RUNS(DUE));
    must_take(&office, "2026-06-22 09:00", PAUSED(DUE));
    must_take(&office, "2026-06-22 10:00", RUNS(DUE));
    must_take(&office, "2026-06-23 09:00", PAUSED(DUE));
    must_take(&office, "2026-06-23 11:00", RUNS(DUE));
    check_deadline(&office, "2026-07-01T10:30:00");
    owned(str_free) char *history = history_of(&office, "A", "deadline");
    assert_string_equal(history,
                        ">2026-07-01T08:30:00 2026-06-22T10:00:00 "
                        "2026-06-22T10:00:00 motcua list.csv:2\n"
                        "2026-07-01T08:30:00>2026-07-01T10:30:00 "
                        "2026-06-23T11:00:00 2026-06-23T11:00:00 motcua "
                        "list.csv:2\n");
    owned(pauses_done) struct pauses pauses = pauses_of(&office);
    assert_int_equal(pauses.count, 2);
    assert_string_equal(pauses.items[1].source, "motcua list.csv:2");
    assert_string_equal(pauses.items[1].end_source, "motcua list.csv:2");
}

/* The promise is moved at the beginning, during, at the end of, or after the
 * pause. */
TEST_CASE(a_promise_that_its_source_moved_contains_the_pause)
{
    (void)state;
    static const char *const moved = "02/07/2026 17:00";
    static const struct {
        int from; /* the list, of four, that first has the other promise */
        const char *why;
    } rows[] = {
        {1, "with its beginning"},
        {2, "during it"},
        {3, "with its end"},
        {4, "after it"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        owned(office_done) struct office office = office_new();
        static const char *const days[] = {
            "2026-06-22 09:00", "2026-06-23 09:00", "2026-06-24 09:00",
            "2026-06-25 09:00", "2026-06-26 09:00"};
        for (int day = 0; day < 5; day++) {
            owned(str_free) char *list = str_format(
                HEADER "A,Đăng ký kết hôn,vhxh,cv1.vhxh,22/06/2026 08:00,"
                       "%s,,%s\n",
                day < rows[i].from ? DUE : moved,
                day == 1 || day == 2 ? "5" : "4");
            must_take(&office, days[day], list);
        }
        owned(pauses_done) struct pauses pauses = pauses_of(&office);
        if (!pauses.items[0].contained)
            fail_msg("%s", rows[i].why);
        assert_int_equal(pauses.items[0].seconds, 54000);
        check_deadline(&office, "2026-07-02T17:00:00");
    }
}

TEST_CASE(a_pause_after_a_promise_was_moved_is_given_back)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, "2026-06-22 09:00", RUNS("26/06/2026 17:00"));
    must_take(&office, "2026-06-22 10:00", RUNS(DUE));
    must_take(&office, "2026-06-23 09:00", PAUSED(DUE));
    must_take(&office, "2026-06-23 10:00", RUNS(DUE));
    check_deadline(&office, "2026-07-01T08:30:00");
}

/* The term of a procedure knows of no pause, also not when its source takes
 * back a promise that did. */
TEST_CASE(a_computed_promise_contains_no_pause)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);

    assert_int_equal(take(&office, intake_procedures, &options,
                          "code,name,field,unit,term,online_term,"
                          "same_day_cutoff,supplement_limit\n"
                          "P,Đăng ký kết hôn,,vhxh,5wd,,,\n"),
                     0);
    must_take(&office, "2026-06-22 08:30", RUNS(""));
    must_take(&office, "2026-06-22 09:00", PAUSED(""));
    must_take(&office, "2026-06-22 10:00", RUNS(""));
    check_deadline(&office, "2026-06-29T09:00:00");
    must_take(&office, "2026-06-23 10:00", RUNS(DUE));
    check_deadline(&office, "2026-06-30T17:00:00");
    must_take(&office, "2026-06-24 10:00", RUNS(""));
    check_deadline(&office, "2026-06-29T09:00:00");
}

TEST_CASE(a_pause_in_a_year_not_entered_waits_for_it)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, "2026-12-31 09:00", PAUSED("31/12/2026 17:00"));
    must_take(&office, "2027-01-05 09:00", RUNS("31/12/2026 17:00"));
    check_deadline(&office, "none");
    owned(pauses_done) struct pauses pauses = pauses_of(&office);
    assert_true(pauses.items[0].seconds == INSTANT_NONE);
    must_take(&office, "2027-01-06 09:00", RUNS("08/01/2027 17:00"));
    check_deadline(&office, "2027-01-08T17:00:00");
}

/* ---- papers ---- */

#define TABLE                                                                  \
    "code,name,field,unit,term,online_term,same_day_cutoff,"                   \
    "supplement_limit\n"

TEST_CASE(papers_asked_for_are_counted_with_their_limit)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);

    assert_int_equal(take(&office, intake_procedures, &options,
                          TABLE "P,Đăng ký kết hôn,,vhxh,15wd,,,2wd-end\n"),
                     0);
    must_take(&office, "2026-06-22 09:00", RUNS(DUE));
    must_take(&office, "2026-06-23 09:00", PAUSED(DUE));
    owned(item_done) struct item asked = item_of(&office, "A");
    assert_int_equal(asked.supplement_count, 1);
    assert_int_equal(asked.supplement_at, local(&office, "2026-06-23 09:00"));
    assert_int_equal(asked.supplement_due_at,
                     local(&office, "2026-06-25 17:00"));
    assert_true(asked.supplement_over_at == INSTANT_NONE);

    must_take(&office, "2026-06-24 09:00", RUNS(DUE));
    owned(item_done) struct item brought = item_of(&office, "A");
    assert_true(brought.supplement_due_at == INSTANT_NONE);
    assert_int_equal(brought.supplement_over_at,
                     local(&office, "2026-06-24 09:00"));

    /* Money is no paper: the clock that ran again ran again then. */
    must_take(&office, "2026-06-25 09:00",
              HEADER ROW("A", "vhxh", "cv1.vhxh", DUE, "6"));
    must_take(&office, "2026-06-26 09:00", RUNS(DUE));
    owned(item_done) struct item paid = item_of(&office, "A");
    assert_int_equal(paid.supplement_count, 1);
    assert_int_equal(paid.supplement_over_at,
                     local(&office, "2026-06-24 09:00"));

    must_take(&office, "2026-06-29 09:00", PAUSED(DUE));
    owned(item_done) struct item again = item_of(&office, "A");
    assert_int_equal(again.supplement_count, 2);
    assert_int_equal(again.supplement_due_at,
                     local(&office, "2026-07-01 17:00"));
}

TEST_CASE(without_a_limit_papers_have_no_deadline)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, "2026-06-23 09:00", PAUSED(DUE));
    owned(item_done) struct item item = item_of(&office, "A");
    assert_int_equal(item.supplement_count, 1);
    assert_true(item.supplement_due_at == INSTANT_NONE);
}

TEST_CASE(knows_since_when_nobody_holds_an_item)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, HEADER ROW("A", "vhxh", "", DUE, "4"));
    owned(item_done) struct item nobodys = item_of(&office, "A");
    assert_int_equal(nobodys.unassigned_at, nobodys.received_at);
    must_take(&office, DAY_2, RUNS(DUE));
    owned(item_done) struct item held = item_of(&office, "A");
    assert_true(held.unassigned_at == INSTANT_NONE);
    must_take(&office, "2026-06-26 07:00",
              HEADER ROW("A", "vhxh", "", DUE, "4"));
    owned(item_done) struct item again = item_of(&office, "A");
    assert_int_equal(again.unassigned_at, local(&office, "2026-06-26 07:00"));
}

/* ---- by command ---- */

static struct change command_at(struct office *office, const char *at)
{
    return (struct change){
        .store = office->fixture.store,
        .calendar = office->calendar,
        .at = local(office, at),
        .learnt_at = local(office, "2026-06-30 08:00"),
        .source = "command: waits for a survey",
        .by = "quantri",
        .language = TEXTS_EN,
    };
}

/* Pause A by command, or let it go on; the refusal, or "". */
static const char *order(struct office *office, const char *at, bool pause)
{
    const struct change change = command_at(office, at);
    owned(item_done) struct item item = item_of(office, "A");
    const struct status *status = status_find(KIND_DOSSIER, pause ? "6" : "4");
    struct err err = {0};

    office->err = (struct err){0};
    check_ok(store_begin(change.store, 0, &err));
    int failed = pause ? change_pause(&change, &item, status, &office->err)
                       : change_resume(&change, &item, status, &office->err);
    if (failed) {
        assert_int_equal(office->err.code, ERR_INVALID);
        store_rollback(change.store);
    } else {
        check_ok(store_commit(change.store, &err));
    }
    return office->err.text;
}

TEST_CASE(a_pause_by_command_is_given_back_from_its_own_instants)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, RUNS(DUE));
    assert_string_equal(order(&office, "2026-06-25 09:00", true), "");
    assert_string_equal(order(&office, "2026-06-25 11:00", false), "");
    check_deadline(&office, "2026-07-01T09:30:00");
    owned(pauses_done) struct pauses pauses = pauses_of(&office);
    assert_string_equal(pauses.items[0].source, "command: waits for a survey");
    owned(item_done) struct item item = item_of(&office, "A");
    assert_string_equal(item.status->code, "4");
}

TEST_CASE(a_pause_by_command_that_cannot_be_is_refused_with_its_reason)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    must_take(&office, DAY_1, RUNS(DUE));
    assert_string_equal(order(&office, "2026-06-25 09:00", false),
                        "A is not paused");
    assert_string_equal(order(&office, "2026-07-01 09:00", true),
                        "A: 2026-07-01T09:00:00 has not come yet; only what "
                        "has happened is written down");
    assert_string_equal(order(&office, "2026-06-25 09:00", true), "");
    assert_string_equal(order(&office, "2026-06-26 09:00", true),
                        "A is paused since 2026-06-25T09:00:00: let it go on "
                        "before it is paused again");
    assert_string_equal(order(&office, "2026-06-25 08:59", false),
                        "A is paused since 2026-06-25T09:00:00: it cannot go "
                        "on before that");
    assert_string_equal(order(&office, "2026-06-25 11:00", false), "");
    assert_string_equal(order(&office, "2026-06-25 10:00", true),
                        "A was paused until 2026-06-25T11:00:00: the next "
                        "pause begins then or later");
    must_take(&office, "2026-06-29 07:00",
              HEADER ROW("A", "vhxh", "cv1.vhxh", DUE, "9"));
    assert_string_equal(order(&office, "2026-06-29 09:00", true),
                        "A is finished or no longer in its source: it cannot "
                        "be paused");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pause_is_given_back_in_working_time),
        cmocka_unit_test(a_pause_over_no_working_time_changes_nothing),
        cmocka_unit_test(two_pauses_are_both_given_back_and_on_record),
        cmocka_unit_test(a_promise_that_its_source_moved_contains_the_pause),
        cmocka_unit_test(a_pause_after_a_promise_was_moved_is_given_back),
        cmocka_unit_test(a_computed_promise_contains_no_pause),
        cmocka_unit_test(a_pause_in_a_year_not_entered_waits_for_it),
        cmocka_unit_test(papers_asked_for_are_counted_with_their_limit),
        cmocka_unit_test(without_a_limit_papers_have_no_deadline),
        cmocka_unit_test(knows_since_when_nobody_holds_an_item),
        cmocka_unit_test(
            a_pause_by_command_is_given_back_from_its_own_instants),
        cmocka_unit_test(
            a_pause_by_command_that_cannot_be_is_refused_with_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
