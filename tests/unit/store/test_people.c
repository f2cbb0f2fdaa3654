#include "tests/unit/store/fixture.h"

#include "store/office.h"

static char ubnd[] = "ubnd", hcc[] = "hcc", an[] = "cv1.hcc", vi[] = "vi",
            name[] = "Nguyễn Văn An", mail[] = "an@kienan.example",
            other[] = "an2@kienan.example", phone[] = "0912345678",
            title[] = "chuyên viên", chief[] = "pct";

static enum put_result put_unit(struct store *store, struct unit unit)
{
    enum put_result result = PUT_SAME;
    struct err err = {0};

    check_ok(store_put_unit(store, &unit, &result, &err));
    return result;
}

static enum put_result put_person(struct store *store, struct person person)
{
    enum put_result result = PUT_SAME;
    struct err err = {0};

    check_ok(store_put_person(store, &person, &result, &err));
    return result;
}

static struct person sample_person(void)
{
    struct person person = {.code = an,
                            .name = name,
                            .title = title,
                            .unit = hcc,
                            .language = vi,
                            .role = ROLE_HEAD,
                            .active = true};

    person.addresses[ADDRESS_EMAIL].value = mail;
    person.addresses[ADDRESS_PHONE].value = phone;
    return person;
}

TEST_CASE(tells_new_changed_and_same_units_apart)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct unit unit = {.code = hcc, .name = name, .parent = ubnd};

    assert_int_equal(put_unit(fixture.store, unit), PUT_NEW);
    assert_int_equal(put_unit(fixture.store, unit), PUT_SAME);
    unit.overseen_by = chief;
    assert_int_equal(put_unit(fixture.store, unit), PUT_CHANGED);
    assert_int_equal(put_unit(fixture.store, unit), PUT_SAME);
}

TEST_CASE(tells_new_changed_and_same_people_apart)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct person person = sample_person();

    assert_int_equal(put_person(fixture.store, person), PUT_NEW);
    assert_int_equal(put_person(fixture.store, person), PUT_SAME);
    person.addresses[ADDRESS_EMAIL].value = other;
    assert_int_equal(put_person(fixture.store, person), PUT_CHANGED);
    person.addresses[ADDRESS_PHONE].value = NULL;
    assert_int_equal(put_person(fixture.store, person), PUT_CHANGED);
    assert_int_equal(put_person(fixture.store, person), PUT_SAME);
    person.active = false;
    assert_int_equal(put_person(fixture.store, person), PUT_CHANGED);
}

TEST_CASE(loads_units_and_people_as_they_were_put)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(directory_free) struct directory *directory = NULL;
    struct err err = {0};
    struct person boss = sample_person();

    (void)put_unit(fixture.store, (struct unit){.code = hcc,
                                                .name = name,
                                                .short_name = title,
                                                .parent = ubnd,
                                                .kind = vi,
                                                .overseen_by = chief});
    (void)put_unit(fixture.store, (struct unit){.code = ubnd, .name = name});
    (void)put_person(fixture.store, sample_person());
    boss.code = chief;
    boss.role = ROLE_VICE_CHAIR;
    boss.active = false;
    boss.addresses[ADDRESS_EMAIL].value = other;
    (void)put_person(fixture.store, boss);

    check_ok(store_load_directory(fixture.store, &directory, &err));
    assert_int_equal(directory->unit_count, 2);
    const struct unit *unit = &directory->units[directory_unit(directory, hcc)];
    assert_string_equal(unit->name, name);
    assert_string_equal(unit->short_name, title);
    assert_string_equal(unit->kind, vi);
    assert_string_equal(unit->overseen_by, chief);
    assert_int_equal(unit->parent_index, directory_unit(directory, ubnd));
    const struct person *person =
        &directory->people[directory_person(directory, an)];
    assert_string_equal(person->name, name);
    assert_string_equal(person->title, title);
    assert_string_equal(person->language, vi);
    assert_int_equal(person->role, ROLE_HEAD);
    assert_true(person->active);
    assert_string_equal(person_address(person, ADDRESS_EMAIL), mail);
    assert_string_equal(person_address(person, ADDRESS_PHONE), phone);
    assert_null(person_address(person, ADDRESS_ZALO_CHAT));
    person = &directory->people[directory_person(directory, chief)];
    assert_int_equal(person->role, ROLE_VICE_CHAIR);
    assert_false(person->active);
    assert_string_equal(person_address(person, ADDRESS_EMAIL), other);
}

static bool is_refused(struct store *store)
{
    owned(directory_free) struct directory *directory = NULL;
    struct err err = {0};

    check_ok(store_load_directory(store, &directory, &err));
    return directory->people[directory_person(directory, an)]
        .addresses[ADDRESS_EMAIL]
        .refused;
}

TEST_CASE(forgets_a_refusal_with_the_address)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct store *store = fixture.store;
    struct person person = sample_person();
    struct err err = {0};

    (void)put_unit(store, (struct unit){.code = hcc});
    (void)put_person(store, person);
    assert_false(is_refused(store));
    check_ok(store_refuse_address(store, an, ADDRESS_EMAIL, 9, "550", &err));
    assert_true(is_refused(store));
    assert_int_equal(put_person(store, person), PUT_SAME);
    assert_true(is_refused(store));
    person.addresses[ADDRESS_EMAIL].value = other;
    (void)put_person(store, person);
    assert_false(is_refused(store));
    check_ok(store_refuse_address(store, an, ADDRESS_EMAIL, 9, "550", &err));
    check_ok(store_clear_refusal(store, an, ADDRESS_EMAIL, &err));
    assert_false(is_refused(store));
    assert_int_equal(
        store_refuse_address(store, an, ADDRESS_ZALO_USER, 9, "", &err), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_new_changed_and_same_units_apart),
        cmocka_unit_test(tells_new_changed_and_same_people_apart),
        cmocka_unit_test(loads_units_and_people_as_they_were_put),
        cmocka_unit_test(forgets_a_refusal_with_the_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
