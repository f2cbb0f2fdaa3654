#include "tests/unit/check.h"

#include <string.h>

#include "workers/channels/signature.h"

/* The example of the specification's authors. */
#define KEY "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define BODY "{\"test\": 2432232314}"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

TEST_CASE(signs_as_standard_webhooks_does)
{
    (void)state;
    struct err err = {0};
    owned(webhook_keys_free) struct webhook_keys *keys = NULL;

    check_ok(webhook_keys_parse(KEY "\n", &keys, &err));
    owned(str_free) char *signature =
        webhook_sign(keys, ID, 1614265330, BODY, strlen(BODY));
    assert_string_equal(signature, SIGNATURE);
}

TEST_CASE(signs_with_both_keys_while_one_is_replaced)
{
    (void)state;
    struct err err = {0};
    owned(webhook_keys_free) struct webhook_keys *keys = NULL;

    check_ok(webhook_keys_parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA " KEY,
                                &keys, &err));
    owned(str_free) char *signature =
        webhook_sign(keys, ID, 1614265330, BODY, strlen(BODY));
    assert_non_null(strstr(signature, " " SIGNATURE));
    assert_int_equal(strncmp(signature, "v1,", 3), 0);
}

TEST_CASE(refuses_keys_of_another_form_without_quoting_them)
{
    static const char *const bad[] = {
        "",
        "  \n",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*",
        KEY " " KEY " " KEY,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct err err = {0};
        struct webhook_keys *keys = NULL;
        assert_int_equal(webhook_keys_parse(bad[i], &keys, &err), -1);
        assert_null(keys);
        assert_null(strstr(err.text, "MfKQ"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_as_standard_webhooks_does),
        cmocka_unit_test(signs_with_both_keys_while_one_is_replaced),
        cmocka_unit_test(refuses_keys_of_another_form_without_quoting_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
