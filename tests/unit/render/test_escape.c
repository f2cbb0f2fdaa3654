#include "tests/unit/check.h"

#include "render/escape.h"

#define assert_escaped(escape, from, wanted)                                   \
    do {                                                                       \
        owned(str_free) char *made_ = escape(from);                            \
        assert_string_equal(made_, wanted);                                    \
    } while (0)

TEST_CASE(html_takes_no_tag_and_no_end_of_an_attribute)
{
    (void)state;
    assert_escaped(escape_html, "<b> & \"a\" 'b'",
                   "&lt;b&gt; &amp; &quot;a&quot; &#39;b&#39;");
    assert_escaped(escape_html, "Trễ hạn 😀", "Trễ hạn 😀");
}

TEST_CASE(markdown_takes_no_mark_and_calls_nobody)
{
    (void)state;
    assert_escaped(escape_markdown, "*_~`[a](b)|\\",
                   "\\*\\_\\~\\`\\[a\\](b)\\|\\\\");
    assert_escaped(escape_markdown, "@all <!here>",
                   "@\xE2\x80\x8B"
                   "all <\xE2\x80\x8B!here>");
    assert_escaped(escape_markdown, "H24.17.30-260609-0003",
                   "H24.17.30-260609-0003");
}

TEST_CASE(slack_is_given_its_three_escapes_and_no_other)
{
    (void)state;
    assert_escaped(escape_mrkdwn, "<!channel> a&b 'c' *d*",
                   "&lt;!channel&gt; a&amp;b 'c' *d*");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_takes_no_tag_and_no_end_of_an_attribute),
        cmocka_unit_test(markdown_takes_no_mark_and_calls_nobody),
        cmocka_unit_test(slack_is_given_its_three_escapes_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
