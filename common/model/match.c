#include "model/match.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/utf8.h"

const char *match_by_name(enum match_by by)
{
    static const char *const names[MATCH_BYS] = {
        [MATCH_UNIT] = "unit",
        [MATCH_PROCEDURE] = "procedure",
        [MATCH_FIELD] = "field",
        [MATCH_SOURCE] = "source",
        [MATCH_SUBMISSION] = "submission",
        [MATCH_STATUS] = "status",
        [MATCH_PRIORITY] = "priority",
        [MATCH_LABEL] = "label",
    };
    return names[by];
}

/* As the store has it: "Đang xử lý" and "4" are one. */
static const char *stored_value(enum match_by by, enum item_kind kind,
                                const char *value)
{
    const struct status *status =
        by == MATCH_STATUS ? status_find(kind, value) : NULL;

    if (status)
        return status->code;
    if (by == MATCH_SUBMISSION && submission_parse(value) != SUBMITTED_UNKNOWN)
        return submission_name(submission_parse(value));
    return value;
}

static void settle_list(struct match_list *list, enum match_by by,
                        enum item_kind kind)
{
    for (size_t i = 0; i < list->values.count; i++) {
        owned(str_free) char *value =
            str_copy(stored_value(by, kind, list->values.items[i]));
        owned(str_free) char *folded = utf8_fold(value);
        str_replace(&list->values.items[i], &value);
        strs_give(&list->folded, &folded);
    }
}

static void settle_all(struct matches *list, enum item_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        match_settle(&list->items[i], kind);
}

void match_settle(struct match *match, enum item_kind kind)
{
    match->kind = kind;
    for (int by = 0; by < MATCH_BYS; by++)
        settle_list(&match->lists[by], (enum match_by)by, kind);
    settle_all(&match->all, kind);
    settle_all(&match->any, kind);
    settle_all(&match->none, kind);
}

void matches_add(struct matches *list, struct match *match)
{
    list->items = mem_grow(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = *match;
    *match = (struct match){0};
}

static void matches_done(struct matches *list)
{
    for (size_t i = 0; i < list->count; i++)
        match_done(&list->items[i]);
    free(list->items);
    *list = (struct matches){0};
}

void match_done(struct match *match)
{
    for (int by = 0; by < MATCH_BYS; by++) {
        strs_done(&match->lists[by].values);
        strs_done(&match->lists[by].folded);
    }
    matches_done(&match->all);
    matches_done(&match->any);
    matches_done(&match->none);
}
