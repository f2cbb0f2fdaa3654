/* channel.h - a way to reach a person.
 *
 * One file per channel in channels/, each ending in a table of this shape.
 * The skeleton owns threads, leases and the log of what was sent; a channel
 * only tries once and says how it went.  Each delivery thread has a state of
 * its own and shares nothing.
 */
#ifndef WORKERS_CHANNEL_H
#define WORKERS_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "model/notice.h"
#include "settings/settings.h"

/* A notice ready to leave; all pointers are borrowed for the call. */
struct message {
    const char *identity; /* the notice's, the same at each attempt */
    int64_t number;       /* its short number */
    int attempt;          /* 1, 2, ... */
    const char *to;       /* the address, of the channel's kind */
    const char *to_name;  /* display name */
    const char *to_code;
    const char *subject; /* rendered, one line */
    const char *text;
    const char *html; /* these three: NULL unless the template has it */
    const char *markdown;
    const char *mrkdwn;
    const char *language;     /* "vi" */
    int64_t decided_at;       /* Date and all else derives from it */
    int32_t utc_offset;       /* seconds east, of the office */
    const struct json *facts; /* what was rendered */
};

struct outcome {
    enum verdict verdict;
    int64_t retry_after; /* seconds that the far side asked for, 0: none */
    char detail[400];    /* for people: the far side's words, cleaned */
};

struct channel {
    const char *type; /* as in the settings */

    /* Is the message short enough for the service, as that counts?  While it
     * is not, it is rendered again with fewer items.  NULL: any length. */
    bool (*fits)(void *state, const struct message *message);

    /* Get ready to send: read options, open secrets.  setting outlives the
     * state. */
    int (*open)(const struct channel_setting *setting, void **state_r,
                struct err *err);

    /* Try connection and login without sending anything. */
    void (*probe)(void *state, struct outcome *outcome_r);

    /* Try once to deliver. */
    void (*send)(void *state, const struct message *message,
                 struct outcome *outcome_r);

    void (*close)(void **state);
};

/* By type; NULL for none. */
const struct channel *channel_find(const char *type);

/* Fill an outcome; the detail is made one clean line.  printf-like. */
void outcome_set(struct outcome *outcome, enum verdict verdict,
                 const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
