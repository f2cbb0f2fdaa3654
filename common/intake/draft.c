#include "intake/draft.h"

#include <string.h>

#include "base/own.h"
#include "base/utf8.h"
#include "intake/dates.h"
#include "intake/promise.h"
#include "intake/shifts.h"
#include "model/cycle.h"

/* No title or note of a real list is longer; what is would fill messages. */
enum { LONGEST_TEXT = 1000, LONGEST_CODE = 100 };

/* Texts that are taken as they are. */
static const struct {
    enum item_field field;
    size_t offset;
} texts[] = {
    {FIELD_TITLE, offsetof(struct item, title)},
    {FIELD_PROCEDURE, offsetof(struct item, procedure)},
    {FIELD_FIELD, offsetof(struct item, field)},
    {FIELD_OWNER, offsetof(struct item, owner)},
    {FIELD_DOCUMENT, offsetof(struct item, document)},
    {FIELD_RECURRENCE, offsetof(struct item, recurrence)},
    {FIELD_OUTPUT, offsetof(struct item, output)},
    {FIELD_PRIORITY, offsetof(struct item, priority)},
    {FIELD_LABELS, offsetof(struct item, labels)},
    {FIELD_NOTE, offsetof(struct item, note)},
};

const char *run_cell(const struct run *run, const struct row *row,
                     enum item_field field)
{
    return cell_of(row, &run->columns, (int)field);
}

const struct calendar *run_calendar(const struct run *run,
                                    const struct item *item)
{
    return options_calendar(run->options, item->unit);
}

struct about run_about(const struct run *run, const struct row *row,
                       enum item_field field)
{
    return (struct about){row->line, header_of(&run->columns, (int)field),
                          run_cell(run, row, field)};
}

static bool has(const struct run *run, enum item_field field)
{
    return columns_have(&run->columns, (int)field);
}

static bool leave_out(struct run *run, const struct row *row,
                      enum item_field field, enum text_id reason)
{
    run->report->rejected++;
    remark_add(run->report, REMARK_LEFT_OUT, run_about(run, row, field),
               TEXT_ROW_LEFT_OUT, "reason",
               text_of(reason, run->report->language), NULL);
    return false;
}

static void set_text(char **kept, const char *text)
{
    owned(str_free) char *copy = str_copy(text);
    str_replace(kept, &copy);
}

static bool take_code(struct run *run, const struct row *row,
                      const struct item *known)
{
    const char *code = run_cell(run, row, FIELD_CODE);

    if (!*code)
        return leave_out(run, row, FIELD_CODE, TEXT_ROW_NO_CODE);
    if (strlen(code) > LONGEST_CODE)
        return leave_out(run, row, FIELD_CODE, TEXT_ROW_LONG_CODE);
    if (known && known->kind != run->options->feed->kind)
        return leave_out(run, row, FIELD_CODE, TEXT_ROW_OTHER_KIND);
    return true;
}

static bool take_status(struct run *run, const struct row *row,
                        struct item *item)
{
    const char *text = run_cell(run, row, FIELD_STATUS);

    item->status = status_find(item->kind, text);
    if (item->status)
        return true;
    return leave_out(run, row, FIELD_STATUS,
                     *text ? TEXT_ROW_BAD_STATUS : TEXT_ROW_NO_STATUS);
}

/* Are the row's dates such?  What a day without a time stands for is settled
 * later, by the calendar of the unit. */
static bool dates_are_good(struct run *run, const struct row *row)
{
    static const enum item_field dates[] = {FIELD_RECEIVED, FIELD_DUE,
                                            FIELD_ORIGINAL_DUE, FIELD_FINISHED};

    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
        int64_t instant = INSTANT_NONE;
        bool by_date = false;
        enum text_id fault =
            date_read(run->options->calendar, run_cell(run, row, dates[i]),
                      DAY_MEANS_MIDNIGHT, INSTANT_NONE, &instant, &by_date);
        if (fault != TEXT_NONE)
            return leave_out(run, row, dates[i], fault);
    }
    return true;
}

static void take_date(const struct run *run, const struct row *row,
                      const struct item *item, enum item_field field,
                      enum day_means means, int64_t *instant)
{
    bool by_date = false;

    if (has(run, field))
        (void)date_read(run_calendar(run, item), run_cell(run, row, field),
                        means, *instant, instant, &by_date);
}

static void take_due(const struct run *run, const struct row *row,
                     struct item *item)
{
    /* The hour of a deadline that we computed is none that the list gave. */
    int64_t said =
        item->due_origin == DUE_COMPUTED ? INSTANT_NONE : item->due_at;

    (void)date_read(run_calendar(run, item), run_cell(run, row, FIELD_DUE),
                    DAY_MEANS_END, said, &item->due_at, &item->due_by_date);
}

/* The deadline that the list says was the first.  Ours, once known, stays;
 * for a new item the list's word is what we know. */
static void take_original(struct run *run, const struct row *row,
                          struct item *item)
{
    int64_t said = item->original_moved.times ? item->original_moved.to
                                              : item->original_due_at;
    int64_t ours = item->original_due_at;

    take_date(run, row, item, FIELD_ORIGINAL_DUE, DAY_MEANS_END, &said);
    if (!has(run, FIELD_ORIGINAL_DUE) || said == INSTANT_NONE)
        return;
    if (ours == INSTANT_NONE)
        item->original_due_at = said;
    if (!shift_original(item, said))
        return;
    owned(str_free) char *before = date_kept(run->options->calendar, ours);
    remark_add(run->report, REMARK_NEEDS_YOU,
               run_about(run, row, FIELD_ORIGINAL_DUE), TEXT_ROW_OTHER_ORIGINAL,
               "code", item->code, "when", before, NULL);
}

/* A date of finishing moved back is how lateness gets hidden (DOMAIN 6). */
static void remark_finish(struct run *run, const struct row *row,
                          const struct item *known, const struct item *item)
{
    if (known && known->finished_at != INSTANT_NONE &&
        item->finished_at != INSTANT_NONE &&
        item->finished_at < known->finished_at) {
        owned(str_free) char *before =
            date_kept(run->options->calendar, known->finished_at);
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_FINISHED), TEXT_ROW_MOVED_BACK,
                   "code", item->code, "when", before, NULL);
    }
    if (item->status->clock == CLOCK_STOPPED &&
        item->finished_at == INSTANT_NONE)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   (struct about){
                       .line = row->line,
                       .column = run_about(run, row, FIELD_FINISHED).column},
                   TEXT_ROW_NO_FINISH, "code", item->code, NULL);
}

static void take_dates(struct run *run, const struct row *row,
                       const struct item *known, struct item *item)
{
    take_date(run, row, item, FIELD_RECEIVED, DAY_MEANS_START,
              &item->received_at);
    take_due(run, row, item);
    take_original(run, row, item);
    take_date(run, row, item, FIELD_FINISHED, DAY_MEANS_MIDNIGHT,
              &item->finished_at);
    if (item->due_at != INSTANT_NONE && item->received_at > item->due_at)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_DUE), TEXT_ROW_EARLY_PROMISE,
                   "code", item->code, "when",
                   run_cell(run, row, FIELD_RECEIVED), NULL);
    remark_finish(run, row, known, item);
}

static void take_text(struct run *run, const struct row *row,
                      enum item_field field, char **kept)
{
    const char *text = run_cell(run, row, field);
    size_t length = strlen(text);

    if (length > LONGEST_TEXT)
        remark_add(run->report, REMARK_NOTE,
                   (struct about){.line = row->line,
                                  .column = run_about(run, row, field).column},
                   TEXT_ROW_LONG_TEXT, NULL);
    owned(str_free) char *cut =
        str_copy_bytes(text, utf8_fit(text, length, LONGEST_TEXT));
    str_replace(kept, &cut);
}

/* A procedure that is known goes by its code (R17). */
static void take_procedure(struct run *run, struct item *item)
{
    const struct procedure *procedure = promise_procedure(run, item);

    if (procedure)
        set_text(&item->procedure, procedure->code);
}

static void take_texts(struct run *run, const struct row *row,
                       struct item *item)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (has(run, texts[i].field))
            take_text(run, row, texts[i].field,
                      (char **)(void *)((char *)item + texts[i].offset));
    if (item->kind == KIND_DOSSIER && !has(run, FIELD_PROCEDURE))
        set_text(&item->procedure, item->title);
    take_procedure(run, item);
    if (has(run, FIELD_SUBMISSION))
        item->submission =
            submission_parse(run_cell(run, row, FIELD_SUBMISSION));
    set_text(&item->feed, run->options->feed->name);
}

/* To whom that goes which has no holder (R14). */
static char *goes_to(const struct run *run, const char *unit)
{
    return text_fill(*unit ? TEXT_ROW_TO_HEAD : TEXT_ROW_TO_ADMINS,
                     run->report->language, "unit", unit, NULL);
}

static void remark_nobody(struct run *run, const struct row *row,
                          enum item_field field, const char *unit)
{
    const char *name = run_cell(run, row, field);
    struct about about = run_about(run, row, field);
    int near = NOBODY;
    owned(str_free) char *receiver = goes_to(run, unit);

    if (remark_again(run->report, about.column, name))
        return;
    near = directory_near_person(run->directory, name);
    if (near == NOBODY) {
        remark_add(run->report, REMARK_NEEDS_YOU, about, TEXT_ROW_NOBODY,
                   "receiver", receiver, NULL);
        return;
    }
    const struct person *person = &run->directory->people[near];
    remark_add(run->report, REMARK_NEEDS_YOU, about, TEXT_ROW_NEARLY, "code",
               person->code, "name", person->name, "receiver", receiver, NULL);
}

/* A name that fits two people is nobody's (R14). */
static void take_assignee(struct run *run, const struct row *row, int person,
                          bool several, struct item *item)
{
    const char *text = run_cell(run, row, FIELD_ASSIGNEE);

    if (person != NOBODY) {
        /* The name as we know it, so that a list that gives codes and one
         * that gives names say the same. */
        set_text(&item->assignee, run->directory->people[person].code);
        set_text(&item->assignee_text, run->directory->people[person].name);
        return;
    }
    set_text(&item->assignee, "");
    take_text(run, row, FIELD_ASSIGNEE, &item->assignee_text);
    owned(str_free) char *receiver = goes_to(run, item->unit);
    if (!*text)
        run->handlerless += item_is_open(item);
    else if (several)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_ASSIGNEE), TEXT_ROW_SEVERAL,
                   "receiver", receiver, NULL);
    else
        remark_nobody(run, row, FIELD_ASSIGNEE, item->unit);
}

static const char *unit_code(const struct run *run, int unit)
{
    return unit == NO_UNIT ? "" : run->directory->units[unit].code;
}

/* The unit where the list does not say it: the handler's, else the
 * procedure's, else the one that received (R17). */
static const char *other_unit(struct run *run, const struct row *row,
                              int person, const struct item *item)
{
    const struct procedure *procedure = promise_procedure(run, item);

    if (person != NOBODY &&
        run->directory->people[person].unit_index != NO_UNIT)
        return unit_code(run, run->directory->people[person].unit_index);
    int of_procedure =
        procedure ? directory_unit(run->directory, procedure->unit) : NO_UNIT;
    if (of_procedure != NO_UNIT)
        return unit_code(run, of_procedure);
    int received = directory_find_unit(
        run->directory, run_cell(run, row, FIELD_RECEIVING_UNIT));
    if (received == NO_UNIT)
        return has(run, FIELD_UNIT) ? "" : item->unit;
    remark_add(run->report, REMARK_NOTE,
               run_about(run, row, FIELD_RECEIVING_UNIT),
               TEXT_ROW_RECEIVING_UNIT, NULL);
    return unit_code(run, received);
}

static void take_unit(struct run *run, const struct row *row, int person,
                      struct item *item)
{
    const char *text = run_cell(run, row, FIELD_UNIT);
    int unit = directory_find_unit(run->directory, text);
    const char *code = unit_code(run, unit);

    if (unit == NO_UNIT)
        code = other_unit(run, row, person, item);
    if (unit == NO_UNIT && (*text || !*code)) {
        owned(str_free) char *receiver =
            text_fill(*code ? TEXT_ROW_AS_OF_UNIT : TEXT_ROW_TO_ADMINS,
                      run->report->language, "unit", code, NULL);
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_UNIT),
                   *text ? TEXT_ROW_NO_SUCH_UNIT : TEXT_ROW_NO_UNIT, "receiver",
                   receiver, NULL);
    }
    set_text(&item->unit, code);
}

/* Codes with commas, of units written by code or name. */
static void take_coordinating(struct run *run, const struct row *row,
                              struct item *item)
{
    struct strs names = {0};
    struct strs codes = {0};

    strs_split(&names, run_cell(run, row, FIELD_COORDINATING), ',');
    for (size_t i = 0; i < names.count; i++) {
        int unit = directory_find_unit(run->directory, names.items[i]);
        struct about about = run_about(run, row, FIELD_COORDINATING);
        about.value = names.items[i];
        if (unit != NO_UNIT)
            strs_add(&codes, unit_code(run, unit));
        else
            remark_add(run->report, REMARK_NEEDS_YOU, about, TEXT_ROW_NOT_TOLD,
                       NULL);
    }
    owned(str_free) char *joined = strs_join(&codes, ",");
    str_replace(&item->coordinating, &joined);
    strs_done(&names);
    strs_done(&codes);
}

static void take_assigned_by(struct run *run, const struct row *row,
                             struct item *item)
{
    const char *text = run_cell(run, row, FIELD_ASSIGNED_BY);
    bool several = false;
    int person = directory_find_person(run->directory, text, &several);

    set_text(&item->assigned_by,
             person == NOBODY ? "" : run->directory->people[person].code);
    if (*text && person == NOBODY)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_ASSIGNED_BY), TEXT_ROW_NOT_KEPT,
                   NULL);
}

static void take_holders(struct run *run, const struct row *row,
                         struct item *item)
{
    bool several = false;
    const char *name = has(run, FIELD_ASSIGNEE)
                           ? run_cell(run, row, FIELD_ASSIGNEE)
                           : item->assignee;
    int person = directory_find_person(run->directory, name, &several);

    take_unit(run, row, person, item);
    if (has(run, FIELD_ASSIGNEE))
        take_assignee(run, row, person, several, item);
    if (has(run, FIELD_COORDINATING))
        take_coordinating(run, row, item);
    if (has(run, FIELD_ASSIGNED_BY))
        take_assigned_by(run, row, item);
}

/* What recurs begins with its first date; without it nobody would ever be
 * told. */
static void remark_recurrence(struct run *run, const struct row *row,
                              const struct item *item)
{
    enum cycle cycle = cycle_parse(item->recurrence);
    bool due = item->due_at != INSTANT_NONE;
    enum text_id text = TEXT_NONE;

    if (!has(run, FIELD_RECURRENCE) || !item_is_open(item))
        return;
    if (cycle == CYCLE_UNKNOWN)
        text = TEXT_ROW_BAD_CYCLE;
    else if (cycle_recurs(cycle) && !due)
        text = TEXT_ROW_NO_FIRST_DUE;
    else if (cycle == CYCLE_STANDING && due)
        text = TEXT_ROW_STANDING_DUE;
    if (text != TEXT_NONE)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, FIELD_RECURRENCE), text, "code",
                   item->code, NULL);
}

bool draft_item(struct run *run, const struct row *row,
                const struct item *known, struct item *item_r)
{
    owned(item_done) struct item item =
        known ? item_copy(known)
              : item_fresh(run->options->feed->kind,
                           run_cell(run, row, FIELD_CODE));

    if (!take_code(run, row, known) || !take_status(run, row, &item) ||
        !dates_are_good(run, row))
        return false;
    take_texts(run, row, &item);
    take_holders(run, row, &item);
    take_dates(run, row, known, &item);
    remark_recurrence(run, row, &item);
    promise_settle(run, row, known, &item);
    item.gone = false;
    *item_r = item;
    item = (struct item){0};
    return true;
}
