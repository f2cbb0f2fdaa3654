#include "cli/answered.h"

#include "base/own.h"
#include "base/str.h"
#include "cli/decided.h"
#include "cli/moment.h"
#include "cli/notices.h"
#include "cli/sending.h"

/* Why nothing leaves at all; NULL: what is ready does. */
static char *stopped_text(const struct cli *cli)
{
    struct sending sending = {0};
    struct err unused = {0};

    if (sending_take(cli, &sending, &unused))
        return NULL;
    char *text = sending_stopped(&sending) ? sending_text(cli, &sending) : NULL;
    sending_done(&sending);
    return text;
}

void answered_take(const struct cli *cli, const struct item *item, int person,
                   const struct alerts *alerts, const struct notices *notices,
                   struct answered *answered_r)
{
    const char *code = office_directory(cli->office)->people[person].code;
    struct answered answered = {.item = item, .person = person};

    why_ask(office_policy(cli->office), item, person, alerts, cli->now,
            &answered.why);
    for (size_t i = 0; i < notices->count; i++) {
        const struct notice *notice = &notices->items[i];
        if (!str_equal(notice->recipient, code))
            continue;
        if (notice->state == NOTICE_QUEUED || notice->state == NOTICE_IN_FLIGHT)
            answered.on_way = notice;
        if (notice->state != NOTICE_SENT || !str_empty(notice->rehearsed_to))
            continue;
        answered.times++;
        answered.last = notice;
    }
    answered.stopped = stopped_text(cli);
    *answered_r = answered;
}

void answered_done(struct answered *answered)
{
    why_done(&answered->why);
    str_free(&answered->stopped);
}

int64_t answered_comes_at(const struct answered *answered)
{
    return answered->on_way ? answered->on_way->attempt_at
                            : why_comes_at(&answered->why);
}

char *answered_comes(const struct cli *cli, const struct answered *answered)
{
    int64_t at = answered_comes_at(answered);

    if (answered->stopped && at != INSTANT_NEVER)
        return text_fill(TEXT_WHY_STOPPED, cli->language, "why",
                         answered->stopped, NULL);
    const struct person *person =
        &office_directory(cli->office)->people[answered->person];
    owned(str_free) char *when = moment_text(office_zone(cli->office), at);
    enum text_id text = at == INSTANT_NEVER ? TEXT_WHY_NEVER
                        : at <= cli->now    ? TEXT_WHY_COMES_NOW
                                            : TEXT_WHY_COMES;

    return text_fill(text, cli->language, "person", person->name, "when", when,
                     NULL);
}

/* ---- a line ---- */

/* "2wd before the deadline" */
static char *step_meaning(const struct cli *cli, const struct step *step)
{
    static const enum text_id anchors[] = {
        [STEP_BEFORE] = TEXT_WHY_STEP_BEFORE,
        [STEP_DUE_DAY] = TEXT_WHY_STEP_DUE_DAY,
        [STEP_AFTER] = TEXT_WHY_STEP_AFTER,
        [STEP_RAISED] = TEXT_WHY_STEP_RAISED,
    };
    char span[32] = "";

    span_format(step->span, span);
    return text_fill(anchors[step->anchor], cli->language, "span", span, NULL);
}

/* Those whom the step tells, "–" for nobody. */
static char *whom_text(const struct cli *cli, const struct recipients *whom)
{
    const struct person *people = office_directory(cli->office)->people;
    struct buf text = {0};

    for (size_t i = 0; i < whom->count; i++)
        buf_addf(&text, "%s%s", i ? ", " : "",
                 people[whom->items[i].person].name);
    if (whom->count == 0)
        buf_add(&text, "–");
    return buf_take(&text);
}

/* Why somebody whom a step names is not told in person. */
static const char *unreachable_text(const struct cli *cli,
                                    const struct answered *answered)
{
    return cli_text(cli,
                    answered->why.active ? TEXT_WHY_NO_ADDRESS : TEXT_WHY_LEFT);
}

/* Why it is suppressed; a later step is named. */
static char *reason_text(const struct cli *cli, const struct answered *answered,
                         const struct alert *alert)
{
    const struct why *why = &answered->why;
    const char *reason = decided_reason(cli, alert->reason);

    if (alert->reason != REASON_SUPERSEDED || !why->top_step)
        return str_copy(reason);
    return str_format("%s: %s/%s", reason, why->top_rule->name,
                      why->top_step->name);
}

/* The name of the notice that the alert is in, its state and its trouble. */
static char *notice_text(const struct cli *cli, const struct answered *answered)
{
    const struct notice *notice = answered->on_way;

    if (!notice)
        return str_copy("");
    owned(str_free) char *next =
        moment_text(office_zone(cli->office), notice->attempt_at);
    owned(str_free) char *count = str_format("%d", notice->attempts);
    const struct way *way =
        policy_way(office_policy(cli->office), notice->channel);
    return text_fill(TEXT_WHY_ON_WAY, cli->language, "state",
                     notice_state_text(cli, notice->state), "channel",
                     notice->channel, "count", count, "when", next, "parked",
                     way && way->parked ? cli_text(cli, TEXT_WHY_PARKED) : "",
                     "detail", str_or_empty(notice->detail), NULL);
}

char *answered_line(const struct cli *cli, const struct answered *answered,
                    const struct why_line *line)
{
    static const enum text_id answers[ANSWERS] = {
        [ANSWER_OTHER_KIND] = TEXT_WHY_OTHER_KIND,
        [ANSWER_OTHER_UNIT] = TEXT_WHY_OTHER_UNIT,
        [ANSWER_OTHER_ITEMS] = TEXT_WHY_OTHER_ITEMS,
        [ANSWER_NOT_NAMED] = TEXT_WHY_NOT_NAMED,
        [ANSWER_REPLACED] = TEXT_WHY_REPLACED,
        [ANSWER_NO_DEADLINE] = TEXT_WHY_NO_DEADLINE,
        [ANSWER_MISSING_YEAR] = TEXT_WHY_MISSING_YEAR,
        [ANSWER_AHEAD] = TEXT_WHY_AHEAD,
        [ANSWER_NEXT_LOOK] = TEXT_WHY_NEXT_LOOK,
        [ANSWER_HELD] = TEXT_WHY_HELD,
        [ANSWER_NOTICED] = TEXT_WHY_IN_NOTICE,
        [ANSWER_TOLD] = TEXT_WHY_TOLD,
        [ANSWER_REHEARSED] = TEXT_WHY_REHEARSED,
        [ANSWER_SUPPRESSED] = TEXT_WHY_SUPPRESSED,
    };
    const struct zone *zone = office_zone(cli->office);
    const struct alert *alert = line->alert;
    int64_t opening =
        line->answer == ANSWER_HELD ? alert->opens_at : line->opens_at;
    owned(str_free) char *at = moment_text(zone, line->at);
    owned(str_free) char *opens = moment_text(zone, opening);
    owned(str_free) char *whom = whom_text(cli, &line->whom);
    owned(str_free) char *number =
        str_format("%lld", alert ? (long long)alert->notice : 0LL);
    owned(str_free) char *reason =
        alert ? reason_text(cli, answered, alert) : str_copy("");
    owned(str_free) char *notice = notice_text(cli, answered);
    owned(str_free) char *meaning =
        line->step ? step_meaning(cli, line->step) : str_copy("");
    owned(str_free) char *said = text_fill(
        answers[line->answer], cli->language, "when", at, "opens", opens,
        "whom", whom, "number", number, "reason", reason, "notice", notice,
        "cause", unreachable_text(cli, answered), NULL);

    return line->step ? text_fill(TEXT_WHY_STEP_LINE, cli->language, "rule",
                                  line->rule->name, "step", line->step->name,
                                  "meaning", meaning, "said", said, NULL)
                      : text_fill(TEXT_WHY_RULE_LINE, cli->language, "rule",
                                  line->rule->name, "said", said, NULL);
}
