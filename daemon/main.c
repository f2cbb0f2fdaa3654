/* kiphand: watches deadlines and hands notices to workers.  See kiphand(8). */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/own.h"
#include "daemon/app.h"

static const char usage[] =
    "usage: kiphand [--settings FILE] [--debug]\n"
    "Watch the deadlines of an office and hand notices to workers.\n\n"
    "  -s, --settings FILE  read FILE (default $KIPHAN_SETTINGS, else\n"
    "                       /etc/kiphan/kiphan.yaml)\n"
    "  -d, --debug          log more\n"
    "  -h, --help           show this\n"
    "  -V, --version        show the version\n";

static const struct option options[] = {
    {"settings", required_argument, NULL, 's'},
    {"debug", no_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

enum { EXIT_USAGE = 2 };

static int say(FILE *where, const char *text, int status)
{
    (void)fputs(text, where);
    return status;
}

static int serve(const char *settings_path)
{
    owned(app_free) struct app *app = NULL;
    struct err err = {0};

    if (clock_init(&err) || app_open(settings_path, &app, &err) ||
        app_run(app, &err)) {
        log_error("%s", err.text);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const char *path = getenv("KIPHAN_SETTINGS");

    for (int option;
         (option = getopt_long(argc, argv, "s:dhV", options, NULL)) != -1;) {
        if (option == 's')
            path = optarg;
        else if (option == 'd')
            log_debug_set(true);
        else if (option == 'h')
            return say(stdout, usage, EXIT_SUCCESS);
        else if (option == 'V')
            return say(stdout, "kiphand " KIPHAN_VERSION "\n", EXIT_SUCCESS);
        else
            return say(stderr, usage, EXIT_USAGE);
    }
    if (optind < argc)
        return say(stderr, usage, EXIT_USAGE);
    return serve(path ? path : "/etc/kiphan/kiphan.yaml");
}
