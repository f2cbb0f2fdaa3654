/* counts.h - figures of dossiers and of tasks, and what is reckoned from
 * them.  Pure. */
#ifndef REPORTS_COUNTS_H
#define REPORTS_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "reports/life.h"
#include "reports/standing.h"

/* How dossiers came into the period. */
struct ways {
    int64_t online;
    int64_t in_person;
    int64_t by_post;
    int64_t unknown; /* received in the period, and how is not known */
    int64_t carried;
};

/* Dossiers of a unit, of a field, or all of them (DOMAIN 5, R18). */
struct counts {
    struct ways in;
    /* Settled. */
    int64_t settled;
    int64_t early;
    int64_t on_time;
    int64_t late;
    int64_t unjudged; /* no promise is known */
    /* In progress. */
    int64_t running;
    int64_t within;
    int64_t overdue;
    int64_t no_promise;

    int64_t paused;
    int64_t returned;
    int64_t gone;          /* of those in progress or paused */
    struct ways paused_in; /* how those came in, for form II.06a */
    struct ways returned_in;
};

void counts_add(struct counts *counts, const struct standing *standing,
                enum submission submission);

/* Received in the period, and with what was carried over. */
int64_t counts_fresh(const struct counts *counts);
int64_t counts_received(const struct counts *counts);

/* received = settled + running + paused + returned, settled = early + on time
 * + late + unjudged, running = within + overdue + no promise. */
bool counts_add_up(const struct counts *counts);

/* The form II.06a has neither paused nor returned (R18): where an office puts
 * them. */
struct form_rule {
    bool paused_left_out;  /* else in progress, within term */
    bool returned_settled; /* on time; else left out */
};
struct form_counts {
    struct ways in;
    int64_t received;
    int64_t settled, early, on_time, late, unjudged;
    int64_t running, within, overdue, no_promise;
};
struct form_counts form_counts_of(const struct counts *counts,
                                  struct form_rule rule);

/* A share; whole 0: there is none, it is "–" (R19). */
struct share {
    int64_t part;
    int64_t whole;
};
struct share counts_punctual(const struct counts *counts); /* of settled */
struct share counts_punctual_of_received(const struct counts *counts);
struct share counts_online(const struct counts *counts);

/* Tenths of a percent, half up; -1 when there is none. */
int64_t share_permille(struct share share);
/* Tenths of the points of the national index: share times 20. */
int64_t share_points(struct share share);

/* Of due dossiers, how many may still be late before (k + d - m) / (s + d)
 * falls below a target in tenths of a percent (R19); -1 when it is missed
 * already. */
int64_t counts_may_be_late(const struct counts *counts, int64_t due,
                           int64_t target);

/* Directive tasks (R19). */
struct duty_counts {
    int64_t on_time;
    int64_t late;
    int64_t unjudged; /* done, and there was no deadline */
    int64_t running;  /* not overdue */
    int64_t at_risk;  /* of those running */
    int64_t no_deadline;
    int64_t overdue;
    int64_t paused;
    int64_t cancelled;
};

void duty_counts_add(struct duty_counts *counts,
                     const struct standing *standing, bool at_risk);
/* on time + late + without deadline + running + overdue. */
int64_t duty_counts_total(const struct duty_counts *counts);
struct share duty_counts_punctual(const struct duty_counts *counts);

#endif
