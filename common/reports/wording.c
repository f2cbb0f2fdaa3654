#include "reports/wording.h"

#include "base/own.h"
#include "base/str.h"
#include "render/words.h"
#include "reports/numbers.h"
#include "rules/left.h"

const struct zone *report_zone(const struct report *report)
{
    return calendar_zone(report->options.policy->calendar);
}

static char *number(const struct report *report, int64_t count)
{
    return number_text(count, report->options.language);
}

char *line_left_text(const struct report *report,
                     const struct report_line *line)
{
    const struct zone *zone = report_zone(report);
    bool overdue = line->deadline < report->outlook.now;
    bool today = !overdue &&
                 date_compare(zone_civil(zone, line->deadline).date,
                              zone_civil(zone, report->outlook.now).date) == 0;
    struct time_left left =
        time_left_of(report->options.policy->calendar,
                     today ? LEVEL_DUE_TODAY : LEVEL_OVERDUE, line->left);
    const struct words_span span = {.days = left.days,
                                    .hours = left.hours,
                                    .minutes = left.minutes,
                                    .clock = left.by_clock};

    return words_left(span, overdue, report->options.language);
}

/* ---- rates ---- */

static void say_punctual(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    const struct counts *total = &report->total;
    owned(str_free) char *rate = share_text(counts_punctual(total), language);
    owned(str_free) char *points =
        tenths_text(share_points(counts_punctual_of_received(total)), language);
    owned(str_free) char *early = number(report, total->early);
    owned(str_free) char *on_time = number(report, total->on_time);
    owned(str_free) char *settled = number(report, total->settled);
    owned(str_free) char *received = number(report, counts_received(total));
    owned(str_free) char *of_settled =
        text_fill(TEXT_RATE_PUNCTUAL, language, "rate", rate, "early", early,
                  "punctual", on_time, "settled", settled, NULL);
    owned(str_free) char *of_received =
        text_fill(TEXT_RATE_INDEX, language, "points", points, "early", early,
                  "punctual", on_time, "received", received, NULL);

    strs_give(sentences, &of_settled);
    strs_give(sentences, &of_received);
}

static void say_online(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    const struct ways *in = &report->total.in;
    owned(str_free) char *rate =
        share_text(counts_online(&report->total), language);
    owned(str_free) char *online = number(report, in->online);
    owned(str_free) char *in_person = number(report, in->in_person);
    owned(str_free) char *by_post = number(report, in->by_post);
    owned(str_free) char *said =
        text_fill(TEXT_RATE_ONLINE, language, "rate", rate, "online", online,
                  "direct", in_person, "post", by_post, NULL);

    strs_give(sentences, &said);
}

static void say_duties(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    const struct duty_counts *duties = &report->duties;
    owned(str_free) char *rate =
        share_text(duty_counts_punctual(duties), language);
    owned(str_free) char *on_time = number(report, duties->on_time);
    owned(str_free) char *late = number(report, duties->late);
    owned(str_free) char *said =
        text_fill(TEXT_RATE_DUTIES, language, "rate", rate, "punctual", on_time,
                  "late", late, NULL);

    strs_give(sentences, &said);
}

/* Only while the period is under way is there anything left to lose. */
static void say_target(const struct report *report, struct strs *sentences)
{
    enum text_language language = report->options.language;
    struct share target = {report->options.target, 1000};

    if (report->outlook.now >= report->outlook.period.end)
        return;
    owned(str_free) char *wanted = share_text(target, language);
    owned(str_free) char *due = number(report, (int64_t)report->due.count);
    owned(str_free) char *count = number(report, report->may_be_late);
    owned(str_free) char *said = text_fill(
        report->may_be_late < 0 ? TEXT_RATE_MISSED : TEXT_RATE_MAY_BE_LATE,
        language, "target", wanted, "due", due, "count", count, NULL);
    strs_give(sentences, &said);
}

void report_rates(const struct report *report, struct strs *sentences)
{
    say_punctual(report, sentences);
    say_online(report, sentences);
    say_duties(report, sentences);
    say_target(report, sentences);
}

/* ---- the rest ---- */

char *report_identity(const struct report *report)
{
    const struct counts *total = &report->total;
    owned(str_free) char *received = number(report, counts_received(total));
    owned(str_free) char *settled = number(report, total->settled);
    owned(str_free) char *running = number(report, total->running);
    owned(str_free) char *paused = number(report, total->paused);
    owned(str_free) char *returned = number(report, total->returned);

    return text_fill(TEXT_REPORT_IDENTITY, report->options.language, "received",
                     received, "settled", settled, "running", running, "paused",
                     paused, "returned", returned, NULL);
}

char *report_loads_heading(const struct report *report)
{
    if (report->week_end == INSTANT_NONE)
        return NULL;
    owned(str_free) char *when =
        moment_written(report_zone(report), report->week_end);
    owned(str_free) char *hours =
        hours_text(report->week_seconds, report->options.language);
    return text_fill(TEXT_REPORT_LOADS, report->options.language, "when", when,
                     "hours", hours, NULL);
}

/* Causes are not recorded yet: all are unknown, which is not the same as
 * that there are none. */
char *report_causes(const struct report *report)
{
    owned(str_free) char *count =
        number(report, report->total.late + report->total.overdue);

    return text_fill(TEXT_REPORT_CAUSE_LINE, report->options.language, "count",
                     count, NULL);
}
