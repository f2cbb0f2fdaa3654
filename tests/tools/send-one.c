/* send-one - drive one channel, without a daemon, for tests.
 *
 *   send-one SETTINGS CHANNEL probe
 *   send-one SETTINGS CHANNEL send TEMPLATES NOTICE.json...
 *
 * Prints a line of JSON for each outcome.  All notices go through one state,
 * so over one connection where the channel keeps it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"
#include "render/render.h"
#include "settings/settings.h"
#include "workers/channel.h"
#include "workers/compose.h"

static char bytes[1024 * 1024];

static void print_outcome(const struct outcome *outcome)
{
    owned(json_free) struct json *line = json_new_object();

    json_put_text(line, "verdict", verdict_name(outcome->verdict));
    json_put_int(line, "retry_after", outcome->retry_after);
    json_put_text(line, "detail", outcome->detail);
    owned(str_free) char *text = json_format(line);
    (void)puts(text);
    (void)fflush(stdout);
}

static int fail(const char *text)
{
    (void)fprintf(stderr, "send-one: %s\n", text);
    return 1;
}

static int read_body(const char *path)
{
    FILE *file = fopen(path, "re");

    if (!file)
        return -1;
    size_t length = fread(bytes, 1, sizeof(bytes) - 1, file);
    (void)fclose(file);
    bytes[length] = '\0';
    return 0;
}

static int send_one(const struct composing *with, const char *path)
{
    owned(composed_done) struct composed composed = {0};
    struct outcome outcome = {0};

    if (read_body(path) != 0)
        return fail(path);
    if (compose(with, bytes, &composed, &outcome) == 0) {
        composed.message.attempt = 1;
        with->channel->send(with->state, &composed.message, &outcome);
    }
    print_outcome(&outcome);
    return 0;
}

/* arguments: "probe", or "send", TEMPLATES and notices. */
static int drive(struct composing *with, char **arguments)
{
    struct err err = {0};
    struct outcome outcome = {0};
    owned(renderer_free) struct renderer *renderer = NULL;

    if (str_equal(arguments[0], "probe")) {
        with->channel->probe(with->state, &outcome);
        print_outcome(&outcome);
        return 0;
    }
    if (!arguments[1] || renderer_open(arguments[1], &renderer, &err) != 0)
        return fail(err.text);
    with->renderer = renderer;
    for (char **path = arguments + 2; *path; path++)
        if (send_one(with, *path) != 0)
            return 1;
    return 0;
}

static struct settings *read_settings(const char *path)
{
    struct problems problems = {0};
    struct settings *settings = settings_read(path, &problems);

    for (size_t i = 0; i < problems.count; i++) {
        owned(str_free) char *line = problem_format(&problems.items[i]);
        (void)fprintf(stderr, "%s\n", line);
    }
    problems_done(&problems);
    return settings;
}

int main(int count, char **arguments)
{
    struct err err = {0};
    struct composing with = {0};

    (void)signal(SIGPIPE, SIG_IGN); /* as the worker does */
    if (count < 4)
        return fail("SETTINGS CHANNEL probe | send TEMPLATES NOTICE...");
    owned(settings_free) struct settings *settings =
        read_settings(arguments[1]);
    const struct channel_setting *setting =
        settings ? settings_channel(settings, arguments[2]) : NULL;
    with.setting = setting;
    with.channel = setting ? channel_find(setting->type) : NULL;
    if (!with.channel || clock_init(&err) != 0)
        return fail("no such channel");
    if (with.channel->open(setting, &with.state, &err) != 0)
        return fail(err.text);
    int result = drive(&with, arguments + 3);
    with.channel->close(&with.state);
    return result;
}
