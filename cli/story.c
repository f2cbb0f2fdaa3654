#include "cli/story.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"
#include "store/alerts.h"

const char *event_name(enum event_kind kind)
{
    static const char *const names[EVENT_KINDS] = {
        [EVENT_CAME] = "came",       [EVENT_DECIDED] = "decided",
        [EVENT_DROPPED] = "dropped", [EVENT_NOTICED] = "noticed",
        [EVENT_ATTEMPT] = "attempt", [EVENT_ENDED] = "ended",
    };

    return names[kind];
}

static void add_event(struct story *story, const struct event *event)
{
    story->events = mem_grow(story->events, story->count + 1, sizeof(*event));
    story->events[story->count++] = *event;
}

/* Changes that one list brought are one event. */
static void add_history(struct story *story)
{
    for (size_t i = 0; i < story->history.count;) {
        const struct history *first = &story->history.items[i];
        struct event event = {
            .at = first->learnt_at, .kind = EVENT_CAME, .changes = first};
        for (; i < story->history.count &&
               story->history.items[i].learnt_at == first->learnt_at &&
               str_equal(story->history.items[i].source, first->source);
             i++)
            event.change_count++;
        add_event(story, &event);
    }
}

static bool concerns(const char *recipient, const char *person)
{
    return !person || str_equal(recipient, person);
}

static void add_alert(struct story *story, const struct alert *alert)
{
    struct event event = {
        .at = alert->decided_at, .kind = EVENT_DECIDED, .alert = alert};

    add_event(story, &event);
    if (alert->state != ALERT_SUPPRESSED ||
        alert->changed_at == alert->decided_at)
        return;
    event.at = alert->changed_at;
    event.kind = EVENT_DROPPED;
    add_event(story, &event);
}

static void add_notice(struct story *story, size_t place)
{
    const struct notice *notice = &story->notices.items[place];
    const struct attempts *tried = &story->tried[place];
    struct event event = {
        .at = notice->decided_at, .kind = EVENT_NOTICED, .notice = notice};

    add_event(story, &event);
    event.kind = EVENT_ATTEMPT;
    for (size_t i = 0; i < tried->count; i++) {
        event.attempt = &tried->items[i];
        event.at = event.attempt->ended_at == INSTANT_NONE
                       ? event.attempt->leased_at
                       : event.attempt->ended_at;
        add_event(story, &event);
    }
    if (notice->state != NOTICE_WITHDRAWN && notice->state != NOTICE_DEAD)
        return;
    event = (struct event){
        .at = notice->changed_at, .kind = EVENT_ENDED, .notice = notice};
    add_event(story, &event);
}

/* By time, then by kind; what is then still equal as it was found, and by
 * whose address that can be told: each comes from an array of its own. */
static int compare(const void *a, const void *b)
{
    const struct event *one = a, *other = b;
    const struct {
        const void *one, *other;
    } places[] = {
        {one->changes, other->changes},
        {one->alert, other->alert},
        {one->notice, other->notice},
        {one->attempt, other->attempt},
    };

    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
        if (places[i].one != places[i].other)
            return places[i].one < places[i].other ? -1 : 1;
    return 0;
}

static int get_all(const struct cli *cli, struct story *story, struct err *err)
{
    struct store *store = cli->store;

    if (store_get_history(store, story->item.id, &story->history, err) ||
        store_alerts_of_item(store, story->item.id, &story->alerts, err) ||
        store_notices_of_item(store, story->item.id, &story->notices, err))
        return -1;
    story->tried = mem_zero(story->notices.count + 1, sizeof(*story->tried));
    for (size_t i = 0; i < story->notices.count; i++)
        if (store_get_attempts(store, story->notices.items[i].id,
                               &story->tried[i], err))
            return -1;
    return 0;
}

int story_take(const struct cli *cli, struct item *item, const char *person,
               struct story *story_r, struct err *err)
{
    struct story story = {.item = *item};

    *item = (struct item){0};
    if (get_all(cli, &story, err)) {
        story_done(&story);
        return -1;
    }
    add_history(&story);
    for (size_t i = 0; i < story.alerts.count; i++)
        if (concerns(story.alerts.items[i].recipient, person))
            add_alert(&story, &story.alerts.items[i]);
    for (size_t i = 0; i < story.notices.count; i++)
        if (concerns(story.notices.items[i].recipient, person))
            add_notice(&story, i);
    if (story.count)
        qsort(story.events, story.count, sizeof(*story.events), compare);
    *story_r = story;
    return 0;
}

void story_done(struct story *story)
{
    for (size_t i = 0; story->tried && i < story->notices.count; i++)
        attempts_done(&story->tried[i]);
    free(story->tried);
    free(story->events);
    notices_done(&story->notices);
    alerts_done(&story->alerts);
    histories_done(&story->history);
    item_done(&story->item);
    *story = (struct story){0};
}
