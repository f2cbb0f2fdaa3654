#include "tests/unit/check.h"

#include <string.h>

#include "texts/texts.h"

static const char *const names[TEXT_COUNT] = {
#define TEXT(id, vi, en) [id] = #id,
#include "texts/texts.inc"
#undef TEXT
};

/* Append the placeholders of a text; fails the test when a brace stands
 * alone, or one is not a plain name. */
static void find_placeholders(enum text_id id, enum text_language language,
                              struct strs *found)
{
    const char *rest = text_of(id, language);

    for (const char *open; (open = strpbrk(rest, "{}"));) {
        size_t length =
            strspn(open + (*open == '{'), "abcdefghijklmnopqrstuvwxyz");
        if (*open == '}' || length == 0 || open[length + 1] != '}')
            fail_msg("%s: a brace without its other at \"%s\"", names[id],
                     open);
        owned(str_free) char *name = str_copy_bytes(open + 1, length);
        strs_add(found, name);
        rest = open + length + 2;
    }
}

/* The first of some that others lack, or NULL; borrowed. */
static const char *lacking(const struct strs *some, const struct strs *others)
{
    for (size_t i = 0; i < some->count; i++)
        if (!strs_has(others, some->items[i]))
            return some->items[i];
    return NULL;
}

TEST_CASE(every_text_is_there_in_every_language)
{
    (void)state;
    for (int id = 0; id < TEXT_COUNT; id++)
        for (int language = 0; language < TEXTS_LANGUAGES; language++)
            if (str_empty(
                    text_of((enum text_id)id, (enum text_language)language)))
                fail_msg("%s lacks language %d", names[id], language);
}

TEST_CASE(the_languages_of_a_text_have_the_same_placeholders)
{
    (void)state;
    for (int i = 0; i < TEXT_COUNT; i++) {
        enum text_id id = (enum text_id)i;
        owned(strs_done) struct strs vi = {0};
        owned(strs_done) struct strs en = {0};
        find_placeholders(id, TEXTS_VI, &vi);
        find_placeholders(id, TEXTS_EN, &en);
        const char *lacks = lacking(&vi, &en);
        if (!lacks)
            lacks = lacking(&en, &vi);
        if (lacks)
            fail_msg("%s: {%s} is in one language only", names[id], lacks);
    }
}

/* Letters with marks are two bytes from 0xC3 to 0xC6, or three from 0xE1. */
TEST_CASE(no_vietnamese_stands_in_the_english_column)
{
    (void)state;
    for (int id = 0; id < TEXT_COUNT; id++)
        if (strpbrk(text_of((enum text_id)id, TEXTS_EN),
                    "\xC3\xC4\xC5\xC6\xE1"))
            fail_msg("%s: %s", names[id], text_of((enum text_id)id, TEXTS_EN));
}

TEST_CASE(fills_each_placeholder_wherever_it_stands)
{
    (void)state;
    struct err err = {0};
    owned(str_free) char *text =
        text_fill(TEXT_OVERDUE_BY, TEXTS_VI, "time", "2 {ngày}", NULL);

    assert_string_equal(text, "quá hạn 2 {ngày}");
    assert_int_equal(text_err(&err, ERR_INVALID, TEXT_LIST_LINE, TEXTS_EN,
                              "what", "100 %s", "line", "7", NULL),
                     -1);
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.text, "line 7: 100 %s");
}

TEST_CASE(knows_a_language_by_the_start_of_its_locale)
{
    (void)state;
    assert_int_equal(text_language_parse("vi_VN.UTF-8", TEXTS_EN), TEXTS_VI);
    assert_int_equal(text_language_parse("en", TEXTS_VI), TEXTS_EN);
    assert_int_equal(text_language_parse("C.UTF-8", TEXTS_VI), TEXTS_VI);
    assert_int_equal(text_language_parse(NULL, TEXTS_EN), TEXTS_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_there_in_every_language),
        cmocka_unit_test(the_languages_of_a_text_have_the_same_placeholders),
        cmocka_unit_test(no_vietnamese_stands_in_the_english_column),
        cmocka_unit_test(fills_each_placeholder_wherever_it_stands),
        cmocka_unit_test(knows_a_language_by_the_start_of_its_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
