#include "daemon/app.h"

#include <czmq.h>
#include <errno.h>
#include <signal.h>
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
#include "daemon/planner.h"
#include "daemon/publisher.h"
#include "settings/settings.h"
#include "store/notices.h"
#include "store/store.h"
#include "wire/socket.h"

enum {
    NAP_MS = 60 * 1000,      /* the longest sleep: steps of the clock */
    BUSY_NAP_MS = 200,       /* another process writes */
    BROKEN_NAP_MS = 5000,    /* the store fails: a full disk, say */
    TURNS = 20,              /* of the planner before the sockets are heard */
    COMPLAINT_MS = 10 * 1000 /* between two warnings of the same kind */
};

struct app {
    const char *settings_path; /* the caller's */
    struct settings *settings;
    struct store *store;
    struct planner *planner;
    struct publisher *publisher;
    struct dispatcher *dispatcher;
    struct control *control;
    zpoller_t *poller;
    int signals;          /* a signalfd */
    int64_t data_version; /* of the store, as last seen */
    int64_t complained_at;
    bool unsettled; /* the store was busy or broken in this turn */
    bool stopping;
};

/* ---- starting ---- */

static void log_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        owned(str_free) char *line = problem_format(&problems->items[i]);
        log_error("%s", line);
    }
}

static struct settings *read_settings(const char *path, struct err *err)
{
    owned(problems_done) struct problems problems = {0};
    struct settings *settings = settings_read(path, &problems);

    if (settings)
        return settings;
    log_problems(&problems);
    (void)err_set(err, ERR_INVALID, "%s: %zu errors in the settings", path,
                  problems.count);
    return NULL;
}

/* Do the rules name only units and people that there are? */
static int check_names(const struct settings *settings,
                       const struct office *office, struct err *err)
{
    owned(problems_done) struct problems problems = {0};

    settings_check_names(settings, office_directory(office), &problems);
    if (problems.count == 0)
        return 0;
    log_problems(&problems);
    return err_set(err, ERR_INVALID, "%zu names in the rules are not known",
                   problems.count);
}

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
    if (store_open(app->settings->store_path, STORE_CREATE, &app->store, err))
        return -1;
    return store_lock_instance(app->store, err);
}

static int open_sockets(struct app *app, struct err *err)
{
    const struct settings *settings = app->settings;

    app->publisher = publisher_new(&settings->wire, err);
    if (!app->publisher)
        return -1;
    const struct dispatcher_hooks hooks = {
        .context = app->planner,
        .review = (dispatcher_review *)planner_review,
        .refused = (dispatcher_refused *)planner_refused,
    };
    (void)hooks;
    return 0;
}
