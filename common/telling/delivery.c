#include "telling/delivery.h"

#include "base/own.h"
#include "base/str.h"
#include "model/instant.h"
#include "store/items.h"
#include "store/notices.h"

enum {
    WAIT_MS = 2000,      /* at start and reload */
    MOST_QUEUED = 10000, /* looked at when the mode changes */
};

static const char since_name[] = "hold_since";
static const char by_name[] = "hold_by";
static const char note_name[] = "hold_note";
static const char mode_name[] = "delivery";

/* ---- an order to hold ---- */

void delivery_hold_done(struct delivery_hold *hold)
{
    str_free(&hold->by);
    str_free(&hold->note);
    hold->since = INSTANT_NONE;
}

int delivery_get_hold(struct store *store, struct delivery_hold *hold_r,
                      struct err *err)
{
    struct delivery_hold hold = {.since = INSTANT_NONE};

    if (store_meta_int(store, since_name, INSTANT_NONE, &hold.since, err) ||
        store_meta_text(store, by_name, &hold.by, err) ||
        store_meta_text(store, note_name, &hold.note, err)) {
        delivery_hold_done(&hold);
        return -1;
    }
    *hold_r = hold;
    return 0;
}

int delivery_put_hold(struct store *store, const struct delivery_hold *hold,
                      struct err *err)
{
    return store_meta_set_int(store, since_name, hold->since, err) ||
                   store_meta_set_text(store, by_name, str_or_empty(hold->by),
                                       err) ||
                   store_meta_set_text(store, note_name,
                                       str_or_empty(hold->note), err)
               ? -1
               : 0;
}

int delivery_stopped(enum delivery_mode mode, struct store *store,
                     bool *stopped_r, struct err *err)
{
    int64_t since = INSTANT_NONE;

    if (store_meta_int(store, since_name, INSTANT_NONE, &since, err))
        return -1;
    *stopped_r = mode == DELIVERY_OFF || since != INSTANT_NONE;
    return 0;
}

/* ---- the mode ---- */

const char *delivery_addressee(const struct delivery_setting *delivery)
{
    return delivery->mode == DELIVERY_REHEARSAL ? delivery->rehearsal_to : "";
}

bool delivery_is_astray(const char *addressee, const struct notice *notice)
{
    return !str_empty(notice->window) &&
           !str_equal(str_or_empty(notice->rehearsed_to), addressee);
}

static int withdraw_astray(const struct settings *settings, struct store *store,
                           int64_t now, struct err *err)
{
    owned(notices_done) struct notices queued = {0};
    const char *addressee = delivery_addressee(&settings->delivery);

    if (store_list_notices(store, NOTICE_QUEUED, MOST_QUEUED, &queued, err))
        return -1;
    for (size_t i = 0; i < queued.count; i++)
        if (delivery_is_astray(addressee, &queued.items[i]) &&
            store_withdraw_notice(store, queued.items[i].id, now,
                                  "the mode of delivery changed", now, err))
            return -1;
    return 0;
}

static int change_mode(const struct settings *settings, struct store *store,
                       const char *mode, int64_t now, struct err *err)
{
    if (store_begin(store, WAIT_MS, err))
        return -1;
    if (withdraw_astray(settings, store, now, err) ||
        store_meta_set_text(store, mode_name, mode, err) ||
        store_wake_items(store, -1, err) || store_commit(store, err)) {
        store_rollback(store);
        return -1;
    }
    return 0;
}

int delivery_note_mode(const struct settings *settings, struct store *store,
                       int64_t now, bool *rehearsing_r, struct err *err)
{
    const struct delivery_setting *delivery = &settings->delivery;
    const char *live = delivery_mode_name(DELIVERY_LIVE);
    owned(str_free) char *known = NULL;

    if (store_meta_text(store, mode_name, &known, err))
        return -1;
    const char *before = known ? known : live;
    if (delivery->mode == DELIVERY_OFF) {
        *rehearsing_r = !str_equal(before, live);
        return 0;
    }
    owned(str_free) char *mode =
        delivery->mode == DELIVERY_LIVE
            ? str_copy(live)
            : str_format("%s:%s", delivery_mode_name(delivery->mode),
                         delivery->rehearsal_to);
    *rehearsing_r = delivery->mode == DELIVERY_REHEARSAL;
    return str_equal(mode, before)
               ? 0
               : change_mode(settings, store, mode, now, err);
}
