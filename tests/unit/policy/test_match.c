/* Conditions as they are written in the settings, held against items. */
#include "tests/unit/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "rules/match.h"
#include "settings/settings.h"

static char path[] = "/tmp/kiphan-test-match-XXXXXX";

static struct settings *read_match(const char *match)
{
    struct problems problems = {0};
    owned(str_free) char *text = str_format(
        "organisation: {name: {vi: P, en: W}, zone: Asia/Ho_Chi_Minh}\n"
        "calendars: [{name: k, week: {mon-fri: '07:30-11:30'}}]\n"
        "feeds:\n- {name: mot-cua, label: {vi: a, en: b}, kind: dossier, "
        "complete: no}\n"
        "- {name: bo, label: {vi: a, en: b}, kind: dossier, complete: no}\n"
        "windows:\n- {name: w}\n"
        "channels:\n- {name: c, type: file, directory: /tmp}\n"
        "rules:\n- {name: r, match: {%s}, via: c, window: w,"
        " label: {vi: a, en: b}, steps: [{name: s, after: 0h, tell: "
        "assignee}]}\n",
        match);
    int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    assert_int_equal(close(file), 0);
    struct settings *settings = settings_read(path, &problems);
    if (problems.count)
        fail_msg("%s: %s %s", match, problems.items[0].path,
                 problems.items[0].text);
    return settings;
}

static struct directory *two_departments(void)
{
    struct directory *directory = directory_new();
    const char *const units[][2] = {
        {"ubnd", ""}, {"dat", "ubnd"}, {"tu", "ubnd"}, {"do", "dat"}};
    struct err err = {0};

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        struct unit unit = {.code = str_copy(units[i][0]),
                            .name = str_copy(units[i][0]),
                            .short_name = str_copy(units[i][0]),
                            .parent = str_copy(units[i][1]),
                            .overseen_by = str_copy("")};
        directory_add_unit(directory, &unit);
    }
    check_ok(directory_seal(directory, &err));
    return directory;
}

/* An urgent dossier of the surveyors, below the land department, handed in
 * online. */
static struct item sample_item(void)
{
    return (struct item){
        .kind = KIND_DOSSIER,
        .code = str_copy("HS-1"),
        .title = str_copy("Đăng ký biến động đất đai"),
        .procedure = str_copy("BD"),
        .field = str_copy("Đất đai"),
        .unit = str_copy("do"),
        .feed = str_copy("mot-cua"),
        .priority = str_copy("Thượng khẩn"),
        .labels = str_copy("điểm nóng, Khiếu nại"),
        .submission = SUBMITTED_ONLINE,
        .status = status_find(KIND_DOSSIER, "4"),
    };
}

TEST_CASE(an_item_has_what_each_condition_asks_for)
{
    (void)state;
    owned(directory_free) struct directory *directory = two_departments();
    const struct policy policy = {.directory = directory};
    owned(item_done) struct item item = sample_item();
    const struct {
        const char *match;
        bool holds;
        const char *why;
    } table[] = {
        {"", true, "nothing is asked for"},
        {"unit: [tu, dat]", true, "below one of them"},
        {"unit: tu", false, "another department"},
        {"procedure: BD", true, "by code"},
        {"procedure: ĐĂNG KÝ biến động đất đai", true, "by name, any case"},
        {"procedure: KS", false, "another procedure"},
        {"field: đất đai", true, "any case"},
        {"source: [bo, mot-cua]", true, "one of the lists"},
        {"source: bo", false, "not from that list"},
        {"submission: online", true, "by its word"},
        {"submission: Trực tuyến", true, "as the lists write it"},
        {"submission: [by-post, in-person]", false, "it came online"},
        {"status: '4'", true, "by code"},
        {"status: Đang xử lý", true, "by name"},
        {"status: Được tiếp nhận", false, "it is past that"},
        {"priority: thượng khẩn", true, "any case"},
        {"priority: Khẩn", false, "whole values, not parts"},
        {"label: khiếu nại", true, "one of its labels"},
        {"label: nóng", false, "a part of a label is none"},
        {"unit: dat, field: Hộ tịch", false, "all of it must hold"},
        {"not: {unit: tu}", true, "it is elsewhere"},
        {"not: {unit: dat, field: Hộ tịch}", true, "not both hold"},
        {"not: [{unit: tu}, {unit: dat}]", false, "one of them holds"},
        {"any: [{unit: tu}, {label: điểm nóng}]", true, "one is enough"},
        {"any: [{unit: tu}, {field: Hộ tịch}]", false, "none holds"},
        {"all: [{unit: dat}, {any: [{unit: tu}, {status: '4'}]}]", true,
         "conditions inside conditions"},
        {"all: [{unit: dat}, {unit: tu}]", false, "one does not hold"},
        {"unit: dat, not: {any: [{source: bo}, {submission: online}]}", false,
         "online is out"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        owned(str_free) char *match = str_format(
            "kind: dossier%s%s", *table[i].match ? ", " : "", table[i].match);
        owned(settings_free) struct settings *settings = read_match(match);
        if (rule_matches(&policy, &settings->rules[0], &item) != table[i].holds)
            fail_msg("%s: %s", table[i].match, table[i].why);
    }
}

TEST_CASE(an_item_of_another_kind_is_never_meant)
{
    (void)state;
    const struct policy policy = {0};
    owned(item_done) struct item item = sample_item();
    owned(settings_free) struct settings *settings =
        read_match("kind: dossier");

    item.kind = KIND_TASK;
    item.status = status_find(KIND_TASK, "doing");
    assert_false(rule_matches(&policy, &settings->rules[0], &item));
}

TEST_CASE(another_condition_is_another_fingerprint)
{
    (void)state;
    owned(settings_free) struct settings *one =
        read_match("kind: dossier, not: {unit: tu}");
    owned(settings_free) struct settings *other =
        read_match("kind: dossier, not: {unit: dat}");
    owned(str_free) char *before = settings_fingerprint(one);
    owned(str_free) char *after = settings_fingerprint(other);

    assert_string_not_equal(before, after);
}

TEST_CASE(procedures_are_held_against_the_table_if_there_is_one)
{
    (void)state;
    struct procedures table = {0};
    struct procedure known = {.code = str_copy("BD"),
                              .name = str_copy("Đăng ký biến động"),
                              .field = str_copy(""),
                              .unit = str_copy("")};
    struct problems problems = {0};
    owned(settings_free) struct settings *settings =
        read_match("kind: dossier, any: [{procedure: [BD, BE]}, "
                   "{procedure: đăng ký BIẾN ĐỘNG}]");

    settings_check_procedures(settings, &table, &problems);
    assert_int_equal(problems.count, 0);
    procedures_add(&table, &known);
    settings_check_procedures(settings, &table, &problems);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].text,
                        "there is no procedure \"BE\"; did you mean \"BD\"?");
    problems_done(&problems);
    procedures_done(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_has_what_each_condition_asks_for),
        cmocka_unit_test(an_item_of_another_kind_is_never_meant),
        cmocka_unit_test(another_condition_is_another_fingerprint),
        cmocka_unit_test(procedures_are_held_against_the_table_if_there_is_one),
    };
    int file = mkstemp(path);

    if (file < 0 || close(file))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(path);
    return failed;
}
