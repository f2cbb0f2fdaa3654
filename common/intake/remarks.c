#include "intake/remarks.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/own.h"
#include "base/str.h"

enum { MOST_REMARKS = 1000 };

static const char *const severity_names[] = {
    [REMARK_NOTE] = "note",
    [REMARK_NEEDS_YOU] = "needs-you",
    [REMARK_LEFT_OUT] = "left-out",
};

const char *remark_severity_name(enum remark_severity severity)
{
    return severity_names[severity];
}

static void remark_done(struct remark *remark)
{
    str_free(&remark->column);
    str_free(&remark->value);
    str_free(&remark->text);
}

const struct calendar *options_calendar(const struct intake_options *options,
                                        const char *unit)
{
    return options->timetable
               ? timetable_of_unit(options->timetable, str_or_empty(unit))
               : options->calendar;
}

void intake_report_done(struct intake_report *report)
{
    for (size_t i = 0; i < report->remark_count; i++)
        remark_done(&report->remarks[i]);
    free(report->remarks);
    *report = (struct intake_report){0};
}

/* The remark on this cell's value, of any text when text is NULL. */
static struct remark *find(struct intake_report *report, const char *column,
                           const char *value, const char *text)
{
    for (size_t i = 0; i < report->remark_count; i++) {
        struct remark *remark = &report->remarks[i];
        if (str_equal(remark->column, column) &&
            str_equal(remark->value, value) &&
            (!text || str_equal(remark->text, text)))
            return remark;
    }
    return NULL;
}

bool remark_again(struct intake_report *report, const char *column,
                  const char *value)
{
    struct remark *remark = find(report, column, value, NULL);

    if (remark)
        remark->more++;
    return remark;
}

void remark_add(struct intake_report *report, enum remark_severity severity,
                struct about about, enum text_id id, ...)
{
    va_list pairs;

    va_start(pairs, id);
    owned(str_free) char *text = text_vfill(id, report->language, pairs);
    va_end(pairs);
    struct remark remark = {
        .line = about.line,
        .severity = severity,
        .column = str_copy(str_or_empty(about.column)),
        .value = str_copy(str_or_empty(about.value)),
        .text = give(text),
    };
    struct remark *before =
        find(report, remark.column, remark.value, remark.text);
    if (before)
        before->more++;
    else if (report->remark_count == MOST_REMARKS)
        report->remarks_dropped++;
    if (before || report->remark_count == MOST_REMARKS) {
        remark_done(&remark);
        return;
    }
    report->needs_you += severity != REMARK_NOTE;
    report->remarks =
        mem_grow(report->remarks, report->remark_count + 1, sizeof(remark));
    report->remarks[report->remark_count++] = remark;
}

void remark_count(struct intake_report *report, enum remark_severity severity,
                  enum text_id id, int64_t count)
{
    owned(str_free) char *number = str_format("%lld", (long long)count);

    remark_add(report, severity, (struct about){0}, id, "count", number, NULL);
}

static int by_line(const void *a, const void *b)
{
    const struct remark *one = a, *other = b;
    return (one->line > other->line) - (one->line < other->line);
}

void remarks_sort(struct intake_report *report)
{
    if (report->remark_count)
        qsort(report->remarks, report->remark_count, sizeof(*report->remarks),
              by_line);
}
