#include "workers/channels/smtp_verdict.h"

#include <stddef.h>
#include <string.h>

#include <curl/curl.h>

enum { ANY = -1 };

/* A row speaks of one stage (or any), one result (or any) and a range of
 * codes, and, where it is given, of the enhanced code with which the words
 * begin.  The first row that fits decides. */
static const struct row {
    int stage;
    int result;
    int least;
    int most;
    const char *enhanced;
    enum verdict verdict;
} rows[] = {
    /* The server closes; it has accepted nothing. */
    {ANY, ANY, 421, 421, NULL, VERDICT_TRY_LATER},

    /* Login or TLS is not as the settings say: the channel's fault, not this
     * message's.  454 is for the moment; 334 is how a refused token ends. */
    {SMTP_SESSION, ANY, 400, 499, NULL, VERDICT_TRY_LATER},
    {SMTP_SESSION, CURLE_LOGIN_DENIED, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, ANY, 500, 599, NULL, VERDICT_BROKEN},
    {ANY, ANY, 530, 530, NULL, VERDICT_BROKEN},
    {ANY, ANY, 534, 535, NULL, VERDICT_BROKEN},
    {ANY, ANY, 538, 538, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_USE_SSL_FAILED, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_PEER_FAILED_VERIFICATION, ANY, ANY, NULL,
     VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_SSL_CACERT_BADFILE, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_SSL_ENGINE_INITFAILED, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_SSL_CIPHER, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_UNSUPPORTED_PROTOCOL, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_URL_MALFORMAT, ANY, ANY, NULL, VERDICT_BROKEN},
    {SMTP_SESSION, CURLE_OK, 200, 299, NULL, VERDICT_DELIVERED}, /* probe */

    /* A sender that is refused is refused for everybody; a size is not. */
    {SMTP_MAIL, ANY, 552, 552, NULL, VERDICT_REFUSED},
    {SMTP_MAIL, ANY, 500, 599, NULL, VERDICT_BROKEN},

    /* Too many recipients: ours is the only one, so it is the moment. */
    {SMTP_RCPT, ANY, 552, 552, NULL, VERDICT_TRY_LATER},
    {SMTP_RCPT, ANY, 500, 599, "5.5.3", VERDICT_TRY_LATER},

    {SMTP_BODY, ANY, 200, 299, NULL, VERDICT_DELIVERED},
    {ANY, ANY, 400, 499, NULL, VERDICT_TRY_LATER},
    {ANY, ANY, 500, 599, NULL, VERDICT_REFUSED},
};

static bool has_enhanced(const char *text, const char *enhanced)
{
    size_t length = strlen(enhanced);

    return strlen(text) > 4 && strncmp(text + 4, enhanced, length) == 0 &&
           (text[4 + length] == ' ' || text[4 + length] == '\0');
}

static bool fits(const struct row *row, const struct smtp_story *story)
{
    if (row->stage != ANY && row->stage != (int)story->stage)
        return false;
    if (row->result != ANY && row->result != story->result)
        return false;
    if (row->least != ANY &&
        (story->code < row->least || story->code > row->most))
        return false;
    return !row->enhanced || has_enhanced(story->text, row->enhanced);
}

enum verdict smtp_verdict(const struct smtp_story *story)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (fits(&rows[i], story))
            return rows[i].verdict;
    /* No answer: only a body that went out whole may have been accepted. */
    return story->stage == SMTP_BODY && story->body_sent ? VERDICT_AMBIGUOUS
                                                         : VERDICT_TRY_LATER;
}
