#include "reports/gather.h"

#include "base/own.h"
#include "base/str.h"
#include "reports/lines.h"
#include "rules/evaluate.h"

enum { PROGRESS_STEP = 1024, MOST_WRONG = 200 };

struct gathering {
    struct report *report;
    struct life life;
    int64_t next_end; /* of the next equal period */
    size_t done;
    size_t all;
};

/* ---- as rules see it ---- */

/* An open item with a deadline, for the functions that all share. */
static struct item item_of(const struct gathering *gathering,
                           const struct past_item *past,
                           const struct report_line *line, int64_t deadline)
{
    const struct names *names = gathering->report->names;
    int unit = line->standing.unit;

    return (struct item){
        .kind = past->kind,
        .code = str_copy(past->code),
        .title = str_copy(past->title),
        .procedure = str_copy(past->procedure),
        .field = str_copy(names_text(names, line->field)),
        .unit = str_copy(unit < 0 ? "" : names_text(names, unit)),
        .assignee = str_copy(""),
        .status =
            status_find(past->kind, past->kind == KIND_TASK ? "doing" : "4"),
        .received_at = line->standing.receipt,
        .due_at = deadline,
        .computed_due_at = INSTANT_NONE,
        .original_due_at = INSTANT_NONE,
        .finished_at = INSTANT_NONE,
        .paused_at = INSTANT_NONE,
        .unassigned_at = INSTANT_NONE,
        .supplement_at = INSTANT_NONE,
        .supplement_due_at = INSTANT_NONE,
        .supplement_over_at = INSTANT_NONE,
    };
}

/* Working seconds left; in a year that is not entered as in ordinary weeks. */
static int64_t time_left(const struct gathering *gathering,
                         const struct past_item *past,
                         const struct report_line *line)
{
    const struct policy *policy = gathering->report->options.policy;
    int64_t now = gathering->report->outlook.now;
    owned(item_done) struct item item =
        item_of(gathering, past, line, line->deadline);
    const struct calendar *calendar = policy_calendar(policy, &item);
    struct err no_year = {0};
    int64_t seconds = 0;

    if (calendar_count(calendar, now, line->deadline, &seconds, &no_year) == 0)
        return seconds;
    return line->deadline < now
               ? -calendar_count_assumed(calendar, line->deadline, now)
               : calendar_count_assumed(calendar, now, line->deadline);
}

/* A task is at risk when a step of some rule before its original deadline
 * was reached (R7, R19). */
static bool is_at_risk(const struct gathering *gathering,
                       const struct past_item *past,
                       const struct report_line *line, int64_t now)
{
    struct evaluation evaluation = {0};

    if (!line->standing.running || line->standing.overdue ||
        line->standing.deadline == INSTANT_NONE)
        return false;
    owned(item_done) struct item item =
        item_of(gathering, past, line, line->standing.deadline);
    evaluate(gathering->report->options.policy, &item, now, &evaluation);
    enum level level = evaluation.level;
    evaluation_done(&evaluation);
    return level == LEVEL_AT_RISK || level == LEVEL_DUE_TODAY;
}

/* ---- counting ---- */

static bool is_wanted(const struct report *report, int unit)
{
    const struct directory *directory = report->options.policy->directory;

    if (!report->options.unit)
        return true;
    int above = directory_unit(directory, report->options.unit);
    int place =
        unit < 0 ? NO_UNIT
                 : directory_unit(directory, names_text(report->names, unit));
    return place != NO_UNIT && directory_is_within(directory, place, above);
}

static void count_dossier(struct report *report, const struct report_line *line)
{
    counts_add(&report->total, &line->standing, line->submission);
    counts_add(&groups_of(&report->units, line->standing.unit)->counts,
               &line->standing, line->submission);
    counts_add(&groups_of(&report->fields, line->field)->counts,
               &line->standing, line->submission);
}

static void count_task(struct gathering *gathering,
                       const struct past_item *past,
                       const struct report_line *line)
{
    struct report *report = gathering->report;
    bool at_risk = is_at_risk(gathering, past, line, report->outlook.now);

    duty_counts_add(&report->duties, &line->standing, at_risk);
    duty_counts_add(&groups_of(&report->units, line->standing.unit)->duties,
                    &line->standing, at_risk);
}

static void count_before(struct gathering *gathering,
                         const struct past_item *past, struct report_line *line)
{
    struct report *report = gathering->report;

    line->standing = standing_of(&gathering->life, &report->before);
    if (!standing_in_stock(&line->standing) ||
        !is_wanted(report, line->standing.unit))
        return;
    if (line->kind == KIND_DOSSIER)
        counts_add(&report->total_before, &line->standing, line->submission);
    else
        duty_counts_add(&report->duties_before, &line->standing,
                        is_at_risk(gathering, past, line, report->before.now));
}

/* ---- lists ---- */

static void list_running(struct gathering *gathering,
                         const struct past_item *past, struct report_line *line)
{
    struct report *report = gathering->report;
    int64_t now = report->outlook.now;

    if (line->deadline == INSTANT_NONE)
        return;
    line->left = time_left(gathering, past, line);
    lines_keep_worst(&report->worst, line, REPORT_WORST);
    if (line->deadline >= now && line->deadline < gathering->next_end)
        report->due_next++;
    if (line->kind == KIND_DOSSIER && line->deadline >= now &&
        line->deadline < report->outlook.period.end)
        lines_add(&report->due, line);
    if (report->week_end != INSTANT_NONE && line->deadline <= report->week_end)
        lines_add(&report->work, line);
}

static void list_line(struct gathering *gathering, const struct past_item *past,
                      struct report_line *line)
{
    struct report *report = gathering->report;
    const struct standing *standing = &line->standing;

    if (standing->running)
        list_running(gathering, past, line);
    if (!standing_adds_up(standing) && report->wrong.count < MOST_WRONG)
        lines_add(&report->wrong, line);
    if (standing->gone && (standing->running || standing->paused))
        lines_add(&report->gone, line);
}

/* ---- the visitor ---- */

static int begin(void *context, const struct past_item *item, struct err *err)
{
    struct gathering *gathering = context;

    (void)err;
    life_begin(&gathering->life, item);
    return 0;
}

static int take_row(void *context, const struct past_row *row, struct err *err)
{
    struct gathering *gathering = context;

    (void)err;
    life_row(&gathering->life, row);
    return 0;
}

static bool is_counted(const struct standing *standing)
{
    return standing_in_stock(standing) || !standing_adds_up(standing);
}

static int take_item(struct gathering *gathering, const struct past_item *past,
                     struct report_line *line, struct err *err)
{
    struct report *report = gathering->report;
    const struct report_sink *sink = report->options.sink;

    line->standing = standing_of(&gathering->life, &report->outlook);
    line->deadline =
        line->standing.running
            ? life_deadline(&gathering->life, report->outlook.until)
            : line->standing.deadline;
    if (!is_counted(&line->standing) || !is_wanted(report, line->standing.unit))
        return 0;
    if (line->kind == KIND_DOSSIER)
        count_dossier(report, line);
    else
        count_task(gathering, past, line);
    list_line(gathering, past, line);
    return sink ? sink->line(sink->context, report, line, err) : 0;
}

static void tell_progress(struct gathering *gathering)
{
    const struct report_options *options = &gathering->report->options;

    gathering->done++;
    if (options->progress && gathering->done % PROGRESS_STEP == 0)
        options->progress(options->context, gathering->done, gathering->all);
}

static int end(void *context, const struct past_item *past, struct err *err)
{
    struct gathering *gathering = context;
    struct life *life = &gathering->life;

    tell_progress(gathering);
    life_end(life);
    if (!life_is_known(life) || life->receipt == INSTANT_NONE)
        return 0;
    struct report_line line = {
        .kind = past->kind,
        .code = past->code,
        .title = past->title,
        .assignee_text = past->assignee_text,
        .submission = life->submission,
        .field = life->field,
    };
    int stop = take_item(gathering, past, &line, err);
    if (stop == 0)
        count_before(gathering, past, &line);
    return stop;
}

int gather(struct store *store, struct report *report, struct err *err)
{
    struct gathering gathering = {.report = report};
    const struct zone *zone = calendar_zone(report->options.policy->calendar);
    const struct past_visitor visitor = {begin, take_row, end, &gathering};
    int64_t all = 0;

    life_init(&gathering.life, zone, report->names, report->options.known_at);
    gathering.next_end = period_after(zone, &report->outlook.period).end;
    int failed = store_count_past(store, &all, err);
    gathering.all = (size_t)all;
    if (!failed)
        failed = store_visit_past(store, &visitor, err);
    report->first_learnt = gathering.life.first_learnt;
    life_done(&gathering.life);
    return failed;
}
