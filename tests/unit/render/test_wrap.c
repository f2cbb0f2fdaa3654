#include "tests/unit/check.h"

#include "render/wrap.h"

TEST_CASE(lays_text_out_for_a_narrow_window)
{
    static const struct {
        const char *what;
        const char *text;
        const char *wrapped;
    } rows[] = {
        {"columns are counted, not bytes", "Đỗ Đỗ Đỗ Đỗ", "Đỗ Đỗ Đỗ\nĐỗ\n"},
        {"what is carried over keeps the indent", "  aaa bbb ccc",
         "  aaa bbb\n  ccc\n"},
        {"below what follows a dash", "- aaa bbb ccc", "- aaa bbb\n  ccc\n"},
        {"a word is never cut", "a H24.17.30-260609-0003 b",
         "a\nH24.17.30-260609-0003\nb\n"},
        {"empty lines become one, none at the ends", "\n\na\n \n\nb\n\n",
         "a\n\nb\n"},
        {"blanks at the end go", "a  \n", "a\n"},
        {"nothing stays nothing", " \n", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        owned(str_free) char *wrapped = text_wrap(rows[i].text, 9);
        assert_string_equal(wrapped, rows[i].wrapped);
    }
}

TEST_CASE(breaks_no_line_where_that_is_not_wanted)
{
    (void)state;
    owned(str_free) char *text =
        text_wrap("\n  - a  long   line stays \n\n\nb\n\n", 0);

    assert_string_equal(text, "  - a  long   line stays\n\nb\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_no_line_where_that_is_not_wanted),
        cmocka_unit_test(lays_text_out_for_a_narrow_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
