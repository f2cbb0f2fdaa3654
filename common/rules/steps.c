#include "rules/steps.h"

enum { MOST_SLOTS = 100000 };

/* How long before the deadline a share of the term is left. */
static int share_before(const struct calendar *calendar,
                        const struct item *item, struct span share,
                        int64_t *at_r, struct err *err)
{
    int64_t receipt = 0, term = 0, deadline = item_deadline(item);

    if (item->received_at == INSTANT_NONE)
        return err_set(err, ERR_NOT_FOUND,
                       "%s has no receipt to count its term from", item->code);
    if (calendar_receipt(calendar, item->received_at, &receipt, err) ||
        calendar_count(calendar, receipt, deadline, &term, err))
        return -1;
    term -= item->paused_seconds; /* the clock stood (R5) */
    if (term < 0)
        term = 0;
    return calendar_before_seconds(
        calendar, deadline, term * share.thousandths / 100000, at_r, err);
}

/* All tasks without a deadline are counted by the same weeks, so that whoever
 * is told of them is told of all at once: from the Friday before the week in
 * which one was given, weeks end on Fridays. */
static int64_t friday_before(const struct calendar *calendar,
                             const struct item *item)
{
    const struct zone *zone = calendar_zone(calendar);
    struct date given = zone_civil(zone, item->received_at).date;
    struct date friday = date_plus(given, -date_weekday(given) - 3);

    return zone_instant(zone, (struct civil){.date = friday});
}

/* The instant from which the step counts. */
static int64_t counted_from(const struct calendar *calendar,
                            const struct item *item, const struct step *step)
{
    if (step->subject == SUBJECT_NO_DEADLINE)
        return friday_before(calendar, item);
    return step->subject == SUBJECT_DEADLINE && item->kind != KIND_SYSTEM
               ? item_deadline(item)
               : subject_version(item, step->subject);
}

/* The step's own instant, from which its slots are counted. */
static int step_base(const struct calendar *calendar, const struct item *item,
                     const struct step *step, int64_t *at_r, struct err *err)
{
    int64_t origin = counted_from(calendar, item, step);

    switch (step->anchor) {
    case STEP_BEFORE:
        if (step->span.unit == SPAN_SHARE)
            return share_before(calendar, item, step->span, at_r, err);
        return calendar_before(calendar, origin, step->span, at_r, err);
    case STEP_DUE_DAY:
        return calendar_due_day(calendar, origin, at_r, err);
    case STEP_AFTER:
        return calendar_after(calendar, origin, step->span, at_r, err);
    case STEP_RAISED:
        break;
    }
    *at_r = origin;
    return 0;
}

static int slot_instant(const struct calendar *calendar,
                        const struct item *item, const struct step *step,
                        int slot, int64_t *at_r, struct err *err)
{
    struct span shift = step->repeat_every;
    int64_t base = 0;

    if (step_base(calendar, item, step, &base, err))
        return -1;
    shift.thousandths *= slot;
    if (slot > 0)
        return calendar_after(calendar, base, shift, at_r, err);
    /* Overdue begins one second after the promise; how long something lasts
     * is counted from its beginning. */
    bool at_promise = step->anchor == STEP_AFTER &&
                      (step->subject == SUBJECT_DEADLINE ||
                       step->subject == SUBJECT_SUPPLEMENT) &&
                      base == counted_from(calendar, item, step);
    *at_r = base + (at_promise ? 1 : 0);
    return 0;
}

bool step_counts(const struct item *item, const struct step *step)
{
    return subject_counts(item, step->subject) &&
           subject_times(item, step->subject) >= step->times;
}

/* Is there anything from which the step could be counted? */
static int check_origin(const struct item *item, const struct step *step,
                        struct err *err)
{
    if (step->subject != SUBJECT_DEADLINE)
        return subject_times(item, step->subject)
                   ? 0
                   : err_set(err, ERR_NOT_FOUND, "%s: no %s", item->code,
                             subject_name(step->subject));
    if (step->anchor == STEP_RAISED)
        return 0;
    if (item->due_at == INSTANT_NONE)
        return err_set(err, ERR_NOT_FOUND, "%s has no deadline", item->code);
    if (item->give_back_waits)
        return err_set(err, ERR_NO_YEAR,
                       "%s: a pause is not given back yet: a year is missing",
                       item->code);
    return 0;
}

int step_instant(const struct policy *policy, const struct item *item,
                 const struct step *step, int64_t *at_r, struct err *err)
{
    if (check_origin(item, step, err))
        return -1;
    return slot_instant(policy_calendar(policy, item), item, step, 0, at_r,
                        err);
}

int step_reached_at(const struct policy *policy, const struct item *item,
                    const struct step *step, int slot, int64_t *at_r,
                    struct err *err)
{
    const struct calendar *calendar = policy_calendar(policy, item);
    int64_t at = 0, receipt = 0;

    if (check_origin(item, step, err))
        return -1;
    if (slot_instant(calendar, item, step, slot, &at, err))
        return -1;
    if (item->received_at != INSTANT_NONE && item->kind != KIND_SYSTEM) {
        /* In a year not entered nobody can say when work began; the step can
         * be told all the same (R8). */
        struct err no_year = {0};
        if (calendar_receipt(calendar, item->received_at, &receipt, &no_year))
            receipt = item->received_at;
        if (at < receipt)
            at = receipt;
    }
    if (step->subject == SUBJECT_SUPPLEMENT && at < item->supplement_at)
        at = item->supplement_at;
    *at_r = at;
    return 0;
}

static int last_slot(const struct step *step)
{
    if (!step->repeats)
        return 0;
    return step->repeat_times < 0 ? MOST_SLOTS : step->repeat_times;
}

/* Slots are in order of time: the first one after now, or last + 1.  Fails
 * only when slot 0 does. */
static int first_slot_after(const struct policy *policy,
                            const struct item *item, const struct step *step,
                            int64_t now, int *slot_r, struct err *err)
{
    int low = 0, high = last_slot(step) + 1;
    int64_t at = 0;

    if (step_reached_at(policy, item, step, 0, &at, err))
        return -1;
    /* Leap forward first: most items are at their first few slots. */
    for (int leap = 1; low + leap < high; leap *= 2) {
        struct err beyond = {0};
        if (step_reached_at(policy, item, step, low + leap - 1, &at, &beyond) ||
            at > now) {
            high = low + leap - 1;
            break;
        }
        low += leap;
    }
    while (low < high) {
        struct err beyond = {0};
        int middle = low + (high - low) / 2;
        if (step_reached_at(policy, item, step, middle, &at, &beyond) ||
            at > now)
            high = middle;
        else
            low = middle + 1;
    }
    *slot_r = low;
    return 0;
}

int step_latest_slot(const struct policy *policy, const struct item *item,
                     const struct step *step, int64_t now, int *slot_r,
                     int64_t *at_r, int64_t *next_r, struct err *err)
{
    struct err beyond = {0};
    int after = 0;

    *next_r = INSTANT_NEVER;
    if (first_slot_after(policy, item, step, now, &after, err))
        return -1;
    if (after <= last_slot(step))
        (void)step_reached_at(policy, item, step, after, next_r, &beyond);
    if (after == 0)
        return err_set(err, ERR_NOT_FOUND, "not reached");
    *slot_r = after - 1;
    return step_reached_at(policy, item, step, after - 1, at_r, err);
}
