#include "tests/unit/telling/planner_scene.h"

#define OVERDUE "      - {name: overdue, after: 0h, tell: [assignee]}\n"

TEST_CASE(tells_at_the_opening_what_ran_overdue_before_it)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    scene_run(&scene, june(24, 17, 31));
    assert_int_equal(scene_count(&scene, NOTICE_QUEUED), 0);
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    assert_string_equal(notice.channel, "mail");
}

/* People are imported by another process at any moment, also between the
 * planner's look at them and its look at the items that the import woke. */
TEST_CASE(sees_people_who_changed_a_moment_ago)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));
    owned(store_free) struct store *other = NULL;
    struct err err = {0};

    scene_item(&scene, "HS-1", june(24, 17, 0));
    check_ok(store_open(scene.fixture.path, STORE_WRITE, &other, &err));
    check_ok(store_begin(other, 0, &err));
    scene_person(other, "cv1.hcc", ROLE_STAFF, "", "");
    check_ok(store_wake_items(other, -1, &err));
    check_ok(store_commit(other, &err));
    scene_run(&scene, june(24, 17, 31));
    check_ok(planner_refresh(scene.planner, june(24, 17, 31), &err));
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "tp.hcc");
    assert_int_equal(notice.line_count, 1);
}

/* Held again after its notice was withdrawn, by a rule that reaches the
 * person no more, while another rule still lists the item for them. */
TEST_CASE(rests_when_a_rule_reaches_somebody_no_more)
{
    (void)state;
    owned(scene_done) struct scene scene = scene_new(
        SCENE_RULE("r2", "[chat]", OVERDUE) SCENE_RULE("r1", "[mail]", OVERDUE),
        june(24, 17, 30));
    struct err err = {0};

    scene_item(&scene, "HS-1", june(24, 17, 0));
    scene_run(&scene, june(25, 7, 30));
    assert_true(scene_count(&scene, NOTICE_QUEUED) > 0);
    check_ok(store_begin(scene.fixture.store, 0, &err));
    scene_person(scene.fixture.store, "cv1.hcc", ROLE_STAFF, "", "4711");
    check_ok(store_wake_items(scene.fixture.store, -1, &err));
    check_ok(store_commit(scene.fixture.store, &err));
    check_ok(planner_refresh(scene.planner, june(25, 8, 0), &err));
    scene_run(&scene, june(25, 8, 0));
    scene_run(&scene, june(25, 13, 30));
}

#define URGENT                                                                 \
    "      - {name: overdue, after: 0h, tell: [assignee], urgent: true}\n"

TEST_CASE(an_urgent_notice_is_not_tried_in_quiet_hours)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", URGENT), june(24, 17, 5));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    scene_run(&scene, june(24, 17, 10));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    assert_true(notice.closes_at <= june(24, 18, 0));
    assert_true(notice.closes_at > june(24, 17, 30));
    assert_int_equal(notice.expires_at, june(25, 7, 30));
}

/* Two dossiers, one of them overdue, and a clock that stood ahead for a
 * moment: what is told before and after the other's promise? */
static void step_back_from(int64_t ahead)
{
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(23, 7, 35));

    scene_item(&scene, "HS-1", june(23, 17, 0));
    scene_item(&scene, "HS-2", june(24, 17, 0));
    scene_run(&scene, ahead);
    scene_run(&scene, june(24, 7, 50));
    scene_run(&scene, june(24, 13, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    assert_true(notice.decided_at <= june(24, 13, 30));
    assert_int_equal(notice.line_count, 1);
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice later = scene_newest(&scene, "cv1.hcc");
    assert_int_equal(later.decided_at, june(25, 7, 30));
    assert_int_equal(later.line_count, 2);
}

/* A clock that once stood months ahead must not silence the office for
 * months: neither what was queued then nor what was only held. */
TEST_CASE(tells_again_after_the_clock_was_set_back)
{
    (void)state;
    step_back_from(june(24 + 100, 7, 45));
    step_back_from(june(24 + 100, 20, 0));
}

/* Time servers step back by seconds: an opening is served once all the same. */
TEST_CASE(serves_no_opening_twice_after_a_small_step_back)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    scene_run(&scene, june(25, 7, 30));
    scene_run(&scene, june(25, 7, 30) - 5);
    scene_run(&scene, june(25, 7, 30));
    assert_int_equal(scene_count(&scene, NOTICE_QUEUED), 1);
    assert_int_equal(scene_count(&scene, NOTICE_WITHDRAWN), 0);
}

/* Causes of two rules in one message, of which only one has another way. */
TEST_CASE(a_refused_address_leaves_each_rule_its_own_ladder)
{
    (void)state;
    owned(scene_done) struct scene scene = scene_new(
        SCENE_RULE_OF(", field: [A]", "r1", "[mail]", OVERDUE)
            SCENE_RULE_OF(", field: [B]", "r2", "[mail, chat]", OVERDUE),
        june(24, 17, 30));
    struct err err = {0};

    scene_item_of(&scene, "A", "HS-A", june(24, 17, 0));
    scene_item_of(&scene, "B", "HS-B", june(24, 17, 0));
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    assert_int_equal(notice.line_count, 2);
    check_ok(store_begin(scene.fixture.store, 0, &err));
    check_ok(planner_refused(scene.planner, &notice, "no such user",
                             june(25, 7, 31), &err));
    check_ok(store_commit(scene.fixture.store, &err));
    scene_run(&scene, june(25, 7, 31));
    assert_int_equal(scene_count(&scene, NOTICE_DEAD), 1);
    owned(notice_done) struct notice chat = scene_newest(&scene, "cv1.hcc");
    assert_string_equal(chat.channel, "chat");
    assert_int_equal(chat.line_count, 1);
    scene_run(&scene, june(25, 13, 30));
    owned(notice_done) struct notice head = scene_newest(&scene, "tp.hcc");
    assert_string_equal(head.channel, "mail");
    assert_int_equal(head.line_count, 1);
}

TEST_CASE(a_list_too_long_for_the_wire_ends_earlier)
{
    (void)state;
    enum { ITEMS = 40, TITLE = 4000, ROOM = 65536 };
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));
    char title[TITLE + 1] = "";

    memset(title, 'x', TITLE);
    scene.settings->wire.message_bytes = ROOM;
    for (int i = 0; i < ITEMS; i++) {
        owned(str_free) char *code = str_format("HS-%d", i);
        scene_item_of(&scene, title, code, june(24, 17, 0));
    }
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    struct err err = {0};
    owned(json_free) struct json *facts =
        json_parse(notice.facts, strlen(notice.facts), &err);
    int64_t shown = (int64_t)json_count(json_get(facts, "lines"));
    assert_true(strlen(notice.facts) <= ROOM);
    assert_true(shown > 0);
    assert_int_equal(json_int(facts, "more", -1), ITEMS - shown);
    assert_int_equal(notice.line_count, ITEMS);
}

/* "kiphan send-test" while the channel's worker is down, say. */
TEST_CASE(a_test_message_is_not_merged_into_a_list)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));
    static char empty[] = "", person[] = "cv1.hcc", mail[] = "mail",
                identity[] = "test", facts[] = "{}";
    struct notice test = {.identity = identity,
                          .recipient = person,
                          .channel = mail,
                          .via = mail,
                          .window = empty,
                          .language = empty,
                          .facts = facts,
                          .detail = empty,
                          .state = NOTICE_QUEUED,
                          .decided_at = june(25, 7, 29),
                          .opening_at = june(25, 7, 29),
                          .closes_at = june(25, 8, 29),
                          .expires_at = june(25, 8, 29),
                          .attempt_at = june(25, 7, 29)};
    const struct alerts none = {0};
    struct err err = {0};

    scene_item(&scene, "HS-1", june(24, 17, 0));
    check_ok(store_begin(scene.fixture.store, 0, &err));
    check_ok(store_add_notice(scene.fixture.store, &test, &none,
                              june(25, 7, 29), &err));
    check_ok(store_commit(scene.fixture.store, &err));
    scene_run(&scene, june(25, 7, 30));
    assert_int_equal(scene_count(&scene, NOTICE_WITHDRAWN), 0);
    assert_int_equal(scene_count(&scene, NOTICE_QUEUED), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_at_the_opening_what_ran_overdue_before_it),
        cmocka_unit_test(sees_people_who_changed_a_moment_ago),
        cmocka_unit_test(rests_when_a_rule_reaches_somebody_no_more),
        cmocka_unit_test(an_urgent_notice_is_not_tried_in_quiet_hours),
        cmocka_unit_test(tells_again_after_the_clock_was_set_back),
        cmocka_unit_test(serves_no_opening_twice_after_a_small_step_back),
        cmocka_unit_test(a_refused_address_leaves_each_rule_its_own_ladder),
        cmocka_unit_test(a_list_too_long_for_the_wire_ends_earlier),
        cmocka_unit_test(a_test_message_is_not_merged_into_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
