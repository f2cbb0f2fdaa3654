#include "tests/unit/check.h"

#include <string.h>

#include "workers/channels/mail.h"

static const struct mailbox office = {
    .name = (char[]){"Nhắc việc"},
    .address = (char[]){"nhac-viec@kienan.example"},
};

static struct message sample(void)
{
    return (struct message){
        .identity = "0123456789abcdef0123456789abcdef",
        .number = 1234,
        .attempt = 1,
        .to = "cv1.xdnnmt@kienan.example",
        .to_name = "Nguyễn Văn An",
        .to_code = "cv1.xdnnmt",
        .subject = "[Nhắc việc] 1 hồ sơ quá hạn",
        .text = "Kính gửi\n.\nFrom đó = hết \n",
        .html = "<p>Kính gửi</p>",
        .language = "vi",
        .decided_at = 1782347400,
        .utc_offset = 25200,
    };
}

static struct mail composed(const struct message *message)
{
    struct err err = {0};
    struct mail mail = {0};

    check_ok(mail_compose(message, &office, &mail, &err));
    return mail;
}

TEST_CASE(gives_the_same_bytes_at_each_attempt)
{
    (void)state;
    struct message message = sample();
    owned(mail_done) struct mail first = composed(&message);
    message.attempt = 2;
    owned(mail_done) struct mail second = composed(&message);

    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
}

TEST_CASE(dates_and_names_the_mail_by_the_notice)
{
    (void)state;
    struct message message = sample();
    owned(mail_done) struct mail mail = composed(&message);

    assert_non_null(
        strstr(mail.bytes, "Date: Thu, 25 Jun 2026 07:30:00 +0700\r\n"));
    assert_non_null(strstr(mail.bytes,
                           "Message-Id: <0123456789abcdef0123456789abcdef"
                           "@kienan.example>\r\n"));
    assert_non_null(strstr(mail.bytes, "Auto-Submitted: auto-generated\r\n"));
    assert_non_null(strstr(mail.bytes, "Precedence: bulk\r\n"));
    assert_non_null(strstr(mail.bytes, "X-Auto-Response-Suppress: All\r\n"));
    assert_non_null(
        strstr(mail.bytes, "\r\n--=_0123456789abcdef0123456789abcdef--"));
}

TEST_CASE(is_seven_bit_with_cr_lf)
{
    (void)state;
    struct message message = sample();
    message.text = "a\r\nb\rc\n\xE2\x82\xAB\n";
    owned(mail_done) struct mail mail = composed(&message);

    for (size_t i = 0; i < mail.length; i++) {
        assert_in_range(mail.bytes[i], 1, 127);
        if (mail.bytes[i] == '\n')
            assert_int_equal(mail.bytes[i - 1], '\r');
        if (mail.bytes[i] == '\r')
            assert_int_equal(mail.bytes[i + 1], '\n');
    }
}

TEST_CASE(ends_the_text_with_the_short_number)
{
    (void)state;
    struct message message = sample();
    message.html = NULL;
    message.language = "en";
    message.text = "Hello";
    owned(mail_done) struct mail mail = composed(&message);

    assert_non_null(strstr(mail.bytes, "Hello\r\n\r\nMessage number: 1234"));
    assert_null(strstr(mail.bytes, "multipart"));
}

TEST_CASE(lets_nothing_into_the_headers)
{
    (void)state;
    struct message message = sample();
    message.subject = "a\r\nBcc: x@y.example";
    message.to_name = "b\r\nBcc: x@y.example\r\n\r\nhello";
    owned(mail_done) struct mail mail = composed(&message);

    assert_null(strstr(mail.bytes, "\nBcc:"));
}

TEST_CASE(refuses_addresses_that_carry_more)
{
    static const char *const bad[] = {
        "",
        "nobody",
        "@kienan.example",
        "a@",
        "a@b@c",
        "a b@c.example",
        "a@c.example>\r\nNOOP <x",
        "<a@c.example>",
        "a@c.example\x7F",
        "a\t@c.example",
        "nguyễn@c.example",
        "a@kiếnan.example",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct err err = {0};
        struct mail mail = {0};
        struct message message = sample();
        message.to = bad[i];
        assert_int_equal(mail_compose(&message, &office, &mail, &err), -1);
        assert_int_equal(err.code, ERR_INVALID);
        assert_null(mail.bytes);
    }
}

TEST_CASE(reads_a_sender_with_or_without_a_name)
{
    (void)state;
    struct err err = {0};
    owned(mailbox_done) struct mailbox named = {0};
    owned(mailbox_done) struct mailbox bare = {0};
    struct mailbox none = {0};

    check_ok(mailbox_parse("Nhắc việc <a@b.example>", &named, &err));
    check_ok(mailbox_parse("a@b.example", &bare, &err));
    assert_string_equal(named.name, "Nhắc việc");
    assert_string_equal(named.address, "a@b.example");
    assert_string_equal(bare.name, "");
    assert_string_equal(bare.address, "a@b.example");
    assert_int_equal(mailbox_parse("x <a b@c>", &none, &err), -1);
    assert_int_equal(mailbox_parse("<", &none, &err), -1);
    assert_null(none.address);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_same_bytes_at_each_attempt),
        cmocka_unit_test(dates_and_names_the_mail_by_the_notice),
        cmocka_unit_test(is_seven_bit_with_cr_lf),
        cmocka_unit_test(ends_the_text_with_the_short_number),
        cmocka_unit_test(lets_nothing_into_the_headers),
        cmocka_unit_test(refuses_addresses_that_carry_more),
        cmocka_unit_test(reads_a_sender_with_or_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
