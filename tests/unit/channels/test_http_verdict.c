#include "tests/unit/check.h"

#include <string.h>

#include <curl/curl.h>

#include "settings/settings.h"
#include "workers/channels/http_verdict.h"

static const struct http_row rows[] = {
    {200, 200, "ok", "true", NULL, VERDICT_DELIVERED},
    {200, 200, "error.code", "7", NULL, VERDICT_BROKEN},
    {200, 200, "error.text", NULL, "no such", VERDICT_REFUSED},
    {200, 200, "odd", NULL, NULL, VERDICT_TRY_LATER},
    {202, 202, NULL, "1", NULL, VERDICT_DELIVERED},
};

static const struct http_manner manner = {HTTP_ROWS(rows), "wait.ms", 1000};

static struct outcome judged(int result, int status, bool sent,
                             const char *body, int64_t retry_after)
{
    struct err err = {0};
    const struct channel_setting setting = {0};
    owned(http_free) struct http *http = NULL;
    struct outcome outcome = {0};
    owned(http_answer_done) struct http_answer answer = {
        .result = result,
        .status = status,
        .sent = sent,
        .whole = result == CURLE_OK,
        .body = str_copy(body),
        .json = json_parse(body, strlen(body), &err),
        .retry_after = retry_after,
    };

    check_ok(http_open(&setting, &http, &err));
    http_hide(http, "https://host/hook/abcd1234/x");
    http_judge(&manner, http, &answer, &outcome);
    return outcome;
}

static const struct row {
    const char *what;
    int result, status;
    bool sent;
    const char *body;
    enum verdict verdict;
} cases[] = {
    {"a truth", CURLE_OK, 200, true, "{\"ok\":true}", VERDICT_DELIVERED},
    {"a number further in", CURLE_OK, 200, true, "{\"error\":{\"code\":7}}",
     VERDICT_BROKEN},
    {"the same as text", CURLE_OK, 200, true, "{\"error\":{\"code\":\"7\"}}",
     VERDICT_BROKEN},
    {"part of a text, of any case", CURLE_OK, 200, true,
     "{\"error\":{\"text\":\"there is No Such chat\"}}", VERDICT_REFUSED},
    {"that it is there", CURLE_OK, 200, true, "{\"odd\":0}", VERDICT_TRY_LATER},
    {"the body as it is", CURLE_OK, 202, true, "1", VERDICT_DELIVERED},
    {"a success that no row knows", CURLE_OK, 200, true, "{}",
     VERDICT_AMBIGUOUS},
    {"not JSON", CURLE_OK, 200, true, "<html>", VERDICT_AMBIGUOUS},
    {"what the rows know under another status", CURLE_OK, 404, true,
     "{\"ok\":true}", VERDICT_BROKEN},
    {"the proxy wants a login", CURLE_OK, 407, true, "", VERDICT_BROKEN},
    {"not understood", CURLE_OK, 400, true, "", VERDICT_REFUSED},
    {"time-out over there", CURLE_OK, 408, true, "", VERDICT_TRY_LATER},
    {"refused before the body was read", CURLE_SEND_ERROR, 503, false, "",
     VERDICT_TRY_LATER},
    {"nobody listens", CURLE_COULDNT_CONNECT, 0, false, "", VERDICT_TRY_LATER},
    {"certificate not trusted", CURLE_PEER_FAILED_VERIFICATION, 0, false, "",
     VERDICT_BROKEN},
    {"lost after the body", CURLE_GOT_NOTHING, 0, true, "", VERDICT_AMBIGUOUS},
    {"a kept connection that broke", CURLE_SEND_FAIL_REWIND, 0, true, "",
     VERDICT_AMBIGUOUS},
    {"no answer in time", CURLE_OPERATION_TIMEDOUT, 0, true, "",
     VERDICT_AMBIGUOUS},
};

TEST_CASE(judges_by_the_table_and_then_by_what_http_means)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct outcome outcome = judged(cases[i].result, cases[i].status,
                                        cases[i].sent, cases[i].body, 0);
        if (outcome.verdict != cases[i].verdict)
            fail_msg("%s: %s", cases[i].what, verdict_name(outcome.verdict));
    }
}

TEST_CASE(waits_for_the_longer_of_what_header_and_body_ask)
{
    (void)state;
    assert_int_equal(judged(0, 429, true, "", 5).retry_after, 5);
    assert_int_equal(
        judged(0, 429, true, "{\"wait\":{\"ms\":1001}}", 0).retry_after, 2);
    assert_int_equal(
        judged(0, 429, true, "{\"wait\":{\"ms\":64500.5}}", 5).retry_after, 65);
    assert_int_equal(
        judged(0, 429, true, "{\"wait\":{\"ms\":1e300}}", 5).retry_after,
        24 * 60 * 60);
    assert_int_equal(judged(0, 429, true, "", INT64_MAX).retry_after,
                     24 * 60 * 60);
    assert_int_equal(judged(0, 404, true, "", 5).retry_after, 0);
}

TEST_CASE(tells_the_answer_but_no_secret_and_no_control_character)
{
    (void)state;
    struct outcome outcome =
        judged(0, 404, true, "no /hook/abcd1234/x\r\n\x1b[31mhere", 0);

    assert_string_equal(outcome.detail, "HTTP 404 no /hook/***/x   [31mhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_by_the_table_and_then_by_what_http_means),
        cmocka_unit_test(waits_for_the_longer_of_what_header_and_body_ask),
        cmocka_unit_test(
            tells_the_answer_but_no_secret_and_no_control_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
