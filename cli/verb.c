#include "cli/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/owner.h"

#define DEFAULT_SETTINGS "/etc/kiphan/kiphan.yaml"

enum { WORDS_MOST = 8 };

enum global {
    GLOBAL_SETTINGS,
    GLOBAL_JSON,
    GLOBAL_LANG,
    GLOBAL_HELP,
    GLOBAL_VERSION,
    GLOBALS
};

static const struct verb_option globals[GLOBALS] = {
    [GLOBAL_SETTINGS] = {"settings", "FILE", TEXT_CLI_OPTION_SETTINGS},
    [GLOBAL_JSON] = {"json", NULL, TEXT_CLI_OPTION_JSON},
    [GLOBAL_LANG] = {"lang", "vi|en", TEXT_CLI_OPTION_LANG},
    [GLOBAL_HELP] = {"help", NULL, TEXT_CLI_OPTION_HELP},
    [GLOBAL_VERSION] = {"version", NULL, TEXT_CLI_OPTION_VERSION},
};

/* A command line while it is read. */
struct line {
    const struct verb *verbs;
    size_t count;
    struct cli *cli;
    const char *global[GLOBALS];
    char *words[WORDS_MOST + 1]; /* after the verb; ended by NULL */
    int word_count;
    int next; /* place in argv */
    int argc;
    char **argv;
};

/* ---- help ---- */

static void print_entry(const char *name, const char *argument,
                        const char *help)
{
    owned(str_free) char *left = str_format("%s%s%s", name, argument ? " " : "",
                                            argument ? argument : "");

    (void)printf("  %-24s %s\n", left, help);
}

static void print_options(const struct cli *cli,
                          const struct verb_option *options, size_t most)
{
    for (size_t i = 0; i < most && options[i].name; i++) {
        owned(str_free) char *name = str_format("--%s", options[i].name);
        print_entry(name, options[i].argument,
                    text_of(options[i].help, cli->language));
    }
}

static void print_help(const struct line *line)
{
    const struct cli *cli = line->cli;

    (void)printf("%s: kiphan [--settings FILE] [--lang vi|en] [--json] %s\n\n",
                 cli_text(cli, TEXT_CLI_USAGE), cli_text(cli, TEXT_CLI_VERB));
    for (size_t i = 0; i < line->count; i++)
        print_entry(line->verbs[i].name, NULL,
                    text_of(line->verbs[i].summary, cli->language));
    (void)putchar('\n');
    print_options(cli, globals, GLOBALS);
    (void)printf("\n%s\n", cli_text(cli, TEXT_CLI_EXIT_CODES));
}

static void print_verb_help(const struct cli *cli)
{
    const struct verb *verb = cli->verb;

    (void)printf("%s: kiphan %s%s%s%s\n\n%s\n", cli_text(cli, TEXT_CLI_USAGE),
                 verb->name, *verb->arguments ? " " : "", verb->arguments,
                 verb->options[0].name ? " [...]" : "",
                 cli_text(cli, verb->summary));
    if (verb->help != TEXT_COUNT)
        (void)printf("%s\n", cli_text(cli, verb->help));
    (void)putchar('\n');
    print_options(cli, verb->options, VERB_OPTIONS);
    print_options(cli, globals, GLOBALS);
    (void)printf("\n%s\n", cli_text(cli, TEXT_CLI_EXIT_CODES));
}

/* ---- reading the line ---- */

static int take_verb(struct line *line, const char *name)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < line->count; i++) {
        nearest_offer(&nearest, line->verbs[i].name);
        if (str_equal(line->verbs[i].name, name)) {
            line->cli->verb = &line->verbs[i];
            return CLI_DONE;
        }
    }
    return cli_unknown(line->cli, TEXT_CLI_NO_VERB, &nearest);
}

static int take_word(struct line *line, char *word)
{
    if (!line->cli->verb)
        return take_verb(line, word);
    if (line->word_count == WORDS_MOST)
        return cli_usage(line->cli, cli_text(line->cli, TEXT_CLI_TOO_MANY));
    line->words[line->word_count++] = word;
    return CLI_DONE;
}

static int option_named(const struct verb_option *options, size_t most,
                        const char *name, struct nearest *nearest)
{
    for (size_t i = 0; i < most && options[i].name; i++) {
        nearest_offer(nearest, options[i].name);
        if (str_equal(options[i].name, name))
            return (int)i;
    }
    return -1;
}

/* The value of an option, behind "=" or the next word; NULL when there is
 * none and it wants one, or there is one and it does not. */
static const char *option_value(struct line *line,
                                const struct verb_option *option,
                                const char *behind)
{
    if (!option->argument)
        return behind ? NULL : "";
    if (behind)
        return behind;
    return line->next < line->argc ? line->argv[line->next++] : NULL;
}

static int take_option(struct line *line, const char *text)
{
    const struct verb *verb = line->cli->verb;
    const char *behind = strchr(text, '=');
    owned(str_free) char *name =
        behind ? str_copy_bytes(text, (size_t)(behind - text)) : str_copy(text);
    struct nearest nearest = {.word = name};
    const struct verb_option *options = globals;
    const char **values = line->global;

    int at = option_named(globals, GLOBALS, name, &nearest);
    if (at < 0 && verb) {
        options = verb->options;
        values = line->cli->given;
        at = option_named(options, VERB_OPTIONS, name, &nearest);
    }
    if (at < 0)
        return cli_unknown(line->cli, TEXT_CLI_NO_OPTION, &nearest);
    values[at] = option_value(line, &options[at], behind ? behind + 1 : NULL);
    if (values[at])
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(options[at].argument ? TEXT_CLI_NO_VALUE : TEXT_CLI_ANY_VALUE,
                  line->cli->language, "name", name, NULL);
    return cli_usage(line->cli, wrong);
}

static int read_line(struct line *line)
{
    bool words_only = false;
    int code = CLI_DONE;

    while (!code && line->next < line->argc) {
        char *text = line->argv[line->next++];
        if (!utf8_valid(text, strlen(text)))
            return cli_usage(line->cli, cli_text(line->cli, TEXT_CLI_NOT_UTF8));
        if (!words_only && str_equal(text, "--"))
            words_only = true;
        else if (!words_only && str_equal(text, "-h"))
            line->global[GLOBAL_HELP] = "";
        else if (!words_only && str_equal(text, "-o"))
            code = take_option(line, "output");
        else if (!words_only && str_starts(text, "--"))
            code = take_option(line, text + 2);
        else
            code = take_word(line, text);
    }
    return code;
}

/* The last value of a global option, else the fallback. */
static const char *value_ahead(const struct line *line, enum global global,
                               const char *fallback)
{
    owned(str_free) char *name = str_format("--%s", globals[global].name);
    size_t length = strlen(name);

    for (int i = 1; i < line->argc; i++) {
        const char *text = line->argv[i];
        if (str_starts(text, name) && text[length] == '=')
            fallback = text + length + 1;
        else if (str_equal(text, name) && i + 1 < line->argc)
            fallback = line->argv[++i];
    }
    return fallback;
}

/* Before the line is read, so that what is wrong with it is said in the same
 * language as all the rest: --lang, else LANG, else the settings'. */
static void find_language(struct line *line)
{
    struct cli *cli = line->cli;
    const char *from_environment = getenv("KIPHAN_SETTINGS");
    const char *lang = value_ahead(line, GLOBAL_LANG, getenv("LANG"));

    cli->settings_path = value_ahead(
        line, GLOBAL_SETTINGS,
        str_empty(from_environment) ? DEFAULT_SETTINGS : from_environment);
    cli->language_given = value_ahead(line, GLOBAL_LANG, NULL) != NULL;
    cli->language = text_language_parse(lang, TEXTS_EN);
    if (cli->language != text_language_parse(lang, TEXTS_VI))
        cli_take_language(cli);
}

/* ---- running ---- */

static int check_words(const struct line *line)
{
    const struct verb *verb = line->cli->verb;

    if (line->word_count > verb->most)
        return cli_usage(line->cli, cli_text(line->cli, TEXT_CLI_TOO_MANY));
    if (line->word_count >= verb->least)
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_TOO_FEW, line->cli->language, "arguments",
                  verb->arguments, NULL);
    return cli_usage(line->cli, wrong);
}

static int check_globals(const struct line *line)
{
    const char *lang = line->global[GLOBAL_LANG];

    if (!lang || str_equal(lang, "vi") || str_equal(lang, "en"))
        return CLI_DONE;
    return cli_usage(line->cli, cli_text(line->cli, TEXT_CLI_BAD_LANG));
}

static int run_verb(struct line *line)
{
    struct cli *cli = line->cli;
    struct err err = {0};

    if (clock_init(&err))
        return cli_fail(&err);
    if (clock_is_set())
        cli_warn("%s", cli_text(cli, TEXT_CLI_CLOCK_SET));
    cli->json = line->global[GLOBAL_JSON] != NULL;
    cli->colour =
        isatty(STDOUT_FILENO) && !cli->json && str_empty(getenv("NO_COLOR"));
    cli->now = clock_now();
    cli->login = owner_login();
    return cli->verb->run(cli, line->word_count, line->words);
}

static int obey(struct line *line)
{
    int code = read_line(line);

    if (code || (code = check_globals(line)))
        return code;
    if (line->global[GLOBAL_VERSION]) {
        (void)puts("kiphan " KIPHAN_VERSION);
        return CLI_DONE;
    }
    if (line->global[GLOBAL_HELP]) {
        if (line->cli->verb)
            print_verb_help(line->cli);
        else
            print_help(line);
        return CLI_DONE;
    }
    if (!line->cli->verb)
        return cli_usage(line->cli,
                         cli_text(line->cli, TEXT_CLI_NO_VERB_GIVEN));
    code = check_words(line);
    return code ? code : run_verb(line);
}

int verbs_run(const struct verb *verbs, size_t count, int argc, char **argv)
{
    struct cli cli = {0};
    struct line line = {.verbs = verbs,
                        .count = count,
                        .cli = &cli,
                        .next = 1,
                        .argc = argc,
                        .argv = argv};

    find_language(&line);
    int code = obey(&line);
    cli_done(&cli);
    /* Output that did not arrive (a full disk, a closed pipe) is no success. */
    if (fflush(stdout) != 0 && code == CLI_DONE)
        code = CLI_PARTLY;
    return code;
}
