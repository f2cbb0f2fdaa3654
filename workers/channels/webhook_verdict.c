#include "workers/channels/webhook_verdict.h"

#include <stddef.h>

#include <curl/curl.h>

/* The first row whose range holds the status decides. */
static const struct status_row {
    int least;
    int most;
    enum verdict verdict;
} statuses[] = {
    {200, 299, VERDICT_DELIVERED},
    {300, 399, VERDICT_BROKEN}, /* moved: the settings must follow */
    {401, 401, VERDICT_BROKEN},
    {403, 405, VERDICT_BROKEN},
    {408, 408, VERDICT_TRY_LATER},
    {410, 410, VERDICT_BROKEN},
    {425, 425, VERDICT_TRY_LATER},
    {429, 429, VERDICT_TRY_LATER},
    {400, 499, VERDICT_REFUSED}, /* what we say, not who says it */
    {500, 599, VERDICT_TRY_LATER},
};

/* Without an answer: what no waiting mends. */
static const int broken_results[] = {
    CURLE_UNSUPPORTED_PROTOCOL,     CURLE_URL_MALFORMAT,
    CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
    CURLE_SSL_ENGINE_INITFAILED,    CURLE_SSL_CIPHER,
};

static enum verdict of_no_answer(const struct webhook_story *story)
{
    if (story->private_address)
        return VERDICT_BROKEN;
    for (size_t i = 0; i < sizeof(broken_results) / sizeof(*broken_results);
         i++)
        if (story->result == broken_results[i])
            return VERDICT_BROKEN;
    return story->sent ? VERDICT_AMBIGUOUS : VERDICT_TRY_LATER;
}

enum verdict webhook_verdict(const struct webhook_story *story)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (story->status >= statuses[i].least &&
            story->status <= statuses[i].most)
            return statuses[i].verdict;
    return of_no_answer(story);
}
