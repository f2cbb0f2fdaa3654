#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/inside.h"
#include "store/notices.h"

static int add_attempt(struct store *store, int64_t notice, const char *worker,
                       int64_t now, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ADD_ATTEMPT);

    bind_text(&query, worker);
    bind_int(&query, now);
    bind_int(&query, notice);
    return query_run(&query, err);
}

int store_lease_notice(struct store *store, int64_t id, const char *worker,
                       int64_t now, int *attempt_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_LEASE_NOTICE);
    int64_t attempt = 0;

    bind_int(&query, now);
    bind_int(&query, id);
    int leased = query_returning(&query, &attempt, err);
    if (leased == 0)
        return err_set(err, ERR_NOT_FOUND, "notice %lld is not queued",
                       (long long)id);
    if (leased < 0 || add_attempt(store, id, worker, now, err) != 0)
        return err_wrap(err, "notice %lld", (long long)id);
    *attempt_r = (int)attempt;
    return 0;
}

int store_end_attempt(struct store *store, int64_t notice, int attempt,
                      const char *verdict, const char *detail, int64_t now,
                      struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_END_ATTEMPT);

    bind_text(&query, verdict);
    bind_text(&query, detail);
    bind_int(&query, now);
    bind_int(&query, notice);
    bind_int(&query, attempt);
    return query_must(&query, err, "notice %lld has no attempt %d",
                      (long long)notice, attempt);
}

void attempts_done(struct attempts *list)
{
    for (size_t i = 0; i < list->count; i++) {
        str_free(&list->items[i].channel);
        str_free(&list->items[i].worker);
        str_free(&list->items[i].verdict);
        str_free(&list->items[i].detail);
    }
    free(list->items);
    *list = (struct attempts){0};
}

static struct attempt read_attempt(struct query *query)
{
    struct attempt attempt = {.notice = read_int(query)};

    attempt.attempt = (int)read_int(query);
    attempt.channel = read_copy(query);
    attempt.worker = read_copy(query);
    attempt.leased_at = read_int(query);
    attempt.ended_at = read_instant(query);
    attempt.verdict = read_copy(query);
    attempt.detail = read_copy(query);
    return attempt;
}

int store_get_attempts(struct store *store, int64_t notice,
                       struct attempts *attempts_r, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_GET_ATTEMPTS);
    owned(attempts_done) struct attempts list = {0};
    int found;

    bind_int(&query, notice);
    while ((found = query_row(&query, err)) > 0) {
        list.items = list_room(list.items, list.count, sizeof(*list.items));
        list.items[list.count++] = read_attempt(&query);
    }
    if (found < 0)
        return -1;
    *attempts_r = list;
    list = (struct attempts){0};
    return 0;
}
