/* send-one - drive one channel, without a daemon, for tests.
 *
 *   send-one SETTINGS CHANNEL probe
 *   send-one SETTINGS CHANNEL send TEMPLATES NOTICE.json...
 *
 * Prints a line of JSON for each outcome.  All notices go through one state,
 * so over one connection where the channel keeps it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"
#include "render/render.h"
#include "settings/settings.h"
#include "workers/channel.h"

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

static struct json *read_facts(const char *path, struct err *err)
{
    FILE *file = fopen(path, "re");

    if (!file) {
        (void)err_set(err, ERR_NOT_FOUND, "%s cannot be opened", path);
        return NULL;
    }
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    return json_parse(bytes, length, err);
}

static struct message message_of(const struct json *facts,
                                 const struct rendering *rendering)
{
    const struct json *to = json_get(facts, "to");

    return (struct message){
        .identity = json_text(facts, "identity"),
        .number = json_int(facts, "number", 0),
        .attempt = 1,
        .to = json_text(to, "address"),
        .to_name = json_text(to, "name"),
        .to_code = json_text(to, "code"),
        .subject = rendering->subject,
        .text = rendering->text,
        .html = rendering->html,
        .language = json_text(facts, "language"),
        .decided_at = json_int(facts, "decided_at", 0),
        .utc_offset = (int32_t)json_int(facts, "utc_offset", 0),
        .facts = facts,
    };
}

static int send_one(const struct channel *channel, void *state,
                    const char *kind, const struct renderer *renderer,
                    const char *path)
{
    struct err err = {0};
    owned(json_free) struct json *facts = read_facts(path, &err);
    owned(rendering_done) struct rendering rendering = {0};
    struct outcome outcome = {0};

    if (!facts || render(renderer, kind, facts, &rendering, &err) != 0)
        return fail(err.text);
    struct message message = message_of(facts, &rendering);
    channel->send(state, &message, &outcome);
    print_outcome(&outcome);
    return 0;
}

/* arguments: "probe", or "send", TEMPLATES and notices. */
static int drive(const struct channel *channel, void *state, const char *kind,
                 char **arguments)
{
    struct err err = {0};
    struct outcome outcome = {0};
    owned(renderer_free) struct renderer *renderer = NULL;

    if (str_equal(arguments[0], "probe")) {
        channel->probe(state, &outcome);
        print_outcome(&outcome);
        return 0;
    }
    if (!arguments[1] || renderer_open(arguments[1], &renderer, &err) != 0)
        return fail(err.text);
    for (char **path = arguments + 2; *path; path++)
        if (send_one(channel, state, kind, renderer, *path) != 0)
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
    void *state = NULL;

    if (count < 4)
        return fail("SETTINGS CHANNEL probe | send TEMPLATES NOTICE...");
    owned(settings_free) struct settings *settings =
        read_settings(arguments[1]);
    const struct channel_setting *setting =
        settings ? settings_channel(settings, arguments[2]) : NULL;
    const struct channel *channel =
        setting ? channel_find(setting->type) : NULL;
    if (!channel || clock_init(&err) != 0)
        return fail("no such channel");
    if (channel->open(setting, &state, &err) != 0)
        return fail(err.text);
    int result = drive(channel, state, setting->templates, arguments + 3);
    channel->close(&state);
    return result;
}
