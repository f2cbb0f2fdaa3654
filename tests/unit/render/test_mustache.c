#include "tests/unit/check.h"

#include <string.h>

#include "base/json.h"
#include "render/mustache.h"

/* Fill one template, named name, with the view given as JSON; yours. */
static char *filled(const char *name, const char *text, const char *view)
{
    struct err err = {0};
    owned(mustaches_free) struct mustaches *set = mustaches_new();
    owned(json_free) struct json *values = json_parse(view, strlen(view), &err);

    assert_non_null(values);
    check_ok(mustaches_add(set, name, text, &err));
    check_ok(mustaches_check(set, &err));
    return mustaches_fill(set, name, values, &err);
}

#define assert_filled(name, text, view, wanted)                                \
    do {                                                                       \
        owned(str_free) char *made_ = filled(name, text, view);                \
        assert_non_null(made_);                                                \
        assert_string_equal(made_, wanted);                                    \
    } while (0)

TEST_CASE(escapes_in_html_and_nowhere_else)
{
    (void)state;
    const char *view = "{\"a\": \"<script>'&\\\"\"}";

    assert_filled("m.html", "{{a}}", view, "&lt;script&gt;&#39;&amp;&quot;");
    assert_filled("m.text", "{{a}}", view, "<script>'&\"");
}

TEST_CASE(takes_empty_text_null_and_false_as_false)
{
    (void)state;
    const char *text = "{{#a}}yes{{/a}}{{^a}}no{{/a}}";

    assert_filled("m.text", text, "{\"a\": \"\"}", "no");
    assert_filled("m.text", text, "{\"a\": null}", "no");
    assert_filled("m.text", text, "{\"a\": false}", "no");
    assert_filled("m.text", text, "{\"a\": []}", "no");
    assert_filled("m.text", text, "{}", "no");
    assert_filled("m.text", text, "{\"a\": \"0\"}", "yes");
}

TEST_CASE(a_line_of_only_a_section_leaves_no_line_and_an_empty_one_stays)
{
    (void)state;
    const char *text = "a\n{{#x}}\n{{x}}\n{{/x}}\n\nb\n";

    assert_filled("m.text", text, "{\"x\": \"1\"}", "a\n1\n\nb\n");
    assert_filled("m.text", text, "{}", "a\n\nb\n");
}

TEST_CASE(never_runs_what_stands_in_the_data)
{
    (void)state;
    struct err err = {0};
    owned(mustaches_free) struct mustaches *set = mustaches_new();
    owned(json_free) struct json *view = json_new_object();

    json_put_text(view, "part.text", "{{secret}}");
    json_put_text(view, "title", "{{secret}}{{> part.text}}");
    json_put_text(view, "secret", "S");
    check_ok(mustaches_add(set, "part.text", "[{{title}}]", &err));
    check_ok(mustaches_add(set, "mail.text", "{{> part.text}}", &err));
    check_ok(mustaches_check(set, &err));
    owned(str_free) char *text = mustaches_fill(set, "mail.text", view, &err);
    assert_string_equal(text, "[{{secret}}{{> part.text}}]");
}

TEST_CASE(refuses_templates_that_could_do_harm)
{
    static const struct {
        const char *name;
        const char *text;
        const char *why;
    } rows[] = {
        {"m.html", "a\n{{{x}}}", "m.html.mustache:2: {{x}}"},
        {"m.html", "{{& x}}", "unescaped"},
        {"m.html", "{{ &x}}", "unescaped"},
        {"m.text", "{{=<% %>=}}", "delimiters"},
        {"m.text", "{{#a}}", "Unclosed section"},
        {"m.text", "{{/a}}", "Unopened section"},
        {"m.text", "{{a", "Unclosed tag"},
        {"m.text", "{{", "m.text.mustache"},
        {"m.text", "{{{", "m.text.mustache"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = {0};
        owned(mustaches_free) struct mustaches *set = mustaches_new();
        assert_int_equal(mustaches_add(set, rows[i].name, rows[i].text, &err),
                         -1);
        assert_int_equal(err.code, ERR_INVALID);
        assert_non_null(strstr(err.text, rows[i].why));
    }
}

/* count times text; yours. */
static char *repeated(const char *text, size_t count)
{
    struct buf buf = {0};

    for (size_t i = 0; i < count; i++)
        buf_add(&buf, text);
    return buf_take(&buf);
}

TEST_CASE(bounds_length_and_depth)
{
    (void)state;
    struct err err = {0};
    owned(mustaches_free) struct mustaches *set = mustaches_new();
    owned(str_free) char *deep = repeated("{{#a}}", MUSTACHE_DEPTH);
    owned(str_free) char *closed = repeated("{{/a}}", MUSTACHE_DEPTH);
    owned(str_free) char *most = str_format("%s%s", deep, closed);
    owned(str_free) char *over = str_format("{{#a}}%s{{/a}}", most);
    owned(str_free) char *full = repeated("x", MUSTACHE_BYTES);
    owned(str_free) char *longer = repeated("x", MUSTACHE_BYTES + 1);

    check_ok(mustaches_add(set, "m.text", most, &err));
    assert_int_equal(mustaches_add(set, "m.text", over, &err), -1);
    check_ok(mustaches_add(set, "m.text", full, &err));
    assert_int_equal(mustaches_add(set, "m.text", longer, &err), -1);
}

TEST_CASE(refuses_partials_that_are_missing_nested_or_of_another_kind)
{
    static const char *const bad[] = {"{{> none.html}}", "{{> plain.text}}",
                                      "{{> outer.html}}", "{{> self.html}}"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct err err = {0};
        owned(mustaches_free) struct mustaches *set = mustaches_new();
        check_ok(mustaches_add(set, "plain.text", "{{{x}}}", &err));
        check_ok(mustaches_add(set, "inner.html", "x", &err));
        check_ok(mustaches_add(set, "outer.html", "{{> inner.html}}", &err));
        check_ok(mustaches_add(set, "self.html", bad[i], &err));
        assert_int_equal(mustaches_check(set, &err), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_in_html_and_nowhere_else),
        cmocka_unit_test(takes_empty_text_null_and_false_as_false),
        cmocka_unit_test(
            a_line_of_only_a_section_leaves_no_line_and_an_empty_one_stays),
        cmocka_unit_test(never_runs_what_stands_in_the_data),
        cmocka_unit_test(refuses_templates_that_could_do_harm),
        cmocka_unit_test(bounds_length_and_depth),
        cmocka_unit_test(
            refuses_partials_that_are_missing_nested_or_of_another_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
