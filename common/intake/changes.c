#include "intake/changes.h"

#include "base/own.h"
#include "intake/clocks.h"
#include "intake/dates.h"
#include "intake/recurring.h"
#include "intake/shifts.h"
#include "store/items.h"

static const size_t texts[] = {
    offsetof(struct item, title),         offsetof(struct item, procedure),
    offsetof(struct item, field),         offsetof(struct item, unit),
    offsetof(struct item, coordinating),  offsetof(struct item, assignee),
    offsetof(struct item, assignee_text), offsetof(struct item, owner),
    offsetof(struct item, assigned_by),   offsetof(struct item, document),
    offsetof(struct item, recurrence),    offsetof(struct item, output),
    offsetof(struct item, priority),      offsetof(struct item, labels),
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
           known->ours != item->ours || known->submission != item->submission ||
           known->due_by_date != item->due_by_date ||
           known->original_moved.times != item->original_moved.times ||
           known->due_origin != item->due_origin;
}

/* The values that history follows, as it keeps them; yours. */
typedef char *value_of(const struct change *change, const struct item *item);

static char *status_value(const struct change *change, const struct item *item)
{
    (void)change;
    return str_copy(item->status->code);
}

static char *due_value(const struct change *change, const struct item *item)
{
    return date_kept(change->calendar, item->due_at);
}

/* Only where it is another than the promise. */
static char *deadline_value(const struct change *change,
                            const struct item *item)
{
    int64_t deadline = item_deadline(item);
    return date_kept(change->calendar,
                     deadline == item->due_at ? INSTANT_NONE : deadline);
}

static char *computed_value(const struct change *change,
                            const struct item *item)
{
    return date_kept(change->calendar, item->computed_due_at);
}

static char *finished_value(const struct change *change,
                            const struct item *item)
{
    return date_kept(change->calendar, item->finished_at);
}

static char *unit_value(const struct change *change, const struct item *item)
{
    (void)change;
    return str_copy(item->unit);
}

static char *assignee_value(const struct change *change,
                            const struct item *item)
{
    (void)change;
    return str_copy(item->assignee);
}

static char *gone_value(const struct change *change, const struct item *item)
{
    (void)change;
    return str_copy(item->gone ? "yes" : "");
}

static char *received_value(const struct change *change,
                            const struct item *item)
{
    return date_kept(change->calendar, item->received_at);
}

static char *submission_value(const struct change *change,
                              const struct item *item)
{
    (void)change;
    return str_copy(submission_name(item->submission));
}

static char *field_value(const struct change *change, const struct item *item)
{
    (void)change;
    return str_copy(item->field);
}

/* What hardly ever changes is written down only when it does: until then the
 * item itself has it, and history is not made half as long again. */
static const struct {
    const char *name;
    value_of *value;
    bool only_later;
} followed[] = {
    {"status", status_value, false},
    {"due", due_value, false},
    {"deadline", deadline_value, false},
    {"computed-due", computed_value, false},
    {"unit", unit_value, false},
    {"assignee", assignee_value, false},
    {"finished", finished_value, false},
    {"gone", gone_value, false},
    {"received", received_value, true},
    {"submission", submission_value, true},
    {"field", field_value, true},
};

/* When a change happened in the world: a finish has its date, what an item
 * came with dates from its receipt; of the rest the change's own instant is
 * all that is known. */
static int64_t happened_at(const struct change *change,
                           const struct item *known, const struct item *item,
                           value_of *value)
{
    bool finish =
        value == finished_value ||
        (value == status_value && item->status->clock == CLOCK_STOPPED);

    if (finish && item->finished_at != INSTANT_NONE)
        return item->finished_at;
    if (!known && item->received_at != INSTANT_NONE &&
        item->received_at < change->at &&
        (value != status_value || item->status->clock == CLOCK_RUNS ||
         item->status->clock == CLOCK_NOT_STARTED))
        return item->received_at;
    return change->at;
}

/* Where a change comes from; of a deadline that was computed just now, by
 * which term too: the table may have another one later. */
static char *source_of(const struct change *change, const struct item *known,
                       const struct item *item, value_of *value)
{
    const struct procedure *procedure =
        change->procedures ? procedures_of(change->procedures, item) : NULL;
    bool computed = value == computed_value ||
                    (value == due_value && item->due_origin == DUE_COMPUTED);
    char term[32] = "";

    if (!procedure || !computed ||
        (known && known->computed_due_at == item->computed_due_at))
        return str_copy(change->source);
    span_format(procedure_term(procedure, item->submission), term);
    return str_format("%s, %s %s", change->source, procedure->code, term);
}

static int write_row(const struct change *change, struct history *history,
                     struct err *err)
{
    owned(str_free) char *by = str_copy(change->by);
    owned(str_free) char *why = str_copy(change->why);

    history->learnt_at = change->learnt_at;
    history->by = by;
    history->why = why;
    return store_add_history(change->store, history, err);
}

static int write_history(const struct change *change, const struct item *known,
                         const struct item *item, struct err *err)
{
    for (size_t i = 0; i < sizeof(followed) / sizeof(*followed); i++) {
        if (followed[i].only_later && !known)
            continue;
        owned(str_free) char *before =
            known ? followed[i].value(change, known) : str_copy("");
        owned(str_free) char *after = followed[i].value(change, item);
        owned(str_free) char *field = str_copy(followed[i].name);
        owned(str_free) char *source =
            source_of(change, known, item, followed[i].value);
        struct history history = {
            .item = item->id,
            .happened_at = happened_at(change, known, item, followed[i].value),
            .field = field,
            .before = before,
            .after = after,
            .source = source,
        };
        if (!str_equal(before, after) && write_row(change, &history, err))
            return -1;
    }
    return 0;
}

/* The original deadline itself stays; that another was said is history. */
static int write_original(const struct change *change, const struct item *known,
                          const struct item *item, struct err *err)
{
    if (!shifts_moved_original(known, item))
        return 0;
    owned(str_free) char *before =
        date_kept(change->calendar, item->original_moved.from);
    owned(str_free) char *after =
        date_kept(change->calendar, item->original_moved.to);
    owned(str_free) char *field = str_copy("original-due");
    owned(str_free) char *source = str_copy(change->source);
    struct history history = {
        .item = item->id,
        .happened_at = change->at,
        .field = field,
        .before = before,
        .after = after,
        .source = source,
    };
    return write_row(change, &history, err);
}

int change_write(const struct change *change, const struct item *known,
                 struct item *item, struct err *err)
{
    owned(clocks_done) struct clocks clocks = {0};

    if (shifts_settle(change, known, item, err) ||
        clocks_settle(change, known, item, &clocks, err) ||
        store_put_item(change->store, item, err) ||
        write_history(change, known, item, err) ||
        write_original(change, known, item, err))
        return -1;
    return clocks_write(change, item, &clocks, err);
}

int change_settle_waiting(const struct change *change, const struct item *known,
                          struct item *item, struct err *err)
{
    owned(clocks_done) struct clocks clocks = {0};

    if (clocks_settle_waiting(change, item, &clocks, err))
        return -1;
    if (item_deadline(item) == item_deadline(known) &&
        item->paused_seconds == known->paused_seconds &&
        item->supplement_due_at == known->supplement_due_at)
        return 0;
    if (store_put_item(change->store, item, err) ||
        write_history(change, known, item, err))
        return -1;
    return clocks_write(change, item, &clocks, err);
}

/* ---- by command ---- */

static int refuse(const struct change *change, const struct item *item,
                  enum text_id why, int64_t when, struct err *err)
{
    char text[20] = "";

    if (when != INSTANT_NONE)
        zone_format(calendar_zone(change->calendar), when, text);
    return text_err(err, ERR_INVALID, why, change->language, "code", item->code,
                    "when", text, NULL);
}

/* When the last of an item's pauses ended; INSTANT_NONE: never. */
static int last_end(const struct change *change, const struct item *item,
                    int64_t *end_r, struct err *err)
{
    owned(pauses_done) struct pauses pauses = {0};

    if (store_get_pauses(change->store, item->id, &pauses, err))
        return -1;
    *end_r =
        pauses.count ? pauses.items[pauses.count - 1].ended_at : INSTANT_NONE;
    return 0;
}

static int change_status(const struct change *change, struct item *item,
                         const struct status *status, struct err *err)
{
    owned(item_done) struct item known = item_copy(item);

    item->status = status;
    return change_write(change, &known, item, err);
}

int change_pause(const struct change *change, struct item *item,
                 const struct status *paused, struct err *err)
{
    int64_t end = INSTANT_NONE;

    if (last_end(change, item, &end, err))
        return -1;
    if (!item_is_open(item))
        return refuse(change, item, TEXT_PAUSE_NOT_OPEN, INSTANT_NONE, err);
    if (item_is_paused(item))
        return refuse(change, item, TEXT_PAUSE_TWICE, item->paused_at, err);
    if (change->at > change->learnt_at)
        return refuse(change, item, TEXT_PAUSE_AHEAD, change->at, err);
    if (change->at < end)
        return refuse(change, item, TEXT_PAUSE_OVERLAPS, end, err);
    return change_status(change, item, paused, err);
}

int change_resume(const struct change *change, struct item *item,
                  const struct status *running, struct err *err)
{
    if (!item_is_open(item) || !item_is_paused(item))
        return refuse(change, item, TEXT_PAUSE_NONE, INSTANT_NONE, err);
    if (change->at > change->learnt_at)
        return refuse(change, item, TEXT_PAUSE_AHEAD, change->at, err);
    if (change->at < item->paused_at)
        return refuse(change, item, TEXT_PAUSE_REVERSED, item->paused_at, err);
    return change_status(change, item, running, err);
}

/* ---- by list ---- */

char *run_source(const struct run *run, int line)
{
    const struct intake_options *options = run->options;

    return line ? str_format("%s %s:%d", options->feed->name, options->file,
                             line)
                : str_format("%s %s", options->feed->name, options->file);
}

int item_write(struct run *run, int line, const struct item *known,
               struct item *item, struct err *err)
{
    owned(str_free) char *source = run_source(run, line);
    const struct change change = {
        .store = run->options->store,
        .calendar = run_calendar(run, item),
        .procedures = &run->procedures,
        .at = run->as_of,
        .learnt_at = run->as_of,
        .source = source,
        .by = run->options->by,
        .why = run->options->why,
        .language = run->options->language,
    };

    struct strs opened = {0};
    int failed = change_write(&change, known, item, err) ||
                 recurring_settle(&change, known, item, &opened, err);
    run->opened += (int64_t)opened.count;
    strs_done(&opened);
    return failed ? -1 : 0;
}
