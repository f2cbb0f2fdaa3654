#include "workers/compose.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "render/facts.h"

static int fail(struct outcome *outcome, enum verdict verdict,
                const struct err *why)
{
    outcome_set(outcome, verdict, "%s", why->text);
    return -1;
}

/* Members that are unknown to us go no further where all may read. */
static struct json *read_facts(const struct composing *with, const char *body,
                               struct err *err)
{
    owned(json_free) struct json *facts = json_parse(body, strlen(body), err);

    if (!facts || !with->setting->is_public)
        return give(facts);
    return facts_public(facts);
}

/* What the message is, apart from its words.  Facts without an identity or
 * an address are nothing that any attempt could deliver. */
static int address_message(const struct json *facts, struct message *message_r,
                           struct err *err)
{
    const struct json *to = json_get(facts, "to");

    *message_r = (struct message){
        .identity = json_text(facts, "identity"),
        .number = json_int(facts, "number", 0),
        .to = json_text(to, "address"),
        .to_name = str_or_empty(json_text(to, "name")),
        .to_code = str_or_empty(json_text(to, "code")),
        .language = json_text(facts, "language"),
        .decided_at = json_int(facts, "decided_at", 0),
        .utc_offset = (int32_t)json_int(facts, "utc_offset", 0),
        .facts = facts,
    };
    if (str_empty(message_r->identity) || str_empty(message_r->to) ||
        str_empty(message_r->language) || message_r->decided_at == 0)
        return err_set(err, ERR_INVALID,
                       "the notice names no identity, address, language or "
                       "instant");
    return 0;
}

static int word(const struct composing *with, const struct json *facts,
                struct composed *composed, struct err *err)
{
    struct rendering *rendering = &composed->rendering;

    rendering_done(rendering);
    if (render(with->renderer, with->setting->templates, facts, rendering,
               err) != 0)
        return -1;
    composed->message.subject = rendering->subject;
    composed->message.text = rendering->text;
    composed->message.html = rendering->html;
    composed->message.markdown = rendering->markdown;
    composed->message.mrkdwn = rendering->mrkdwn;
    return 0;
}

/* Fewer items until it fits, and in the end nothing but the counts.  What
 * does not fit even then is the channel's to refuse. */
static int word_short(const struct composing *with, struct composed *composed,
                      struct err *err)
{
    const struct channel *channel = with->channel;
    size_t all = json_count(json_get(composed->facts, "lines"));
    size_t lines_most = with->setting->lines_most;
    size_t most = lines_most ? lines_most : all;
    size_t count = all < most ? all : most;

    for (bool bare = false;;) {
        owned(json_free) struct json *shorter =
            facts_shortened(composed->facts, count, !bare);
        bool whole = count == all && !bare;
        if (word(with, whole ? composed->facts : shorter, composed, err) != 0)
            return -1;
        if (bare || !channel->fits ||
            channel->fits(with->state, &composed->message))
            return 0;
        bare = count == 0;
        count -= bare ? 0 : 1 + count / 8;
    }
}

int compose(const struct composing *with, const char *body,
            struct composed *composed_r, struct outcome *outcome_r)
{
    owned(composed_done) struct composed composed = {0};
    struct err err = {0};

    composed.facts = read_facts(with, body, &err);
    if (!composed.facts ||
        address_message(composed.facts, &composed.message, &err) != 0)
        return fail(outcome_r, VERDICT_REFUSED, &err);
    if (word_short(with, &composed, &err) != 0)
        return fail(outcome_r, VERDICT_BROKEN, &err);
    *composed_r = composed;
    composed = (struct composed){0};
    return 0;
}

void composed_done(struct composed *composed)
{
    rendering_done(&composed->rendering);
    json_free(&composed->facts);
}
