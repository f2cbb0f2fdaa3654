#include "reports/standing.h"

/* What happens at the very moment of the report is part of it; what happens
 * at the period's end belongs to the next. */
struct outlook outlook_of(const struct period *period, int64_t known_at)
{
    bool over = known_at >= period->end;

    return (struct outlook){.period = *period,
                            .now = over ? period->end : known_at,
                            .until = over ? period->end : known_at + 1};
}

static bool is_in_stock(enum stage stage)
{
    return stage == STAGE_RUNS || stage == STAGE_PAUSED;
}

static bool is_within(const struct period *period, int64_t at)
{
    return at >= period->start && at < period->end;
}

/* Was it opened again in the period, having been out at its turn? */
static bool is_reopened(const struct life *life, const struct outlook *outlook)
{
    for (size_t i = 1; i < life->turn_count; i++) {
        const struct turn *turn = &life->turns[i];
        enum stage before = life->turns[i - 1].stage;
        if (is_within(&outlook->period, turn->at) &&
            turn->at < outlook->until && is_in_stock(turn->stage) &&
            (before == STAGE_SETTLED || before == STAGE_RETURNED))
            return true;
    }
    return false;
}

static enum punctuality compare_dates(const struct zone *zone,
                                      int64_t finished_at, int64_t deadline)
{
    if (deadline == INSTANT_NONE)
        return PUNCTUAL_UNKNOWN;
    int order = date_compare(zone_civil(zone, finished_at).date,
                             zone_civil(zone, deadline).date);
    if (order == 0)
        return PUNCTUAL_ON_TIME;
    return order < 0 ? PUNCTUAL_EARLY : PUNCTUAL_LATE;
}

/* The promise that counts: of tasks the original one, whatever was extended
 * (R19). */
static int64_t deadline_of(const struct life *life, const struct turn *finish,
                           const struct outlook *outlook)
{
    if (life->kind == KIND_TASK)
        return life_original(life);
    return finish ? life_deadline_of(life, finish)
                  : life_deadline(life, outlook->until);
}

/* What became of it by the end. */
static void take_end(struct standing *standing, const struct life *life,
                     const struct outlook *outlook)
{
    enum stage stage = life_stage(life, outlook->until);
    const struct turn *turn = life_turn(life, outlook->until);
    bool out = stage == STAGE_SETTLED || stage == STAGE_RETURNED;

    standing->deadline =
        deadline_of(life, stage == STAGE_SETTLED ? turn : NULL, outlook);
    standing->paused = stage == STAGE_PAUSED;
    standing->running = stage == STAGE_RUNS;
    standing->overdue = standing->running &&
                        standing->deadline != INSTANT_NONE &&
                        outlook->now > standing->deadline;
    if (!out || !is_within(&outlook->period, turn->at))
        return;
    standing->finished_at = turn->at;
    standing->settled = stage == STAGE_SETTLED;
    standing->returned = stage == STAGE_RETURNED;
    if (standing->settled)
        standing->punctuality =
            compare_dates(life->zone, turn->at, standing->deadline);
}

struct standing standing_of(const struct life *life,
                            const struct outlook *outlook)
{
    const struct period *period = &outlook->period;
    int64_t until = outlook->until;
    struct standing standing = {.receipt = life->receipt,
                                .deadline = INSTANT_NONE,
                                .finished_at = INSTANT_NONE,
                                .unit = life_name(&life->unit, until),
                                .assignee = life_name(&life->assignee, until),
                                .gone = life_is_gone(life, until)};

    if (life->receipt == INSTANT_NONE || life->receipt >= until)
        return standing;
    standing.fresh = is_within(period, life->receipt);
    standing.carried = life->receipt < period->start &&
                       (is_in_stock(life_stage(life, period->start)) ||
                        is_reopened(life, outlook));
    take_end(&standing, life, outlook);
    return standing;
}

bool standing_in_stock(const struct standing *standing)
{
    return standing->fresh || standing->carried;
}

bool standing_adds_up(const struct standing *standing)
{
    int left = standing->fresh + standing->carried;
    int right = standing->settled + standing->returned + standing->paused +
                standing->running;

    return left == right;
}
