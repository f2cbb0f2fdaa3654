#include "daemon/parks.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "model/instant.h"
#include "store/notices.h"

struct park {
    char *channel;
    bool parked;
    int64_t since;
    int64_t probe_at;
    int probes;
    char *detail;

    int64_t token; /* of the probe under way, 0: none */
    char *worker;  /* who was asked */
    int64_t asked_ms;
    bool answered;
    bool works;
    char *answer;
    bool changed; /* parked or mended, and not said yet */

    int64_t *tickets; /* of those who asked */
    size_t ticket_count;
};

struct parks {
    struct park *items; /* every channel that was ever parked or probed */
    size_t count;
    int64_t numbers; /* tokens and tickets given */
};

struct parks *parks_new(void)
{
    return mem_new(struct parks);
}

void parks_free(struct parks **parks)
{
    if (!*parks)
        return;
    for (size_t i = 0; i < (*parks)->count; i++) {
        struct park *park = &(*parks)->items[i];
        str_free(&park->channel);
        str_free(&park->detail);
        str_free(&park->worker);
        str_free(&park->answer);
        free(park->tickets);
    }
    free((*parks)->items);
    free(*parks);
    *parks = NULL;
}

static struct park *find(const struct parks *parks, const char *channel)
{
    for (size_t i = 0; i < parks->count; i++)
        if (str_equal(parks->items[i].channel, channel))
            return &parks->items[i];
    return NULL;
}

static struct park *find_or_add(struct parks *parks, const char *channel)
{
    struct park *park = find(parks, channel);

    if (park)
        return park;
    parks->items =
        mem_grow(parks->items, parks->count + 1, sizeof(*parks->items));
    park = &parks->items[parks->count++];
    *park = (struct park){.channel = str_copy(channel)};
    return park;
}

static void set_text(char **kept, const char *text)
{
    char *copy = str_copy(str_or_empty(text));

    str_replace(kept, &copy);
}

int parks_load(struct parks *parks, struct store *store, struct err *err)
{
    owned(channel_states_done) struct channel_states states = {0};

    if (store_parked_channels(store, &states, err) != 0)
        return -1;
    for (size_t i = 0; i < parks->count; i++)
        parks->items[i].parked = parks->items[i].changed = false;
    for (size_t i = 0; i < states.count; i++) {
        const struct channel_state *state = &states.items[i];
        struct park *park = find_or_add(parks, state->channel);
        park->parked = state->broken_at != INSTANT_NONE;
        park->since = state->broken_at;
        park->probe_at = state->probe_at;
        park->probes = state->probes;
        set_text(&park->detail, state->detail);
    }
    return 0;
}

bool parks_is_parked(const struct parks *parks, const char *channel)
{
    const struct park *park = find(parks, channel);

    return park && park->parked;
}

struct json *parks_status(const struct parks *parks, const char *channel)
{
    const struct park *park = find(parks, channel);

    if (!park || !park->parked)
        return json_new_text(NULL);
    struct json *status = json_new_object();
    json_put_int(status, "since", park->since);
    json_put_int(status, "probe-at", park->probe_at);
    json_put_int(status, "probes", park->probes);
    json_put_text(status, "detail", park->detail);
    return status;
}

/* ---- parking ---- */

static void tell(const struct settling *settling, const char *topic,
                 const struct park *park)
{
    struct json *news = json_new_object();

    json_put_text(news, "channel", park->channel);
    json_put_text(news, "detail", park->detail);
    publisher_add(settling->events, topic, settling->now, &news);
}

static int write_park(struct park *park, const struct settling *settling,
                      const char *detail, struct err *err)
{
    int64_t ceiling = backoff_ceiling(&settling->backoff, park->probes + 1);

    set_text(&park->detail, detail);
    park->probe_at = settling->now + 1 + randombytes_uniform((uint32_t)ceiling);
    return store_park_channel(settling->store, park->channel, park->since,
                              park->probe_at, park->probes, park->detail, err);
}

int parks_break(struct parks *parks, const struct settling *settling,
                const char *channel, const char *detail, struct err *err)
{
    struct park *park = find_or_add(parks, channel);

    if (park->parked)
        return 0;
    park->parked = park->changed = true;
    park->since = settling->now;
    park->probes = 0;
    if (write_park(park, settling, detail, err) != 0)
        return -1;
    tell(settling, "channel.parked", park);
    return 0;
}

static int settle_answer(struct park *park, const struct settling *settling,
                         bool *changed, struct err *err)
{
    if (!park->parked)
        return 0;
    if (!park->works) {
        park->probes++;
        return write_park(park, settling, park->answer, err);
    }
    park->parked = false;
    park->changed = *changed = true;
    set_text(&park->detail, park->answer);
    tell(settling, "channel.unparked", park);
    return store_unpark_channel(settling->store, park->channel, err);
}

int parks_settle(struct parks *parks, const struct settling *settling,
                 bool *changed_r, struct err *err)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].answered &&
            settle_answer(&parks->items[i], settling, changed_r, err) != 0)
            return err_wrap(err, "channel %s", parks->items[i].channel);
    return 0;
}

/* ---- probes ---- */

void parks_hurry(struct parks *parks, const char *channel)
{
    struct park *park = find(parks, channel);

    if (park && park->parked)
        park->probe_at = 0;
}

int64_t parks_ask(struct parks *parks, const char *channel)
{
    struct park *park = find_or_add(parks, channel);

    park->tickets =
        mem_grow(park->tickets, park->ticket_count + 1, sizeof(*park->tickets));
    park->tickets[park->ticket_count++] = ++parks->numbers;
    return parks->numbers;
}

/* Farther away than any probe is put off, the clock was set back. */
static bool is_due(const struct park *park, int64_t now)
{
    enum { FARTHEST = 24 * 3600 };

    return park->parked &&
           (park->probe_at <= now || park->probe_at - now > FARTHEST);
}

static bool wants_probe(const struct park *park, int64_t now)
{
    if (park->token != 0 || park->answered)
        return false;
    return park->ticket_count > 0 || is_due(park, now);
}

const char *parks_next(const struct parks *parks, size_t *place, int64_t now)
{
    while (*place < parks->count) {
        const struct park *park = &parks->items[(*place)++];
        if (wants_probe(park, now))
            return park->channel;
    }
    return NULL;
}

int64_t parks_asked(struct parks *parks, const char *channel,
                    const char *worker, int64_t now_ms)
{
    struct park *park = find_or_add(parks, channel);

    set_text(&park->worker, worker);
    park->asked_ms = now_ms;
    park->token = ++parks->numbers;
    return park->token;
}

static void answer(struct park *park, bool works, const char *detail)
{
    park->token = 0;
    park->answered = true;
    park->works = works;
    set_text(&park->answer, detail);
}

void parks_answer(struct parks *parks, int64_t token, bool works,
                  const char *detail)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].token == token && token != 0)
            answer(&parks->items[i], works, detail);
}

void parks_lose(struct parks *parks, const char *worker)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].token != 0 &&
            str_equal(parks->items[i].worker, worker))
            answer(&parks->items[i], false, "the worker left meanwhile");
}

void parks_time_out(struct parks *parks, int64_t now_ms, int64_t limit_ms)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].token != 0 &&
            now_ms - parks->items[i].asked_ms >= limit_ms)
            answer(&parks->items[i], false, "the worker gave no answer");
}

int64_t parks_due(const struct parks *parks)
{
    int64_t due = INSTANT_NEVER;

    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].parked && parks->items[i].token == 0 &&
            parks->items[i].probe_at < due)
            due = parks->items[i].probe_at;
    return due;
}

bool parks_any_asked(const struct parks *parks)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].token != 0)
            return true;
    return false;
}

bool parks_any_answer(const struct parks *parks)
{
    for (size_t i = 0; i < parks->count; i++)
        if (parks->items[i].answered)
            return true;
    return false;
}

/* One line in the journal when a channel breaks, and when it works again. */
static void say_change(struct park *park, const struct dispatcher_hooks *hooks)
{
    const char *what = park->parked ? "A channel is broken, its notices wait"
                                    : "A channel works again";

    if (!park->changed || !hooks->say)
        return;
    owned(str_free) char *line = str_format("%s channel=%s detail=\"%s\"", what,
                                            park->channel, park->detail);
    hooks->say(hooks->context, park->parked, line);
    park->changed = false;
}

void parks_report(struct parks *parks, const struct dispatcher_hooks *hooks)
{
    for (size_t i = 0; i < parks->count; i++) {
        struct park *park = &parks->items[i];
        say_change(park, hooks);
        if (!park->answered)
            continue;
        for (size_t j = 0; hooks->probed && j < park->ticket_count; j++)
            hooks->probed(hooks->context, park->tickets[j], park->works,
                          park->worker, park->answer);
        park->ticket_count = 0;
        park->answered = false;
    }
}
