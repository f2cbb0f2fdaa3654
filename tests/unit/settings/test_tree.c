#include "tests/unit/check.h"

#include <string.h>

#include "base/mem.h"
#include "settings/tree.h"

static struct node *tree_of(const char *text, struct findings *findings)
{
    return tree_read("a.yaml", text, strlen(text), findings);
}

TEST_CASE(knows_where_each_node_stands)
{
    (void)state;
    struct findings findings = {0};
    owned(tree_free) struct node *tree =
        tree_of("rules:\n"
                "  - name: a\n"
                "    steps: [{name: \"\xC4\x90\xE1\xBB\x8F\", before: 2wd}]\n",
                &findings);

    assert_non_null(tree);
    const struct node *steps =
        node_member(node_member(tree, "rules")->children[0], "steps");
    const struct node *before = node_member(steps->children[0], "before");
    assert_string_equal(before->path, "rules[0].steps[0].before");
    assert_string_equal(before->text, "2wd");
    assert_int_equal(before->place.line, 3);
    assert_int_equal(before->place.column, 34); /* characters, not bytes */
    assert_int_equal(before->key_place.column, 26);
    assert_int_equal(findings.count, 0);
}

/* Every value is text: YAML 1.1 readers would make other things of these. */
TEST_CASE(takes_everything_as_it_is_written)
{
    (void)state;
    struct findings findings = {0};
    owned(tree_free) struct node *tree =
        tree_of("[no, 13:30, 0x10, 1e3, 2026-06-25, 'null', on]", &findings);
    static const char *const texts[] = {"no",         "13:30", "0x10", "1e3",
                                        "2026-06-25", "null",  "on"};

    assert_int_equal(tree->count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(tree->children[i]->text, texts[i]);
        assert_false(tree->children[i]->nothing);
    }
}

TEST_CASE(knows_a_value_that_was_left_out)
{
    (void)state;
    struct findings findings = {0};
    owned(tree_free) struct node *tree =
        tree_of("a:\nb: ~\nc: null\nd: \"\"\n", &findings);

    assert_true(node_member(tree, "a")->nothing);
    assert_true(node_member(tree, "b")->nothing);
    assert_true(node_member(tree, "c")->nothing);
    assert_false(node_member(tree, "d")->nothing);
}

TEST_CASE(brings_text_into_one_form)
{
    (void)state;
    struct findings findings = {0};
    owned(tree_free) struct node *tree = tree_of("a: o\xCC\x82", &findings);

    assert_string_equal(node_member(tree, "a")->text, "\xC3\xB4");
}

TEST_CASE(finds_a_key_with_either_dash)
{
    (void)state;
    struct findings findings = {0};
    owned(tree_free) struct node *tree = tree_of("item_url: x", &findings);

    assert_non_null(node_member(tree, "item-url"));
    assert_null(node_member(tree, "item-ur"));
    assert_null(node_member(tree, "item-urls"));
}

/* Form that is refused, where, and a part of what is said. */
TEST_CASE(refuses_what_is_not_plain)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        int column;
        const char *says;
    } rows[] = {
        {"a: &x 1\n", 1, 4, "anchors"},
        {"a: 1\nb: *x\n", 2, 4, "aliases"},
        {"a: !!int 1\n", 1, 4, "tags"},
        {"a: !!map {}\n", 1, 4, "tags"},
        {"a: 1\nb: 2\na: 3\n", 3, 1,
         "\"a\" is given twice, first at a.yaml:1:1"},
        {"a-b: 1\na_b: 2\n", 2, 1, "given twice"},
        {"a: 1\n---\nb: 2\n", 2, 1, "second document"},
        {"[a]: 1\n", 1, 1, "a key is a word"},
        {"a: \"x\\ny\"\n", 1, 4, "line break"},
        {"a: \"x\\0y\"\n", 1, 4, "control"},
        {"a: [1,\n", 2, 1, "parsing"},
        {"a:\n\tb: 1\n", 2, 1, "token"},
        {"a: 1\nb: \x01\n", 2, 4, "control characters"},
        {"a: 1\nb: \xFF\n", 2, 0, "UTF-8"},
        {"[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", 1, 17, "nested"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:"
         " 1",
         1, 1, "so long"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct findings findings = {0};
        owned(tree_free) struct node *tree = tree_of(rows[i].text, &findings);
        assert_null(tree);
        assert_int_equal(findings.count, 1);
        if (!strstr(findings.items[0].text, rows[i].says))
            fail_msg("%s: %s", rows[i].text, findings.items[0].text);
        assert_int_equal(findings.items[0].place.line, rows[i].line);
        assert_int_equal(findings.items[0].place.column, rows[i].column);
        findings_done(&findings);
    }
}

/* libyaml needs a minute for such a file when nobody stops it. */
TEST_CASE(refuses_a_deep_or_long_file_at_once)
{
    (void)state;
    struct findings findings = {0};
    owned(str_free) char *text = mem_zero(TREE_BYTES + 2, 1);

    memset(text, '[', TREE_BYTES);
    assert_null(tree_read("a.yaml", text, TREE_BYTES, &findings));
    assert_int_equal(findings.count, 1);
    memset(text, ' ', TREE_BYTES + 1);
    assert_null(tree_read("a.yaml", text, TREE_BYTES + 1, &findings));
    assert_int_equal(findings.count, 2);
    findings_done(&findings);
}

TEST_CASE(takes_an_empty_file_for_nothing)
{
    (void)state;
    struct findings findings = {0};

    assert_null(tree_of("# only a comment\n", &findings));
    assert_int_equal(findings.count, 0);
}

TEST_CASE(hands_findings_on_in_the_order_of_files_and_lines)
{
    (void)state;
    struct findings findings = {0};
    struct problems problems = {0};
    struct strs files = {0};

    strs_add(&files, "z.yaml");
    strs_add(&files, "a.yaml");
    struct place first = {files.items[0], 9, 1};
    struct place second = {files.items[1], 2, 5};
    struct place third = {files.items[1], 2, 14};
    findings_add(&findings, third, "", "3");
    findings_add(&findings, second, "", "2");
    findings_add(&findings, first, "", "1");
    findings_hand_on(&findings, &files, &problems);
    assert_string_equal(problems.items[0].where, "z.yaml:9:1");
    assert_string_equal(problems.items[1].where, "a.yaml:2:5");
    assert_string_equal(problems.items[2].where, "a.yaml:2:14");
    problems_done(&problems);
    findings_done(&findings);
    strs_done(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_where_each_node_stands),
        cmocka_unit_test(takes_everything_as_it_is_written),
        cmocka_unit_test(knows_a_value_that_was_left_out),
        cmocka_unit_test(brings_text_into_one_form),
        cmocka_unit_test(finds_a_key_with_either_dash),
        cmocka_unit_test(refuses_what_is_not_plain),
        cmocka_unit_test(refuses_a_deep_or_long_file_at_once),
        cmocka_unit_test(takes_an_empty_file_for_nothing),
        cmocka_unit_test(hands_findings_on_in_the_order_of_files_and_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
