/* What stands above every form: whose report it is, and what its figures rest
 * on. */
#include "base/own.h"
#include "reports/forms.h"
#include "reports/numbers.h"

enum { CODES_SHOWN = 10 };

static const struct zone *zone_of(const struct report *report)
{
    return calendar_zone(report->options.policy->calendar);
}

char *report_title(const struct report *report)
{
    owned(str_free) char *period =
        period_text(&report->options.period, report->options.language);

    return text_fill(TEXT_REPORT_TITLE, report->options.language, "period",
                     period, NULL);
}

static void note(const struct report *report, struct strs *notes,
                 enum text_id text, int64_t when, const char *feed)
{
    owned(str_free) char *moment = moment_written(zone_of(report), when);
    owned(str_free) char *said =
        text_fill(text, report->options.language, "when", moment, "known",
                  moment, "feed", str_or_empty(feed), NULL);

    strs_give(notes, &said);
}

static void note_stale(const struct report *report, struct strs *notes)
{
    for (size_t i = 0; i < report->options.source_count; i++) {
        const struct source *source = &report->options.sources[i];
        if (source->stale && source->as_of != INSTANT_NONE)
            note(report, notes, TEXT_REPORT_DATA_STALE, source->as_of,
                 source->label);
    }
}

static void note_sources(const struct report *report, struct strs *notes)
{
    for (size_t i = 0; i < report->options.source_count; i++) {
        const struct source *source = &report->options.sources[i];
        enum text_id text = TEXT_REPORT_DATA;
        if (source->as_of == INSTANT_NONE)
            text = TEXT_REPORT_DATA_NONE;
        else if (source->as_of < report->outlook.now)
            text = TEXT_REPORT_DATA_EARLY;
        if (source->as_of < report->outlook.period.end &&
            report->outlook.now < report->outlook.period.end &&
            text == TEXT_REPORT_DATA_EARLY)
            text = TEXT_REPORT_DATA;
        note(report, notes, text, source->as_of, source->label);
    }
}

static char *codes_text(const struct report *report,
                        const struct report_lines *lines)
{
    struct strs codes = {0};

    for (size_t i = 0; i < lines->count && i < CODES_SHOWN; i++)
        strs_add(&codes, lines->items[i].code);
    owned(str_free) char *joined = strs_join(&codes, ", ");
    strs_done(&codes);
    if (lines->count <= CODES_SHOWN)
        return give(joined);
    owned(str_free) char *more = number_text(
        (int64_t)lines->count - CODES_SHOWN, report->options.language);
    return text_fill(TEXT_REPORT_AND_MORE, report->options.language, "codes",
                     joined, "count", more, NULL);
}

static void note_list(const struct report *report, struct strs *notes,
                      enum text_id text, const struct report_lines *lines)
{
    if (!lines->count)
        return;
    owned(str_free) char *codes = codes_text(report, lines);
    owned(str_free) char *count =
        number_text((int64_t)lines->count, report->options.language);
    owned(str_free) char *said = text_fill(
        text, report->options.language, "count", count, "codes", codes, NULL);
    strs_give(notes, &said);
}

/* Where the identity fails although no single dossier contradicts itself:
 * then the fault is ours, and it is not hidden. */
static void note_groups(const struct report *report, struct strs *notes)
{
    struct strs names = {0};

    for (size_t i = 0; i < report->units.count; i++)
        if (!counts_add_up(&report->units.items[i].counts))
            strs_add(&names,
                     report_unit_name(report, report->units.items[i].name));
    for (size_t i = 0; i < report->fields.count; i++)
        if (!counts_add_up(&report->fields.items[i].counts))
            strs_add(&names,
                     report_field_name(report, report->fields.items[i].name));
    if (names.count) {
        owned(str_free) char *joined = strs_join(&names, "; ");
        owned(str_free) char *said =
            text_fill(TEXT_REPORT_WRONG_UNIT, report->options.language, "names",
                      joined, NULL);
        strs_give(notes, &said);
    }
    strs_done(&names);
}

static void note_as_at(const struct report *report, struct strs *notes)
{
    const struct zone *zone = zone_of(report);
    owned(str_free) char *now = moment_written(zone, report->outlook.now);
    owned(str_free) char *known =
        moment_written(zone, report->options.known_at);
    owned(str_free) char *said =
        text_fill(TEXT_REPORT_AS_AT, report->options.language, "now", now,
                  "known", known, NULL);

    strs_give(notes, &said);
}

/* Was anything missed because nothing was known yet? */
static void note_beginning(const struct report *report, struct strs *notes)
{
    int64_t first = report->first_learnt;

    if (first > report->options.known_at)
        note(report, notes, TEXT_REPORT_NOTHING_KNOWN, INSTANT_NONE, NULL);
    else if (first > report->outlook.period.start)
        note(report, notes, TEXT_REPORT_SINCE, first, NULL);
}

void report_notes(const struct report *report, struct strs *notes)
{
    note_stale(report, notes);
    if (report->options.as_known_now)
        note(report, notes, TEXT_REPORT_KNOWN_NOW, report->options.known_at,
             NULL);
    note_list(report, notes, TEXT_REPORT_WRONG, &report->wrong);
    note_groups(report, notes);
    note_as_at(report, notes);
    if (report->outlook.now < report->outlook.period.end)
        note(report, notes, TEXT_REPORT_UNDER_WAY, INSTANT_NONE, NULL);
    note_sources(report, notes);
    note_beginning(report, notes);
    note_list(report, notes, TEXT_REPORT_GONE, &report->gone);
}
