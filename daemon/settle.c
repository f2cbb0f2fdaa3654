#include "daemon/settle.h"

#include <sodium.h>

#include "base/own.h"
#include "base/str.h"
#include "model/instant.h"
#include "store/notices.h"
#include "telling/attempt.h"

/* How an attempt that is being ended stands in the store. */
enum standing {
    STANDING_CURRENT, /* the notice is in flight by it */
    STANDING_LATE,    /* lost before, or overtaken */
    STANDING_ENDED,   /* recorded already */
    STANDING_UNKNOWN, /* there never was such an attempt */
};

void settle_tell(const struct settling *settling, const char *topic,
                 const struct notice *notice, int attempt, const char *detail)
{
    struct json *news = json_new_object();

    json_put_int(news, "notice", notice->id);
    if (attempt > 0)
        json_put_int(news, "attempt", attempt);
    json_put_text(news, "recipient", notice->recipient);
    json_put_text(news, "channel", notice->channel);
    if (detail)
        json_put_text(news, "detail", detail);
    publisher_add(settling->events, topic, settling->now, &news);
}

int64_t settle_begin(const struct settling *settling,
                     const struct notice *notice, int64_t at)
{
    const struct dispatcher_hooks *hooks = settling->hooks;
    int64_t begin = attempt_begins(notice, at);

    if (begin > notice->expires_at && hooks->opening)
        return hooks->opening(hooks->context, notice, begin);
    return begin;
}

/* ---- queued again, or dead ---- */

static int64_t draw_wait(const struct settling *settling, int failures)
{
    int64_t ceiling = backoff_ceiling(&settling->backoff, failures);

    return 1 + randombytes_uniform((uint32_t)ceiling);
}

static int queue_again(const struct settling *settling,
                       const struct notice *notice, int64_t at, int ambiguous,
                       const char *detail, struct err *err)
{
    int64_t begin = settle_begin(settling, notice, at);

    settle_tell(settling, "notice.retry", notice, notice->attempts, detail);
    return store_settle_notice(settling->store, notice->id, NOTICE_QUEUED,
                               begin, ambiguous, detail, settling->now, err);
}

static int bury(const struct settling *settling, const struct notice *notice,
                int ambiguous, const char *why, struct err *err)
{
    settle_tell(settling, "notice.dead", notice, 0, why);
    return store_settle_notice(settling->store, notice->id, NOTICE_DEAD,
                               notice->attempt_at, ambiguous, why,
                               settling->now, err);
}

int settle_dead(const struct settling *settling, const struct notice *notice,
                const char *why, struct err *err)
{
    return bury(settling, notice, notice->ambiguous, why, err);
}

/* In doubt: the same channel again with the same identity, a few times. */
static int doubt(const struct settling *settling, const struct notice *notice,
                 int64_t wait, const char *detail, struct err *err)
{
    int ambiguous = notice->ambiguous + 1;

    if (settling->ambiguous_resend && ambiguous < settling->ambiguous_attempts)
        return queue_again(settling, notice, settling->now + wait, ambiguous,
                           detail, err);
    owned(str_free) char *why = str_format(
        "%d attempts ended without an answer: %s", ambiguous, detail);
    return bury(settling, notice, ambiguous, why, err);
}

/* ---- the verdicts of a current attempt ---- */

static int delivered(const struct settling *settling,
                     const struct notice *notice,
                     const struct kip_message *outcome, struct err *err)
{
    settle_tell(settling, "notice.sent", notice, outcome->attempt, NULL);
    return store_settle_notice(settling->store, notice->id, NOTICE_SENT,
                               notice->attempt_at, notice->ambiguous,
                               outcome->detail, settling->now, err);
}

static int try_later(const struct settling *settling,
                     const struct notice *notice,
                     const struct kip_message *outcome, struct err *err)
{
    int64_t wait = draw_wait(settling, notice->attempts);

    if (wait < outcome->retry_after)
        wait = outcome->retry_after;
    return queue_again(settling, notice, settling->now + wait,
                       notice->ambiguous, outcome->detail, err);
}

static int refused(const struct settling *settling, const struct notice *notice,
                   const struct kip_message *outcome, struct err *err)
{
    const struct dispatcher_hooks *hooks = settling->hooks;

    settle_tell(settling, "notice.refused", notice, outcome->attempt,
                outcome->detail);
    if (!hooks->refused)
        return settle_dead(settling, notice, outcome->detail, err);
    return hooks->refused(hooks->context, notice, outcome->detail,
                          settling->now, err);
}

/* The notice waits for its channel; the channel's parking keeps it back. */
static int broken(const struct settling *settling, const struct notice *notice,
                  const struct kip_message *outcome, struct err *err)
{
    return queue_again(settling, notice, settling->now, notice->ambiguous,
                       outcome->detail, err);
}

static int ambiguous(const struct settling *settling,
                     const struct notice *notice,
                     const struct kip_message *outcome, struct err *err)
{
    return doubt(settling, notice, draw_wait(settling, notice->attempts),
                 outcome->detail, err);
}

static int (*const verdicts[])(const struct settling *, const struct notice *,
                               const struct kip_message *, struct err *) = {
    [VERDICT_DELIVERED] = delivered, [VERDICT_TRY_LATER] = try_later,
    [VERDICT_REFUSED] = refused,     [VERDICT_BROKEN] = broken,
    [VERDICT_AMBIGUOUS] = ambiguous,
};

/* ---- an outcome ---- */

static int find_standing(struct store *store, const struct notice *notice,
                         int attempt, enum standing *standing_r,
                         struct err *err)
{
    owned(attempts_done) struct attempts attempts = {0};

    if (store_get_attempts(store, notice->id, &attempts, err) != 0)
        return -1;
    *standing_r = STANDING_UNKNOWN;
    for (size_t i = 0; i < attempts.count; i++) {
        const struct attempt *found = &attempts.items[i];
        if (found->attempt != attempt)
            continue;
        if (found->ended_at != INSTANT_NONE)
            *standing_r = str_equal(found->verdict, "lost") ? STANDING_LATE
                                                            : STANDING_ENDED;
        else if (notice->state == NOTICE_IN_FLIGHT &&
                 notice->attempts == attempt)
            *standing_r = STANDING_CURRENT;
        else
            *standing_r = STANDING_LATE;
    }
    return 0;
}

/* A late DELIVERED settles the notice unless another attempt has; one that is
 * under way is left to end, and is then the late one. */
static int settle_late(const struct settling *settling,
                       const struct notice *notice,
                       const struct kip_message *outcome, struct err *err)
{
    if (outcome->verdict != VERDICT_DELIVERED)
        return 0;
    if (notice->state != NOTICE_SENT)
        return delivered(settling, notice, outcome, err);
    settle_tell(settling, "notice.duplicate", notice, outcome->attempt, NULL);
    return 0;
}

static void say_unknown(const struct settling *settling,
                        const struct kip_message *outcome)
{
    const struct dispatcher_hooks *hooks = settling->hooks;
    owned(str_free) char *line =
        str_format("An outcome came for an attempt that was never made "
                   "notice=%lld attempt=%d",
                   (long long)outcome->notice, outcome->attempt);

    if (hooks->say)
        hooks->say(hooks->context, true, line);
}

static int settle_found(const struct settling *settling,
                        const struct notice *notice,
                        const struct kip_message *outcome, char **broken_r,
                        struct err *err)
{
    enum standing standing;

    if (find_standing(settling->store, notice, outcome->attempt, &standing,
                      err) != 0)
        return -1;
    if (standing == STANDING_UNKNOWN)
        say_unknown(settling, outcome);
    if (standing == STANDING_UNKNOWN || standing == STANDING_ENDED)
        return 0;
    if (store_end_attempt(settling->store, notice->id, outcome->attempt,
                          verdict_name(outcome->verdict), outcome->detail,
                          settling->now, err) != 0)
        return -1;
    if (outcome->verdict == VERDICT_BROKEN)
        *broken_r = str_copy(notice->channel);
    if (standing == STANDING_LATE)
        return settle_late(settling, notice, outcome, err);
    return verdicts[outcome->verdict](settling, notice, outcome, err);
}

int settle_outcome(const struct settling *settling,
                   const struct kip_message *outcome, char **broken_r,
                   struct err *err)
{
    owned(notice_done) struct notice notice = {0};

    *broken_r = NULL;
    if (store_get_notice(settling->store, outcome->notice, &notice, err) != 0) {
        if (err->code != ERR_NOT_FOUND)
            return -1;
        say_unknown(settling, outcome);
        return 0;
    }
    if (settle_found(settling, &notice, outcome, broken_r, err) != 0)
        return err_wrap(err, "outcome of notice %lld",
                        (long long)outcome->notice);
    return 0;
}

int settle_lost(const struct settling *settling, int64_t id, int attempt,
                struct err *err)
{
    owned(notice_done) struct notice notice = {0};

    if (store_get_notice(settling->store, id, &notice, err) != 0)
        return err->code == ERR_NOT_FOUND ? 0 : -1;
    if (notice.state != NOTICE_IN_FLIGHT || notice.attempts != attempt)
        return 0;
    if (store_end_attempt(settling->store, id, attempt, "lost",
                          "the worker was lost", settling->now, err) != 0)
        return -1;
    return doubt(settling, &notice, 0, "the worker was lost", err);
}
