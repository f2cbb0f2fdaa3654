/* http_verdict.h - what an HTTP exchange came to, by a table a channel.
 *
 * docs/verdicts.md has all cases with their sources; the conformance test
 * plays them.
 */
#ifndef WORKERS_CHANNELS_HTTP_VERDICT_H
#define WORKERS_CHANNELS_HTTP_VERDICT_H

#include "workers/channel.h"
#include "workers/channels/http.h"

/* One kind of answer.  All that a row names must be so; what it does not name
 * is left open. */
struct http_row {
    int least;          /* the status, from ... */
    int most;           /* ... to */
    const char *member; /* of the JSON, "error.code"; NULL: the body itself */
    const char *is;     /* that text, number or truth exactly; */
    const char *has;    /* or: contains this, whatever the case */
    enum verdict verdict;
};

/* How a service answers. */
struct http_manner {
    const struct http_row *rows; /* the first that fits decides */
    size_t count;
    const char *wait;    /* member with the time to wait, beside Retry-After */
    int wait_per_second; /* 1: it is in seconds, 1000: in milliseconds */
};

#define HTTP_ROWS(table) (table), sizeof(table) / sizeof((table)[0])

/* Does text contain these words, whatever the case? */
bool http_has(const char *text, const char *words);

/* Where no row fits, what HTTP itself means decides: a redirect, 401, 403,
 * 404, 405 and 410 are a broken channel; 408, 425, 429 and 5xx a later try;
 * other 4xx a refusal.  A 2xx that no row knows, or that broke off, is
 * ambiguous, as is no answer to a request that was sent whole. */
void http_judge(const struct http_manner *manner, const struct http *http,
                const struct http_answer *answer, struct outcome *outcome_r);

#endif
