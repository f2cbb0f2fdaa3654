#include "intake/ours.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"

const struct override *ours_of(const struct overrides *overrides,
                               enum facet facet)
{
    for (size_t i = 0; i < overrides->count; i++)
        if (str_equal(overrides->items[i].field, facet_name(facet)))
            return &overrides->items[i];
    return NULL;
}

struct item ours_undone(const struct calendar *calendar,
                        const struct item *known,
                        const struct overrides *overrides)
{
    struct item item = item_copy(known);

    for (size_t i = 0; i < overrides->count; i++) {
        const struct override *override = &overrides->items[i];
        facet_set(calendar, &item, facet_find(override->field),
                  override->theirs, override->by_day);
    }
    return item;
}

static bool is_running(const struct status *status)
{
    return status->clock == CLOCK_RUNS || status->clock == CLOCK_NOT_STARTED;
}

/* Against a source that says "paused" we say that it is not; against one that
 * says "over", that it is not over. */
static bool agrees_that_it_runs(const struct status *said,
                                const struct status *theirs)
{
    if (theirs && theirs->clock == CLOCK_PAUSED)
        return said->clock != CLOCK_PAUSED;
    return is_running(said) || said->clock == CLOCK_PAUSED;
}

static bool statuses_agree(const struct item *our, const struct item *said,
                           const char *theirs)
{
    switch (our->status->clock) {
    case CLOCK_PAUSED:
        return !is_running(said->status);
    case CLOCK_STOPPED:
    case CLOCK_ENDED:
        return said->status->clock == our->status->clock;
    case CLOCK_NOT_STARTED:
    case CLOCK_RUNS:
        break;
    }
    return agrees_that_it_runs(said->status, status_find(our->kind, theirs));
}

bool ours_agreed(const struct calendar *calendar, enum facet facet,
                 const struct item *our, const struct item *said,
                 const char *theirs)
{
    enum { DAY_LENGTH = sizeof("2026-06-25") - 1 };
    owned(str_free) char *ours = facet_value(calendar, our, facet);
    owned(str_free) char *value = facet_value(calendar, said, facet);

    if (facet == FACET_STATUS)
        return statuses_agree(our, said, theirs);
    /* Of a finish only the day is compared with the promise. */
    if (facet == FACET_FINISHED || (facet == FACET_DUE && said->due_by_date))
        return strncmp(ours, value, DAY_LENGTH) == 0;
    return str_equal(ours, value);
}
