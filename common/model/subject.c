#include "model/subject.h"

#include "base/str.h"
#include "model/cycle.h"

static const char *const names[SUBJECTS] = {
    [SUBJECT_DEADLINE] = "deadline",
    [SUBJECT_SUPPLEMENT] = "supplement",
    [SUBJECT_PAUSE] = "pause",
    [SUBJECT_UNASSIGNED] = "unassigned",
    [SUBJECT_NO_DEADLINE] = "no-deadline",
    [SUBJECT_REQUESTED] = "supplement-requested",
    [SUBJECT_RESUMED] = "resumed-after-supplement",
    [SUBJECT_FINISH_MOVED] = "finish-moved-back",
    [SUBJECT_ORIGINAL_MOVED] = "original-deadline-changed",
};

const char *subject_name(enum subject subject)
{
    return names[subject];
}

enum subject subject_parse(const char *text)
{
    for (int subject = 0; subject < SUBJECTS; subject++)
        if (str_equal(names[subject], text))
            return (enum subject)subject;
    return SUBJECT_DEADLINE;
}

bool subject_is_event(enum subject subject)
{
    return subject >= SUBJECT_REQUESTED;
}

/* What is done all the time is to have none. */
static bool lacks_deadline(const struct item *item)
{
    return item->kind == KIND_TASK && item->due_at == INSTANT_NONE &&
           item->received_at != INSTANT_NONE &&
           cycle_parse(str_or_empty(item->recurrence)) != CYCLE_STANDING;
}

int64_t subject_version(const struct item *item, enum subject subject)
{
    switch (subject) {
    case SUBJECT_SUPPLEMENT:
        return item->supplement_due_at;
    case SUBJECT_PAUSE:
        return item->paused_at;
    case SUBJECT_UNASSIGNED:
        return item->unassigned_at;
    case SUBJECT_NO_DEADLINE:
        return item->received_at;
    case SUBJECT_REQUESTED:
        return item->supplement_at;
    case SUBJECT_RESUMED:
        return item->supplement_over_at;
    case SUBJECT_FINISH_MOVED:
        return item->finish_moved.at;
    case SUBJECT_ORIGINAL_MOVED:
        return item->original_moved.at;
    case SUBJECT_DEADLINE:
    case SUBJECTS:
        break;
    }
    return item->kind == KIND_SYSTEM ? item->received_at : item->due_at;
}

int64_t subject_times(const struct item *item, enum subject subject)
{
    switch (subject) {
    case SUBJECT_SUPPLEMENT:
        return item_awaits_papers(item) &&
               item->supplement_due_at != INSTANT_NONE;
    case SUBJECT_PAUSE:
        return item_is_paused(item) && item->paused_at != INSTANT_NONE;
    case SUBJECT_UNASSIGNED:
        return str_empty(item->assignee) && item->unassigned_at != INSTANT_NONE;
    case SUBJECT_NO_DEADLINE:
        return lacks_deadline(item);
    case SUBJECT_REQUESTED:
        return item->supplement_count;
    case SUBJECT_RESUMED:
        return item->supplement_over_at != INSTANT_NONE &&
                       item->supplement_over_at >= item->supplement_at
                   ? item->supplement_count
                   : 0;
    case SUBJECT_FINISH_MOVED:
        return item->finish_moved.times;
    case SUBJECT_ORIGINAL_MOVED:
        return item->original_moved.times;
    case SUBJECT_DEADLINE:
    case SUBJECTS:
        break;
    }
    return 1;
}

bool subject_counts(const struct item *item, enum subject subject)
{
    bool of_dates =
        subject == SUBJECT_FINISH_MOVED || subject == SUBJECT_ORIGINAL_MOVED;
    bool of_pause = subject == SUBJECT_SUPPLEMENT || subject == SUBJECT_PAUSE ||
                    subject == SUBJECT_REQUESTED;

    if (item->kind == KIND_SYSTEM && subject != SUBJECT_DEADLINE)
        return false;
    if (item_is_series(item) || item->gone || subject_times(item, subject) == 0)
        return false;
    if (item_is_paused(item))
        return of_pause;
    return item_is_open(item) ||
           (of_dates && item->status->clock != CLOCK_NOT_STARTED);
}
