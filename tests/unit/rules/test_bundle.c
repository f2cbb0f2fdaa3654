#include "tests/unit/check.h"

#include <string.h>

#include "rules/bundle.h"
#include "tests/unit/rules/ward.h"

enum { ITEMS = 4 };

static struct ward *ward_with_people(void)
{
    struct ward *ward = ward_new();

    ward_add(ward, "staff", ROLE_STAFF, "s@x.example", true);
    ward_add(ward, "head", ROLE_HEAD, "h@x.example", true);
    ward_add(ward, "chief", ROLE_VICE_CHAIR, "c@x.example", true);
    ward_seal(ward);
    struct rule *rule = ward_rule(ward, "dossiers");
    ward_step(rule, "at-risk", STEP_BEFORE, "2wd", "assignee");
    ward_step(rule, "due", STEP_DUE_DAY, NULL, "assignee");
    ward_step(rule, "overdue", STEP_AFTER, "0h", "assignee,vice-chair");
    return ward;
}

/* Two overdue (the later first), one due today, one paused. */
static void make_items(const struct ward *ward, struct item items[ITEMS])
{
    static const char *const due[ITEMS] = {
        "2026-06-24 17:00", "2026-06-22 10:00", "2026-06-25 17:00",
        "2026-06-22 17:00"};

    for (int i = 0; i < ITEMS; i++) {
        items[i] = ward_item(ward, "2026-06-01 08:00", due[i], "staff");
        items[i].id = i + 1;
        str_free(&items[i].code);
        items[i].code = str_format("D-%d", i + 1);
    }
    items[3].status = status_find(KIND_DOSSIER, "5");
}

static void free_items(struct item items[ITEMS])
{
    for (int i = 0; i < ITEMS; i++)
        item_done(&items[i]);
}

static struct bundle gather(const struct ward *ward, const char *person,
                            const struct item *items, const struct notice *last)
{
    const struct alerts causes = {0};
    struct bundle bundle = {0};

    bundle_gather(&ward->policy, directory_person(ward->directory, person),
                  items, ITEMS, at(ward, "2026-06-25 07:30"), last, &causes,
                  &bundle);
    return bundle;
}

TEST_CASE(lists_worst_first_and_the_longest_overdue_before)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_with_people();
    struct item items[ITEMS];

    make_items(ward, items);
    struct bundle bundle = gather(ward, "staff", items, NULL);
    assert_int_equal(bundle.count, 3);
    assert_string_equal(bundle.lines[0].item->code, "D-2");
    assert_string_equal(bundle.lines[1].item->code, "D-1");
    assert_string_equal(bundle.lines[2].item->code, "D-3");
    assert_int_equal(bundle.lines[2].level, LEVEL_DUE_TODAY);
    assert_int_equal(bundle.paused, 1);
    bundle_done(&bundle);
    free_items(items);
}

TEST_CASE(new_is_what_the_last_message_had_not_or_had_lower)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_with_people();
    struct item items[ITEMS];
    struct notice_line lines[] = {{1, LEVEL_OVERDUE, true, 0},
                                  {2, LEVEL_AT_RISK, true, 0}};
    const struct notice last = {.lines = lines, .line_count = 2};

    make_items(ward, items);
    struct bundle bundle = gather(ward, "staff", items, &last);
    assert_true(bundle.lines[0].fresh);  /* D-2 was only at risk */
    assert_false(bundle.lines[1].fresh); /* D-1 was there */
    assert_true(bundle.lines[2].fresh);  /* D-3 was not */
    bundle_done(&bundle);
    free_items(items);
}

TEST_CASE(who_is_named_by_no_step_has_nothing_listed)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_with_people();
    struct item items[ITEMS];

    make_items(ward, items);
    struct bundle bundle = gather(ward, "head", items, NULL);
    assert_int_equal(bundle.count, 0);
    bundle_done(&bundle);
    free_items(items);
}

/* The facts of a person's message, as JSON. */
static struct json *facts_for(const struct ward *ward, const char *person,
                              const struct item *items)
{
    struct bundle bundle = gather(ward, person, items, NULL);
    const struct source source = {.name = "motcua",
                                  .label = "Một cửa",
                                  .item_url = "https://x.example/{code}?a",
                                  .as_of = at(ward, "2026-06-25 07:00")};
    const struct letterhead head = {
        .organisation = "UBND",
        .language = LANGUAGE_VI,
        .sources = &source,
        .source_count = 1,
        .opening_at = at(ward, "2026-06-25 07:30"),
        .now = at(ward, "2026-06-25 07:30"),
    };
    struct notice notice = {
        .id = 7, .identity = str_copy("abc"), .decided_at = head.now};
    struct json *facts =
        bundle_facts(&ward->policy, &bundle, &notice, "s@x.example", &head);

    notice_done(&notice);
    bundle_done(&bundle);
    return facts;
}

TEST_CASE(facts_give_time_in_ordinary_days_and_by_the_clock_when_short)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_with_people();
    struct item items[ITEMS];

    make_items(ward, items);
    str_free(&items[0].feed);
    items[0].feed = str_copy("motcua");
    owned(json_free) struct json *facts = facts_for(ward, "staff", items);
    const struct json *lines = json_get(facts, "lines");
    const struct json *longest = json_get(json_at(lines, 0), "left");
    const struct json *today = json_get(json_at(lines, 2), "left");

    /* 22/06 10:00 to 25/06 07:30: 5 h, 7.5 h, 7.5 h = 2 days 5 hours. */
    assert_int_equal(json_int(longest, "days", -1), 2);
    assert_int_equal(json_int(longest, "hours", -1), 5);
    assert_true(json_bool(longest, "overdue"));
    assert_int_equal(json_int(today, "days", -1), 0);
    assert_int_equal(json_int(today, "hours", -1), 7);
    assert_int_equal(json_int(today, "minutes", -1), 30);
    assert_true(json_bool(today, "clock"));
    assert_string_equal(json_text(json_at(lines, 1), "url"),
                        "https://x.example/D-1?a");
    assert_string_equal(json_text(json_at(lines, 0), "due"),
                        "2026-06-22T10:00:00");
    assert_int_equal(json_int(json_get(facts, "counts"), "overdue", -1), 2);
    assert_null(strstr(json_text(json_at(lines, 0), "title"), "owner"));
    free_items(items);
}

TEST_CASE(a_vice_chair_gets_counts_by_unit_and_the_worst)
{
    (void)state;
    owned(ward_free) struct ward *ward = ward_with_people();
    struct item items[ITEMS];

    make_items(ward, items);
    owned(json_free) struct json *facts = facts_for(ward, "chief", items);
    assert_string_equal(json_text(facts, "kind"), "summary");
    assert_int_equal(json_count(json_get(facts, "lines")), 2);
    const struct json *unit = json_at(json_get(facts, "units"), 0);
    assert_string_equal(json_text(unit, "code"), "dept");
    assert_int_equal(json_int(unit, "overdue", -1), 2);
    free_items(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_worst_first_and_the_longest_overdue_before),
        cmocka_unit_test(new_is_what_the_last_message_had_not_or_had_lower),
        cmocka_unit_test(who_is_named_by_no_step_has_nothing_listed),
        cmocka_unit_test(
            facts_give_time_in_ordinary_days_and_by_the_clock_when_short),
        cmocka_unit_test(a_vice_chair_gets_counts_by_unit_and_the_worst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
