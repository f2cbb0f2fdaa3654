#include "cli/health.h"

#include <libgen.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "base/mem.h"
#include "base/own.h"
#include "cli/moment.h"
#include "store/seal.h"

enum {
    DISK_PERCENT_LEAST = 5,
    NEXT_YEAR_MONTH = 10, /* from 1 October on the next year is needed */
};

/* What the checks below share. */
struct look {
    const struct cli *cli;
    const struct overview *overview;
    struct health_report *report;
};

const char *health_name(enum health health)
{
    static const char *const names[] = {
        [HEALTH_OK] = "ok",
        [HEALTH_WARNING] = "warning",
        [HEALTH_CRITICAL] = "critical",
    };

    return names[health];
}

/* Takes *text. */
static void add(const struct look *look, const char *name, enum health health,
                char **text)
{
    struct health_report *report = look->report;

    report->items =
        mem_grow(report->items, report->count + 1, sizeof(*report->items));
    report->items[report->count++] = (struct health_finding){
        .name = str_copy(name), .health = health, .text = give(*text)};
    if (health > report->worst)
        report->worst = health;
}

static void look_at_daemon(const struct look *look)
{
    bool answers = look->overview->daemon != NULL;
    char *text = str_copy(answers ? cli_text(look->cli, TEXT_CLI_DAEMON_RUNS)
                                  : look->overview->daemon_err.text);

    add(look, "daemon", answers ? HEALTH_OK : HEALTH_CRITICAL, &text);
}

/* Of a daemon that does not answer nobody knows the workers; that is told
 * once, above. */
static void look_at_workers(const struct look *look)
{
    const struct settings *settings = look->cli->settings;

    for (size_t i = 0; look->overview->daemon && i < settings->channel_count;
         i++) {
        const char *channel = settings->channels[i].name;
        const struct channel_state *parked =
            overview_parked(look->overview, channel);
        int64_t count = overview_workers(look->overview, channel);
        owned(str_free) char *name = str_format("worker:%s", channel);
        owned(str_free) char *number = str_format("%lld", (long long)count);
        char *text = text_fill(
            parked ? TEXT_CLI_CHANNEL_PARKED : TEXT_CLI_WORKERS,
            look->cli->language, "channel", channel, "count", number, "detail",
            parked ? str_or_empty(parked->detail) : "", NULL);
        add(look, name, count && !parked ? HEALTH_OK : HEALTH_CRITICAL, &text);
    }
}

/* Twice as old as the feed may be: staff are no longer told from it (R16). */
static bool is_very_old(const struct look *look, const struct source *source)
{
    const struct feed_setting *feed =
        settings_feed(look->cli->settings, source->name);
    const struct calendar *calendar = office_calendar(look->cli->office);
    int64_t until = 0;
    struct err err = {0};

    return feed &&
           calendar_after(calendar, source->as_of, feed->stale_after, &until,
                          &err) == 0 &&
           calendar_after(calendar, until, feed->stale_after, &until, &err) ==
               0 &&
           look->cli->now > until;
}

static void look_at_feeds(const struct look *look)
{
    const struct sources *sources = &look->overview->sources;

    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];
        bool never = source->as_of == INSTANT_NONE;
        owned(str_free) char *name = str_format("feed:%s", source->name);
        owned(str_free) char *since =
            moment_text(office_zone(look->cli->office), source->as_of);
        char *text = text_fill(
            never ? TEXT_CLI_FEED_NEVER : TEXT_CLI_FEED_UNTIL,
            look->cli->language, "feed", source->name, "when", since, NULL);
        enum health health =
            never || source->stale ? HEALTH_WARNING : HEALTH_OK;
        if (source->stale && is_very_old(look, source))
            health = HEALTH_CRITICAL;
        add(look, name, health, &text);
    }
}

static void look_at_dead(const struct look *look)
{
    int64_t dead = look->overview->dead;
    owned(str_free) char *number = str_format("%lld", (long long)dead);
    char *text =
        text_fill(TEXT_CLI_DEAD, look->cli->language, "count", number, NULL);

    add(look, "dead", dead ? HEALTH_WARNING : HEALTH_OK, &text);
}

static void look_at_disk(const struct look *look)
{
    owned(str_free) char *path = str_copy(look->cli->settings->store_path);
    struct statvfs disk = {0};

    if (statvfs(dirname(path), &disk) != 0 || disk.f_blocks == 0)
        return; /* the store was read just now: it is no disk that fails */
    long long percent =
        (long long)((double)disk.f_bavail * 100.0 / (double)disk.f_blocks);
    owned(str_free) char *number = str_format("%lld", percent);
    char *text =
        text_fill(TEXT_CLI_DISK, look->cli->language, "percent", number, NULL);
    add(look, "disk",
        percent < DISK_PERCENT_LEAST ? HEALTH_CRITICAL : HEALTH_OK, &text);
}

static void look_at_year(const struct look *look,
                         const struct calendar *calendar)
{
    struct date today =
        zone_civil(office_zone(look->cli->office), look->cli->now).date;
    bool has_this = calendar_has_year(calendar, today.year);
    bool has_next = calendar_has_year(calendar, today.year + 1);
    bool needs_next = today.month >= NEXT_YEAR_MONTH;
    owned(str_free) char *year =
        str_format("%d", has_this ? today.year + 1 : today.year);
    char *text =
        text_fill(has_this && (has_next || !needs_next) ? TEXT_CLI_YEAR_ENTERED
                                                        : TEXT_CLI_YEAR_MISSING,
                  look->cli->language, "calendar", calendar_name(calendar),
                  "year", year, NULL);
    enum health health = needs_next && !has_next ? HEALTH_WARNING : HEALTH_OK;

    owned(str_free) char *name =
        str_format("calendar:%s", calendar_name(calendar));
    add(look, name, has_this ? health : HEALTH_CRITICAL, &text);
}

/* One that builds on another has its years from there. */
static void look_at_years(const struct look *look)
{
    const struct policy *policy = office_policy(look->cli->office);

    for (size_t i = 0; i < policy->calendar_count; i++)
        if (calendar_has_own_list(policy->calendars[i]))
            look_at_year(look, policy->calendars[i]);
}

/* The daemon compares what is added with the seal. */
static void look_at_history(const struct look *look)
{
    int64_t row = 0;
    struct err unused = {0};

    if (look->cli->settings->history_key.source == SECRET_NONE ||
        store_meta_int(look->cli->store, META_HISTORY_FAULT, 0, &row, &unused))
        return;
    char *text = str_copy(cli_text(look->cli, row ? TEXT_CLI_HISTORY_FAULT
                                                  : TEXT_CLI_HISTORY_FITS));
    add(look, "history", row ? HEALTH_CRITICAL : HEALTH_OK, &text);
}

/* Whoever watches is to know that nobody gets anything. */
static void look_at_delivery(const struct look *look)
{
    const struct sending *sending = &look->overview->sending;
    char *text = sending_text(look->cli, sending);

    add(look, "delivery", sending_stopped(sending) ? HEALTH_WARNING : HEALTH_OK,
        &text);
}

void health_take(const struct cli *cli, const struct overview *overview,
                 struct health_report *report_r)
{
    const struct look look = {cli, overview, report_r};

    *report_r = (struct health_report){0};
    look_at_daemon(&look);
    look_at_delivery(&look);
    look_at_workers(&look);
    look_at_feeds(&look);
    look_at_dead(&look);
    look_at_disk(&look);
    look_at_history(&look);
    look_at_years(&look);
}

void health_done(struct health_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        str_free(&report->items[i].name);
        str_free(&report->items[i].text);
    }
    free(report->items);
    *report = (struct health_report){0};
}
