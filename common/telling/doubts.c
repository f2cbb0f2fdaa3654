#include "telling/doubts.h"

#include "base/json.h"
#include "base/own.h"
#include "store/notices.h"

static const char why[] = "its channel is no longer in the settings; "
                          "whether it was delivered is not known";

static int bury(struct store *store, const struct notice *notice, int64_t now,
                struct err *err)
{
    if (store_begin(store, 0, err))
        return -1;
    if (store_settle_notice(store, notice->id, NOTICE_DEAD, notice->attempt_at,
                            notice->ambiguous, why, now, err) == 0 &&
        store_commit(store, err) == 0)
        return 0;
    store_rollback(store);
    return -1;
}

static void tell(const struct notice *notice, planner_news *news, void *context)
{
    owned(json_free) struct json *facts = json_new_object();

    json_put_int(facts, "notice", notice->id);
    json_put_text(facts, "recipient", notice->recipient);
    json_put_text(facts, "channel", notice->channel);
    json_put_text(facts, "detail", why);
    news(context, "notice.dead", facts);
}

int doubts_give_up(const struct settings *settings, struct store *store,
                   int64_t now, planner_news *news, void *context,
                   struct err *err)
{
    owned(notices_done) struct notices doubtful = {0};

    if (store_notices_in_doubt(store, now, &doubtful, err))
        return -1;
    for (size_t i = 0; i < doubtful.count; i++) {
        const struct notice *notice = &doubtful.items[i];
        if (settings_channel(settings, notice->channel))
            continue;
        if (bury(store, notice, now, err))
            return -1;
        if (news)
            tell(notice, news, context);
    }
    return 0;
}
