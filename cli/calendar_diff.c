#include "cli/calendar_diff.h"

#include <libgen.h>
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/calendar_change.h"
#include "cli/calendar_options.h"
#include "cli/file.h"
#include "cli/moment.h"
#include "cli/table.h"

enum { FILE_MOST = 64 * 1024 * 1024, SHOWN = 20 };

/* ---- words ---- */

enum day_change { DAY_ADDED, DAY_REMOVED, DAY_CHANGED };

static enum day_change change_of(const struct changed_day *day)
{
    if (!day->before.label)
        return DAY_ADDED;
    return day->after.label ? DAY_CHANGED : DAY_REMOVED;
}

/* "holiday", "swap-day", "ordinary", "rest-day". */
static const char *kind_of(const struct day_view *view)
{
    if (view->holiday)
        return "holiday";
    if (view->label)
        return "swap-day";
    return view->plan.count ? "ordinary" : "rest-day";
}

static enum text_id kind_text(const struct day_view *view)
{
    if (view->holiday)
        return TEXT_CLI_DIFF_HOLIDAY;
    if (view->label)
        return TEXT_CLI_DIFF_SWAP_DAY;
    return view->plan.count ? TEXT_CLI_DIFF_ORDINARY : TEXT_CLI_DIFF_REST_DAY;
}

static void add_sessions(struct buf *text, const struct day_plan *plan)
{
    for (int i = 0; i < plan->count; i++) {
        const struct session *session = &plan->sessions[i];
        buf_addf(text, "%s%02d:%02d-%02d:%02d", i ? " " : "",
                 session->start / 3600, session->start / 60 % 60,
                 session->end / 3600, session->end / 60 % 60);
    }
}

/* "holiday (Quốc khánh)", "swap day 07:30-11:30 (Làm bù)"; yours. */
static char *view_text(const struct cli *cli, const struct day_view *view)
{
    struct buf text = {0};

    buf_add(&text, cli_text(cli, kind_text(view)));
    if (view->plan.count && view->label) {
        buf_add(&text, " ");
        add_sessions(&text, &view->plan);
    }
    if (!str_empty(view->label))
        buf_addf(&text, " (%s)", view->label);
    return buf_take(&text);
}

/* ---- for people ---- */

static void print_filled(const struct cli *cli, enum text_id id, int64_t count,
                         int64_t all)
{
    owned(str_free) char *number = str_format("%lld", (long long)count);
    owned(str_free) char *whole = str_format("%lld", (long long)all);
    owned(str_free) char *text =
        text_fill(id, cli->language, "count", number, "all", whole, NULL);
    (void)printf("%s\n", text);
}

static struct text_table *plain_table(int columns)
{
    struct text_table *table = text_table_new();

    for (int i = 0; i < columns; i++)
        text_table_column(table, "", ALIGN_LEFT);
    return table;
}

static void print_more(const struct cli *cli, size_t count)
{
    if (count > SHOWN)
        print_filled(cli, TEXT_CLI_DIFF_MORE, (int64_t)(count - SHOWN), 0);
}

static void print_days(const struct cli *cli,
                       const struct calendar_change *change)
{
    static const char *const marks[] = {
        [DAY_ADDED] = "+", [DAY_REMOVED] = "-", [DAY_CHANGED] = "~"};
    owned(text_table_free) struct text_table *table = plain_table(3);

    if (!change->day_count)
        (void)printf("%s\n", cli_text(cli, TEXT_CLI_DIFF_NO_DAY));
    for (size_t i = 0; i < change->day_count; i++) {
        const struct changed_day *day = &change->days[i];
        owned(str_free) char *before = view_text(cli, &day->before);
        owned(str_free) char *after = view_text(cli, &day->after);
        owned(str_free) char *both = str_format("%s → %s", before, after);
        owned(str_free) char *date = str_format(
            "%02d/%02d/%04d", day->date.day, day->date.month, day->date.year);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, marks[change_of(day)]);
        text_table_cell(table, date);
        text_table_cell(table, both);
    }
    text_table_print(table, stdout, cli->colour, 0);
}

/* How an item stands: "Sắp đến hạn, còn 1 ngày". */
static char *standing_text(const struct cli *cli,
                           const struct calendar *calendar,
                           const struct item_standing *standing)
{
    if (!standing->left_known)
        return str_copy(moment_level(cli, standing->level));
    owned(str_free) char *left =
        moment_left(cli, calendar, standing->level, standing->left);
    return str_format("%s, %s", moment_level(cli, standing->level), left);
}

static void print_items(const struct cli *cli,
                        const struct calendar_change *change)
{
    owned(text_table_free) struct text_table *table = plain_table(3);

    print_filled(cli, TEXT_CLI_DIFF_ITEMS, (int64_t)change->item_count,
                 change->open);
    for (size_t i = 0; i < change->item_count && i < SHOWN; i++) {
        const struct changed_item *item = &change->items[i];
        owned(str_free) char *before =
            standing_text(cli, item->before_calendar, &item->touched.before);
        owned(str_free) char *after =
            standing_text(cli, item->after_calendar, &item->touched.after);
        bool same = str_equal(before, after);
        owned(str_free) char *both =
            same ? str_format("%s; %s", before,
                              cli_text(cli, TEXT_CLI_DIFF_STEPS))
                 : str_format("%s → %s", before, after);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, " ");
        text_table_cell(table, item->item.code);
        text_table_cell(table, both);
    }
    text_table_print(table, stdout, cli->colour, 0);
    print_more(cli, change->item_count);
    print_filled(cli,
                 change->moved ? TEXT_CLI_DIFF_MOVED : TEXT_CLI_DIFF_NO_PROMISE,
                 change->moved, change->open);
}

static void print_alerts(const struct cli *cli,
                         const struct calendar_change *change)
{
    const struct zone *zone = office_zone(cli->office);
    owned(text_table_free) struct text_table *table = plain_table(5);

    print_filled(cli, TEXT_CLI_DIFF_ALERTS, (int64_t)change->alert_count,
                 change->held);
    for (size_t i = 0; i < change->alert_count && i < SHOWN; i++) {
        const struct changed_alert *alert = &change->alerts[i];
        owned(str_free) char *before =
            moment_text(zone, alert->touched.opens_before);
        owned(str_free) char *after =
            moment_text(zone, alert->touched.opens_after);
        owned(str_free) char *opens =
            alert->touched.step
                ? str_copy(cli_text(cli, TEXT_CLI_DIFF_OTHER_STEP))
                : str_format("%s → %s", before, after);
        owned(str_free) char *step =
            str_format("%s/%s", alert->rule, alert->step);
        text_table_row(table, SHADE_PLAIN);
        text_table_cell(table, " ");
        text_table_cell(table, alert->code);
        text_table_cell(table, alert->recipient);
        text_table_cell(table, step);
        text_table_cell(table, opens);
    }
    text_table_print(table, stdout, cli->colour, 0);
    print_more(cli, change->alert_count);
}

/* ---- for programs ---- */

static struct json *view_json(const struct day_view *view)
{
    struct json *object = json_new_object();
    struct buf sessions = {0};

    add_sessions(&sessions, &view->plan);
    owned(str_free) char *text = buf_take(&sessions);
    json_put_text(object, "kind", kind_of(view));
    json_put_text(object, "label", view->label);
    json_put_text(object, "sessions", str_or_empty(text));
    return object;
}

static struct json *days_json(const struct calendar_change *change)
{
    static const char *const names[] = {[DAY_ADDED] = "added",
                                        [DAY_REMOVED] = "removed",
                                        [DAY_CHANGED] = "changed"};
    struct json *array = json_new_array();

    for (size_t i = 0; i < change->day_count; i++) {
        const struct changed_day *day = &change->days[i];
        struct json *object = json_new_object();
        struct json *before = view_json(&day->before);
        struct json *after = view_json(&day->after);
        char date[11];
        date_format(day->date, date);
        json_put_text(object, "date", date);
        json_put_text(object, "change", names[change_of(day)]);
        json_put(object, "before", &before);
        json_put(object, "after", &after);
        json_add(array, &object);
    }
    return array;
}

static struct json *standing_json(const struct item_standing *standing)
{
    struct json *object = json_new_object();
    struct json *left = standing->left_known ? json_new_int(standing->left)
                                             : json_new_text(NULL);

    json_put_text(object, "level", level_name(standing->level));
    json_put(object, "working_seconds_left", &left);
    return object;
}

static struct json *items_json(const struct cli *cli,
                               const struct calendar_change *change)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < change->item_count; i++) {
        const struct changed_item *item = &change->items[i];
        struct json *object = json_new_object();
        struct json *before = standing_json(&item->touched.before);
        struct json *after = standing_json(&item->touched.after);
        json_put_text(object, "code", item->item.code);
        json_put_text(object, "unit", str_or_empty(item->item.unit));
        json_put_text(object, "calendar", calendar_name(item->after_calendar));
        moment_put(object, "due", office_zone(cli->office), item->item.due_at);
        json_put(object, "before", &before);
        json_put(object, "after", &after);
        json_put_bool(object, "steps", item->touched.steps);
        json_add(array, &object);
    }
    return array;
}

/* An opening that never comes is null. */
static void put_opening(const struct cli *cli, struct json *object,
                        const char *name, int64_t at)
{
    moment_put(object, name, office_zone(cli->office),
               at == INSTANT_NEVER ? INSTANT_NONE : at);
}

static struct json *alerts_json(const struct cli *cli,
                                const struct calendar_change *change)
{
    struct json *array = json_new_array();

    for (size_t i = 0; i < change->alert_count; i++) {
        const struct changed_alert *alert = &change->alerts[i];
        struct json *object = json_new_object();
        json_put_text(object, "code", alert->code);
        json_put_text(object, "person", alert->recipient);
        json_put_text(object, "rule", alert->rule);
        json_put_text(object, "step", alert->step);
        json_put_bool(object, "other_step", alert->touched.step);
        put_opening(cli, object, "opens_before", alert->touched.opens_before);
        put_opening(cli, object, "opens_after", alert->touched.opens_after);
        json_add(array, &object);
    }
    return array;
}

static int print_json(const struct cli *cli,
                      const struct calendar_change *change)
{
    struct json *whole = json_new_object();
    struct json *days = days_json(change);
    struct json *items = items_json(cli, change);
    struct json *alerts = alerts_json(cli, change);

    json_put_text(whole, "calendar", calendar_name(change->calendar));
    json_put(whole, "days", &days);
    json_put_int(whole, "open", change->open);
    json_put(whole, "items", &items);
    json_put_int(whole, "promises_moved", change->moved);
    json_put_int(whole, "held", change->held);
    json_put(whole, "alerts", &alerts);
    return cli_print_json(&whole);
}

static int print_text(const struct cli *cli,
                      const struct calendar_change *change)
{
    print_days(cli, change);
    print_items(cli, change);
    print_alerts(cli, change);
    return CLI_DONE;
}

/* ---- the order ---- */

static int refuse(const struct cli *cli, const struct calendar_change *change,
                  const struct err *err)
{
    for (size_t i = 0; i < change->report.remark_count; i++) {
        const struct remark *remark = &change->report.remarks[i];
        if (remark->severity == REMARK_LEFT_OUT)
            (void)fprintf(stderr, "%s %d \"%s\": %s\n",
                          cli_text(cli, TEXT_CLI_LINE), remark->line,
                          remark->value, remark->text);
    }
    return cli_fail(err);
}

int calendar_diff(struct cli *cli, const char *path)
{
    owned(calendar_change_done) struct calendar_change change = {0};
    owned(str_free) char *bytes = NULL;
    owned(str_free) char *copy = str_copy(path);
    owned(str_free) char *name = utf8_one_line(basename(copy));
    struct intake_options options = {.file = name,
                                     .by = cli->login,
                                     .now = cli->now,
                                     .language = cli->language};
    size_t length = 0;
    struct err err = {0};
    int code = CLI_DONE;

    if (file_bytes(path, FILE_MOST, &bytes, &length, &err))
        return cli_fail(&err);
    if ((code = cli_need_office(cli)) ||
        (code = calendar_options(cli, &options)))
        return code;
    if (calendar_change_find(cli, &options, bytes, length, &change, &err))
        return refuse(cli, &change, &err);
    return cli->json ? print_json(cli, &change) : print_text(cli, &change);
}
