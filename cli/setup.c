/* kiphan init and version: before anything else. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/file.h"
#include "cli/history_key.h"
#include "cli/verbs.h"

#ifndef KIPHAN_SHARE
#define KIPHAN_SHARE "/usr/share/kiphan"
#endif

#define SERVICE_USER "kiphan"
#define USUAL_EXAMPLE "kien-an"

enum { SETTINGS_MOST = 64 * 1024 };

int verb_version(struct cli *cli, int argc, char **argv)
{
    (void)argc, (void)argv;
    if (!cli->json) {
        (void)puts("kiphan " KIPHAN_VERSION);
        return CLI_DONE;
    }
    struct json *whole = json_new_object();
    json_put_text(whole, "version", KIPHAN_VERSION);
    return cli_print_json(&whole);
}

/* ---- init ---- */

static const char *share(void)
{
    const char *from_environment = getenv("KIPHAN_SHARE");

    return str_empty(from_environment) ? KIPHAN_SHARE : from_environment;
}

static const char *example_name(const struct cli *cli)
{
    const char *name = cli_option(cli, "example");

    return name ? name : USUAL_EXAMPLE;
}

static int failed_at(const char *path, struct err *err)
{
    return err_set(err, ERR_INVALID, "%s: %s", path, strerror(errno));
}

static int make_directory(const char *path, struct err *err)
{
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return 0;
    return failed_at(path, err);
}

/* A trial in a directory of its own keeps store and sockets there too. */
static char *moved_to(const char *text, const char *directory)
{
    struct buf out = {0};

    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool is_store = str_starts(line, "store:");
        length += line[length] == '\n';
        if (str_starts(line, "history-key:"))
            buf_addf(&out, "history-key: {file: \"%s/history.key\"}\n",
                     directory);
        else if (is_store)
            buf_addf(&out,
                     "store: \"%s/kiphan.db\"\n\n"
                     "wire:\n"
                     "  endpoint: \"ipc://%s/wire\"\n"
                     "  events: \"ipc://%s/events\"\n"
                     "  control: \"ipc://%s/control\"\n",
                     directory, directory, directory, directory);
        else
            buf_add_bytes(&out, line, length);
        line += length;
    }
    return buf_take(&out);
}

/* Is the name one of a directory right below the share directory's? */
static bool is_plain_name(const char *name)
{
    return *name && *name != '.' && !strchr(name, '/');
}

static int read_example(const struct cli *cli, char **text_r, struct err *err)
{
    const char *name = example_name(cli);
    size_t length = 0;

    if (!is_plain_name(name))
        return err_set(err, ERR_INVALID, "\"%s\" is no name of an example",
                       name);
    owned(str_free) char *path =
        str_format("%s/example/%s/kiphan.yaml", share(), name);
    return file_bytes(path, SETTINGS_MOST, text_r, &length, err);
}

static int write_new(const char *path, const char *text, struct err *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    size_t length = strlen(text);

    if (file < 0)
        return failed_at(path, err);
    bool written = write(file, text, length) == (ssize_t)length;
    if (!written || fsync(file) != 0 || close(file) != 0) {
        (void)unlink(path); /* half a file would never be written anew */
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    }
    return 0;
}

static int write_settings(struct cli *cli, bool *written_r, struct err *err)
{
    const char *directory = cli_option(cli, "directory");
    owned(str_free) char *path = str_copy(cli->settings_path);
    owned(str_free) char *example = NULL;
    char whole[PATH_MAX];

    *written_r = false;
    if (access(cli->settings_path, F_OK) == 0)
        return 0; /* never overwritten */
    if (read_example(cli, &example, err) || make_directory(dirname(path), err))
        return -1;
    if (directory && !realpath(directory, whole))
        return failed_at(directory, err);
    owned(str_free) char *moved =
        directory ? moved_to(example, whole) : str_copy(example);
    if (write_new(cli->settings_path, moved, err))
        return -1;
    *written_r = true;
    return 0;
}

/* systemd makes the usual one (StateDirectory); before its first start, and
 * for a trial, we do. */
static int make_store_directory(const char *store_path, struct err *err)
{
    owned(str_free) char *path = str_copy(store_path);
    const char *directory = dirname(path);
    const struct passwd *service = getpwnam(SERVICE_USER);

    if (mkdir(directory, 0750) != 0)
        return errno == EEXIST ? 0 : failed_at(directory, err);
    if (geteuid() == 0 && service &&
        chown(directory, service->pw_uid, service->pw_gid) != 0)
        return failed_at(directory, err);
    return 0;
}

static int report(const struct cli *cli, bool written)
{
    const char *store = cli->settings->store_path;

    if (cli->json) {
        struct json *whole = json_new_object();
        json_put_text(whole, "settings", cli->settings_path);
        json_put_bool(whole, "settings_written", written);
        json_put_text(whole, "store", store);
        return cli_print_json(&whole);
    }
    owned(str_free) char *lists =
        str_format("%s/example/%s", share(), example_name(cli));
    owned(str_free) char *said =
        text_fill(written ? TEXT_CLI_INIT_WRITTEN : TEXT_CLI_INIT_KEPT,
                  cli->language, "settings", cli->settings_path, NULL);
    owned(str_free) char *next =
        text_fill(TEXT_CLI_INIT_NEXT, cli->language, "settings",
                  cli->settings_path, "store", store, "lists", lists, NULL);
    owned(str_free) char *trial =
        text_fill(TEXT_CLI_INIT_TRIAL, cli->language, "settings",
                  cli->settings_path, NULL);
    (void)printf("%s\n%s\n", said, next);
    if (cli_option(cli, "directory"))
        (void)puts(trial);
    return CLI_DONE;
}

/* Whoever installs is root, or tries it in a directory of their own; a key
 * that is there is kept. */
static void make_history_key(const struct cli *cli)
{
    owned(str_free) char *path = history_key_file(cli->settings);
    struct err err = {0};

    if (!path || access(path, F_OK) == 0 || history_key_make(path, &err) == 0)
        return;
    cli_warn("%s", err.text);
}

int verb_init(struct cli *cli, int argc, char **argv)
{
    const char *directory = cli_option(cli, "directory");
    owned(str_free) char *path =
        str_format("%s/kiphan.yaml", str_or_empty(directory));
    bool written = false;
    struct err err = {0};

    (void)argc, (void)argv;
    if (directory) {
        if (make_directory(directory, &err))
            return cli_fail(&err);
        cli->settings_path = path;
    }
    if (write_settings(cli, &written, &err))
        return cli_fail(&err);
    int code = cli_need_settings(cli);
    if (code)
        return code;
    if (make_store_directory(cli->settings->store_path, &err))
        return cli_fail(&err);
    make_history_key(cli); /* before we become the store's owner */
    code = cli_need_store(cli, STORE_CREATE);
    return code ? code : report(cli, written);
}
