#include "tests/unit/check.h"

#include "model/directory.h"
#include "model/item.h"

static void add_unit(struct directory *directory, const char *code,
                     const char *name, const char *parent)
{
    struct unit unit = {
        .code = str_copy(code),
        .name = str_copy(name),
        .parent = str_copy(parent),
    };
    directory_add_unit(directory, &unit);
}

static void add_person(struct directory *directory, const char *code,
                       const char *name, const char *unit)
{
    struct person person = {
        .code = str_copy(code),
        .name = str_copy(name),
        .unit = str_copy(unit),
        .active = true,
    };
    directory_add_person(directory, &person);
}

static struct directory *office(void)
{
    struct err err = {0};
    struct directory *directory = directory_new();

    add_unit(directory, "ubnd", "Ủy ban nhân dân", "");
    add_unit(directory, "kinhte", "Phòng Kinh tế", "ubnd");
    add_unit(directory, "kh", "Tổ Kế hoạch", "kinhte");
    add_person(directory, "cv1", "Nguyễn Văn An", "kinhte");
    add_person(directory, "cv2", "Nguyễn Văn An", "kh");
    add_person(directory, "cv3", "Phạm Ngọc Linh", "kh");
    check_ok(directory_seal(directory, &err));
    return directory;
}

TEST_CASE(a_name_that_fits_two_people_is_nobodys)
{
    (void)state;
    owned(directory_free) struct directory *directory = office();
    bool several = false;

    assert_int_equal(
        directory_find_person(directory, "nguyễn  văn AN", &several), NOBODY);
    assert_true(several);
    assert_int_equal(
        directory_find_person(directory, "Pha\xCC\xA3m Ngọc Linh", &several),
        2);
    assert_false(several);
    assert_int_equal(directory_find_person(directory, "cv2", &several), 1);
}

TEST_CASE(names_who_is_nearest_to_a_misspelt_name)
{
    (void)state;
    owned(directory_free) struct directory *directory = office();

    assert_int_equal(directory_near_person(directory, "Phạm N. Linh"), 2);
    assert_int_equal(directory_near_person(directory, "Zw"), NOBODY);
}

TEST_CASE(a_unit_stands_for_the_tree_below_it)
{
    (void)state;
    owned(directory_free) struct directory *directory = office();
    int ubnd = directory_unit(directory, "ubnd");
    int kh = directory_unit(directory, "kh");

    assert_true(directory_is_within(directory, kh, ubnd));
    assert_false(directory_is_within(directory, ubnd, kh));
    assert_int_equal(directory_find_unit(directory, "phòng kinh tế"), 1);
}

TEST_CASE(refuses_parents_in_a_circle_and_unknown_ones)
{
    (void)state;
    struct err err = {0};
    owned(directory_free) struct directory *circle = directory_new();
    owned(directory_free) struct directory *orphan = directory_new();

    add_unit(circle, "a", "A", "b");
    add_unit(circle, "b", "B", "a");
    assert_int_equal(directory_seal(circle, &err), -1);
    assert_int_equal(err.code, ERR_INVALID);
    add_unit(orphan, "a", "A", "nowhere");
    assert_int_equal(directory_seal(orphan, &err), -1);
}

TEST_CASE(a_refused_address_is_none)
{
    (void)state;
    struct person person = {.code = str_copy("cv1")};

    person.addresses[ADDRESS_EMAIL].value = str_copy("cv1@x.example");
    assert_string_equal(person_address(&person, ADDRESS_EMAIL),
                        "cv1@x.example");
    person.addresses[ADDRESS_EMAIL].refused = true;
    assert_null(person_address(&person, ADDRESS_EMAIL));
    assert_null(person_address(&person, ADDRESS_PHONE));
    assert_string_equal(person_address(&person, ADDRESS_CODE), "cv1");
    person_done(&person);
}

TEST_CASE(finds_statuses_by_code_and_by_name_in_any_spelling)
{
    (void)state;
    const struct status *status =
        status_find(KIND_DOSSIER, "YÊU CẦU bổ sung  giấy tờ");

    assert_non_null(status);
    assert_string_equal(status->code, "5");
    assert_int_equal(status->clock, CLOCK_PAUSED);
    assert_ptr_equal(status, status_find(KIND_DOSSIER, "5"));
    assert_null(status_find(KIND_TASK, "5"));
    assert_null(status_find(KIND_DOSSIER, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_fits_two_people_is_nobodys),
        cmocka_unit_test(names_who_is_nearest_to_a_misspelt_name),
        cmocka_unit_test(a_unit_stands_for_the_tree_below_it),
        cmocka_unit_test(refuses_parents_in_a_circle_and_unknown_ones),
        cmocka_unit_test(a_refused_address_is_none),
        cmocka_unit_test(finds_statuses_by_code_and_by_name_in_any_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
