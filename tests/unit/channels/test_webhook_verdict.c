#include "tests/unit/check.h"

#include <curl/curl.h>

#include "workers/channels/webhook_verdict.h"

static const struct row {
    const char *what;
    struct webhook_story story;
    enum verdict verdict;
} rows[] = {
    {"taken", {CURLE_OK, 200, true, false}, VERDICT_DELIVERED},
    {"taken without words", {CURLE_OK, 204, true, false}, VERDICT_DELIVERED},
    {"taken, its words cut off",
     {CURLE_PARTIAL_FILE, 200, true, false},
     VERDICT_DELIVERED},
    {"moved", {CURLE_OK, 301, true, false}, VERDICT_BROKEN},
    {"moved for now", {CURLE_OK, 307, true, false}, VERDICT_BROKEN},
    {"not understood", {CURLE_OK, 400, true, false}, VERDICT_REFUSED},
    {"key refused", {CURLE_OK, 401, true, false}, VERDICT_BROKEN},
    {"forbidden", {CURLE_OK, 403, true, false}, VERDICT_BROKEN},
    {"no such place", {CURLE_OK, 404, true, false}, VERDICT_BROKEN},
    {"time-out over there", {CURLE_OK, 408, true, false}, VERDICT_TRY_LATER},
    {"gone", {CURLE_OK, 410, true, false}, VERDICT_BROKEN},
    {"too large", {CURLE_OK, 413, true, false}, VERDICT_REFUSED},
    {"too many", {CURLE_OK, 429, true, false}, VERDICT_TRY_LATER},
    {"failed over there", {CURLE_OK, 500, true, false}, VERDICT_TRY_LATER},
    {"gateway", {CURLE_OK, 504, true, false}, VERDICT_TRY_LATER},
    {"refused before the body was read",
     {CURLE_SEND_ERROR, 503, false, false},
     VERDICT_TRY_LATER},

    {"private", {CURLE_COULDNT_CONNECT, 0, false, true}, VERDICT_BROKEN},
    {"nobody listens",
     {CURLE_COULDNT_CONNECT, 0, false, false},
     VERDICT_TRY_LATER},
    {"no such host",
     {CURLE_COULDNT_RESOLVE_HOST, 0, false, false},
     VERDICT_TRY_LATER},
    {"certificate not trusted",
     {CURLE_PEER_FAILED_VERIFICATION, 0, false, false},
     VERDICT_BROKEN},
    {"lost in the body",
     {CURLE_SEND_ERROR, 0, false, false},
     VERDICT_TRY_LATER},
    {"lost after the body",
     {CURLE_GOT_NOTHING, 0, true, false},
     VERDICT_AMBIGUOUS},
    {"no answer in time",
     {CURLE_OPERATION_TIMEDOUT, 0, true, false},
     VERDICT_AMBIGUOUS},
};

TEST_CASE(judges_by_the_answer_and_without_one_by_how_far_it_came)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (webhook_verdict(&rows[i].story) != rows[i].verdict)
            fail_msg("%s: %s", rows[i].what,
                     verdict_name(webhook_verdict(&rows[i].story)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            judges_by_the_answer_and_without_one_by_how_far_it_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
