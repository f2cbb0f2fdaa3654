#include "tests/unit/store/fixture.h"

#include "store/occurrences.h"
#include "store/overrides.h"
#include "store/past.h"

static struct override sample_override(const char *field, const char *theirs)
{
    return (struct override){
        .field = str_copy(field),
        .theirs = str_copy(theirs),
        .by_day = true,
        .at = 10,
        .learnt_at = 20,
        .by = str_copy("pct"),
        .login = str_copy("hoa"),
        .why = str_copy("chờ số liệu"),
        .document = str_copy("130/TB-UBND"),
    };
}

static void put_override(struct store *store, int64_t item, const char *field,
                         const char *theirs)
{
    owned(override_done) struct override override =
        sample_override(field, theirs);
    struct err err = {0};

    check_ok(store_put_override(store, item, &override, &err));
}

TEST_CASE(keeps_our_word_a_field_once_with_all_that_was_said)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(overrides_done) struct overrides list = {0};
    int64_t item = put_sample(fixture.store, "A", 100);
    struct err err = {0};

    put_override(fixture.store, item, "status", "4");
    put_override(fixture.store, item, "due", "2026-06-30T17:00:00");
    put_override(fixture.store, item, "status", "5");
    check_ok(store_get_overrides(fixture.store, item, &list, &err));
    assert_int_equal(list.count, 2);
    const struct override *status = &list.items[1];
    assert_string_equal(status->field, "status");
    assert_string_equal(status->theirs, "5");
    assert_true(status->by_day);
    assert_true(status->at == 10 && status->learnt_at == 20);
    assert_string_equal(status->by, "pct");
    assert_string_equal(status->login, "hoa");
    assert_string_equal(status->why, "chờ số liệu");
    assert_string_equal(status->document, "130/TB-UBND");
}

TEST_CASE(an_override_that_is_dropped_is_gone_and_may_be_dropped_again)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(overrides_done) struct overrides list = {0};
    int64_t item = put_sample(fixture.store, "A", 100);
    struct err err = {0};

    put_override(fixture.store, item, "due", "");
    check_ok(store_drop_override(fixture.store, item, "due", &err));
    check_ok(store_drop_override(fixture.store, item, "due", &err));
    check_ok(store_get_overrides(fixture.store, item, &list, &err));
    assert_int_equal(list.count, 0);
}

static int add(struct store *store, int64_t series, int64_t item, int day,
               struct err *err)
{
    const struct occurrence occurrence = {
        .series = series,
        .item = item,
        .day = {.year = 2026, .month = 6, .day = (int8_t)day},
    };

    return store_add_occurrence(store, &occurrence, err);
}

TEST_CASE(an_item_is_one_occurrence_and_a_day_has_one)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(occurrences_done) struct occurrences list = {0};
    struct store *store = fixture.store;
    int64_t series = put_sample(store, "S", 100);
    int64_t first = put_sample(store, "S/1", 100);
    int64_t second = put_sample(store, "S/2", 100);
    struct occurrence found = {0};
    struct err err = {0};

    assert_int_equal(store_last_occurrence(store, series, &found, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    check_ok(add(store, series, second, 19, &err));
    check_ok(add(store, series, first, 12, &err));
    assert_int_equal(add(store, series, series, 19, &err), -1);
    assert_int_equal(add(store, second, first, 26, &err), -1);
    check_ok(store_last_occurrence(store, series, &found, &err));
    assert_int_equal(found.item, second);
    assert_int_equal(found.day.day, 19);
    check_ok(store_occurrence_of(store, first, &found, &err));
    assert_int_equal(found.series, series);
    assert_int_equal(store_occurrence_of(store, series, &found, &err), -1);
    check_ok(store_get_occurrences(store, series, &list, &err));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].item, first);
}

static int note_code(void *context, const struct past_item *item,
                     struct err *err)
{
    (void)err;
    buf_addf(context, "%s ", item->code);
    return 0;
}

static int pass_row(void *context, const struct past_row *row, struct err *err)
{
    (void)context, (void)row, (void)err;
    return 0;
}

static int pass_end(void *context, const struct past_item *item,
                    struct err *err)
{
    (void)context, (void)item, (void)err;
    return 0;
}

/* Else a report would count a week's work twice, and the series as overdue
 * from its first date on. */
TEST_CASE(reports_are_of_the_occurrences_and_not_of_the_series)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    int64_t series = put_sample(store, "S", 100);
    int64_t first = put_sample(store, "S/1", 100);
    struct buf seen = {0};
    const struct past_visitor visitor = {note_code, pass_row, pass_end, &seen};
    struct err err = {0};

    (void)put_sample(store, "T", 100);
    check_ok(add(store, series, first, 12, &err));
    check_ok(store_visit_past(store, &visitor, &err));
    owned(str_free) char *codes = buf_take(&seen);
    assert_string_equal(codes, "S/1 T ");
}

TEST_CASE(overrides_and_occurrences_are_found_by_their_keys)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_new();

    check_plan(fixture.store, STATEMENT_GET_OVERRIDES,
               "sqlite_autoindex_item_overrides_1");
    check_plan(fixture.store, STATEMENT_LAST_OCCURRENCE,
               "sqlite_autoindex_occurrences_2");
    check_plan(fixture.store, STATEMENT_OCCURRENCE_OF,
               "sqlite_autoindex_occurrences_1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_our_word_a_field_once_with_all_that_was_said),
        cmocka_unit_test(
            an_override_that_is_dropped_is_gone_and_may_be_dropped_again),
        cmocka_unit_test(an_item_is_one_occurrence_and_a_day_has_one),
        cmocka_unit_test(reports_are_of_the_occurrences_and_not_of_the_series),
        cmocka_unit_test(overrides_and_occurrences_are_found_by_their_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
