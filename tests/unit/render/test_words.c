#include "tests/unit/check.h"

#include "render/words.h"

TEST_CASE(words_the_time_left_as_r7_says)
{
    static const struct {
        struct words_span span;
        bool overdue;
        const char *vi;
        const char *en;
    } rows[] = {
        {{1, 0, 0, false},
         true,
         "quá hạn 1 ngày làm việc",
         "overdue by 1 working day"},
        {{2, 3, 59, false},
         true,
         "quá hạn 2 ngày 3 giờ làm việc",
         "overdue by 2 working days 3 hours"},
        {{1, 4, 0, false},
         false,
         "còn 1 ngày 4 giờ làm việc",
         "1 working day 4 hours left"},
        {{0, 7, 30, true},
         false,
         "còn 7 giờ 30 phút làm việc",
         "7 hours 30 minutes left"},
        {{0, 7, 0, true}, false, "còn 7 giờ làm việc", "7 hours left"},
        {{0, 0, 1, true},
         true,
         "quá hạn 1 phút làm việc",
         "overdue by 1 minute"},
        {{0, 0, 0, true}, false, "còn dưới 1 phút", "less than 1 minute left"},
        {{0, 0, 0, true},
         true,
         "quá hạn dưới 1 phút",
         "overdue by less than 1 minute"},
        {{0, 1, 1, false},
         false,
         "còn 1 giờ 1 phút làm việc",
         "1 hour 1 minute left"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        owned(str_free) char *vi =
            words_left(rows[i].span, rows[i].overdue, TEXTS_VI);
        owned(str_free) char *en =
            words_left(rows[i].span, rows[i].overdue, TEXTS_EN);
        assert_string_equal(vi, rows[i].vi);
        assert_string_equal(en, rows[i].en);
    }
}

TEST_CASE(words_instants_as_people_write_them)
{
    (void)state;
    struct civil moment = {0};

    assert_true(words_moment_parse("2026-06-25T07:30:00", &moment));
    owned(str_free) char *vi = words_moment(moment, TEXTS_VI);
    owned(str_free) char *en = words_moment(moment, TEXTS_EN);
    owned(str_free) char *day = words_day(moment, TEXTS_VI);
    assert_string_equal(vi, "07:30 ngày 25/6/2026");
    assert_string_equal(en, "07:30 on 25 June 2026");
    assert_string_equal(day, "ngày 25/6/2026");
}

TEST_CASE(names_the_part_of_the_day_and_the_weekday)
{
    static const struct {
        const char *at;
        const char *vi;
        const char *en;
    } rows[] = {
        {"2026-06-25T07:30:00", "sáng thứ Năm, 25/6",
         "Thursday morning, 25 June"},
        {"2026-06-26T13:30:00", "chiều thứ Sáu, 26/6",
         "Friday afternoon, 26 June"},
        {"2026-08-23T18:00:00", "tối Chủ nhật, 23/8",
         "Sunday evening, 23 August"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct civil moment = {0};
        assert_true(words_moment_parse(rows[i].at, &moment));
        owned(str_free) char *vi = words_opening(moment, TEXTS_VI);
        owned(str_free) char *en = words_opening(moment, TEXTS_EN);
        assert_string_equal(vi, rows[i].vi);
        assert_string_equal(en, rows[i].en);
    }
}

TEST_CASE(leaves_out_the_day_when_it_is_today)
{
    (void)state;
    struct civil now = {{2026, 6, 25}, 27000};
    struct civil same = {{2026, 6, 25}, 25800};
    struct civil before = {{2026, 6, 24}, 25800};
    owned(str_free) char *today = words_moment_near(same, now, TEXTS_VI);
    owned(str_free) char *earlier = words_moment_near(before, now, TEXTS_VI);

    assert_string_equal(today, "07:10");
    assert_string_equal(earlier, "07:10 ngày 24/6/2026");
}

TEST_CASE(takes_no_instant_in_another_form)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "2026-06-25",
                                      "2026-06-25 07:30:00",
                                      "2026-02-30T07:30:00",
                                      "2026-06-25T24:00:00",
                                      "2026-06-25T07:3a:00",
                                      "2026-06-25T07:30:00Z"};
    struct civil moment = {{1999, 1, 1}, 5};

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(words_moment_parse(bad[i], &moment));
    assert_false(words_moment_parse(NULL, &moment));
    assert_int_equal(moment.seconds, 5);
}

TEST_CASE(counts_in_the_singular_only_where_a_language_has_one)
{
    (void)state;
    owned(str_free) char *one = words_count(1, WORDS_TASK, TEXTS_EN);
    owned(str_free) char *many = words_count(2, WORDS_TASK, TEXTS_EN);
    owned(str_free) char *vi = words_count(2, WORDS_DOSSIER, TEXTS_VI);

    assert_string_equal(one, "1 task");
    assert_string_equal(many, "2 tasks");
    assert_string_equal(vi, "2 hồ sơ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_the_time_left_as_r7_says),
        cmocka_unit_test(words_instants_as_people_write_them),
        cmocka_unit_test(names_the_part_of_the_day_and_the_weekday),
        cmocka_unit_test(leaves_out_the_day_when_it_is_today),
        cmocka_unit_test(takes_no_instant_in_another_form),
        cmocka_unit_test(counts_in_the_singular_only_where_a_language_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
