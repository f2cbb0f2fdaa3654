#include "tests/unit/store/fixture.h"

#include "store/imports.h"

static char items[] = "items", motcua[] = "motcua", file[] = "ho-so.csv",
            digest[] = "abcd", login[] = "quantri";

static struct import sample_import(int64_t as_of)
{
    return (struct import){.kind = items,
                           .feed = motcua,
                           .file = file,
                           .digest = digest,
                           .as_of = as_of,
                           .at = 7000,
                           .by = login};
}

TEST_CASE(finds_the_newest_finished_import_of_a_feed)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(import_done) struct import last = {0};
    struct import newest = sample_import(6000);
    struct import older = sample_import(5000);
    struct import unfinished = sample_import(6500);
    struct err err = {0};

    check_ok(store_add_import(store, &newest, &err));
    assert_int_equal(store_last_import(store, "motcua", &last, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
    newest.rows = 373;
    newest.fresh = 370;
    newest.changed = 2;
    newest.rejected = 1;
    check_ok(store_finish_import(store, &newest, &err));
    check_ok(store_add_import(store, &older, &err));
    check_ok(store_finish_import(store, &older, &err));
    check_ok(store_add_import(store, &unfinished, &err));

    check_ok(store_last_import(store, "motcua", &last, &err));
    assert_int_equal(last.id, newest.id);
    assert_string_equal(last.kind, "items");
    assert_string_equal(last.feed, "motcua");
    assert_string_equal(last.file, "ho-so.csv");
    assert_string_equal(last.digest, "abcd");
    assert_string_equal(last.by, "quantri");
    assert_int_equal(last.as_of, 6000);
    assert_int_equal(last.at, 7000);
    assert_int_equal(last.rows, 373);
    assert_int_equal(last.fresh, 370);
    assert_int_equal(last.changed, 2);
    assert_int_equal(last.rejected, 1);
    newest.id = 99;
    assert_int_equal(store_finish_import(store, &newest, &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

TEST_CASE(remembers_small_facts_by_name)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    owned(str_free) char *missing = NULL;
    owned(str_free) char *text = NULL;
    owned(str_free) char *of_number = NULL;
    struct err err = {0};
    int64_t number = 0;

    check_ok(store_meta_int(store, "n", 42, &number, &err));
    assert_int_equal(number, 42);
    check_ok(store_meta_set_int(store, "n", 0, &err));
    check_ok(store_meta_set_int(store, "n", -7, &err));
    check_ok(store_meta_int(store, "n", 42, &number, &err));
    assert_int_equal(number, -7);
    check_ok(store_meta_text(store, "t", &missing, &err));
    assert_null(missing);
    check_ok(store_meta_text(store, "n", &of_number, &err));
    assert_null(of_number);
    check_ok(store_meta_set_text(store, "t", "Kiến An", &err));
    check_ok(store_meta_text(store, "t", &text, &err));
    assert_string_equal(text, "Kiến An");
}

TEST_CASE(records_who_did_what)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct err err = {0};
    int64_t found = 0;

    check_ok(store_record_action(fixture.store, 9, "quantri", "queue cancel",
                                 "notice 7", &err));
    check_ok(store_ask(fixture.store,
                       "SELECT count(*) FROM actions WHERE done_at = 9 AND"
                       " login = 'quantri' AND verb = 'queue cancel' AND"
                       " detail = 'notice 7'",
                       &found, &err));
    assert_int_equal(found, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_newest_finished_import_of_a_feed),
        cmocka_unit_test(remembers_small_facts_by_name),
        cmocka_unit_test(records_who_did_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
