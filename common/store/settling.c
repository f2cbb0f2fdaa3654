#include "base/own.h"
#include "store/inside.h"
#include "store/notices.h"

/* A notice that was sent stays so: what is heard of it later changes nothing
 * here, and who settles it again has not looked. */
static int settle(struct query *query, int64_t id, struct err *err)
{
    int found = query_returning(query, NULL, err);

    if (found == 0)
        return err_set(err, ERR_INVALID,
                       "notice %lld does not exist or was sent already",
                       (long long)id);
    return found > 0 ? 0 : err_wrap(err, "notice %lld", (long long)id);
}

static int mark_alerts_sent(struct store *store, int64_t notice, int64_t now,
                            struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALERTS_SENT);

    bind_int(&query, now);
    bind_int(&query, notice);
    return query_run(&query, err);
}

int store_settle_notice(struct store *store, int64_t id,
                        enum notice_state state, int64_t attempt_at,
                        int ambiguous, const char *detail, int64_t now,
                        struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_SETTLE_NOTICE);

    bind_text(&query, notice_state_name(state));
    bind_instant(&query, attempt_at);
    bind_int(&query, ambiguous);
    bind_text(&query, detail);
    bind_int(&query, now);
    bind_int(&query, id);
    if (settle(&query, id, err) != 0)
        return -1;
    return state == NOTICE_SENT ? mark_alerts_sent(store, id, now, err) : 0;
}

static int hold_alerts_again(struct store *store, int64_t notice,
                             int64_t opens_at, int64_t now, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_ALERTS_HELD_AGAIN);

    bind_int(&query, opens_at);
    bind_int(&query, now);
    bind_int(&query, notice);
    return query_run(&query, err);
}

int store_withdraw_notice(struct store *store, int64_t id, int64_t opens_at,
                          const char *detail, int64_t now, struct err *err)
{
    owned(query_end) struct query query =
        query_of(store, STATEMENT_WITHDRAW_NOTICE);

    bind_text(&query, detail);
    bind_int(&query, now);
    bind_int(&query, id);
    if (settle(&query, id, err) != 0)
        return -1;
    return hold_alerts_again(store, id, opens_at, now, err);
}
