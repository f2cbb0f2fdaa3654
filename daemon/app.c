#include "daemon/app.h"

#include <czmq.h>
#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/own.h"
#include "daemon/control.h"
#include "daemon/dispatcher.h"
#include "telling/planner.h"
#include "daemon/publisher.h"
#include "daemon/sealer.h"
#include "daemon/taken.h"
#include "settings/settings.h"
#include "store/store.h"
#include "wire/socket.h"

enum {
    NAP_MS = 60 * 1000,        /* the longest sleep: steps of the clock */
    STANDING_NAP_MS = 1000,    /* while the set clock stands */
    BUSY_NAP_MS = 100,         /* another process writes */
    BROKEN_NAP_MS = 5000,      /* the store fails: a full disk, say */
    COMPLAINT_MS = 10 * 1000,  /* between two warnings of that */
    UNSEALED_MS = 3600 * 1000, /* between two that the seal does not fit */
    CHECKPOINT_MS = 60 * 1000, /* between two looks at the WAL */
    TURNS = 20,                /* of the planner before sockets are heard */
};

struct app {
    const char *settings_path; /* the caller's */
    struct settings *settings;
    struct store *store;
    struct planner *planner;
    struct publisher *publisher;
    struct dispatcher *dispatcher;
    struct control *control;
    struct sealer *sealer; /* NULL: the history is not sealed */
    zpoller_t *poller;
    int signals;           /* a signalfd */
    int64_t data_version;  /* of the store, as last seen */
    int64_t complained_ms; /* when the store's trouble was last logged */
    int64_t unsealed_ms;   /* likewise that the history is not sealed */
    int64_t checkpointed_ms;
    int64_t most_nap_ms; /* the longest sleep */
    bool wrote;          /* since the last checkpoint */
    bool failing;        /* the store's last failure was worse than busy */
    bool stopping;
};

/* ---- settings ---- */

/* Take other settings; the old ones go on when these are not good. */
static int take_settings(struct app *app, struct err *err)
{
    owned(settings_free) struct settings *fresh =
        taken_read(app->settings_path, err);

    if (!fresh || taken_check_names(fresh, planner_office(app->planner), err))
        return -1;
    if (taken_check_restart(app->settings, fresh, err))
        return -1;
    if (planner_reload(app->planner, fresh, clock_now(), err))
        return -1;
    dispatcher_reload(app->dispatcher, fresh);
    settings_free(&app->settings);
    app->settings = give(fresh);
    return 0;
}

static void reload(struct app *app)
{
    struct err err = {0};

    (void)sd_notify(0, "RELOADING=1");
    if (take_settings(app, &err))
        log_error("the settings were not reloaded, the old ones go on: %s",
                  err.text);
    else
        log_info("the settings were reloaded rules=%zu channels=%zu",
                 app->settings->rule_count, app->settings->channel_count);
    (void)sd_notify(0, "READY=1");
}

/* ---- what others ask of us ---- */

static void hear_news(void *context, const char *topic, const struct json *news)
{
    struct app *app = context;
    owned(str_free) char *text = json_format(news);
    const char *trouble = json_text(news, "detail");
    struct err err = {0};
    struct json *members = json_parse(text, strlen(text), &err);

    if (str_equal(topic, "trouble.raised"))
        log_warning("%s", str_or_empty(trouble));
    if (members)
        publisher_add(app->publisher, topic, clock_now(), &members);
}

static int review(void *context, const struct notice *notice, int64_t now,
                  bool *good_r, struct err *err)
{
    struct app *app = context;
    return planner_review(app->planner, notice, now, good_r, err);
}

static int refused(void *context, const struct notice *notice,
                   const char *detail, int64_t now, struct err *err)
{
    struct app *app = context;
    return planner_refused(app->planner, notice, detail, now, err);
}

static int64_t opening(void *context, const struct notice *notice, int64_t at)
{
    struct app *app = context;
    return planner_opening(app->planner, notice, at);
}

static void probed(void *context, int64_t ticket, bool works,
                   const char *worker, const char *detail)
{
    struct app *app = context;
    control_probed(app->control, ticket, works, worker, detail);
}

static void channels_changed(void *context)
{
    struct app *app = context;
    struct err err = {0};

    if (planner_refresh(app->planner, clock_now(), &err))
        log_warning("channels were not read anew: %s", err.text);
}

static void say(void *context, bool warning, const char *line)
{
    (void)context;
    if (warning)
        log_warning("%s", line);
    else
        log_info("%s", line);
}

/* Nothing due, nothing in flight: by the clock as it is at this moment. */
static int is_settled(struct app *app, int64_t now, bool *settled_r,
                      struct err *err)
{
    int64_t version = 0, next = 0;
    bool due = false;

    if (store_data_version(app->store, &version, err) ||
        planner_next(app->planner, now, &next, err) ||
        dispatcher_any_due(app->dispatcher, now, &due, err))
        return -1;
    *settled_r = version == app->data_version && next > now && !due &&
                 dispatcher_is_idle(app->dispatcher);
    return 0;
}

static int status(void *context, struct json *reply, struct err *err)
{
    struct app *app = context;
    int64_t now = clock_now(), opens_at = INSTANT_NEVER;
    bool settled = false;

    if (is_settled(app, now, &settled, err) ||
        planner_next_opening(app->planner, now, &opens_at, err))
        return -1;
    json_put_int(reply, "now", now);
    json_put_bool(reply, "settled", settled);
    json_put_int(reply, "next-opening", opens_at);
    return dispatcher_status(app->dispatcher, clock_monotonic_ms(), reply, err);
}

static int probe(void *context, const char *channel, int64_t *ticket_r,
                 struct err *err)
{
    struct app *app = context;
    return dispatcher_probe(app->dispatcher, channel, ticket_r, err);
}

/* ---- starting ---- */

static int open_signals(struct app *app, struct err *err)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    app->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (app->signals < 0)
        return err_set(err, ERR_SYSTEM, "signalfd: %s", strerror(errno));
    return 0;
}

static int open_store(struct app *app, struct err *err)
{
    if (store_open(app->settings->store_path, STORE_CREATE, &app->store, err) ||
        store_lock_instance(app->store, err) ||
        store_data_version(app->store, &app->data_version, err) ||
        planner_open(app->settings, app->store, clock_now(), &app->planner,
                     err))
        return -1;
    planner_listen(app->planner, hear_news, app);
    return taken_check_names(app->settings, planner_office(app->planner), err);
}

/* Without its key the daemon does its work still; what was written then is
 * sealed when the key is there. */
static void open_sealer(struct app *app)
{
    struct err err = {0};

    if (sealer_open(app->settings, app->store, &app->sealer, &err))
        log_warning("the history is not sealed: %s", err.text);
}

static int open_sockets(struct app *app, struct err *err)
{
    enum { EVENTS_MODE = 0660 };
    const struct wire_setting *wire = &app->settings->wire;
    const struct wire_guard events = {.mode = EVENTS_MODE};
    const struct dispatcher_hooks hooks = {
        .context = app,
        .review = review,
        .refused = refused,
        .opening = opening,
        .probed = probed,
        .channels_changed = channels_changed,
        .say = say,
    };

    app->publisher = publisher_open(wire->events, &events, err);
    if (!app->publisher ||
        dispatcher_open(app->settings, app->store, app->publisher, &hooks,
                        clock_monotonic_ms(), &app->dispatcher, err))
        return -1;
    const struct control_hooks orders = {
        .context = app, .status = status, .probe = probe};
    app->control = control_open(wire->control, &orders, err);
    if (!app->control)
        return -1;
    app->poller = zpoller_new(dispatcher_socket(app->dispatcher),
                              control_socket(app->control), NULL);
    (void)zpoller_add(app->poller, &app->signals);
    zpoller_set_nonstop(app->poller, true);
    return 0;
}

int app_open(const char *settings_path, struct app **app_r, struct err *err)
{
    owned(app_free) struct app *app = mem_new(struct app);

    app->settings_path = settings_path;
    app->signals = -1;
    wire_init();
    app->settings = taken_read(settings_path, err);
    if (!app->settings || open_signals(app, err) || open_store(app, err) ||
        open_sockets(app, err))
        return -1;
    open_sealer(app);
    *app_r = give(app);
    return 0;
}

void app_free(struct app **app)
{
    struct app *old = *app;

    if (!old)
        return;
    zpoller_destroy(&old->poller);
    control_free(&old->control);
    dispatcher_free(&old->dispatcher);
    publisher_free(&old->publisher);
    sealer_free(&old->sealer);
    planner_free(&old->planner);
    store_free(&old->store);
    settings_free(&old->settings);
    if (old->signals >= 0)
        (void)close(old->signals);
    free(old);
    *app = NULL;
}

/* ---- the loop ---- */

/* The store would not: say so, but not at every turn. */
static void complain(struct app *app, const struct err *err)
{
    int64_t now_ms = clock_monotonic_ms();

    app->failing = err->code != ERR_BUSY;
    if (app->complained_ms && now_ms - app->complained_ms < COMPLAINT_MS)
        return;
    app->complained_ms = now_ms;
    if (app->failing)
        log_error("the store fails, work waits: %s", err->text);
    else
        log_warning("the store is busy, work waits: %s", err->text);
}

/* Somebody else has written: people, calendars, channels may be others. */
static int notice_changes(struct app *app, int64_t now, struct err *err)
{
    int64_t version = 0;

    if (store_data_version(app->store, &version, err))
        return -1;
    if (version == app->data_version)
        return 0;
    if (planner_refresh(app->planner, now, err))
        return -1;
    app->data_version = version;
    return 0;
}

static int plan(struct app *app, int64_t now, bool *more_r, struct err *err)
{
    *more_r = true;
    for (int turn = 0; turn < TURNS && *more_r; turn++) {
        if (planner_turn(app->planner, now, more_r, err))
            return -1;
        publisher_flush(app->publisher);
        app->wrote |= *more_r;
    }
    return 0;
}

/* Seal what was added to the history; are there more rows? */
static bool seal(struct app *app, int64_t now)
{
    int64_t now_ms = clock_monotonic_ms();
    struct err err = {0};
    bool more = false, first = false;

    if (sealer_turn(app->sealer, now, &more, &first, &err) == 0) {
        if (first)
            log_info("the history is sealed from now on");
        return more;
    }
    if (err.code == ERR_BUSY ||
        (app->unsealed_ms && now_ms - app->unsealed_ms < UNSEALED_MS))
        return false;
    app->unsealed_ms = now_ms;
    log_error("the history is not sealed: %s", err.text);
    return false;
}

/* Between batches, when nothing is urgent. */
static void checkpoint(struct app *app)
{
    int64_t now_ms = clock_monotonic_ms();
    struct err err = {0};

    if (!app->wrote || now_ms - app->checkpointed_ms < CHECKPOINT_MS)
        return;
    app->checkpointed_ms = now_ms;
    if (store_checkpoint(app->store, &err) == 0)
        app->wrote = false;
    else if (err.code != ERR_BUSY)
        complain(app, &err);
}

/* Milliseconds until the planner has something to do. */
static int64_t planner_nap_ms(struct app *app, int64_t now)
{
    int64_t next = INSTANT_NEVER;
    struct err err = {0};

    if (planner_next(app->planner, now, &next, &err))
        return BROKEN_NAP_MS;
    if (next <= now)
        return BUSY_NAP_MS;
    int64_t most = clock_real_ms(1) < 0 ? STANDING_NAP_MS : app->most_nap_ms;
    int64_t nap = next == INSTANT_NEVER ? most : clock_real_ms(next - now);
    return nap < 0 || nap > most ? most : nap;
}

/* Do what is due.  How many milliseconds may the loop sleep? */
static int64_t turn(struct app *app)
{
    int64_t now = clock_now();
    struct err err = {0};
    bool more = false;

    int failed = notice_changes(app, now, &err) || plan(app, now, &more, &err);
    if (failed) {
        publisher_drop(app->publisher);
        complain(app, &err);
    }
    /* What is on its way goes on, whatever became of planning. */
    if (dispatcher_turn(app->dispatcher, now, clock_monotonic_ms(), &err)) {
        complain(app, &err);
        failed = -1;
    }
    app->wrote |= !dispatcher_is_idle(app->dispatcher);
    (void)sd_notify(0, "WATCHDOG=1");
    if (failed)
        return app->failing ? BROKEN_NAP_MS : BUSY_NAP_MS;
    if (seal(app, now) || more)
        return 0;
    checkpoint(app);
    int64_t nap = planner_nap_ms(app, now);
    int64_t other =
        dispatcher_nap_ms(app->dispatcher, now, clock_monotonic_ms());
    nap = other < nap ? other : nap;
    return control_nap_ms(app->control, clock_monotonic_ms(), nap);
}

static void take_signal(struct app *app)
{
    struct signalfd_siginfo info;

    while (read(app->signals, &info, sizeof(info)) == sizeof(info)) {
        if (info.ssi_signo == SIGHUP)
            reload(app);
        else
            app->stopping = true;
    }
}

static void wait_ms(struct app *app, int64_t nap_ms)
{
    void *ready = zpoller_wait(app->poller, (int)nap_ms);
    int64_t mono_ms = clock_monotonic_ms();

    if (ready == &app->signals)
        take_signal(app);
    dispatcher_hear(app->dispatcher, clock_now(), mono_ms);
    control_hear(app->control, mono_ms);
}

/* systemd wants a sign of life in every interval: wake twice in each. */
static int64_t longest_nap_ms(void)
{
    uint64_t interval_us = 0;

    if (sd_watchdog_enabled(0, &interval_us) <= 0)
        return NAP_MS;
    int64_t half_ms = (int64_t)(interval_us / 2000);
    return half_ms < NAP_MS ? half_ms : NAP_MS;
}

int app_run(struct app *app, struct err *err)
{
    (void)err;
    app->most_nap_ms = longest_nap_ms();
    if (clock_is_set())
        log_warning("the clock is set by KIPHAN_CLOCK: this is no real time "
                    "now=%lld",
                    (long long)clock_now());
    log_info("started version=" KIPHAN_VERSION " rules=%zu channels=%zu",
             app->settings->rule_count, app->settings->channel_count);
    (void)sd_notify(0, "READY=1");
    while (!app->stopping)
        wait_ms(app, turn(app));
    (void)sd_notify(0, "STOPPING=1");
    log_info("stopped");
    return 0;
}
