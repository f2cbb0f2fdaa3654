#include "telling/marks.h"

#include "base/own.h"
#include "store/items.h"
#include "store/notices.h"

enum {
    WAIT_MS = 2000,      /* at start and reload */
    STEP_SECONDS = 120,  /* back by more is a step that matters */
    MOST_QUEUED = 10000, /* of a step back; the rest expires */
};

static const char served_name[] = "served_until";
static const char rules_name[] = "rules_fingerprint";
static const char since_name[] = "rules_since";

static int write_rules(struct store *store, const char *print, int64_t now,
                       struct err *err)
{
    if (store_begin(store, WAIT_MS, err))
        return -1;
    if (store_meta_set_text(store, rules_name, print, err) ||
        store_meta_set_int(store, since_name, now, err) ||
        store_wake_items(store, -1, err) || store_commit(store, err)) {
        store_rollback(store);
        return -1;
    }
    return 0;
}

int marks_note_rules(const struct settings *settings, struct store *store,
                     struct moment *moment, struct err *err)
{
    owned(str_free) char *print = settings_fingerprint(settings);
    owned(str_free) char *known = NULL;
    int64_t since = moment->now;

    if (store_meta_text(store, rules_name, &known, err) ||
        store_meta_int(store, since_name, INSTANT_NONE, &since, err))
        return -1;
    if (!str_equal(print, known)) {
        /* The first rules of all come before everything: nothing was told
         * that they could repeat. */
        since = known ? moment->now : INSTANT_NONE;
        if (write_rules(store, print, since, err))
            return -1;
    }
    moment->rules_since = since;
    return 0;
}

static int write_served(struct store *store, int64_t served, int wait_ms,
                        struct err *err)
{
    if (store_begin(store, wait_ms, err))
        return -1;
    if (store_meta_set_int(store, served_name, served, err) ||
        store_commit(store, err)) {
        store_rollback(store);
        return -1;
    }
    return 0;
}

int marks_note_served(struct store *store, struct moment *moment,
                      struct err *err)
{
    int64_t served = INSTANT_NONE;

    if (store_meta_int(store, served_name, INSTANT_NONE, &served, err))
        return -1;
    if (served == INSTANT_NONE) {
        served = moment->now - 1;
        if (write_served(store, served, WAIT_MS, err))
            return -1;
    }
    moment->served_until = served;
    return 0;
}

int marks_serve(struct store *store, struct moment *moment, struct err *err)
{
    if (write_served(store, moment->now, 0, err))
        return -1;
    moment->served_until = moment->now;
    return 0;
}

/* ---- a clock that was set back ---- */

/* What waits was put off to instants that are far away now. */
static int take_back(struct store *store, const struct notice *notice,
                     int64_t now, struct err *err)
{
    static const char why[] = "the clock was set back";

    if (notice->ambiguous)
        return store_settle_notice(store, notice->id, NOTICE_QUEUED, now,
                                   notice->ambiguous, notice->detail, now, err);
    return store_withdraw_notice(store, notice->id, now, why, now, err);
}

static int take_back_queued(struct store *store, int64_t now, struct err *err)
{
    owned(notices_done) struct notices queued = {0};

    if (store_list_notices(store, NOTICE_QUEUED, MOST_QUEUED, &queued, err))
        return -1;
    for (size_t i = 0; i < queued.count; i++)
        if (take_back(store, &queued.items[i], now, err))
            return -1;
    return 0;
}

static int begin_anew(struct store *store, int64_t now, struct err *err)
{
    if (store_begin(store, 0, err))
        return -1;
    if (store_meta_set_int(store, served_name, now, err) ||
        store_meta_set_int(store, since_name, now, err) ||
        take_back_queued(store, now, err) || store_wake_items(store, -1, err) ||
        store_commit(store, err)) {
        store_rollback(store);
        return -1;
    }
    return 0;
}

int marks_meet_clock(struct store *store, struct moment *moment,
                     struct err *err)
{
    int64_t least = moment->now + STEP_SECONDS;

    if (moment->served_until <= least && moment->rules_since <= least)
        return 0;
    if (begin_anew(store, moment->now, err))
        return -1;
    moment->served_until = moment->rules_since = moment->now;
    return 0;
}
