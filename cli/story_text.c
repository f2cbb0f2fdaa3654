/* The events of a story in words. */
#include "base/own.h"
#include "base/str.h"
#include "cli/change.h"
#include "cli/decided.h"
#include "cli/moment.h"
#include "cli/notices.h"
#include "cli/story.h"

static char *came_text(const struct cli *cli, const struct story *story,
                       const struct event *event)
{
    struct buf changes = {0};

    for (size_t i = 0; i < event->change_count; i++) {
        owned(str_free) char *change =
            change_text(cli, story->item.kind, &event->changes[i]);
        buf_addf(&changes, "%s%s", i ? "; " : "", change);
    }
    owned(str_free) char *what = buf_take(&changes);
    return text_fill(TEXT_WHY_CAME, cli->language, "source",
                     event->changes->source, "by", event->changes->by, "what",
                     what, NULL);
}

static char *decided_text(const struct cli *cli, const struct story *story,
                          const struct event *event)
{
    const struct alert *alert = event->alert;
    const struct zone *zone = office_zone(cli->office);
    bool held = alert->state != ALERT_SUPPRESSED ||
                alert->changed_at != alert->decided_at;
    owned(str_free) char *step = decided_step(alert);
    owned(str_free) char *person = decided_person(cli, alert->recipient);
    owned(str_free) char *reached = moment_text(zone, alert->reached_at);
    owned(str_free) char *opens = moment_text(zone, alert->opens_at);
    owned(str_free) char *instead = decided_instead(cli, alert->stands_for);

    (void)story;
    owned(str_free) char *whom = str_format("%s%s", person, instead);
    return text_fill(held ? TEXT_WHY_DECIDED : TEXT_WHY_DECIDED_NOT,
                     cli->language, "step", step, "person", whom, "reached",
                     reached, "opens", opens, "reason",
                     decided_reason(cli, alert->reason), NULL);
}

static char *dropped_text(const struct cli *cli, const struct story *story,
                          const struct event *event)
{
    owned(str_free) char *step = decided_step(event->alert);
    owned(str_free) char *person = decided_person(cli, event->alert->recipient);

    (void)story;
    return text_fill(TEXT_WHY_DROPPED, cli->language, "step", step, "person",
                     person, "reason",
                     decided_reason(cli, event->alert->reason), NULL);
}

static const struct notice_line *line_of(const struct notice *notice,
                                         int64_t item)
{
    for (size_t i = 0; i < notice->line_count; i++)
        if (notice->lines[i].item == item)
            return &notice->lines[i];
    return NULL;
}

static char *noticed_text(const struct cli *cli, const struct story *story,
                          const struct event *event)
{
    const struct notice *notice = event->notice;
    const struct notice_line *line = line_of(notice, story->item.id);
    owned(str_free) char *number = str_format("%lld", (long long)notice->id);
    owned(str_free) char *person = decided_person(cli, notice->recipient);
    owned(str_free) char *others =
        str_format("%zu", notice->line_count ? notice->line_count - 1 : 0);

    return text_fill(TEXT_WHY_NOTICED, cli->language, "number", number,
                     "person", person, "channel", notice->channel, "level",
                     moment_level(cli, line ? line->level : LEVEL_NONE),
                     "fresh",
                     line && line->fresh ? cli_text(cli, TEXT_WHY_FRESH) : "",
                     "others", others, NULL);
}

static char *attempt_text(const struct cli *cli, const struct story *story,
                          const struct event *event)
{
    const struct attempt *attempt = event->attempt;
    bool ended = attempt->ended_at != INSTANT_NONE;
    owned(str_free) char *number =
        str_format("%lld", (long long)event->notice->id);
    owned(str_free) char *count = str_format("%d", attempt->attempt);
    owned(str_free) char *verdict =
        str_format("%s%s%s", verdict_text(cli, attempt->verdict),
                   str_empty(attempt->detail) ? "" : ": ", attempt->detail);

    (void)story;
    return text_fill(ended ? TEXT_WHY_ATTEMPT : TEXT_WHY_ATTEMPT_NOW,
                     cli->language, "number", number, "count", count, "channel",
                     attempt->channel, "verdict", verdict, NULL);
}

static char *ended_text(const struct cli *cli, const struct story *story,
                        const struct event *event)
{
    owned(str_free) char *number =
        str_format("%lld", (long long)event->notice->id);

    (void)story;
    return text_fill(TEXT_WHY_ENDED, cli->language, "number", number, "state",
                     notice_state_text(cli, event->notice->state), "detail",
                     str_or_empty(event->notice->detail), NULL);
}

char *event_text(const struct cli *cli, const struct story *story,
                 const struct event *event)
{
    static char *(*const tellers[EVENT_KINDS])(
        const struct cli *, const struct story *, const struct event *) = {
        [EVENT_CAME] = came_text,       [EVENT_DECIDED] = decided_text,
        [EVENT_DROPPED] = dropped_text, [EVENT_NOTICED] = noticed_text,
        [EVENT_ATTEMPT] = attempt_text, [EVENT_ENDED] = ended_text,
    };

    return tellers[event->kind](cli, story, event);
}
