/* import-list - take a list of the sample office into a store, for tests that
 * look at the store with other eyes than ours.
 *
 *   import-list STORE units|people|calendar|dossiers|tasks FILE AS-OF
 *
 * Dossiers are of the complete feed motcua, tasks of the feed nhiem-vu; AS-OF
 * is local, and the clock stands there.  Prints one line of counts, then the
 * remarks.  Exit code 1: the list was refused.
 */
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "intake/intake.h"
#include "store/office.h"

typedef int list_taker(const struct intake_options *options, const char *bytes,
                       size_t length, struct intake_report *report_r,
                       struct err *err);

static const struct {
    const char *name;
    list_taker *take;
    struct intake_feed feed;
} kinds[] = {
    {"units", intake_units, {0}},
    {"people", intake_people, {0}},
    {"procedures", intake_procedures, {0}},
    {"calendar", intake_calendar, {0}},
    {"dossiers", intake_items, {"motcua", KIND_DOSSIER, true, 10, NULL, 0}},
    {"tasks", intake_items, {"nhiem-vu", KIND_TASK, false, 10, NULL, 0}},
};

static int read_file(const char *path, struct buf *bytes, struct err *err)
{
    char piece[1 << 16];
    size_t got = 0;
    FILE *file = fopen(path, "r");

    if (!file)
        return err_set(err, ERR_SYSTEM, "%s: cannot be read", path);
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add_bytes(bytes, piece, got);
    (void)fclose(file);
    return 0;
}

static int make_calendar(struct store *store, const struct zone *zone,
                         struct week *week, struct calendar **calendar_r,
                         struct err *err)
{
    for (int day = 0; day < 5; day++)
        if (day_plan_parse("07:30-11:30 13:30-17:00", &week->days[day], err))
            return -1;
    *calendar_r = calendar_new("kien-an", zone, week);
    if (store_load_days(store, "kien-an", *calendar_r, err) ||
        store_load_years(store, "kien-an", *calendar_r, err))
        return -1;
    calendar_seal(*calendar_r);
    return 0;
}

static void show(const struct intake_report *report)
{
    printf("read=%lld fresh=%lld changed=%lld same=%lld back=%lld "
           "repeated=%lld rejected=%lld gone=%lld unchanged=%d\n",
           (long long)report->read, (long long)report->fresh,
           (long long)report->changed, (long long)report->same,
           (long long)report->back, (long long)report->repeated,
           (long long)report->rejected, (long long)report->gone,
           report->unchanged);
    for (size_t i = 0; i < report->remark_count; i++) {
        const struct remark *remark = &report->remarks[i];
        printf("%d\t%s\t%s\t%s\t%s\t%d\n", remark->line,
               remark_severity_name(remark->severity), remark->column,
               remark->value, remark->text, remark->more);
    }
}

static int take(char **arguments, struct err *err)
{
    owned(store_free) struct store *store = NULL;
    owned(zone_free) struct zone *zone = NULL;
    owned(calendar_free) struct calendar *calendar = NULL;
    owned(intake_report_done) struct intake_report report = {0};
    owned(buf_done) struct buf bytes = {0};
    struct week week = {0};
    int64_t as_of = 0;
    bool time_given = false;
    size_t kind = 0;

    while (kind < sizeof(kinds) / sizeof(*kinds) &&
           !str_equal(kinds[kind].name, arguments[2]))
        kind++;
    if (kind == sizeof(kinds) / sizeof(*kinds))
        return err_set(err, ERR_INVALID, "no such kind of list");
    if (store_open(arguments[1], STORE_CREATE, &store, err) ||
        zone_open("Asia/Ho_Chi_Minh", &zone, err) ||
        make_calendar(store, zone, &week, &calendar, err) ||
        zone_parse(zone, arguments[4], &as_of, &time_given, err) ||
        read_file(arguments[3], &bytes, err))
        return -1;
    const char *slash = strrchr(arguments[3], '/');
    struct intake_options options = {
        .store = store,
        .file = slash ? slash + 1 : arguments[3],
        .by = "test",
        .now = as_of,
        .language = TEXTS_EN,
        .feed = &kinds[kind].feed,
        .calendar = calendar,
        .as_of = as_of,
        .calendar_name = "kien-an",
        .year_calendar = "kien-an",
        .week = &week,
        .year = 2026,
    };
    int failed = kinds[kind].take(&options, bytes.text ? bytes.text : "",
                                  bytes.length, &report, err);
    show(&report);
    return failed;
}

int main(int count, char **arguments)
{
    struct err err = {0};

    if (count != 5) {
        fprintf(stderr, "usage: import-list STORE units|people|calendar|"
                        "dossiers|tasks FILE AS-OF\n");
        return 2;
    }
    if (take(arguments, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    return 0;
}
