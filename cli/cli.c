#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "base/place.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/hold.h"
#include "cli/owner.h"
#include "wire/control.h"
#include "wire/socket.h"

enum {
    LOCK_WAIT_MS = 10000, /* the daemon's batches are far shorter */
    POKE_WAIT_MS = 2000,
};

/* ---- what is said ---- */

__attribute__((format(printf, 1, 0))) static void complain(const char *format,
                                                           va_list args)
{
    struct buf raw = {0};

    buf_vaddf(&raw, format, args);
    owned(str_free) char *whole = buf_take(&raw);
    owned(str_free) char *line = utf8_one_line(whole);
    (void)fprintf(stderr, "kiphan: %s\n", line);
}

void cli_warn(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
}

int cli_refuse(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
    return CLI_REFUSED;
}

int cli_fail(const struct err *err)
{
    cli_warn("%s", err->text);
    return err->code == ERR_BUSY || err->code == ERR_SYSTEM ? CLI_STORE
                                                            : CLI_REFUSED;
}

int cli_usage(const struct cli *cli, const char *text)
{
    cli_warn("%s", text);
    if (cli->verb)
        (void)fprintf(stderr, "%s: kiphan %s --help\n",
                      cli_text(cli, TEXT_CLI_SEE), cli->verb->name);
    else
        (void)fprintf(stderr, "%s: kiphan --help\n",
                      cli_text(cli, TEXT_CLI_SEE));
    return CLI_USAGE;
}

int cli_unknown(const struct cli *cli, enum text_id text,
                const struct nearest *nearest)
{
    owned(str_free) char *hint =
        nearest->best ? text_fill(TEXT_CLI_DID_YOU_MEAN, cli->language, "name",
                                  nearest->best, NULL)
                      : str_copy("");
    owned(str_free) char *wrong =
        text_fill(text, cli->language, "name", nearest->word, NULL);
    owned(str_free) char *whole = str_format("%s%s", wrong, hint);
    return cli_usage(cli, whole);
}

void cli_say(const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    owned(str_free) char *whole = buf_take(&text);
    owned(str_free) char *line = utf8_one_line(whole);
    (void)puts(line);
}

int cli_print_json(struct json **value)
{
    owned(str_free) char *text = json_format_pretty(*value);

    json_free(value);
    (void)puts(text);
    return CLI_DONE;
}

const char *cli_text(const struct cli *cli, enum text_id id)
{
    return text_of(id, cli->language);
}

enum languages cli_languages(const struct cli *cli)
{
    return cli->language == TEXTS_VI ? LANGUAGE_VI : LANGUAGE_EN;
}

/* ---- options ---- */

const char *cli_option(const struct cli *cli, const char *name)
{
    const struct verb_option *options = cli->verb->options;

    for (size_t i = 0; i < VERB_OPTIONS && options[i].name; i++)
        if (str_equal(options[i].name, name))
            return cli->given[i];
    return NULL;
}

int cli_option_number(const struct cli *cli, const char *name, long long least,
                      long long most, long long *number_io)
{
    const char *text = cli_option(cli, name);

    if (!text || str_to_long(text, least, most, number_io))
        return CLI_DONE;
    owned(str_free) char *from = str_format("%lld", least);
    owned(str_free) char *to = str_format("%lld", most);
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_BAD_NUMBER, cli->language, "option", name, "value",
                  text, "from", from, "to", to, NULL);
    return cli_usage(cli, wrong);
}

/* ---- what is opened ---- */

char *cli_no_settings(const struct cli *cli)
{
    if (access(cli->settings_path, F_OK) == 0 || errno != ENOENT)
        return NULL;
    return text_fill(TEXT_CLI_NO_SETTINGS, cli->language, "path",
                     cli->settings_path, NULL);
}

void cli_take_language(struct cli *cli)
{
    struct problems problems = {0};
    owned(settings_free) struct settings *settings =
        settings_read(cli->settings_path, &problems);

    problems_done(&problems);
    if (settings)
        cli->language = settings->language == LANGUAGE_VI ? TEXTS_VI : TEXTS_EN;
}

int cli_need_settings(struct cli *cli)
{
    struct problems problems = {0};

    if (cli->settings)
        return CLI_DONE;
    owned(str_free) char *none = cli_no_settings(cli);
    if (none)
        return cli_refuse("%s", none);
    cli->settings = settings_read(cli->settings_path, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        owned(str_free) char *line = problem_format(&problems.items[i]);
        (void)fprintf(stderr, "%s\n", line);
    }
    problems_done(&problems);
    return cli->settings ? CLI_DONE : CLI_REFUSED;
}

/* SQLite only says that it is not allowed to; who may is more useful. */
static int check_access(const char *path, enum store_mode mode, struct err *err)
{
    int wanted = mode == STORE_READ ? R_OK : R_OK | W_OK;

    if (access(path, wanted) == 0 || errno != EACCES)
        return 0;
    return err_set(err, ERR_SYSTEM, "%s: %s; %s", path, strerror(errno),
                   mode == STORE_READ
                       ? "members of group kiphan-read may read it"
                       : "members of group kiphan-admin may: sudo -u kiphan "
                         "kiphan ...");
}

int cli_need_store(struct cli *cli, enum store_mode mode)
{
    struct err err = {0};
    int code = cli_need_settings(cli);

    if (code || cli->store)
        return code;
    const char *path = cli->settings->store_path;
    if (owner_become(path, &err) || check_access(path, mode, &err))
        return cli_fail(&err);
    if (store_open(path, mode, &cli->store, &err) == 0)
        return CLI_DONE;
    if (err.code == ERR_NOT_FOUND) {
        owned(str_free) char *text =
            text_fill(TEXT_CLI_NO_STORE, cli->language, "path", path, NULL);
        cli_warn("%s", text);
        return CLI_STORE;
    }
    (void)cli_fail(&err);
    return CLI_STORE;
}

int cli_need_office(struct cli *cli)
{
    struct err err = {0};
    int code = cli_need_store(cli, STORE_READ);

    if (code || cli->office)
        return code;
    if (office_load(cli->settings, cli->store, &cli->office, &err))
        return cli_fail(&err);
    return CLI_DONE;
}

/* ---- changes ---- */

int cli_begin(struct cli *cli)
{
    struct err err = {0};

    hold_begin();
    if (store_begin(cli->store, LOCK_WAIT_MS, &err) == 0)
        return CLI_DONE;
    hold_end();
    return cli_fail(&err);
}

int cli_commit(struct cli *cli)
{
    struct err err = {0};
    int failed = store_commit(cli->store, &err);

    hold_end();
    return failed ? cli_fail(&err) : CLI_DONE;
}

void cli_rollback(struct cli *cli)
{
    store_rollback(cli->store);
    hold_end();
}

int cli_record(struct cli *cli, const char *verb, const char *detail,
               struct err *err)
{
    return store_record_action(cli->store, cli->now, cli->login, verb, detail,
                               err);
}

bool cli_poke(const struct cli *cli)
{
    owned(json_free) struct json *reply = NULL;
    struct err err = {0};

    wire_init();
    if (control_ask(cli->settings->wire.control, CONTROL_POKE, NULL,
                    POKE_WAIT_MS, &reply, &err) == 0)
        return true;
    if (err.code != ERR_NOT_FOUND)
        cli_warn("%s", err.text);
    return err.code != ERR_NOT_FOUND;
}

void cli_done(struct cli *cli)
{
    office_free(&cli->office);
    store_free(&cli->store);
    settings_free(&cli->settings);
    str_free(&cli->login);
}
