/* office_fixture.h - a store with the sample office in it, and lists taken
 * into it. */
#ifndef TESTS_INTAKE_OFFICE_FIXTURE_H
#define TESTS_INTAKE_OFFICE_FIXTURE_H

#include "tests/unit/store/fixture.h"

#include "intake/intake.h"
#include "store/imports.h"
#include "store/office.h"

/* Thu 25/06/2026 07:10 local, what lists are true for here. */
#define MORNING INT64_C(1782346200)

struct office {
    struct fixture fixture;
    struct zone *zone;
    struct calendar *calendar;
    struct week week;
    struct intake_feed feed;
    struct intake_report report; /* of the last list taken */
    struct err err;
};

static inline void office_done(struct office *office)
{
    intake_report_done(&office->report);
    calendar_free(&office->calendar);
    zone_free(&office->zone);
    fixture_remove(&office->fixture);
}

/* Options that most tests take a list with. */
static inline struct intake_options options_of(struct office *office)
{
    return (struct intake_options){
        .store = office->fixture.store,
        .file = "list.csv",
        .by = "quantri",
        .now = MORNING + 1200,
        .language = TEXTS_EN,
        .feed = &office->feed,
        .calendar = office->calendar,
        .as_of = MORNING,
        .calendar_name = "kien-an",
        .year_calendar = "kien-an",
        .week = &office->week,
    };
}

typedef int list_taker(const struct intake_options *options, const char *bytes,
                       size_t length, struct intake_report *report_r,
                       struct err *err);

/* Take a list; its report is office->report. */
static inline int take(struct office *office, list_taker *taker,
                       const struct intake_options *options, const char *text)
{
    intake_report_done(&office->report);
    return taker(options, text, strlen(text), &office->report, &office->err);
}

/* A file of the sample office, yours. */
static inline char *sample(const char *name)
{
    owned(str_free) char *path =
        str_format("%s/config/example/kien-an/%s", SOURCE_DIR, name);
    struct buf text = {0};
    char piece[4096];
    size_t got = 0;
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add_bytes(&text, piece, got);
    (void)fclose(file);
    return buf_take(&text);
}

static inline void take_sample(struct office *office, list_taker *taker,
                               const char *name)
{
    owned(str_free) char *text = sample(name);
    struct intake_options options = options_of(office);

    options.year = taker == intake_calendar ? 2026 : 0;
    if (take(office, taker, &options, text))
        fail_msg("%s: %s", name, office->err.text);
}

/* An empty store and the sample's week. */
static inline struct office office_empty(void)
{
    struct office office = {.fixture = fixture_new()};
    struct err err = {0};

    for (int day = 0; day < 5; day++)
        check_ok(day_plan_parse("07:30-11:30 13:30-17:00",
                                &office.week.days[day], &err));
    check_ok(zone_open("Asia/Ho_Chi_Minh", &office.zone, &err));
    office.calendar = calendar_new("kien-an", office.zone, &office.week);
    calendar_enter_year(office.calendar, 2026);
    calendar_seal(office.calendar);
    office.feed = (struct intake_feed){.name = "motcua",
                                       .kind = KIND_DOSSIER,
                                       .complete = true,
                                       .gone_percent = 10};
    return office;
}

/* With the sample's units and people. */
static inline struct office office_new(void)
{
    struct office office = office_empty();

    take_sample(&office, intake_units, "units.csv");
    take_sample(&office, intake_people, "people.csv");
    return office;
}

/* All remarks, a line each: "LINE SEVERITY COLUMN "VALUE" TEXT"; yours. */
static inline char *remarks_of(const struct office *office)
{
    struct buf out = {0};

    for (size_t i = 0; i < office->report.remark_count; i++) {
        const struct remark *remark = &office->report.remarks[i];
        buf_addf(&out, "%d %s %s \"%s\" %s\n", remark->line,
                 remark_severity_name(remark->severity), remark->column,
                 remark->value, remark->text);
    }
    return buf_take(&out);
}

static inline void check_remark(const struct office *office, const char *text)
{
    owned(str_free) char *all = remarks_of(office);

    if (!strstr(all, text))
        fail_msg("no remark \"%s\" in\n%s", text, all);
}

/* All that the store holds, as text; yours. */
static inline char *dump_of(const struct office *office)
{
    owned(str_free) char *command =
        str_format("sqlite3 -readonly %s .dump", office->fixture.path);
    struct buf text = {0};
    char piece[4096];
    size_t got = 0;
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    while ((got = fread(piece, 1, sizeof(piece), pipe)) > 0)
        buf_add_bytes(&text, piece, got);
    assert_int_equal(pclose(pipe), 0);
    assert_true(text.length > 1000);
    return buf_take(&text);
}

static inline int64_t local(const struct office *office, const char *text)
{
    struct err err = {0};
    int64_t instant = 0;
    bool time_given = false;

    check_ok(zone_parse(office->zone, text, &instant, &time_given, &err));
    return instant;
}

static inline struct item item_of(const struct office *office, const char *code)
{
    struct item item = {0};
    struct err err = {0};

    check_ok(store_get_item(office->fixture.store, code, &item, &err));
    return item;
}

#endif
