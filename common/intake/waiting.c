#include "intake/waiting.h"

#include "base/own.h"
#include "store/items.h"

enum { WAIT_MS = 10000 };

struct settling {
    const struct change *like;
    item_calendar *calendar_of;
    void *context;
};

static int settle(void *context, const struct item *item, struct err *err)
{
    const struct settling *settling = context;
    struct change change = *settling->like;
    owned(item_done) struct item settled = item_copy(item);

    change.calendar = settling->calendar_of(settling->context, item);
    return change_settle_waiting(&change, item, &settled, err);
}

int waiting_settle(const struct change *like, item_calendar *calendar_of,
                   void *context, struct err *err)
{
    struct settling settling = {like, calendar_of, context};

    if (store_begin(like->store, WAIT_MS, err))
        return -1;
    if (store_visit_waiting(like->store, settle, &settling, err) ||
        store_commit(like->store, err)) {
        store_rollback(like->store);
        return -1;
    }
    return 0;
}
