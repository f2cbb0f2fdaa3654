#include "tests/unit/check.h"

#include <stdio.h>

#include <curl/curl.h>

#include "workers/channels/smtp_verdict.h"

/* Each row was seen with libcurl 7.88 against a server that was told to
 * answer so, or is a reply that an RFC gives a meaning. */
static const struct row {
    const char *what;
    int result;
    enum smtp_stage stage;
    const char *reply; /* "" for none */
    bool body_sent;
    enum verdict verdict;
} rows[] = {
    {"accepted", CURLE_OK, SMTP_BODY, "250 2.0.0 queued", true,
     VERDICT_DELIVERED},
    {"another success than 250", CURLE_WEIRD_SERVER_REPLY, SMTP_BODY,
     "251 will forward", true, VERDICT_DELIVERED},
    {"accepted, then the connection was lost", CURLE_RECV_ERROR, SMTP_BODY,
     "250 ok", true, VERDICT_DELIVERED},
    {"a probe that was answered", CURLE_OK, SMTP_SESSION, "250 ok", false,
     VERDICT_DELIVERED},

    {"recipient refused", CURLE_SEND_ERROR, SMTP_RCPT, "550 5.1.1 unknown",
     false, VERDICT_REFUSED},
    {"relay denied", CURLE_SEND_ERROR, SMTP_RCPT, "554 5.7.1 relay denied",
     false, VERDICT_REFUSED},
    {"mailbox full", CURLE_SEND_ERROR, SMTP_RCPT, "452 4.2.2 full", false,
     VERDICT_TRY_LATER},
    {"greylisted", CURLE_SEND_ERROR, SMTP_RCPT, "450 4.2.0 greylisted", false,
     VERDICT_TRY_LATER},
    {"too many recipients, 4xx", CURLE_SEND_ERROR, SMTP_RCPT,
     "452 4.5.3 too many", false, VERDICT_TRY_LATER},
    {"too many recipients, old form", CURLE_SEND_ERROR, SMTP_RCPT,
     "552 too many", false, VERDICT_TRY_LATER},
    {"too many recipients, enhanced", CURLE_SEND_ERROR, SMTP_RCPT,
     "550 5.5.3 too many", false, VERDICT_TRY_LATER},
    {"only the beginning is 5.5.3", CURLE_SEND_ERROR, SMTP_RCPT,
     "550 5.5.30 other", false, VERDICT_REFUSED},

    {"body refused", CURLE_WEIRD_SERVER_REPLY, SMTP_BODY, "554 5.7.1 spam",
     true, VERDICT_REFUSED},
    {"body too large", CURLE_WEIRD_SERVER_REPLY, SMTP_BODY, "552 5.3.4 large",
     true, VERDICT_REFUSED},
    {"no room for the body", CURLE_WEIRD_SERVER_REPLY, SMTP_BODY,
     "452 4.3.1 no room", true, VERDICT_TRY_LATER},
    {"the server goes down after the dot", CURLE_WEIRD_SERVER_REPLY, SMTP_BODY,
     "421 4.3.2 going down", true, VERDICT_TRY_LATER},
    {"DATA refused", CURLE_WEIRD_SERVER_REPLY, SMTP_DATA, "554 no", false,
     VERDICT_REFUSED},

    {"sender refused", CURLE_WEIRD_SERVER_REPLY, SMTP_MAIL,
     "553 5.7.1 not your address", false, VERDICT_BROKEN},
    {"sender refused for now", CURLE_WEIRD_SERVER_REPLY, SMTP_MAIL,
     "451 4.1.8 no such domain", false, VERDICT_TRY_LATER},
    {"size refused", CURLE_WEIRD_SERVER_REPLY, SMTP_MAIL, "552 5.3.4 large",
     false, VERDICT_REFUSED},
    {"login wanted at MAIL", CURLE_WEIRD_SERVER_REPLY, SMTP_MAIL,
     "530 5.7.0 log in", false, VERDICT_BROKEN},
    {"login wanted at RCPT", CURLE_SEND_ERROR, SMTP_RCPT, "530 5.7.0 log in",
     false, VERDICT_BROKEN},
    {"encryption wanted", CURLE_SEND_ERROR, SMTP_RCPT, "538 5.7.11 encrypt",
     false, VERDICT_BROKEN},

    {"wrong password", CURLE_LOGIN_DENIED, SMTP_SESSION, "535 5.7.8 no", false,
     VERDICT_BROKEN},
    {"login too weak", CURLE_LOGIN_DENIED, SMTP_SESSION, "534 5.7.9 weak",
     false, VERDICT_BROKEN},
    {"token refused", CURLE_LOGIN_DENIED, SMTP_SESSION, "334 eyJzdGF0", false,
     VERDICT_BROKEN},
    {"no login for the moment", CURLE_LOGIN_DENIED, SMTP_SESSION,
     "454 4.7.0 later", false, VERDICT_TRY_LATER},
    {"no STARTTLS", CURLE_USE_SSL_FAILED, SMTP_SESSION, "250 SIZE", false,
     VERDICT_BROKEN},
    {"no TLS for the moment", CURLE_USE_SSL_FAILED, SMTP_SESSION,
     "454 4.7.0 later", false, VERDICT_TRY_LATER},
    {"certificate not trusted", CURLE_PEER_FAILED_VERIFICATION, SMTP_SESSION,
     "", false, VERDICT_BROKEN},
    {"no mail here", CURLE_WEIRD_SERVER_REPLY, SMTP_SESSION, "554 no service",
     false, VERDICT_BROKEN},
    {"too many connections", CURLE_WEIRD_SERVER_REPLY, SMTP_SESSION,
     "421 too many", false, VERDICT_TRY_LATER},

    {"no such host for now", CURLE_COULDNT_RESOLVE_HOST, SMTP_SESSION, "",
     false, VERDICT_TRY_LATER},
    {"nobody listens", CURLE_COULDNT_CONNECT, SMTP_SESSION, "", false,
     VERDICT_TRY_LATER},
    {"time-out before the body", CURLE_OPERATION_TIMEDOUT, SMTP_DATA, "", false,
     VERDICT_TRY_LATER},
    {"lost in the middle of the body", CURLE_SEND_ERROR, SMTP_BODY, "", false,
     VERDICT_TRY_LATER},
    {"lost after the body", CURLE_RECV_ERROR, SMTP_BODY, "", true,
     VERDICT_AMBIGUOUS},
    {"time-out after the body", CURLE_OPERATION_TIMEDOUT, SMTP_BODY, "", true,
     VERDICT_AMBIGUOUS},
};

TEST_CASE(judges_each_answer_by_the_command_that_it_answers)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        long long code = 0;
        owned(str_free) char *digits = str_copy_bytes(
            rows[i].reply, *rows[i].reply ? (size_t)3 : (size_t)0);
        (void)str_to_long(digits, 100, 599, &code);
        struct smtp_story story = {.result = rows[i].result,
                                   .stage = rows[i].stage,
                                   .code = (int)code,
                                   .body_sent = rows[i].body_sent};
        (void)snprintf(story.text, sizeof(story.text), "%s", rows[i].reply);
        if (smtp_verdict(&story) != rows[i].verdict)
            fail_msg("%s: %s", rows[i].what,
                     verdict_name(smtp_verdict(&story)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_each_answer_by_the_command_that_it_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
