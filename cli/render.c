/* kiphan render NOTICE|--sample: a message as the person would see it. */
#include <stdio.h>
#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/sample.h"
#include "cli/verbs.h"
#include "render/facts.h"
#include "render/render.h"
#include "store/notices.h"

/* What is to be shown. */
struct showing {
    struct cli *cli;
    const struct channel_setting *channel;
    struct json *facts;
    struct rendering rendering;
};

static void showing_done(struct showing *showing)
{
    json_free(&showing->facts);
    rendering_done(&showing->rendering);
}

/* ---- which message ---- */

static int no_notice(const struct cli *cli, const char *number)
{
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_NOTICE, cli->language, "number", number, NULL);
    return cli_refuse("%s", wrong);
}

static int find_channel(struct showing *showing, const char *name)
{
    const struct cli *cli = showing->cli;
    const struct settings *settings = cli->settings;
    struct nearest nearest = {.word = str_or_empty(name)};

    showing->channel =
        name ? settings_channel(settings, name) : &settings->channels[0];
    if (showing->channel)
        return CLI_DONE;
    for (size_t i = 0; i < settings->channel_count; i++)
        nearest_offer(&nearest, settings->channels[i].name);
    return cli_unknown(cli, TEXT_CLI_NO_CHANNEL, &nearest);
}

/* Its facts as a worker gets them; with --lang in that language. */
static int take_notice(struct showing *showing, const char *text)
{
    struct cli *cli = showing->cli;
    owned(notice_done) struct notice notice = {0};
    const char *named = cli_option(cli, "channel");
    struct err err = {0};
    long long number = 0;

    if (!str_to_long(text, 1, INT64_MAX, &number))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_QUEUE_NUMBER));
    if (store_get_notice(cli->store, number, &notice, &err))
        return err.code == ERR_NOT_FOUND ? no_notice(cli, text)
                                         : cli_fail(&err);
    showing->facts = json_parse(notice.facts, strlen(notice.facts), &err);
    if (!showing->facts)
        return cli_fail(&err);
    if (cli->language_given)
        json_put_text(showing->facts, "language",
                      language_name(cli_languages(cli)));
    return find_channel(showing, named ? named : notice.channel);
}

static int take(struct showing *showing, int argc, char **argv)
{
    struct cli *cli = showing->cli;
    bool sample = cli_option(cli, "sample") != NULL;

    if (sample == (argc > 0))
        return cli_usage(cli, cli_text(cli, TEXT_CLI_RENDER_WHICH));
    if (!sample)
        return take_notice(showing, argv[0]);
    showing->facts = sample_facts(cli, cli_languages(cli));
    return find_channel(showing, cli_option(cli, "channel"));
}

/* ---- which part ---- */

static const char *const part_names[] = {"subject", "text", "html"};

enum { PARTS = sizeof(part_names) / sizeof(*part_names) };

static const char *part_at(const struct rendering *rendering, size_t part)
{
    const char *const parts[PARTS] = {rendering->subject, rendering->text,
                                      rendering->html};
    return parts[part];
}

static int wrong_part(const struct cli *cli, const char *name)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < PARTS; i++)
        nearest_offer(&nearest, part_names[i]);
    return cli_unknown(cli, TEXT_CLI_NO_PART, &nearest);
}

/* To the byte as a worker makes it; only an end of line that it lacks is put
 * behind. */
static void print_part(const char *part)
{
    size_t length = strlen(part);

    (void)fwrite(part, 1, length, stdout);
    if (length == 0 || part[length - 1] != '\n')
        (void)putchar('\n');
}

static int print_one(const struct showing *showing, const char *name)
{
    for (size_t i = 0; i < PARTS; i++) {
        const char *part = part_at(&showing->rendering, i);
        if (!str_equal(part_names[i], name))
            continue;
        if (!part)
            return cli_refuse("%s",
                              cli_text(showing->cli, TEXT_CLI_PART_MISSING));
        print_part(part);
        return CLI_DONE;
    }
    return wrong_part(showing->cli, name);
}

static int print_json(const struct showing *showing)
{
    struct json *whole = json_new_object();

    json_put_text(whole, "channel", showing->channel->name);
    json_put_text(whole, "language", json_text(showing->facts, "language"));
    for (size_t i = 0; i < PARTS; i++)
        json_put_text(whole, part_names[i], part_at(&showing->rendering, i));
    return cli_print_json(&whole);
}

static int print(const struct showing *showing)
{
    const char *part = cli_option(showing->cli, "part");

    if (showing->cli->json)
        return print_json(showing);
    if (part)
        return print_one(showing, part);
    print_part(showing->rendering.subject);
    (void)putchar('\n');
    print_part(showing->rendering.text);
    return CLI_DONE;
}

/* As the channel's worker does it, with the functions that it uses. */
static int make(struct showing *showing, const struct renderer *renderer,
                struct err *err)
{
    struct rendering *rendering = &showing->rendering;
    owned(json_free) struct json *facts =
        facts_for(showing->facts, showing->channel->is_public,
                  showing->channel->lines_most);

    if (render(renderer, showing->channel->templates, facts, rendering, err))
        return -1;
    if (!showing->channel->numbered)
        return 0;
    char *numbered =
        render_numbered(rendering->text, json_int(facts, "number", 0),
                        json_text(facts, "language"));
    str_free(&rendering->text);
    rendering->text = numbered;
    return 0;
}

int verb_render(struct cli *cli, int argc, char **argv)
{
    owned(showing_done) struct showing showing = {.cli = cli};
    owned(renderer_free) struct renderer *renderer = NULL;
    struct err err = {0};
    int code = cli_need_office(cli);

    if (code || (code = take(&showing, argc, argv)))
        return code;
    if (renderer_open(cli->settings->templates, &renderer, &err) ||
        make(&showing, renderer, &err))
        return cli_fail(&err);
    return print(&showing);
}
