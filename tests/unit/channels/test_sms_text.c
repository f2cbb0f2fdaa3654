#include "tests/unit/check.h"

#include "workers/channels/sms_text.h"

#define assert_text(call, wanted)                                              \
    do {                                                                       \
        owned(str_free) char *made_ = (call);                                  \
        assert_string_equal(made_, wanted);                                    \
    } while (0)

TEST_CASE(takes_the_accents_off_vietnamese)
{
    (void)state;
    assert_text(sms_unaccented("Đăng ký kết hôn, quá hạn 2 ngày"),
                "Dang ky ket hon, qua han 2 ngay");
    assert_text(sms_unaccented("ưỨỗẵ đĐ"), "uUoa dD");
    assert_text(sms_unaccented("a\xCC\x81 – “b” · c… `d`"),
                "a - \"b\" - c... 'd'");
    assert_text(sms_unaccented("a\nb\t😀中"), "a b ??");
}

TEST_CASE(counts_what_a_phone_gets)
{
    char text[400];

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = 'a';
    text[306] = '\0';
    assert_int_equal(sms_segments(text), 2);
    text[306] = 'a';
    text[307] = '\0';
    assert_int_equal(sms_segments(text), 3);
    text[160] = '\0';
    assert_int_equal(sms_segments(text), 1);
    text[159] = '['; /* two places */
    assert_int_equal(sms_segments(text), 2);
    assert_int_equal(sms_segments(""), 1);
}

TEST_CASE(counts_other_letters_in_seventies)
{
    struct buf text = {0};

    (void)state;
    for (size_t i = 0; i < 70; i++)
        buf_add(&text, "ấ");
    assert_int_equal(sms_segments(text.text), 1);
    buf_add(&text, "ấ");
    assert_int_equal(sms_segments(text.text), 2);
    for (size_t i = 0; i < 32; i++)
        buf_add(&text, "😀"); /* two units each: 135 in all */
    assert_int_equal(sms_segments(text.text), 3);
    buf_done(&text);
}

TEST_CASE(knows_numbers_however_they_are_written)
{
    (void)state;
    assert_text(sms_number("0901 234 567", "84"), "84901234567");
    assert_text(sms_number("+84 (90) 123-45.67", "0"), "0901234567");
    assert_text(sms_number("84901234567", "84"), "84901234567");
    assert_null(sms_number("901234567", "0"));
    assert_null(sms_number("090123x567", "0"));
    assert_null(sms_number("0123", "0"));
    assert_null(sms_number("", "0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_the_accents_off_vietnamese),
        cmocka_unit_test(counts_what_a_phone_gets),
        cmocka_unit_test(counts_other_letters_in_seventies),
        cmocka_unit_test(knows_numbers_however_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
