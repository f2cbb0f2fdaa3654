#include "intake/meet.h"

#include "base/own.h"
#include "intake/dates.h"
#include "store/items.h"

static const enum item_field fields[FACETS] = {
    [FACET_STATUS] = FIELD_STATUS,     [FACET_FINISHED] = FIELD_FINISHED,
    [FACET_DUE] = FIELD_DUE,           [FACET_UNIT] = FIELD_UNIT,
    [FACET_ASSIGNEE] = FIELD_ASSIGNEE,
};

void meeting_done(struct meeting *meeting)
{
    for (int facet = 0; facet < FACETS; facet++)
        str_free(&meeting->theirs[facet]);
}

/* Our word as people read it; yours. */
static char *our_word(const struct run *run, enum facet facet,
                      const struct item *known)
{
    if (facet == FACET_STATUS)
        return str_copy(run->report->language == TEXTS_VI ? known->status->vi
                                                          : known->status->en);
    return facet_value(run->options->calendar, known, facet);
}

static void remark_difference(struct run *run, const struct row *row,
                              enum facet facet, const struct item *known,
                              const struct override *override)
{
    owned(str_free) char *ours = our_word(run, facet, known);
    owned(str_free) char *when =
        date_kept(run->options->calendar, override->learnt_at);

    remark_add(run->report, REMARK_NEEDS_YOU,
               run_about(run, row, fields[facet]),
               *ours ? TEXT_ROW_OURS : TEXT_ROW_OURS_NONE, "code", known->code,
               "ours", ours, "by", override->by, "when", when, NULL);
}

static void meet_one(struct run *run, const struct row *row,
                     const struct item *known, const struct override *override,
                     struct item *item, struct meeting *meeting)
{
    const struct calendar *calendar = run->options->calendar;
    enum facet facet = facet_find(override->field);

    if (facet == FACETS)
        return;
    owned(str_free) char *said = facet_value(calendar, item, facet);
    if (ours_agreed(calendar, facet, known, item, override->theirs)) {
        meeting->agreed[facet] = meeting->any = true;
        return;
    }
    if (!str_equal(said, override->theirs)) {
        meeting->moved[facet] = meeting->any = true;
        meeting->theirs[facet] = str_copy(said);
        if (facet == FACET_DUE)
            meeting->by_day = item->due_by_date;
    }
    facet_copy(item, facet, known);
    if (!*said) /* an empty cell is "unknown", so that nothing differs */
        return;
    item->ours = true;
    remark_difference(run, row, facet, known, override);
}

void meet(struct run *run, const struct row *row, const struct item *known,
          const struct overrides *overrides, struct item *item,
          struct meeting *meeting_r)
{
    *meeting_r = (struct meeting){0};
    item->ours = false;
    for (size_t i = 0; i < overrides->count; i++)
        meet_one(run, row, known, &overrides->items[i], item, meeting_r);
}

/* History keeps when our word came to stand against the source's, and when
 * it ended, and by which row. */
static int add_history(const struct run *run, int line, const struct item *item,
                       const char *const change[2], struct err *err)
{
    owned(str_free) char *field = str_copy("ours");
    owned(str_free) char *before = str_copy(change[0]);
    owned(str_free) char *after = str_copy(change[1]);
    owned(str_free) char *source = run_source(run, line);
    owned(str_free) char *by = str_copy(run->options->by);
    const struct history history = {
        .item = item->id,
        .happened_at = run->as_of,
        .learnt_at = run->as_of,
        .field = field,
        .before = before,
        .after = after,
        .source = source,
        .by = by,
    };

    return store_add_history(run->options->store, &history, err);
}

static int end_ours(const struct run *run, int line, const struct item *item,
                    const struct override *override, struct err *err)
{
    const char *const change[] = {override->field, ""};

    if (*override->theirs && add_history(run, line, item, change, err))
        return -1;
    return store_drop_override(run->options->store, item->id, override->field,
                               err);
}

static int move_theirs(const struct run *run, int line, const struct item *item,
                       const struct override *moved, bool first,
                       struct err *err)
{
    const char *const change[] = {"", moved->field};

    if (first && add_history(run, line, item, change, err))
        return -1;
    return store_put_override(run->options->store, item->id, moved, err);
}

int meeting_write(const struct run *run, int line, const struct item *item,
                  const struct overrides *overrides,
                  const struct meeting *meeting, struct err *err)
{
    for (size_t i = 0; i < overrides->count; i++) {
        const struct override *override = &overrides->items[i];
        enum facet facet = facet_find(override->field);
        struct override moved = *override;
        if (facet == FACETS)
            continue;
        moved.theirs = meeting->theirs[facet];
        moved.by_day = facet == FACET_DUE && meeting->by_day;
        bool first = !*override->theirs;
        if ((meeting->agreed[facet] &&
             end_ours(run, line, item, override, err)) ||
            (meeting->moved[facet] &&
             move_theirs(run, line, item, &moved, first, err)))
            return -1;
    }
    return 0;
}
