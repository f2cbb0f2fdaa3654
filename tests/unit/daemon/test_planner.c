#include "tests/unit/daemon/planner_scene.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_at_the_opening_what_ran_overdue_before_it),
        cmocka_unit_test(sees_people_who_changed_a_moment_ago),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
