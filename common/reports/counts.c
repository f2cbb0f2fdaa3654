#include "reports/counts.h"

#include <stddef.h>

/* ---- dossiers ---- */

static void come_in(struct ways *ways, const struct standing *standing,
                    enum submission submission)
{
    ways->carried += standing->carried;
    if (!standing->fresh)
        return;
    switch (submission) {
    case SUBMITTED_ONLINE:
        ways->online++;
        break;
    case SUBMITTED_IN_PERSON:
        ways->in_person++;
        break;
    case SUBMITTED_BY_POST:
        ways->by_post++;
        break;
    case SUBMITTED_UNKNOWN:
        ways->unknown++;
        break;
    }
}

static void add_settled(struct counts *counts, enum punctuality punctuality)
{
    counts->settled++;
    switch (punctuality) {
    case PUNCTUAL_EARLY:
        counts->early++;
        break;
    case PUNCTUAL_ON_TIME:
        counts->on_time++;
        break;
    case PUNCTUAL_LATE:
        counts->late++;
        break;
    case PUNCTUAL_UNKNOWN:
        counts->unjudged++;
        break;
    }
}

static void add_running(struct counts *counts, const struct standing *standing)
{
    counts->running++;
    if (standing->deadline == INSTANT_NONE)
        counts->no_promise++;
    else if (standing->overdue)
        counts->overdue++;
    else
        counts->within++;
}

void counts_add(struct counts *counts, const struct standing *standing,
                enum submission submission)
{
    come_in(&counts->in, standing, submission);
    if (standing->paused)
        come_in(&counts->paused_in, standing, submission);
    if (standing->returned)
        come_in(&counts->returned_in, standing, submission);
    if (standing->settled)
        add_settled(counts, standing->punctuality);
    if (standing->running)
        add_running(counts, standing);
    counts->paused += standing->paused;
    counts->returned += standing->returned;
    counts->gone += standing->gone && (standing->running || standing->paused);
}

static int64_t fresh_of(const struct ways *ways)
{
    return ways->online + ways->in_person + ways->by_post + ways->unknown;
}

int64_t counts_fresh(const struct counts *counts)
{
    return fresh_of(&counts->in);
}

int64_t counts_received(const struct counts *counts)
{
    return fresh_of(&counts->in) + counts->in.carried;
}

bool counts_add_up(const struct counts *counts)
{
    return counts_received(counts) == counts->settled + counts->running +
                                          counts->paused + counts->returned &&
           counts->settled == counts->early + counts->on_time + counts->late +
                                  counts->unjudged &&
           counts->running ==
               counts->within + counts->overdue + counts->no_promise;
}

static void leave_out(struct ways *ways, const struct ways *out)
{
    ways->online -= out->online;
    ways->in_person -= out->in_person;
    ways->by_post -= out->by_post;
    ways->unknown -= out->unknown;
    ways->carried -= out->carried;
}

struct form_counts form_counts_of(const struct counts *counts,
                                  struct form_rule rule)
{
    struct form_counts form = {.in = counts->in,
                               .settled = counts->settled,
                               .early = counts->early,
                               .on_time = counts->on_time,
                               .late = counts->late,
                               .unjudged = counts->unjudged,
                               .running = counts->running,
                               .within = counts->within,
                               .overdue = counts->overdue,
                               .no_promise = counts->no_promise};
    int64_t paused = rule.paused_left_out ? 0 : counts->paused;
    int64_t returned = rule.returned_settled ? counts->returned : 0;

    form.running += paused;
    form.within += paused;
    form.settled += returned;
    form.on_time += returned;
    if (rule.paused_left_out)
        leave_out(&form.in, &counts->paused_in);
    if (!rule.returned_settled)
        leave_out(&form.in, &counts->returned_in);
    form.received = fresh_of(&form.in) + form.in.carried;
    return form;
}

/* ---- rates ---- */

struct share counts_punctual(const struct counts *counts)
{
    return (struct share){counts->early + counts->on_time, counts->settled};
}

struct share counts_punctual_of_received(const struct counts *counts)
{
    return (struct share){counts->early + counts->on_time,
                          counts_received(counts)};
}

struct share counts_online(const struct counts *counts)
{
    const struct ways *in = &counts->in;

    return (struct share){in->online, in->online + in->in_person + in->by_post};
}

static int64_t tenths(struct share share, int64_t scale)
{
    if (share.whole <= 0)
        return -1;
    return (2 * scale * share.part + share.whole) / (2 * share.whole);
}

int64_t share_permille(struct share share)
{
    return tenths(share, 1000);
}

int64_t share_points(struct share share)
{
    return tenths(share, 200);
}

int64_t counts_may_be_late(const struct counts *counts, int64_t due,
                           int64_t target)
{
    int64_t spare = 1000 * (counts->early + counts->on_time + due) -
                    target * (counts->settled + due);

    if (spare < 0)
        return -1;
    return spare / 1000;
}

/* ---- tasks ---- */

static void add_done(struct duty_counts *counts, enum punctuality punctuality)
{
    switch (punctuality) {
    case PUNCTUAL_EARLY:
    case PUNCTUAL_ON_TIME:
        counts->on_time++;
        break;
    case PUNCTUAL_LATE:
        counts->late++;
        break;
    case PUNCTUAL_UNKNOWN:
        counts->unjudged++;
        break;
    }
}

void duty_counts_add(struct duty_counts *counts,
                     const struct standing *standing, bool at_risk)
{
    if (standing->settled)
        add_done(counts, standing->punctuality);
    counts->cancelled += standing->returned;
    counts->paused += standing->paused;
    if (!standing->running)
        return;
    if (standing->overdue) {
        counts->overdue++;
        return;
    }
    counts->running++;
    counts->at_risk += at_risk;
    counts->no_deadline += standing->deadline == INSTANT_NONE;
}

int64_t duty_counts_total(const struct duty_counts *counts)
{
    return counts->on_time + counts->late + counts->unjudged + counts->running +
           counts->overdue;
}

struct share duty_counts_punctual(const struct duty_counts *counts)
{
    return (struct share){counts->on_time, counts->on_time + counts->late};
}
