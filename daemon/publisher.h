/* publisher.h - news of what happened, for anyone who subscribes
 * (docs/protocol.md, "Events").
 *
 * News is gathered while a transaction is open and leaves after the commit,
 * so that nobody hears of what was undone.  Publishing never waits: what a
 * slow subscriber does not take is dropped, and losing it loses nothing.
 */
#ifndef DAEMON_PUBLISHER_H
#define DAEMON_PUBLISHER_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

struct publisher;
struct wire_guard;

/* Bind the PUB socket. */
struct publisher *publisher_open(const char *endpoint,
                                 const struct wire_guard *guard,
                                 struct err *err);
void publisher_free(struct publisher **publisher);

/* Gather one event, "notice.sent", that happened at an instant; takes
 * *members, to which "event" and "at" are added.  publisher may be NULL:
 * then there is no news. */
void publisher_add(struct publisher *publisher, const char *topic, int64_t at,
                   struct json **members);

/* Send what was gathered, or forget it. */
void publisher_flush(struct publisher *publisher);
void publisher_drop(struct publisher *publisher);

#endif
