#include "tests/unit/store/fixture.h"

#include "store/office.h"

static char kh[] = "KH", ks[] = "KS", marriage[] = "Đăng ký kết hôn",
            birth[] = "Đăng ký khai sinh", civil[] = "Hộ tịch", vhxh[] = "vhxh",
            other[] = "hcc";

static enum put_result put(struct store *store, struct procedure procedure)
{
    enum put_result result = PUT_SAME;
    struct err err = {0};

    check_ok(store_put_procedure(store, &procedure, &result, &err));
    return result;
}

static struct procedure sample(void)
{
    return (struct procedure){
        .code = kh,
        .name = marriage,
        .field = civil,
        .unit = vhxh,
        .term = {SPAN_DAYS_END, 3000},
        .online_term = {SPAN_DAYS, 1500},
        .cutoff = CUTOFF_NONE,
        .supplement_limit = {SPAN_CALENDAR, 30000},
    };
}

TEST_CASE(tells_new_changed_and_same_procedures_apart)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    struct procedure procedure = sample();

    assert_int_equal(put(fixture.store, procedure), PUT_NEW);
    assert_int_equal(put(fixture.store, procedure), PUT_SAME);
    procedure.unit = other;
    assert_int_equal(put(fixture.store, procedure), PUT_CHANGED);
    procedure.online_term = (struct span){0};
    assert_int_equal(put(fixture.store, procedure), PUT_CHANGED);
    procedure.supplement_limit.thousandths = 31000;
    assert_int_equal(put(fixture.store, procedure), PUT_CHANGED);
    procedure.cutoff = 54000;
    assert_int_equal(put(fixture.store, procedure), PUT_CHANGED);
    assert_int_equal(put(fixture.store, procedure), PUT_SAME);
}

TEST_CASE(loads_procedures_as_they_were_put)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(procedures_done) struct procedures list = {0};
    struct err err = {0};
    struct procedure daily = {
        .code = ks, .name = birth, .term = {SPAN_SAME_DAY, 0}, .cutoff = 54000};

    (void)put(fixture.store, daily);
    (void)put(fixture.store, sample());
    check_ok(store_load_procedures(fixture.store, &list, &err));
    assert_int_equal(list.count, 2);
    const struct procedure *first = &list.items[0];
    assert_string_equal(first->code, "KH");
    assert_string_equal(first->name, marriage);
    assert_string_equal(first->field, civil);
    assert_string_equal(first->unit, vhxh);
    assert_int_equal(first->term.unit, SPAN_DAYS_END);
    assert_int_equal(first->term.thousandths, 3000);
    assert_int_equal(first->online_term.unit, SPAN_DAYS);
    assert_int_equal(first->online_term.thousandths, 1500);
    assert_int_equal(first->cutoff, CUTOFF_NONE);
    assert_int_equal(first->supplement_limit.unit, SPAN_CALENDAR);
    assert_int_equal(first->supplement_limit.thousandths, 30000);
    assert_int_equal(list.items[1].term.unit, SPAN_SAME_DAY);
    assert_int_equal(list.items[1].cutoff, 54000);
    assert_false(term_is_given(list.items[1].online_term));
    assert_false(term_is_given(list.items[1].supplement_limit));
}

/* R17 */
TEST_CASE(finds_a_procedure_by_code_else_by_its_name_folded)
{
    (void)state;
    owned(fixture_remove) struct fixture fixture = fixture_writing();
    owned(procedures_done) struct procedures list = {0};
    struct err err = {0};
    struct procedure twin = sample();

    (void)put(fixture.store, sample());
    twin.code = ks;
    twin.name = birth;
    (void)put(fixture.store, twin);
    twin.code = other;
    (void)put(fixture.store, twin);
    check_ok(store_load_procedures(fixture.store, &list, &err));
    assert_ptr_equal(procedures_find(&list, "KH"), &list.items[0]);
    assert_ptr_equal(procedures_find(&list, "ĐĂNG KÝ  KẾT HÔN"),
                     &list.items[0]);
    assert_null(procedures_find(&list, "Đăng ký"));
    assert_null(procedures_find(&list, ""));
    /* A name that fits two is nobody's; a code still tells. */
    assert_null(procedures_find(&list, birth));
    assert_non_null(procedures_find(&list, "KS"));
}

TEST_CASE(a_cut_off_is_a_clock_time)
{
    static const struct {
        const char *text, *written;
    } good[] = {{"15:00", "15:00:00"},
                {"15:00:01", "15:00:01"},
                {"00:00", "00:00:00"},
                {"", ""}};
    static const char *const bad[] = {"15h",    "24:00",  "15:60", "3:00",
                                      "15:00x", "15:00:", "1500"};
    int32_t cutoff = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        char text[9];
        assert_int_equal(cutoff_parse(good[i].text, &cutoff), 0);
        cutoff_format(cutoff, text);
        assert_string_equal(text, good[i].written);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (cutoff_parse(bad[i], &cutoff) == 0)
            fail_msg("\"%s\" was taken", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_new_changed_and_same_procedures_apart),
        cmocka_unit_test(loads_procedures_as_they_were_put),
        cmocka_unit_test(finds_a_procedure_by_code_else_by_its_name_folded),
        cmocka_unit_test(a_cut_off_is_a_clock_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
