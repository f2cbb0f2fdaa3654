#include "tests/unit/check.h"

#include <string.h>

#include "base/utf8.h"

TEST_CASE(trims_white_space_and_the_unbreakable_blank)
{
    (void)state;
    owned(str_free) char *text = str_trim("\t a b\xC2\xA0 \r\n");

    assert_string_equal(text, "a b");
}

TEST_CASE(reads_whole_numbers_within_bounds_only)
{
    (void)state;
    long long number = -7;

    assert_true(str_to_long("42", 0, 100, &number));
    assert_int_equal(number, 42);
    for (const char *const *bad =
             (const char *const[]){"", " 4", "4 ", "+4", "0x4", "101", "4.0",
                                   "99999999999999999999", NULL};
         *bad; bad++) {
        assert_false(str_to_long(*bad, 0, 100, &number));
        assert_int_equal(number, 42);
    }
}

TEST_CASE(splits_trims_and_leaves_out_empty_parts)
{
    (void)state;
    struct strs list = {0};

    strs_split(&list, " vhxh, kinhte,,hcc ", ',');
    owned(str_free) char *joined = strs_join(&list, "|");
    assert_string_equal(joined, "vhxh|kinhte|hcc");
    assert_true(strs_has(&list, "kinhte"));
    assert_false(strs_has(&list, "kinh"));
    strs_done(&list);
}

TEST_CASE(folds_two_spellings_of_a_name_into_one)
{
    (void)state;
    owned(str_free) char *composed = utf8_fold("  NGUYỄN  Văn\tAn ");
    owned(str_free) char *decomposed =
        utf8_fold("Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An");

    assert_string_equal(composed, "nguyễn văn an");
    assert_string_equal(decomposed, composed);
}

TEST_CASE(blanks_what_would_act_on_a_header_or_a_terminal)
{
    (void)state;
    owned(str_free) char *text =
        utf8_one_line("a\r\nBcc: b\x1b[31m\xE2\x80\xAE\xFFz");

    assert_string_equal(text, "a  Bcc: b [31m  z");
}

TEST_CASE(shortens_between_characters)
{
    (void)state;
    owned(str_free) char *cut = utf8_shorten("Đặng Quốc Quân", 6);
    owned(str_free) char *whole = utf8_shorten("Đặng", 4);

    assert_string_equal(cut, "Đặng …");
    assert_string_equal(whole, "Đặng");
    assert_int_equal(utf8_columns(cut), 6);
}

TEST_CASE(refuses_what_is_not_utf8)
{
    (void)state;
    assert_true(utf8_valid("Đỗ", strlen("Đỗ")));
    assert_false(utf8_valid("\xC4", 1));
    assert_false(utf8_valid("a\0b", 3));
    assert_null(utf8_nfc("\xFF"));
}

TEST_CASE(cuts_error_texts_between_characters)
{
    (void)state;
    struct err err = {0};
    char name[900] = "";

    for (size_t i = 0; i + 3 < sizeof(name); i += 3)
        memcpy(name + i, "\xE1\xBA\xA1", 4);
    assert_int_equal(err_set(&err, ERR_BUSY, "x%s", name), -1);
    assert_int_equal(strlen(err.text), 1 + 3 * 170);
    assert_int_equal(err_wrap(&err, "unit"), -1);
    assert_int_equal(err.code, ERR_BUSY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trims_white_space_and_the_unbreakable_blank),
        cmocka_unit_test(reads_whole_numbers_within_bounds_only),
        cmocka_unit_test(splits_trims_and_leaves_out_empty_parts),
        cmocka_unit_test(folds_two_spellings_of_a_name_into_one),
        cmocka_unit_test(blanks_what_would_act_on_a_header_or_a_terminal),
        cmocka_unit_test(shortens_between_characters),
        cmocka_unit_test(refuses_what_is_not_utf8),
        cmocka_unit_test(cuts_error_texts_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
