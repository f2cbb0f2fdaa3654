#include "reports/narrative.h"

#include "base/own.h"
#include "reports/numbers.h"
#include "reports/wording.h"

static char *number(const struct report *report, int64_t count)
{
    return number_text(count, report->options.language);
}

/* One sentence with up to three numbers: {a}, {b}, {c}. */
static void tell(const struct report *report, struct strs *sentences,
                 enum text_id text, const int64_t numbers[3])
{
    owned(str_free) char *a = number(report, numbers[0]);
    owned(str_free) char *b = number(report, numbers[1]);
    owned(str_free) char *c = number(report, numbers[2]);
    owned(str_free) char *said =
        text_fill(text, report->options.language, "a", a, "b", b, "c", c, NULL);

    strs_give(sentences, &said);
}

#define TELL(text, ...)                                                        \
    tell(report, sentences, text, (const int64_t[3]){__VA_ARGS__})

/* ---- I. results ---- */

static void tell_rate(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    struct share now = counts_punctual(&report->total);
    struct share before = counts_punctual(&report->total_before);
    owned(str_free) char *rate = share_text(now, language);
    owned(str_free) char *change = share_change_text(now, before, language);
    bool compared = report->has_before && now.whole > 0 && before.whole > 0;
    owned(str_free) char *said =
        text_fill(compared ? TEXT_TOLD_RATE_CHANGED : TEXT_TOLD_RATE, language,
                  "rate", rate, "change", change, NULL);

    if (now.whole > 0)
        strs_give(sentences, &said);
}

static void tell_online(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    struct share online = counts_online(&report->total);
    owned(str_free) char *rate = share_text(online, language);
    owned(str_free) char *said =
        text_fill(TEXT_TOLD_ONLINE, language, "rate", rate, NULL);

    if (online.whole > 0)
        strs_give(sentences, &said);
}

static void tell_results(const struct report *report, struct strs *sentences)
{
    const struct counts *total = &report->total;
    const struct duty_counts *duties = &report->duties;

    if (counts_received(total)) {
        TELL(TEXT_TOLD_RECEIVED, counts_received(total), counts_fresh(total),
             total->in.carried);
        TELL(TEXT_TOLD_SETTLED, total->settled, total->early + total->on_time,
             total->late);
        tell_rate(report, sentences);
        tell_online(report, sentences);
    }
    if (duty_counts_total(duties))
        TELL(TEXT_TOLD_DUTIES, duty_counts_total(duties),
             duties->on_time + duties->late + duties->unjudged,
             duties->on_time);
}

/* ---- II. what is wanting ---- */

/* The unit with the most overdue dossiers; the first among equals. */
static void tell_worst_unit(const struct report *report, struct strs *sentences)
{
    const struct report_group *worst = NULL;

    for (size_t i = 0; i < report->units.count; i++) {
        const struct report_group *unit = &report->units.items[i];
        if (unit->counts.overdue > (worst ? worst->counts.overdue : 0))
            worst = unit;
    }
    if (!worst)
        return;
    owned(str_free) char *count = number(report, worst->counts.overdue);
    owned(str_free) char *said =
        text_fill(TEXT_TOLD_WORST_UNIT, report->options.language, "unit",
                  report_unit_name(report, worst->name), "count", count, NULL);
    strs_give(sentences, &said);
}

static void tell_worst_line(const struct report *report, struct strs *sentences)
{
    const struct report_line *line =
        report->worst.count ? &report->worst.items[0] : NULL;

    if (!line || line->deadline >= report->outlook.now)
        return;
    owned(str_free) char *left = line_left_text(report, line);
    owned(str_free) char *said =
        text_fill(TEXT_TOLD_WORST, report->options.language, "code", line->code,
                  "left", left, "holder", report_holder(report, line), NULL);
    strs_give(sentences, &said);
}

static void tell_wanting(const struct report *report, struct strs *sentences)
{
    const struct counts *total = &report->total;

    if (total->overdue)
        TELL(TEXT_TOLD_OVERDUE, total->overdue);
    tell_worst_unit(report, sentences);
    if (total->late)
        TELL(TEXT_TOLD_LATE, total->late);
    if (report->duties.overdue + report->duties.late)
        TELL(TEXT_TOLD_DUTIES_LATE, report->duties.overdue,
             report->duties.late);
    tell_worst_line(report, sentences);
    if (total->no_promise)
        TELL(TEXT_TOLD_NO_PROMISE, total->no_promise);
    if (total->late + total->overdue)
        TELL(TEXT_TOLD_CAUSES, total->late + total->overdue);
}

/* ---- III. what is next ---- */

static void tell_next(const struct report *report, struct strs *sentences)
{
    if (report->worst.count &&
        report->worst.items[0].deadline < report->outlook.now)
        TELL(TEXT_TOLD_FINISH_OVERDUE, report->total.overdue,
             report->duties.overdue);
    if (report->due_next)
        TELL(TEXT_TOLD_DUE_NEXT, report->due_next);
    if (report->total.paused)
        TELL(TEXT_TOLD_PAUSED, report->total.paused);
    if (report->duties.at_risk)
        TELL(TEXT_TOLD_AT_RISK, report->duties.at_risk);
}

/* ---- IV. proposals ---- */

static int64_t unassigned(const struct report *report)
{
    for (size_t i = 0; i < report->loads.count; i++)
        if (report->loads.items[i].assignee < 0)
            return report->loads.items[i].count;
    return 0;
}

static bool has_stale_source(const struct report *report)
{
    for (size_t i = 0; i < report->options.source_count; i++)
        if (report->options.sources[i].stale)
            return true;
    return false;
}

static void tell_proposals(const struct report *report, struct strs *sentences)
{
    if (unassigned(report))
        TELL(TEXT_TOLD_ASSIGN, unassigned(report));
    if (report->total.late + report->total.overdue)
        TELL(TEXT_TOLD_APOLOGISE, report->total.late + report->total.overdue);
    if (has_stale_source(report))
        TELL(TEXT_TOLD_MEND_SOURCE, 0);
    if (report->wrong.count)
        TELL(TEXT_TOLD_MEND_DATA, (int64_t)report->wrong.count);
    if (report->gone.count)
        TELL(TEXT_TOLD_LOOK_FOR_GONE, (int64_t)report->gone.count);
}

/* ---- the parts ---- */

static const struct {
    enum text_id heading;
    enum text_id nothing;
    void (*tell)(const struct report *report, struct strs *sentences);
} parts[NARRATIVE_PARTS] = {
    [PART_RESULTS] = {TEXT_PART_RESULTS, TEXT_PART_NO_RESULTS, tell_results},
    [PART_WANTING] = {TEXT_PART_WANTING, TEXT_PART_NOT_WANTING, tell_wanting},
    [PART_NEXT] = {TEXT_PART_NEXT, TEXT_PART_NOTHING_NEXT, tell_next},
    [PART_PROPOSALS] = {TEXT_PART_PROPOSALS, TEXT_PART_NO_PROPOSALS,
                        tell_proposals},
};

enum text_id narrative_heading(enum narrative_part part)
{
    return parts[part].heading;
}

void narrative_tell(const struct report *report, enum narrative_part part,
                    struct strs *sentences)
{
    size_t before = sentences->count;

    parts[part].tell(report, sentences);
    if (sentences->count == before)
        strs_add(sentences,
                 text_of(parts[part].nothing, report->options.language));
}
