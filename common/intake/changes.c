#include "intake/changes.h"

#include "base/own.h"
#include "intake/dates.h"
#include "intake/promise.h"
#include "store/items.h"

static const size_t texts[] = {
    offsetof(struct item, title),         offsetof(struct item, procedure),
    offsetof(struct item, field),         offsetof(struct item, unit),
    offsetof(struct item, coordinating),  offsetof(struct item, assignee),
    offsetof(struct item, assignee_text), offsetof(struct item, owner),
    offsetof(struct item, assigned_by),   offsetof(struct item, document),
    offsetof(struct item, recurrence),    offsetof(struct item, output),
    offsetof(struct item, note),          offsetof(struct item, feed),
};

static const size_t instants[] = {
    offsetof(struct item, received_at),
    offsetof(struct item, due_at),
    offsetof(struct item, computed_due_at),
    offsetof(struct item, original_due_at),
    offsetof(struct item, finished_at),
};

static const char *text_at(const struct item *item, size_t offset)
{
    return *(char *const *)(const void *)((const char *)item + offset);
}

static int64_t instant_at(const struct item *item, size_t offset)
{
    return *(const int64_t *)(const void *)((const char *)item + offset);
}

bool item_differs(const struct item *known, const struct item *item)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (!str_equal(str_or_empty(text_at(known, texts[i])),
                       str_or_empty(text_at(item, texts[i]))))
            return true;
    for (size_t i = 0; i < sizeof(instants) / sizeof(*instants); i++)
        if (instant_at(known, instants[i]) != instant_at(item, instants[i]))
            return true;
    return known->status != item->status || known->gone != item->gone ||
           known->submission != item->submission ||
           known->due_by_date != item->due_by_date ||
           known->due_origin != item->due_origin;
}

/* The values that history follows, as it keeps them; yours, NULL when there
 * is no item. */
typedef char *value_of(const struct run *run, const struct item *item);

static char *status_value(const struct run *run, const struct item *item)
{
    (void)run;
    return str_copy(item->status->code);
}

static char *due_value(const struct run *run, const struct item *item)
{
    return date_kept(run->options->calendar, item->due_at);
}

static char *computed_value(const struct run *run, const struct item *item)
{
    return date_kept(run->options->calendar, item->computed_due_at);
}

static char *finished_value(const struct run *run, const struct item *item)
{
    return date_kept(run->options->calendar, item->finished_at);
}

static char *unit_value(const struct run *run, const struct item *item)
{
    (void)run;
    return str_copy(item->unit);
}

static char *assignee_value(const struct run *run, const struct item *item)
{
    (void)run;
    return str_copy(item->assignee);
}

static char *gone_value(const struct run *run, const struct item *item)
{
    (void)run;
    return str_copy(item->gone ? "yes" : "");
}

static const struct {
    const char *name;
    value_of *value;
} followed[] = {
    {"status", status_value},
    {"due", due_value},
    {"computed-due", computed_value},
    {"unit", unit_value},
    {"assignee", assignee_value},
    {"finished", finished_value},
    {"gone", gone_value},
};

/* When a change happened in the world: a finish has its date, what an item
 * came with dates from its receipt; of the rest the list's own instant is
 * all that is known. */
static int64_t happened_at(const struct run *run, const struct item *known,
                           const struct item *item, value_of *value)
{
    bool finish =
        value == finished_value ||
        (value == status_value && item->status->clock == CLOCK_STOPPED);

    if (finish && item->finished_at != INSTANT_NONE)
        return item->finished_at;
    if (!known && item->received_at != INSTANT_NONE &&
        item->received_at < run->as_of &&
        (value != status_value || item->status->clock == CLOCK_RUNS ||
         item->status->clock == CLOCK_NOT_STARTED))
        return item->received_at;
    return run->as_of;
}

static char *list_of(const struct run *run, int line)
{
    const struct intake_options *options = run->options;

    return line ? str_format("%s %s:%d", options->feed->name, options->file,
                             line)
                : str_format("%s %s", options->feed->name, options->file);
}

/* Where a change comes from; of a deadline that was computed just now, by
 * which term too: the table may have another one later. */
static char *source_of(const struct run *run, int line,
                       const struct item *known, const struct item *item,
                       value_of *value)
{
    const struct procedure *procedure = promise_procedure(run, item);
    bool computed = value == computed_value ||
                    (value == due_value && item->due_origin == DUE_COMPUTED);
    char term[32] = "";

    owned(str_free) char *list = list_of(run, line);
    if (!procedure || !computed ||
        (known && known->computed_due_at == item->computed_due_at))
        return str_copy(list);
    span_format(procedure_term(procedure, item->submission), term);
    return str_format("%s, %s %s", list, procedure->code, term);
}

static int write_history(const struct run *run, int line,
                         const struct item *known, const struct item *item,
                         struct err *err)
{
    owned(str_free) char *by = str_copy(run->options->by);

    for (size_t i = 0; i < sizeof(followed) / sizeof(*followed); i++) {
        owned(str_free) char *before =
            known ? followed[i].value(run, known) : str_copy("");
        owned(str_free) char *after = followed[i].value(run, item);
        owned(str_free) char *field = str_copy(followed[i].name);
        owned(str_free) char *source =
            source_of(run, line, known, item, followed[i].value);
        struct history history = {
            .item = item->id,
            .happened_at = happened_at(run, known, item, followed[i].value),
            .learnt_at = run->as_of,
            .field = field,
            .before = before,
            .after = after,
            .source = source,
            .by = by,
        };
        if (!str_equal(before, after) &&
            store_add_history(run->options->store, &history, err))
            return -1;
    }
    return 0;
}

/* When the list's pause begins or ends: at the list's own instant, but when
 * an older list is taken in afterwards neither inside an earlier pause nor
 * before the one under way began (R9: joined). */
static int pause_instant(const struct run *run, int64_t item, int64_t *at_r,
                         struct err *err)
{
    owned(pauses_done) struct pauses pauses = {0};

    if (store_get_pauses(run->options->store, item, &pauses, err))
        return -1;
    *at_r = run->as_of;
    for (size_t i = 0; i < pauses.count; i++) {
        const struct pause *pause = &pauses.items[i];
        int64_t least = pause->ended_at == INSTANT_NONE ? pause->started_at
                                                        : pause->ended_at;
        if (least > *at_r)
            *at_r = least;
    }
    return 0;
}

/* The pause under way ends with this list: its working time is no part of the
 * term (R5).  A year that the calendar lacks counts nothing. */
static int count_pause(const struct run *run, struct item *item,
                       struct err *err)
{
    owned(pauses_done) struct pauses pauses = {0};
    int64_t end = INSTANT_NONE, seconds = 0;
    struct err no_year = {0};

    if (pause_instant(run, item->id, &end, err) ||
        store_get_pauses(run->options->store, item->id, &pauses, err))
        return -1;
    for (size_t i = 0; i < pauses.count; i++) {
        const struct pause *pause = &pauses.items[i];
        if (pause->ended_at == INSTANT_NONE &&
            calendar_count(run->options->calendar, pause->started_at, end,
                           &seconds, &no_year) == 0)
            item->paused_seconds += seconds;
    }
    return 0;
}

static int write_pause(const struct run *run, const struct item *known,
                       const struct item *item, struct err *err)
{
    struct store *store = run->options->store;
    bool before = known && item_is_paused(known);
    bool after = item_is_paused(item);
    int64_t at = INSTANT_NONE;

    if (before == after)
        return 0;
    if (pause_instant(run, item->id, &at, err))
        return -1;
    return after ? store_start_pause(store, item->id, at, err)
                 : store_end_pause(store, item->id, at, err);
}

int item_write(struct run *run, int line, const struct item *known,
               struct item *item, struct err *err)
{
    bool resumed = known && item_is_paused(known) && !item_is_paused(item);

    if ((resumed && count_pause(run, item, err)) ||
        store_put_item(run->options->store, item, err) ||
        write_history(run, line, known, item, err))
        return -1;
    return write_pause(run, known, item, err);
}
