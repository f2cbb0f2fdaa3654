#include "cli/history_key.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"

static void wipe_text(char **text)
{
    if (*text)
        explicit_bzero(*text, strlen(*text));
    str_free(text);
}

char *history_key_file(const struct settings *settings)
{
    const struct secret *secret = &settings->history_key;

    if (secret->source == SECRET_NONE)
        return NULL;
    return secret->source == SECRET_FILE
               ? str_copy(secret->name)
               : str_format("%s/%s", SECRET_STORE, secret->name);
}

/* The command is started by no unit; what a unit would be given lies where
 * systemd looks for it. */
int history_key_take(const struct settings *settings, struct seal_key *key_r,
                     struct err *err)
{
    bool given = !str_empty(getenv("CREDENTIALS_DIRECTORY"));
    owned(str_free) char *path = history_key_file(settings);
    const struct secret kept = {.source = SECRET_FILE, .name = path};
    owned(wipe_text) char *text =
        secret_open(given ? &settings->history_key : &kept, err);

    return text ? seal_key_take(text, key_r, err) : -1;
}

static int fail(const char *path, struct err *err)
{
    return err_set(err, errno == EEXIST ? ERR_INVALID : ERR_SYSTEM,
                   errno == EEXIST ? "%s exists: a key is not overwritten%s"
                                   : "%s: %s",
                   path, errno == EEXIST ? "" : strerror(errno));
}

/* systemd's own directory need not be there yet. */
static int make_directory(const char *path, struct err *err)
{
    owned(str_free) char *copy = str_copy(path);
    const char *directory = dirname(copy);

    if (mkdir(directory, S_IRWXU) == 0 || errno == EEXIST)
        return 0;
    return fail(directory, err);
}

int history_key_make(const char *path, struct err *err)
{
    owned(wipe_text) char *secret = seal_secret_make();
    owned(wipe_text) char *line = str_format("%s\n", secret);
    size_t length = strlen(line);

    if (make_directory(path, err))
        return -1;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                    S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(path, err);
    bool written =
        write(file, line, length) == (ssize_t)length && fsync(file) == 0;
    if (close(file) == 0 && written)
        return 0;
    int failed = fail(path, err);
    (void)unlink(path); /* half a key would never be made anew */
    return failed;
}
