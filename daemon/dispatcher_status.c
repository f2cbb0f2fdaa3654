/* What STATUS says of queue, channels and workers. */
#include "base/own.h"
#include "daemon/dispatcher_inside.h"
#include "model/instant.h"
#include "store/notices.h"

static struct json *worker_status(struct dispatcher *dispatcher,
                                  const struct worker *worker, int64_t mono_ms)
{
    struct json *status = json_new_object();
    size_t held = leases_count_of(dispatcher->leases, worker->number);

    json_put_text(status, "name", worker->name);
    json_put_text(status, "version", worker->version);
    json_put_int(status, "credit", worker->credit);
    json_put_int(status, "in-flight", (int64_t)held);
    json_put_int(status, "silent-ms", mono_ms - worker->heard_ms);
    return status;
}

static struct json *channel_status(struct dispatcher *dispatcher,
                                   const char *channel, int64_t mono_ms)
{
    struct json *status = json_new_object();
    struct json *workers = json_new_array();
    struct json *parked = parks_status(dispatcher->parks, channel);
    int64_t credit = 0;
    size_t held = 0;

    for (size_t i = 0; i < roster_count(dispatcher->roster); i++) {
        const struct worker *worker = roster_at(dispatcher->roster, i);
        if (!str_equal(worker->channel, channel))
            continue;
        struct json *one = worker_status(dispatcher, worker, mono_ms);
        json_add(workers, &one);
        credit += worker->credit;
        held += leases_count_of(dispatcher->leases, worker->number);
    }
    json_put_text(status, "channel", channel);
    json_put_int(status, "credit", credit);
    json_put_int(status, "in-flight", (int64_t)held);
    json_put(status, "parked", &parked);
    json_put(status, "workers", &workers);
    return status;
}

static int put_queue(struct dispatcher *dispatcher, struct json *reply,
                     struct err *err)
{
    static const enum notice_state states[] = {NOTICE_QUEUED, NOTICE_IN_FLIGHT,
                                               NOTICE_DEAD};
    owned(json_free) struct json *queue = json_new_object();

    for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
        int64_t count = 0;
        if (store_count_notices(dispatcher->store, states[i], 0, &count, err) !=
            0)
            return -1;
        json_put_int(queue, notice_state_name(states[i]), count);
    }
    json_put(reply, "queue", &queue);
    return 0;
}

int dispatcher_status(struct dispatcher *dispatcher, int64_t mono_ms,
                      struct json *reply, struct err *err)
{
    struct json *channels;
    size_t awaited = leases_count_of(dispatcher->leases, NO_WORKER);

    if (put_queue(dispatcher, reply, err) != 0)
        return -1;
    channels = json_new_array();
    for (size_t i = 0; i < dispatcher->channels.count; i++) {
        struct json *one =
            channel_status(dispatcher, dispatcher->channels.items[i], mono_ms);
        json_add(channels, &one);
    }
    json_put(reply, "channels", &channels);
    json_put_int(reply, "awaited-leases", (int64_t)awaited);
    return 0;
}
