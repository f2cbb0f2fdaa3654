#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "render/facts.h"

static char bytes[256 * 1024];

static struct json *parsed(const char *text)
{
    struct err err = {0};
    struct json *facts = json_parse(text, strlen(text), &err);

    assert_non_null(facts);
    return facts;
}

static struct json *sample(const char *name)
{
    owned(str_free) char *path =
        str_format("%s/tests/data/notices/%s.json", SOURCE_DIR, name);
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
    (void)fclose(file);
    return parsed(bytes);
}

TEST_CASE(what_a_notice_is_known_to_hold_stays_in_public)
{
    static const char *const names[] = {"staff", "head", "vice-chair", "admin",
                                        "test"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        owned(json_free) struct json *facts = sample(names[i]);
        owned(json_free) struct json *harmless = facts_public(facts);
        owned(json_free) struct json *again = facts_public(harmless);
        (void)again; /* is only to be freed */
        size_t count = 0;
        const char *name;
        struct json *member;
        for (; json_member(facts, count, &name, &member); count++) {
            owned(str_free) char *before = json_format(member);
            owned(str_free) char *after = json_format(json_get(harmless, name));
            assert_int_equal(strlen(before), strlen(after));
        }
        assert_false(json_member(harmless, count, &name, &member));
    }
}

TEST_CASE(what_nobody_has_called_harmless_does_not)
{
    (void)state;
    owned(json_free) struct json *facts = parsed(
        "{\"number\": 1, \"owner\": \"A\", \"to\": {\"name\": \"b\", \"home\": "
        "\"A\"}, \"lines\": [{\"code\": \"c\", \"owner\": {\"name\": \"A\"}, "
        "\"left\": {\"days\": 1, \"who\": \"A\"}, \"holder\": \"A\"}, \"A\"], "
        "\"rules\": [\"r\", {\"who\": \"A\"}], \"data\": \"A\"}");
    owned(json_free) struct json *harmless = facts_public(facts);
    owned(str_free) char *text = json_format(harmless);

    assert_string_equal(
        text, "{\"number\":1,\"to\":{\"name\":\"b\"},\"data\":null,\"rules\":["
              "\"r\",null],\"lines\":[{\"code\":\"c\",\"left\":{\"days\":1},"
              "\"holder\":null},null]}");
}

TEST_CASE(a_shorter_list_counts_what_it_leaves_out)
{
    (void)state;
    owned(json_free) struct json *facts =
        parsed("{\"lines\": [{\"code\": \"a\"}, {\"code\": \"b\"}, {\"code\": "
               "\"c\"}], \"more\": 7, \"units\": [{\"name\": \"u\"}]}");
    owned(json_free) struct json *one = facts_shortened(facts, 1, true);
    owned(json_free) struct json *bare = facts_shortened(facts, 0, false);
    owned(json_free) struct json *all = facts_shortened(facts, 9, true);

    assert_int_equal(json_count(json_get(one, "lines")), 1);
    assert_int_equal(json_int(one, "more", 0), 9);
    assert_int_equal(json_count(json_get(one, "units")), 1);
    assert_int_equal(json_count(json_get(bare, "lines")), 0);
    assert_int_equal(json_int(bare, "more", 0), 10);
    assert_int_equal(json_count(json_get(bare, "units")), 0);
    assert_int_equal(json_count(json_get(all, "lines")), 3);
    assert_int_equal(json_int(all, "more", 0), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_notice_is_known_to_hold_stays_in_public),
        cmocka_unit_test(what_nobody_has_called_harmless_does_not),
        cmocka_unit_test(a_shorter_list_counts_what_it_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
