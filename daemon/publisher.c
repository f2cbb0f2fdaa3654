#include "daemon/publisher.h"

#include <czmq.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "wire/socket.h"

enum { GATHERED_MOST = 5000 }; /* of one transaction; the rest is not news */

struct event {
    char *topic;
    char *body;
};

struct publisher {
    zsock_t *socket;
    struct event *events;
    size_t count;
};

struct publisher *publisher_open(const char *endpoint,
                                 const struct wire_guard *guard,
                                 struct err *err)
{
    owned(publisher_free) struct publisher *publisher =
        mem_new(struct publisher);

    publisher->socket = wire_bind(endpoint, WIRE_EVENTS, guard, err);
    if (!publisher->socket)
        return NULL;
    return give(publisher);
}

void publisher_free(struct publisher **publisher)
{
    if (!*publisher)
        return;
    publisher_drop(*publisher);
    wire_free(&(*publisher)->socket);
    free((*publisher)->events);
    free(*publisher);
    *publisher = NULL;
}

void publisher_add(struct publisher *publisher, const char *topic, int64_t at,
                   struct json **members)
{
    owned(json_free) struct json *event = give(*members);

    if (!publisher || publisher->count == GATHERED_MOST)
        return;
    json_put_text(event, "event", topic);
    json_put_int(event, "at", at);
    publisher->events = mem_grow(publisher->events, publisher->count + 1,
                                 sizeof(*publisher->events));
    publisher->events[publisher->count++] =
        (struct event){.topic = str_copy(topic), .body = json_format(event)};
}

void publisher_flush(struct publisher *publisher)
{
    for (size_t i = 0; publisher && i < publisher->count; i++)
        (void)zstr_sendx(publisher->socket, publisher->events[i].topic,
                         publisher->events[i].body, NULL);
    publisher_drop(publisher);
}

void publisher_drop(struct publisher *publisher)
{
    for (size_t i = 0; publisher && i < publisher->count; i++) {
        str_free(&publisher->events[i].topic);
        str_free(&publisher->events[i].body);
    }
    if (publisher)
        publisher->count = 0;
}
