#include "model/notice.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const state_names[] = {
    [NOTICE_QUEUED] = "queued", [NOTICE_IN_FLIGHT] = "in-flight",
    [NOTICE_SENT] = "sent",     [NOTICE_WITHDRAWN] = "withdrawn",
    [NOTICE_DEAD] = "dead",     [NOTICE_UNSENT] = "unsent",
};

static const char *const verdict_names[] = {
    [VERDICT_DELIVERED] = "delivered", [VERDICT_TRY_LATER] = "try-later",
    [VERDICT_REFUSED] = "refused",     [VERDICT_BROKEN] = "broken",
    [VERDICT_AMBIGUOUS] = "ambiguous",
};

void notice_done(struct notice *notice)
{
    str_free(&notice->identity);
    str_free(&notice->recipient);
    str_free(&notice->rehearsed_to);
    str_free(&notice->channel);
    str_free(&notice->via);
    str_free(&notice->window);
    str_free(&notice->language);
    str_free(&notice->facts);
    str_free(&notice->detail);
    free(notice->lines);
    notice->lines = NULL;
    notice->line_count = 0;
}

void tolds_done(struct tolds *list)
{
    for (size_t i = 0; i < list->count; i++)
        str_free(&list->items[i].recipient);
    free(list->items);
    *list = (struct tolds){0};
}

void notices_add(struct notices *list, struct notice *notice)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = *notice;
    *notice = (struct notice){0};
}

void notices_done(struct notices *list)
{
    for (size_t i = 0; i < list->count; i++)
        notice_done(&list->items[i]);
    free(list->items);
    *list = (struct notices){0};
}

const char *notice_state_name(enum notice_state state)
{
    return state_names[state];
}

enum notice_state notice_state_parse(const char *text)
{
    for (int state = NOTICE_QUEUED; state < NOTICE_DEAD; state++)
        if (str_equal(state_names[state], text))
            return (enum notice_state)state;
    return NOTICE_DEAD;
}

const char *verdict_name(enum verdict verdict)
{
    return verdict_names[verdict];
}

int verdict_parse(const char *text, enum verdict *verdict_r)
{
    for (int verdict = 0; verdict <= VERDICT_AMBIGUOUS; verdict++) {
        if (str_equal(verdict_names[verdict], text)) {
            *verdict_r = (enum verdict)verdict;
            return 0;
        }
    }
    return -1;
}
