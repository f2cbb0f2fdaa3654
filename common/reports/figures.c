#include "reports/figures.h"

/* A column that is a member of its struct. */
struct column {
    const char *name;
    enum text_id head;
    size_t offset;
};

static int64_t member(const void *counts, size_t offset)
{
    return *(const int64_t *)(const void *)((const char *)counts + offset);
}

/* ---- dossiers ---- */

/* The first is a sum of others. */
static const struct column columns[FIGURES] = {
#define MEMBER(of) offsetof(struct counts, of)
    [FIGURE_RECEIVED] = {"received", TEXT_FIGURE_RECEIVED, 0},
    [FIGURE_ONLINE] = {"online", TEXT_FIGURE_ONLINE, MEMBER(in.online)},
    [FIGURE_IN_PERSON] = {"in_person", TEXT_FIGURE_IN_PERSON,
                          MEMBER(in.in_person)},
    [FIGURE_BY_POST] = {"by_post", TEXT_FIGURE_BY_POST, MEMBER(in.by_post)},
    [FIGURE_UNKNOWN_WAY] = {"unknown_way", TEXT_FIGURE_UNKNOWN_WAY,
                            MEMBER(in.unknown)},
    [FIGURE_CARRIED] = {"carried_over", TEXT_FIGURE_CARRIED,
                        MEMBER(in.carried)},
    [FIGURE_SETTLED] = {"settled", TEXT_FIGURE_SETTLED, MEMBER(settled)},
    [FIGURE_EARLY] = {"early", TEXT_FIGURE_EARLY, MEMBER(early)},
    [FIGURE_ON_TIME] = {"on_time", TEXT_FIGURE_ON_TIME, MEMBER(on_time)},
    [FIGURE_LATE] = {"late", TEXT_FIGURE_LATE, MEMBER(late)},
    [FIGURE_UNJUDGED] = {"unjudged", TEXT_FIGURE_UNJUDGED, MEMBER(unjudged)},
    [FIGURE_RUNNING] = {"in_progress", TEXT_FIGURE_RUNNING, MEMBER(running)},
    [FIGURE_WITHIN] = {"within_term", TEXT_FIGURE_WITHIN, MEMBER(within)},
    [FIGURE_OVERDUE] = {"overdue", TEXT_FIGURE_OVERDUE, MEMBER(overdue)},
    [FIGURE_NO_PROMISE] = {"no_promise", TEXT_FIGURE_NO_PROMISE,
                           MEMBER(no_promise)},
    [FIGURE_PAUSED] = {"paused", TEXT_FIGURE_PAUSED, MEMBER(paused)},
    [FIGURE_RETURNED] = {"returned", TEXT_FIGURE_RETURNED, MEMBER(returned)},
#undef MEMBER
};

const char *figure_name(enum figure figure)
{
    return columns[figure].name;
}

enum text_id figure_head(enum figure figure)
{
    return columns[figure].head;
}

int64_t figure_of(const struct counts *counts, enum figure figure)
{
    return figure == FIGURE_RECEIVED ? counts_received(counts)
                                     : member(counts, columns[figure].offset);
}

/* ---- tasks ---- */

static const struct column duties[DUTY_FIGURES] = {
#define MEMBER(of) offsetof(struct duty_counts, of)
    [DUTY_TOTAL] = {"total", TEXT_DUTY_TOTAL, 0},
    [DUTY_ON_TIME] = {"done_on_time", TEXT_DUTY_ON_TIME, MEMBER(on_time)},
    [DUTY_LATE] = {"done_late", TEXT_DUTY_LATE, MEMBER(late)},
    [DUTY_UNJUDGED] = {"done_without_deadline", TEXT_DUTY_UNJUDGED,
                       MEMBER(unjudged)},
    [DUTY_RUNNING] = {"in_progress", TEXT_DUTY_RUNNING, MEMBER(running)},
    [DUTY_AT_RISK] = {"at_risk", TEXT_DUTY_AT_RISK, MEMBER(at_risk)},
    [DUTY_NO_DEADLINE] = {"no_deadline", TEXT_DUTY_NO_DEADLINE,
                          MEMBER(no_deadline)},
    [DUTY_OVERDUE] = {"overdue", TEXT_DUTY_OVERDUE, MEMBER(overdue)},
    [DUTY_PAUSED] = {"paused", TEXT_DUTY_PAUSED, MEMBER(paused)},
    [DUTY_CANCELLED] = {"cancelled", TEXT_DUTY_CANCELLED, MEMBER(cancelled)},
#undef MEMBER
};

const char *duty_figure_name(enum duty_figure figure)
{
    return duties[figure].name;
}

enum text_id duty_figure_head(enum duty_figure figure)
{
    return duties[figure].head;
}

int64_t duty_figure_of(const struct duty_counts *counts,
                       enum duty_figure figure)
{
    return figure == DUTY_TOTAL ? duty_counts_total(counts)
                                : member(counts, duties[figure].offset);
}

/* ---- the form ---- */

/* Of those that are not members: received directly. */
static const struct column form[FORM_FIGURES] = {
#define MEMBER(of) offsetof(struct form_counts, of)
    [FORM_RECEIVED] = {"received", TEXT_FIGURE_RECEIVED, MEMBER(received)},
    [FORM_ONLINE] = {"online", TEXT_FIGURE_ONLINE, MEMBER(in.online)},
    [FORM_DIRECT] = {"in_person_or_by_post", TEXT_FIGURE_DIRECT, 0},
    [FORM_CARRIED] = {"carried_over", TEXT_FIGURE_CARRIED, MEMBER(in.carried)},
    [FORM_SETTLED] = {"settled", TEXT_FIGURE_SETTLED, MEMBER(settled)},
    [FORM_EARLY] = {"early", TEXT_FIGURE_EARLY, MEMBER(early)},
    [FORM_ON_TIME] = {"on_time", TEXT_FIGURE_ON_TIME, MEMBER(on_time)},
    [FORM_LATE] = {"late", TEXT_FIGURE_LATE, MEMBER(late)},
    [FORM_RUNNING] = {"in_progress", TEXT_FIGURE_RUNNING, MEMBER(running)},
    [FORM_WITHIN] = {"within_term", TEXT_FIGURE_WITHIN, MEMBER(within)},
    [FORM_OVERDUE] = {"overdue", TEXT_FIGURE_OVERDUE, MEMBER(overdue)},
#undef MEMBER
};

const char *form_figure_name(enum form_figure figure)
{
    return form[figure].name;
}

enum text_id form_figure_head(enum form_figure figure)
{
    return form[figure].head;
}

int64_t form_figure_of(const struct form_counts *counts,
                       enum form_figure figure)
{
    return figure == FORM_DIRECT ? counts->in.in_person + counts->in.by_post
                                 : member(counts, form[figure].offset);
}
