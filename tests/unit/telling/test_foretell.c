#include "tests/unit/telling/planner_scene.h"

#include "telling/foretell.h"

#define OVERDUE "      - {name: overdue, after: 0h, tell: [assignee]}\n"
#define REPEATED                                                               \
    "      - {name: overdue, after: 0h, tell: [assignee], repeat: 1wd}\n"
#define URGENT                                                                 \
    "      - {name: overdue, after: 0h, tell: [assignee], urgent: yes}\n"

/* What was heard: "24 07:30 mail cv1.hcc;" for each. */
static int hear(void *context, const struct notice *notice, struct err *err)
{
    struct buf *heard = context;
    int64_t minutes = (notice->attempt_at - june(0, 0, 0)) / 60;

    (void)err;
    buf_addf(heard, "%d %02d:%02d %s %s;", (int)(minutes / 1440),
             (int)(minutes / 60 % 24), (int)(minutes % 60), notice->channel,
             notice->recipient);
    return 0;
}

/* All that is foretold in a stretch; yours. */
static char *foretold_of(struct scene *scene, int64_t from, int64_t until)
{
    owned(store_free) struct store *copy = NULL;
    struct buf heard = {0};
    struct err err = {0};

    check_ok(store_copy(scene->fixture.store, &copy, &err));
    const struct foretelling what = {
        .settings = scene->settings,
        .store = copy,
        .from = from,
        .until = until,
        .hear = hear,
        .context = &heard,
    };
    check_ok(foretell(&what, &err));
    return buf_take(&heard);
}

TEST_CASE(foretells_each_opening_at_which_there_is_something_to_say)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", REPEATED), june(22, 17, 30));

    scene_item(&scene, "HS-1", june(24, 15, 0));
    owned(str_free) char *heard =
        foretold_of(&scene, june(23, 7, 0), june(29, 18, 0));
    assert_string_equal(heard, "25 07:30 mail cv1.hcc;26 07:30 mail cv1.hcc;"
                               "29 07:30 mail cv1.hcc;");
    assert_int_equal(scene_count(&scene, NOTICE_SENT), 0);
    assert_int_equal(scene_count(&scene, NOTICE_QUEUED), 0);
}

TEST_CASE(the_last_instant_counts_and_nothing_after_it)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(22, 17, 30));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    owned(str_free) char *to =
        foretold_of(&scene, june(24, 7, 0), june(25, 7, 30));
    owned(str_free) char *before =
        foretold_of(&scene, june(24, 7, 0), june(25, 7, 30) - 1);
    assert_string_equal(to, "25 07:30 mail cv1.hcc;");
    assert_string_equal(before, "");
}

TEST_CASE(something_urgent_is_foretold_between_openings)
{
    (void)state;
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", URGENT), june(22, 17, 30));

    scene_item(&scene, "HS-1", june(24, 15, 59));
    scene_item(&scene, "HS-2", june(24, 16, 29));
    owned(str_free) char *heard =
        foretold_of(&scene, june(24, 7, 0), june(25, 18, 0));
    assert_string_equal(heard, "24 15:59 mail cv1.hcc;24 16:29 mail cv1.hcc;");
}

TEST_CASE(what_waits_in_the_queue_at_the_start_is_foretold_at_its_time)
{
    (void)state;
    struct err err = {0};
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail]", OVERDUE), june(24, 17, 30));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    scene_run(&scene, june(25, 7, 30));
    owned(notice_done) struct notice notice = scene_newest(&scene, "cv1.hcc");
    check_ok(store_begin(scene.fixture.store, 0, &err));
    check_ok(store_settle_notice(scene.fixture.store, notice.id, NOTICE_QUEUED,
                                 june(25, 7, 45), 0, "busy", june(25, 7, 31),
                                 &err));
    check_ok(store_commit(scene.fixture.store, &err));
    owned(str_free) char *heard =
        foretold_of(&scene, june(25, 7, 32), june(25, 18, 0));
    assert_string_equal(heard, "25 07:45 mail cv1.hcc;");
}

TEST_CASE(a_parked_channel_keeps_its_messages_until_the_next_of_the_ladder)
{
    (void)state;
    struct err err = {0};
    owned(scene_done) struct scene scene =
        scene_new(SCENE_RULE("r", "[mail, chat]", OVERDUE), june(24, 17, 30));

    scene_item(&scene, "HS-1", june(24, 17, 0));
    check_ok(store_begin(scene.fixture.store, 0, &err));
    check_ok(store_park_channel(scene.fixture.store, "mail", june(24, 18, 0),
                                june(24, 19, 0), 1, "no answer", &err));
    check_ok(store_commit(scene.fixture.store, &err));
    owned(str_free) char *heard =
        foretold_of(&scene, june(25, 7, 0), june(25, 13, 30));
    assert_string_equal(heard, "25 13:30 chat cv1.hcc;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            foretells_each_opening_at_which_there_is_something_to_say),
        cmocka_unit_test(the_last_instant_counts_and_nothing_after_it),
        cmocka_unit_test(something_urgent_is_foretold_between_openings),
        cmocka_unit_test(
            what_waits_in_the_queue_at_the_start_is_foretold_at_its_time),
        cmocka_unit_test(
            a_parked_channel_keeps_its_messages_until_the_next_of_the_ladder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
