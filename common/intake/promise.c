#include "intake/promise.h"

#include "base/own.h"
#include "intake/dates.h"

const struct procedure *promise_procedure(const struct run *run,
                                          const struct item *item)
{
    return procedures_of(&run->procedures, item);
}

/* Is the dossier new to us, or new as one that was received? */
static bool is_first_receipt(const struct item *known, const struct item *item)
{
    if (item->kind != KIND_DOSSIER || item->received_at == INSTANT_NONE)
        return false;
    return !known || known->received_at == INSTANT_NONE ||
           known->due_origin == DUE_AWAITS_YEAR;
}

static struct about about_due(const struct run *run, const struct row *row)
{
    struct about about = run_about(run, row, FIELD_DUE);
    about.value = "";
    return about;
}

/* What is needed of a dossier whose list gives no promise. */
static void remark_unknown(struct run *run, const struct row *row,
                           const struct item *item)
{
    bool by_code = *run_cell(run, row, FIELD_PROCEDURE) != '\0';

    if (item->due_at == INSTANT_NONE && item_is_open(item) &&
        run->procedures.count)
        remark_add(run->report, REMARK_NEEDS_YOU,
                   run_about(run, row, by_code ? FIELD_PROCEDURE : FIELD_TITLE),
                   TEXT_ROW_OTHER_PROCEDURE, NULL);
}

/* The first year from the receipt on that the calendar lacks. */
static int missing_year(const struct calendar *calendar, int64_t received)
{
    int year = zone_civil(calendar_zone(calendar), received).date.year;

    while (calendar_has_year(calendar, year))
        year++;
    return year;
}

/* A year that was not entered is waited for (R8); other terms cannot be
 * counted at all. */
static void remark_refused(struct run *run, const struct row *row,
                           struct item *item, const struct err *fault)
{
    const struct calendar *calendar = run_calendar(run, item);

    if (item->due_at != INSTANT_NONE) {
        run->not_compared++;
        return;
    }
    if (fault->code != ERR_NO_YEAR) {
        remark_add(run->report, REMARK_NEEDS_YOU, about_due(run, row),
                   TEXT_ROW_NO_DEADLINE, "why", fault->text, NULL);
        return;
    }
    owned(str_free) char *year =
        str_format("%d", missing_year(calendar, item->received_at));
    item->due_origin = DUE_AWAITS_YEAR;
    remark_add(run->report, REMARK_NEEDS_YOU, about_due(run, row),
               TEXT_ROW_NEEDS_YEAR, "calendar", calendar_name(calendar), "list",
               calendar_list(calendar), "year", year, NULL);
}

static void compute(struct run *run, const struct row *row, struct item *item)
{
    const struct procedure *procedure = promise_procedure(run, item);
    struct err fault = {0};

    if (!procedure) {
        remark_unknown(run, row, item);
        return;
    }
    if (calendar_term(run_calendar(run, item), item->received_at,
                      procedure_term(procedure, item->submission),
                      procedure->cutoff, &item->computed_due_at, &fault))
        remark_refused(run, row, item, &fault);
}

/* An empty cell is "unknown", so that nobody would be told of the promise any
 * more: that must not happen silently. */
static void remark_lost(struct run *run, const struct row *row,
                        const struct item *known, const struct item *item)
{
    if (!known || known->due_at == INSTANT_NONE ||
        known->due_origin != DUE_AS_SAID || item->due_at != INSTANT_NONE)
        return;
    owned(str_free) char *before =
        date_kept(run->options->calendar, known->due_at);
    remark_add(run->report, REMARK_NEEDS_YOU, run_about(run, row, FIELD_DUE),
               item->computed_due_at == INSTANT_NONE
                   ? TEXT_ROW_LOST_PROMISE
                   : TEXT_ROW_PROMISE_TAKEN_BACK,
               "code", item->code, "when", before, NULL);
}

static void count_difference(struct run *run, const struct item *item)
{
    if (item_promise_differs(item, calendar_zone(run->options->calendar)) &&
        run->differing++ == 0)
        run->example = item_copy(item);
}

void promise_settle(struct run *run, const struct row *row,
                    const struct item *known, struct item *item)
{
    item->due_origin = DUE_AS_SAID;
    if (is_first_receipt(known, item))
        compute(run, row, item);
    remark_lost(run, row, known, item);
    if (item->due_at == INSTANT_NONE && item->computed_due_at != INSTANT_NONE) {
        item->due_at = item->computed_due_at;
        item->due_origin = DUE_COMPUTED;
    }
    if (item->original_due_at == INSTANT_NONE)
        item->original_due_at = item->due_at;
    count_difference(run, item);
}

static void remark_differing(struct run *run)
{
    const struct item *example = &run->example;

    if (!run->differing)
        return;
    owned(str_free) char *count = str_format("%lld", (long long)run->differing);
    owned(str_free) char *said =
        date_kept(run->options->calendar, example->due_at);
    owned(str_free) char *computed =
        date_kept(run->options->calendar, example->computed_due_at);
    remark_add(run->report, REMARK_NOTE, (struct about){0}, TEXT_LIST_DIFFERING,
               "count", count, "code", example->code, "said", said, "procedure",
               example->procedure, "computed", computed, NULL);
}

void promise_remark_whole(struct run *run)
{
    remark_differing(run);
    if (run->not_compared)
        remark_count(run->report, REMARK_NOTE, TEXT_LIST_NOT_COMPARED,
                     run->not_compared);
}
