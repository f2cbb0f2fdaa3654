#include "tests/unit/intake/office_fixture.h"

TEST_CASE(takes_the_sample_office_and_says_what_needs_a_person)
{
    (void)state;
    owned(office_done) struct office office = office_empty();

    take_sample(&office, intake_units, "units.csv");
    assert_int_equal(office.report.read, 7);
    assert_int_equal(office.report.fresh, 7);
    check_remark(&office, "columns that are not used: \"telegram_group\", "
                          "\"zalo_group\"");
    take_sample(&office, intake_people, "people.csv");
    assert_int_equal(office.report.read, 20);
    assert_int_equal(office.report.fresh, 20);
    assert_int_equal(office.report.needs_you, 2);
    check_remark(&office,
                 "10 needs-you email \"\" is empty: no mail for cv2.kinhte "
                 "(has zalo)");
    check_remark(&office, "12 needs-you name \"Nguyễn Văn An\" 2 people bear "
                          "it (cv1.xdnnmt, cv2.xdnnmt)");
}

TEST_CASE(the_same_office_again_changes_not_one_row)
{
    (void)state;
    owned(office_done) struct office office = office_new();

    take_sample(&office, intake_calendar, "calendar-2026.csv");
    owned(str_free) char *before = dump_of(&office);
    take_sample(&office, intake_units, "units.csv");
    assert_true(office.report.unchanged);
    take_sample(&office, intake_people, "people.csv");
    assert_int_equal(office.report.same, 20);
    take_sample(&office, intake_calendar, "calendar-2026.csv");
    assert_true(office.report.unchanged);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(a_dry_run_reports_the_same_and_writes_nothing)
{
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);
    owned(str_free) char *units = sample("units.csv");
    owned(str_free) char *before = dump_of(&office);

    options.dry_run = true;
    assert_int_equal(take(&office, intake_units, &options, units), 0);
    assert_int_equal(office.report.fresh, 7);
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(leaves_bad_rows_out_and_keeps_the_good)
{
    static const char people[] =
        "code,name,title,unit,role,email,language,active\n"
        "a,Vũ An,,vhxh,staff,a@x.example,vi,yes\n"
        ",Vũ Bình,,vhxh,staff,,,\n"
        "c,Vũ Châu,,khong-co,staff,,,\n"
        "d,Vũ Dũng,,vhxh,boss,,,\n"
        "e e,Vũ Em,,vhxh,staff,,,\n"
        "f,Vũ Phúc,,vhxh,staff,khong-phai-thu,,\n"
        "g,Vũ Giang,,vhxh,staff,,,có lẽ\n"
        "h,Vũ Hà,,vhxh,staff,,,no\n";
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);
    owned(directory_free) struct directory *directory = NULL;
    struct err err = {0};

    take_sample(&office, intake_units, "units.csv");
    assert_int_equal(take(&office, intake_people, &options, people), 0);
    assert_int_equal(office.report.read, 8);
    assert_int_equal(office.report.fresh, 3);
    assert_int_equal(office.report.rejected, 5);
    check_remark(&office, "3 left-out code");
    check_remark(&office, "4 left-out unit \"khong-co\" no unit has this code");
    check_remark(&office, "5 left-out role \"boss\" not a role; write staff");
    check_remark(&office, "6 left-out code \"e e\"");
    check_remark(&office, "7 needs-you email \"khong-phai-thu\" is not an "
                          "address: no mail for f");
    check_remark(&office, "8 left-out active \"có lẽ\"");
    check_ok(store_load_directory(office.fixture.store, &directory, &err));
    assert_false(directory->people[directory_person(directory, "h")].active);
}

/* A list of one unit must not send the others home. */
TEST_CASE(people_who_are_not_listed_stay_and_are_counted)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct intake_options options = options_of(&office);

    assert_int_equal(take(&office, intake_people, &options,
                          "code,name,unit,role,email\n"
                          "ct,Vũ Minh Khánh,ubnd,chair,ct@x.example\n"),
                     0);
    assert_int_equal(office.report.changed, 1);
    check_remark(&office, "19 people known before are not in this list");
}

TEST_CASE(refuses_a_circle_of_units_as_a_whole)
{
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);
    owned(str_free) char *before = dump_of(&office);

    assert_int_equal(take(&office, intake_units, &options,
                          "code,name,parent\na,A,b\nb,B,a\n"),
                     -1);
    assert_non_null(strstr(office.err.text, "circle"));
    owned(str_free) char *after = dump_of(&office);
    assert_string_equal(before, after);
}

TEST_CASE(a_changed_office_wakes_the_open_items_and_an_equal_one_does_not)
{
    (void)state;
    owned(office_done) struct office office = office_new();
    struct store *store = office.fixture.store;
    struct err err = {0};
    int64_t next = 0;

    check_ok(store_begin(store, 0, &err));
    int64_t id = put_sample(store, "X", MORNING);
    check_ok(store_set_next(store, id, MORNING, &err));
    check_ok(store_commit(store, &err));
    take_sample(&office, intake_people, "people.csv");
    check_ok(store_next_due(store, &next, &err));
    assert_int_equal(next, MORNING);
    take_sample(&office, intake_calendar, "calendar-2026.csv");
    check_ok(store_next_due(store, &next, &err));
    assert_int_equal(next, 0);
}

static bool has_year(struct office *office, int year)
{
    owned(calendar_free) struct calendar *calendar =
        calendar_new("kien-an", office->zone, &office->week);
    struct err err = {0};

    check_ok(
        store_load_years(office->fixture.store, "kien-an", calendar, &err));
    calendar_seal(calendar);
    return calendar_has_year(calendar, year);
}

/* R8: by its name, never by the mere presence of a row. */
TEST_CASE(a_year_is_entered_only_when_it_is_named)
{
    static const char days[] = "date,kind,name\n2027-01-01,holiday,Tết\n"
                               "2026-01-01,holiday,Tết\n";
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);

    assert_int_equal(take(&office, intake_calendar, &options, days), 0);
    assert_int_equal(office.report.fresh, 2);
    assert_false(has_year(&office, 2027));
    options.year = 2027;
    assert_int_equal(take(&office, intake_calendar, &options, days), 0);
    assert_int_equal(office.report.same, 1);
    assert_false(office.report.unchanged);
    assert_true(has_year(&office, 2027));
    assert_false(has_year(&office, 2026));
}

TEST_CASE(days_that_a_named_year_no_longer_has_are_dropped)
{
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);

    options.year = 2026;
    assert_int_equal(take(&office, intake_calendar, &options,
                          "date,kind,name\n2026-01-01,holiday,A\n"
                          "2026-01-02,holiday,B\n"),
                     0);
    assert_int_equal(take(&office, intake_calendar, &options,
                          "date,kind,name\n2026-01-01,holiday,A\n"),
                     0);
    assert_int_equal(office.report.gone, 1);
    assert_int_equal(office.report.same, 1);
}

/* A calendar with a row missing would count as entered. */
TEST_CASE(refuses_a_wrong_calendar_as_a_whole)
{
    static const struct {
        const char *rows, *remark;
    } cases[] = {
        {"2026-02-31,holiday,A\n", "no such day"},
        {"2026-01-01,holiday,A\n2026-01-01,workday,B\n",
         "the day is on line 2 already"},
        {"2026-01-01,party,A\n", "not a kind of day"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        owned(office_done) struct office office = office_empty();
        struct intake_options options = options_of(&office);
        owned(str_free) char *text = str_format(
            "date,kind,name\n%s2026-05-01,holiday,C\n", cases[i].rows);
        owned(str_free) char *before = dump_of(&office);

        options.year = 2026;
        assert_int_equal(take(&office, intake_calendar, &options, text), -1);
        assert_int_equal(office.err.code, ERR_INVALID);
        check_remark(&office, cases[i].remark);
        owned(str_free) char *after = dump_of(&office);
        assert_string_equal(before, after);
    }
}

TEST_CASE(warns_of_a_holiday_on_a_rest_day_that_nothing_makes_up_for)
{
    (void)state;
    owned(office_done) struct office office = office_empty();
    struct intake_options options = options_of(&office);

    /* Sun 26/04 with the Monday off, Sun 22/11 without. */
    assert_int_equal(take(&office, intake_calendar, &options,
                          "date,kind,name\n2026-04-26,holiday,A\n"
                          "2026-04-27,holiday,B\n2026-11-22,holiday,C\n"),
                     0);
    assert_int_equal(office.report.needs_you, 1);
    check_remark(&office, "4 needs-you date \"2026-11-22\" falls on a rest "
                          "day, and the next working day, 2026-11-23");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_sample_office_and_says_what_needs_a_person),
        cmocka_unit_test(the_same_office_again_changes_not_one_row),
        cmocka_unit_test(a_dry_run_reports_the_same_and_writes_nothing),
        cmocka_unit_test(leaves_bad_rows_out_and_keeps_the_good),
        cmocka_unit_test(people_who_are_not_listed_stay_and_are_counted),
        cmocka_unit_test(refuses_a_circle_of_units_as_a_whole),
        cmocka_unit_test(
            a_changed_office_wakes_the_open_items_and_an_equal_one_does_not),
        cmocka_unit_test(a_year_is_entered_only_when_it_is_named),
        cmocka_unit_test(days_that_a_named_year_no_longer_has_are_dropped),
        cmocka_unit_test(refuses_a_wrong_calendar_as_a_whole),
        cmocka_unit_test(
            warns_of_a_holiday_on_a_rest_day_that_nothing_makes_up_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
