/* kiphan-worker - deliver the notices of one channel. */
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/own.h"
#include "base/str.h"
#include "settings/settings.h"
#include "workers/skeleton.h"

enum { DONE = 0, WRONG_INPUT = 1, WRONG_USAGE = 2, FAILED = 4 };
enum { THREADS_MOST = 64, STOP_MS = 80000 };

struct options {
    const char *settings;
    const char *templates; /* NULL: as the settings say */
    const char *key;       /* tcp only; NULL: the credential wire-key */
    int threads;           /* 0: as the settings say */
    const char *channel;
};

static const char usage[] =
    "usage: kiphan-worker [--settings FILE] [--threads N] [--templates DIR]\n"
    "                     [--key FILE] CHANNEL\n"
    "Deliver the notices of one channel.\n\n"
    "  -s, --settings FILE   read FILE (default $KIPHAN_SETTINGS, else\n"
    "                        /etc/kiphan/kiphan.yaml)\n"
    "  -n, --threads N       so many deliveries at a time, 1 to 64\n"
    "  -t, --templates DIR   take the templates of messages from DIR\n"
    "  -k, --key FILE        over TCP: this worker's secret certificate\n"
    "  -h, --help            show this\n"
    "  -V, --version         show the version\n";

static int say(FILE *where, const char *text, int status)
{
    (void)fputs(text, where);
    return status;
}

static int read_threads(const char *text, int *threads_r)
{
    long long number;

    if (!str_to_long(text, 1, THREADS_MOST, &number))
        return -1;
    *threads_r = (int)number;
    return 0;
}

/* 0: go on; else the way to end is in *status_r. */
static int read_options(int argc, char **argv, struct options *options,
                        int *status_r)
{
    static const struct option known[] = {
        {"settings", required_argument, NULL, 's'},
        {"threads", required_argument, NULL, 'n'},
        {"templates", required_argument, NULL, 't'},
        {"key", required_argument, NULL, 'k'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {0},
    };

    *status_r = DONE;
    for (int found;
         (found = getopt_long(argc, argv, "s:n:t:k:hV", known, NULL)) != -1;) {
        if (found == 's')
            options->settings = optarg;
        else if (found == 't')
            options->templates = optarg;
        else if (found == 'k')
            options->key = optarg;
        else if (found == 'h')
            return say(stdout, usage, -1);
        else if (found == 'V')
            return say(stdout, "kiphan-worker " KIPHAN_VERSION "\n", -1);
        else if (found != 'n' || read_threads(optarg, &options->threads) != 0)
            return *status_r = say(stderr, usage, WRONG_USAGE);
    }
    if (optind != argc - 1)
        return *status_r = say(stderr, usage, WRONG_USAGE);
    options->channel = argv[optind];
    return 0;
}

static struct settings *read_settings(const char *path)
{
    struct problems problems = {0};
    struct settings *settings = settings_read(path, &problems);

    for (size_t i = 0; i < problems.count; i++) {
        owned(str_free) char *line = problem_format(&problems.items[i]);
        log_error("%s", line);
    }
    problems_done(&problems);
    return settings;
}

/* Signals become readable; threads inherit the mask. */
static int stop_signals(void)
{
    sigset_t wanted;

    (void)sigemptyset(&wanted);
    (void)sigaddset(&wanted, SIGTERM);
    (void)sigaddset(&wanted, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &wanted, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The key that --key names, or the one that systemd hands us; yours. */
static char *own_key(const struct options *options)
{
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");

    if (options->key || !credentials)
        return str_copy(options->key);
    return str_format("%s/wire-key", credentials);
}

static int serve(const struct options *options, const struct settings *settings,
                 const struct channel_setting *setting)
{
    owned(str_free) char *key = own_key(options);
    const struct wire_setting *wire = &settings->wire;
    const struct worker_setup setup = {
        .endpoint = wire->endpoint,
        .guard = {.message_bytes = wire->message_bytes,
                  .server_key = wire->server_key,
                  .own_key = key},
        .channel = channel_find(setting->type),
        .setting = setting,
        .templates =
            options->templates ? options->templates : settings->templates,
        .threads = options->threads ? options->threads : setting->threads,
        .heartbeat_ms = wire->heartbeat_seconds * 1000,
        .lost_ms = wire->lost_seconds * 1000,
        .stop_ms = STOP_MS,
        .stop_fd = stop_signals(),
    };
    struct err err = {0};
    bool left = false;

    if (!setup.channel) {
        log_error("This worker has no channel of type \"%s\"", setting->type);
        return WRONG_INPUT;
    }
    int result = worker_run(&setup, &left, &err);
    if (result != 0)
        log_error("%s", err.text);
    if (left)
        _exit(DONE); /* threads still use what a clean end would free */
    return result == 0 ? DONE : FAILED;
}

static const char *default_settings(void)
{
    const char *path = getenv("KIPHAN_SETTINGS");
    return str_empty(path) ? "/etc/kiphan/kiphan.yaml" : path;
}

int main(int argc, char **argv)
{
    struct options options = {.settings = default_settings()};
    struct err err = {0};
    int status = DONE;

    /* Secrets of the channel are in this memory: no core, no ptrace. */
    (void)prctl(PR_SET_DUMPABLE, 0);
    if (read_options(argc, argv, &options, &status) != 0)
        return status;
    if (clock_init(&err) != 0) {
        log_error("%s", err.text);
        return WRONG_INPUT;
    }
    if (clock_is_set())
        log_warning("the clock is set by KIPHAN_CLOCK: this is no real time");
    owned(settings_free) struct settings *settings =
        read_settings(options.settings);
    if (!settings)
        return WRONG_INPUT;
    const struct channel_setting *setting =
        settings_channel(settings, options.channel);
    if (!setting) {
        log_error("%s names no channel \"%s\"", options.settings,
                  options.channel);
        return WRONG_INPUT;
    }
    wire_init();
    return serve(&options, settings, setting);
}
