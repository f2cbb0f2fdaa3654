#include "workers/channels/http_verdict.h"

#include <string.h>

#include <curl/curl.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

enum { WAIT_MOST = 24 * 60 * 60, TOLD_BYTES = 200 };

static const struct http_row common[] = {
    {200, 299, NULL, NULL, NULL, VERDICT_AMBIGUOUS},
    {300, 399, NULL, NULL, NULL, VERDICT_BROKEN}, /* moved: settings follow */
    {401, 401, NULL, NULL, NULL, VERDICT_BROKEN},
    {403, 405, NULL, NULL, NULL, VERDICT_BROKEN},
    {407, 407, NULL, NULL, NULL, VERDICT_BROKEN}, /* the proxy wants a login */
    {408, 408, NULL, NULL, NULL, VERDICT_TRY_LATER},
    {410, 410, NULL, NULL, NULL, VERDICT_BROKEN},
    {425, 425, NULL, NULL, NULL, VERDICT_TRY_LATER},
    {429, 429, NULL, NULL, NULL, VERDICT_TRY_LATER},
    {400, 499, NULL, NULL, NULL, VERDICT_REFUSED}, /* what we say, not who */
    {500, 599, NULL, NULL, NULL, VERDICT_TRY_LATER},
};

static const struct http_manner common_manner = {
    .rows = common,
    .count = sizeof(common) / sizeof(*common),
};

/* Without an answer: what no waiting mends. */
static const int broken_results[] = {
    CURLE_UNSUPPORTED_PROTOCOL,     CURLE_URL_MALFORMAT,
    CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
    CURLE_SSL_ENGINE_INITFAILED,    CURLE_SSL_CIPHER,
};

static enum verdict of_no_answer(const struct http_answer *answer)
{
    size_t count = sizeof(broken_results) / sizeof(*broken_results);

    if (answer->private_address)
        return VERDICT_BROKEN;
    for (size_t i = 0; i < count; i++)
        if (answer->result == broken_results[i])
            return VERDICT_BROKEN;
    return answer->sent ? VERDICT_AMBIGUOUS : VERDICT_TRY_LATER;
}

/* "error.code" of the answer; NULL when there is no such thing. */
static const struct json *member_of(const struct json *json, const char *path)
{
    struct strs names = {0};

    strs_split(&names, path, '.');
    for (size_t i = 0; json && i < names.count; i++)
        json = json_get(json, names.items[i]);
    strs_done(&names);
    return json;
}

/* As the rows write it; yours. */
static char *text_of(const struct json *value)
{
    enum json_kind kind = json_kind(value);

    if (kind == JSON_IS_TEXT)
        return str_copy(json_as_text(value));
    if (kind == JSON_IS_NUMBER)
        return str_format("%.0f", json_as_real(value));
    if (kind == JSON_IS_TRUE || kind == JSON_IS_FALSE)
        return str_copy(kind == JSON_IS_TRUE ? "true" : "false");
    return NULL;
}

bool http_has(const char *text, const char *words)
{
    owned(str_free) char *folded = utf8_fold(text);
    owned(str_free) char *wanted = utf8_fold(words);

    return folded && wanted && strstr(folded, wanted);
}

static bool row_fits(const struct http_row *row,
                     const struct http_answer *answer)
{
    if (answer->status < row->least || answer->status > row->most)
        return false;
    if (!row->is && !row->has && !row->member)
        return true;
    owned(str_free) char *text =
        row->member ? text_of(member_of(answer->json, row->member))
                    : str_copy(answer->body);
    if (!text)
        return false;
    if (row->is)
        return str_equal(text, row->is);
    return !row->has || http_has(text, row->has);
}

static const struct http_row *find_row(const struct http_manner *manner,
                                       const struct http_answer *answer)
{
    for (size_t i = 0; i < manner->count; i++)
        if (row_fits(&manner->rows[i], answer))
            return &manner->rows[i];
    return NULL;
}

/* In seconds, rounded up; what the far side asks for is believed for a day. */
static int64_t wait_of(const struct http_manner *manner,
                       const struct http_answer *answer)
{
    int64_t wait = answer->retry_after;

    if (manner->wait) {
        double asked = json_as_real(member_of(answer->json, manner->wait));
        double seconds = asked / manner->wait_per_second;
        if (seconds > WAIT_MOST)
            return WAIT_MOST;
        if (seconds > (double)wait)
            wait = (int64_t)seconds + ((double)(int64_t)seconds < seconds);
    }
    return wait > WAIT_MOST ? WAIT_MOST : wait;
}

static void tell(const struct http *http, const struct http_answer *answer,
                 enum verdict verdict, struct outcome *outcome)
{
    /* Cut only when clean: half a secret would not be known again. */
    owned(str_free) char *clean = http_without_secrets(http, answer->body);

    clean[utf8_fit(clean, strlen(clean), TOLD_BYTES)] = '\0';

    if (answer->private_address)
        outcome_set(outcome, verdict,
                    "the host has an address of a private network; "
                    "allow-private: yes permits it");
    else if (answer->status == 0)
        outcome_set(outcome, verdict, "%s", answer->error);
    else if (answer->whole)
        outcome_set(outcome, verdict, "HTTP %d %s", answer->status, clean);
    else
        outcome_set(outcome, verdict, "HTTP %d %s (%s)", answer->status, clean,
                    answer->error);
}

void http_judge(const struct http_manner *manner, const struct http *http,
                const struct http_answer *answer, struct outcome *outcome_r)
{
    const struct http_row *row = find_row(manner, answer);
    enum verdict verdict = VERDICT_AMBIGUOUS;

    if (!row)
        row = find_row(&common_manner, answer);
    if (row)
        verdict = row->verdict;
    else if (answer->status == 0)
        verdict = of_no_answer(answer);
    tell(http, answer, verdict, outcome_r);
    if (verdict == VERDICT_TRY_LATER)
        outcome_r->retry_after = wait_of(manner, answer);
}
