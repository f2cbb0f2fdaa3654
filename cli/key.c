/* kiphan key: the keys by which daemon and workers know each other over TCP,
 * and the one that seals the history. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/history_key.h"
#include "cli/verbs.h"
#include "wire/key.h"

#define USUAL_CREDENTIAL "kiphan-history-key"

/* What is still to be written into the settings; NULL: they have it. */
static char *missing_setting(const struct cli *cli, const char *file)
{
    if (cli->settings && cli->settings->history_key.source != SECRET_NONE)
        return NULL;
    owned(str_free) char *whole = file ? realpath(file, NULL) : NULL;
    return file ? str_format("{file: %s}", whole ? whole : file)
                : str_copy("{credential: " USUAL_CREDENTIAL "}");
}

static int report_history(const struct cli *cli, const char *path,
                          const char *setting)
{
    if (cli->json) {
        struct json *made = json_new_object();
        json_put_text(made, "history_key", path);
        json_put_text(made, "setting", setting);
        return cli_print_json(&made);
    }
    owned(str_free) char *said =
        text_fill(TEXT_CLI_KEY_HISTORY_MADE, cli->language, "file", path, NULL);
    (void)puts(said);
    if (!setting)
        return CLI_DONE;
    owned(str_free) char *more =
        text_fill(TEXT_CLI_KEY_HISTORY_SETTING, cli->language, "settings",
                  cli->settings_path, "value", setting, NULL);
    (void)puts(more);
    return CLI_DONE;
}

/* file: NULL for where the settings say. */
static int make_history_key(struct cli *cli, const char *file)
{
    struct err err = {0};
    int code = file && access(cli->settings_path, F_OK) != 0
                   ? CLI_DONE
                   : cli_need_settings(cli);

    if (code)
        return code;
    owned(str_free) char *said =
        cli->settings ? history_key_file(cli->settings) : NULL;
    owned(str_free) char *path =
        str_copy(file   ? file
                 : said ? said
                        : SECRET_STORE "/" USUAL_CREDENTIAL);
    if (history_key_make(path, &err))
        return cli_fail(&err);
    owned(str_free) char *setting = missing_setting(cli, file);
    return report_history(cli, path, setting);
}

static int make_pair(const struct cli *cli, const char *file)
{
    struct err err = {0};

    if (wire_key_make(file, &err))
        return cli_fail(&err);
    owned(str_free) char *secret = str_format("%s_secret", file);
    if (cli->json) {
        struct json *made = json_new_object();
        json_put_text(made, "public", file);
        json_put_text(made, "secret", secret);
        return cli_print_json(&made);
    }
    owned(str_free) char *said =
        text_fill(TEXT_CLI_KEY_MADE, cli->language, "public", file, "secret",
                  secret, NULL);
    (void)puts(said);
    return CLI_DONE;
}

int verb_key(struct cli *cli, int argc, char **argv)
{
    if (str_equal(argv[0], "history"))
        return make_history_key(cli, argc > 1 ? argv[1] : NULL);
    if (argc == 1)
        return make_pair(cli, argv[0]);
    owned(str_free) char *wrong = text_fill(
        TEXT_CLI_NO_KIND_OF_KEY, cli->language, "name", argv[0], NULL);
    return cli_usage(cli, wrong);
}
