#include "cli/derived.h"

#include <stdlib.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/moment.h"

/* ---- words ---- */

char *derived_day(const struct cli *cli, struct date date)
{
    enum text_id weekday =
        (enum text_id)(TEXT_MONDAY + (unsigned)date_weekday(date));
    enum text_id month =
        (enum text_id)(TEXT_JANUARY + (unsigned)date.month - 1);
    owned(str_free) char *number = str_format("%d", date.day);
    owned(str_free) char *year = str_format("%d", date.year);
    owned(str_free) char *day =
        text_fill(TEXT_DAY_OF_YEAR, cli->language, "day", number, "month",
                  cli_text(cli, month), "year", year, NULL);

    return str_format("%s %s", cli_text(cli, weekday), day);
}

static char *clock_text(struct civil civil)
{
    int seconds = civil.seconds % 60;
    owned(str_free) char *clock =
        str_format("%02d:%02d", civil.seconds / 3600, civil.seconds / 60 % 60);

    return seconds ? str_format("%s:%02d", clock, seconds) : give(clock);
}

char *derived_when(const struct cli *cli, int64_t instant)
{
    struct civil civil = zone_civil(office_zone(cli->office), instant);
    owned(str_free) char *clock = clock_text(civil);
    owned(str_free) char *day = derived_day(cli, civil.date);

    return str_format("%s %s", clock, day);
}

static void add_part(const struct cli *cli, struct strs *parts,
                     enum text_id text, int64_t count)
{
    owned(str_free) char *number = str_format("%lld", (long long)count);
    char *part = text_fill(text, cli->language, "count", number, NULL);

    strs_give(parts, &part);
}

char *derived_work(const struct cli *cli, int64_t seconds)
{
    int64_t left = llabs(seconds);
    struct strs parts = {0};

    if (left >= 3600)
        add_part(cli, &parts, TEXT_CLI_WORK_HOURS, left / 3600);
    if (left / 60 % 60 || left == 0)
        add_part(cli, &parts, TEXT_CLI_WORK_MINUTES, left / 60 % 60);
    if (left % 60)
        add_part(cli, &parts, TEXT_CLI_WORK_SECONDS, left % 60);
    char *text = strs_join(&parts, " ");
    strs_done(&parts);
    return text;
}

/* ---- rows ---- */

static const enum text_id whys[WHYS] = {
    [WHY_NOTHING] = TEXT_COUNT,
    [WHY_IN_SESSION] = TEXT_CLI_WHY_IN_SESSION,
    [WHY_BEFORE_HOURS] = TEXT_CLI_WHY_BEFORE_HOURS,
    [WHY_BETWEEN] = TEXT_CLI_WHY_BETWEEN,
    [WHY_AFTER_HOURS] = TEXT_CLI_WHY_AFTER_HOURS,
    [WHY_DAY_OFF] = TEXT_CLI_WHY_DAY_OFF,
    [WHY_IN_TIME] = TEXT_CLI_WHY_IN_TIME,
    [WHY_TOO_LATE] = TEXT_CLI_WHY_TOO_LATE,
};

static const enum text_id names[DERIVE_KINDS] = {
    [DERIVE_ASKED] = TEXT_CLI_STEP_ASKED,
    [DERIVE_START] = TEXT_CLI_STEP_START,
    [DERIVE_NOT_COUNTED] = TEXT_CLI_STEP_NOT_COUNTED,
    [DERIVE_CUTOFF] = TEXT_CLI_STEP_CUTOFF,
    [DERIVE_DAY] = TEXT_CLI_STEP_DAY,
    [DERIVE_CALENDAR_DAY] = TEXT_CLI_STEP_CALENDAR_DAY,
    [DERIVE_PIECE] = TEXT_CLI_STEP_PIECE,
    [DERIVE_END] = TEXT_CLI_STEP_END,
    [DERIVE_HOLIDAY] = TEXT_CLI_STEP_OFF,
    [DERIVE_REST_DAY] = TEXT_CLI_STEP_OFF,
    [DERIVE_SWAP_DAY] = TEXT_CLI_STEP_SWAP,
    [DERIVE_PAUSE] = TEXT_CLI_STEP_PAUSE,
};

static char *name_of(const struct cli *cli, const struct derive_step *step,
                     enum text_id result)
{
    owned(str_free) char *number = str_format("%lld", (long long)step->number);

    return text_fill(step->kind == DERIVE_RESULT ? result : names[step->kind],
                     cli->language, "number", number, NULL);
}

/* "07:30 → 11:05 thứ Ba 23/6/2026", whichever way it was counted. */
static char *stretch_text(const struct cli *cli, const struct derive_step *step)
{
    const struct zone *zone = office_zone(cli->office);
    owned(str_free) char *from = clock_text(zone_civil(zone, step->from));
    owned(str_free) char *to = derived_when(cli, step->at);

    return str_format("%s → %s", from, to);
}

static char *pause_text(const struct cli *cli, const struct derive_step *step)
{
    owned(str_free) char *from = derived_when(cli, step->from);
    owned(str_free) char *to = derived_when(cli, step->at);

    return str_format("%s → %s", from, to);
}

static char *when_of(const struct cli *cli, const struct derive_step *step)
{
    /* Steps of a day as a whole; the others are of an instant. */
    static const bool whole_days[DERIVE_KINDS] = {
        [DERIVE_NOT_COUNTED] = true, [DERIVE_CALENDAR_DAY] = true,
        [DERIVE_HOLIDAY] = true,     [DERIVE_REST_DAY] = true,
        [DERIVE_SWAP_DAY] = true,
    };

    if (whole_days[step->kind])
        return derived_day(cli, step->date);
    if (step->kind == DERIVE_PIECE)
        return stretch_text(cli, step);
    return step->kind == DERIVE_PAUSE ? pause_text(cli, step)
                                      : derived_when(cli, step->at);
}

static char *why_of(const struct cli *cli, const struct derive_step *step)
{
    if (derive_counts(step->kind) || step->kind == DERIVE_PAUSE)
        return derived_work(cli, step->seconds);
    if (step->why != WHY_NOTHING)
        return str_copy(cli_text(cli, whys[step->why]));
    if (step->kind == DERIVE_REST_DAY)
        return str_copy(cli_text(cli, TEXT_CLI_WHY_REST_DAY));
    if (step->kind == DERIVE_HOLIDAY || step->kind == DERIVE_SWAP_DAY ||
        step->kind == DERIVE_CALENDAR_DAY)
        return str_copy(str_or_empty(step->label));
    return str_copy("");
}

void derived_rows(const struct cli *cli, const struct derivation *derivation,
                  enum text_id result, struct text_table *table)
{
    for (size_t i = 0; i < derivation->count; i++) {
        const struct derive_step *step = &derivation->steps[i];
        owned(str_free) char *name = name_of(cli, step, result);
        owned(str_free) char *when = when_of(cli, step);
        owned(str_free) char *why = why_of(cli, step);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, name);
        text_table_cell(table, when);
        text_table_cell(table, why);
    }
}

/* ---- for programs ---- */

struct json *derived_json(const struct cli *cli,
                          const struct derivation *derivation)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < derivation->count; i++) {
        const struct derive_step *step = &derivation->steps[i];
        struct json *row = json_new_object();
        char date[11];
        date_format(step->date, date);
        json_put_text(row, "kind", derive_kind_name(step->kind));
        json_put_text(row, "why", derive_why_name(step->why));
        json_put_int(row, "number", step->number);
        moment_put(row, "from", zone, step->from);
        moment_put(row, "at", zone, step->at);
        json_put_int(row, "working_seconds", step->seconds);
        json_put_bool(row, "counts", derive_counts(step->kind));
        json_put_text(row, "date", date);
        json_put_text(row, "label", step->label);
        json_add(array, &row);
    }
    return array;
}
