#include "tests/unit/check.h"

#include "model/timetable.h"

/* A tree top - kinhte - kh, and hcc beside kinhte. */
struct world {
    struct zone *zone;
    struct calendar *main;
    struct calendar *desk;
    struct directory *directory;
    struct timetable timetable;
};

static void add_unit(struct directory *directory, const char *code,
                     const char *parent)
{
    struct unit unit = {.code = str_copy(code),
                        .name = str_copy(code),
                        .parent = str_copy(parent)};
    directory_add_unit(directory, &unit);
}

static void add_person(struct directory *directory, const char *code,
                       const char *unit)
{
    struct person person = {.code = str_copy(code),
                            .name = str_copy(code),
                            .unit = str_copy(unit),
                            .active = true};
    directory_add_person(directory, &person);
}

static struct calendar *plain_calendar(const char *name,
                                       const struct zone *zone)
{
    const struct week week = {0};
    struct calendar *calendar = calendar_new(name, zone, &week);

    calendar_seal(calendar);
    return calendar;
}

/* own: the unit that has the desk's calendar. */
static struct world world_new(const char *own)
{
    struct world world = {.directory = directory_new()};
    const struct calendar *owns[4] = {NULL};
    struct err err = {0};

    check_ok(zone_open("Asia/Ho_Chi_Minh", &world.zone, &err));
    world.main = plain_calendar("main", world.zone);
    world.desk = plain_calendar("desk", world.zone);
    add_unit(world.directory, "top", "");
    add_unit(world.directory, "kinhte", "top");
    add_unit(world.directory, "kh", "kinhte");
    add_unit(world.directory, "hcc", "top");
    add_person(world.directory, "an", "kh");
    add_person(world.directory, "binh", "hcc");
    add_person(world.directory, "chi", "");
    check_ok(directory_seal(world.directory, &err));
    owns[directory_unit(world.directory, own)] = world.desk;
    timetable_make(world.directory, world.main, owns, &world.timetable);
    return world;
}

static void world_done(struct world *world)
{
    timetable_done(&world->timetable);
    directory_free(&world->directory);
    calendar_free(&world->main);
    calendar_free(&world->desk);
    zone_free(&world->zone);
}

static const char *of_unit(const struct world *world, const char *code)
{
    return calendar_name(timetable_of_unit(&world->timetable, code));
}

static const char *of_person(const struct world *world, const char *code)
{
    int person = directory_person(world->directory, code);
    return calendar_name(timetable_of_person(&world->timetable, person));
}

TEST_CASE(a_unit_without_a_calendar_takes_its_parents)
{
    (void)state;
    owned(world_done) struct world world = world_new("kinhte");

    assert_string_equal(of_unit(&world, "kinhte"), "desk");
    assert_string_equal(of_unit(&world, "kh"), "desk");
    assert_string_equal(of_unit(&world, "hcc"), "main");
    assert_string_equal(of_unit(&world, "top"), "main");
    assert_string_equal(of_person(&world, "an"), "desk");
    assert_string_equal(of_person(&world, "binh"), "main");
    assert_int_equal(world.timetable.followed_count, 2);
    assert_ptr_equal(world.timetable.followed[0], world.main);
}

TEST_CASE(what_has_no_known_unit_follows_the_main_calendar)
{
    (void)state;
    owned(world_done) struct world world = world_new("hcc");

    assert_string_equal(of_unit(&world, ""), "main");
    assert_string_equal(of_unit(&world, "nowhere"), "main");
    assert_string_equal(of_person(&world, "chi"), "main");
    assert_string_equal(
        calendar_name(timetable_of_person(&world.timetable, NOBODY)), "main");
}

TEST_CASE(the_top_of_the_tree_may_follow_another_than_the_main_one)
{
    (void)state;
    owned(world_done) struct world world = world_new("top");

    assert_string_equal(of_unit(&world, "hcc"), "desk");
    assert_string_equal(of_person(&world, "an"), "desk");
    assert_string_equal(of_unit(&world, ""), "main");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_without_a_calendar_takes_its_parents),
        cmocka_unit_test(what_has_no_known_unit_follows_the_main_calendar),
        cmocka_unit_test(
            the_top_of_the_tree_may_follow_another_than_the_main_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
