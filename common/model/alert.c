#include "model/alert.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const state_names[] = {
    [ALERT_HELD] = "held",
    [ALERT_NOTICED] = "noticed",
    [ALERT_SENT] = "sent",
    [ALERT_SUPPRESSED] = "suppressed",
};

static const char *const reason_names[ALERT_REASONS] = {
    [REASON_NONE] = "",
    [REASON_SUPERSEDED] = "superseded",
    [REASON_FINISHED] = "finished",
    [REASON_PAUSED] = "paused",
    [REASON_GONE] = "gone",
    [REASON_MOVED] = "moved",
    [REASON_NOT_THEIRS] = "not-theirs",
    [REASON_TOLD] = "told",
    [REASON_RULE_GONE] = "rule-gone",
    [REASON_OVER] = "over",
};

void alert_done(struct alert *alert)
{
    str_free(&alert->rule);
    str_free(&alert->step);
    str_free(&alert->recipient);
    str_free(&alert->stands_for);
}

void alerts_add(struct alerts *list, struct alert *alert)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = *alert;
    *alert = (struct alert){0};
}

void alerts_done(struct alerts *list)
{
    for (size_t i = 0; i < list->count; i++)
        alert_done(&list->items[i]);
    free(list->items);
    *list = (struct alerts){0};
}

const char *alert_state_name(enum alert_state state)
{
    return state_names[state];
}

enum alert_state alert_state_parse(const char *text)
{
    for (int state = ALERT_HELD; state < ALERT_SUPPRESSED; state++)
        if (str_equal(state_names[state], text))
            return (enum alert_state)state;
    return ALERT_SUPPRESSED;
}

const char *alert_reason_name(enum alert_reason reason)
{
    return reason_names[reason];
}

enum alert_reason alert_reason_parse(const char *text)
{
    for (int reason = 0; reason < ALERT_REASONS; reason++)
        if (str_equal(reason_names[reason], text))
            return (enum alert_reason)reason;
    return REASON_NONE;
}
