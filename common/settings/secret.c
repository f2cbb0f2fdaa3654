#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/own.h"
#include "settings/settings.h"

enum { SECRET_BYTES = 16 * 1024 };

static void close_file(const int *file)
{
    if (*file >= 0)
        (void)close(*file);
}

/* Where systemd put a credential; a path that we were given is as it is. */
static int secret_path(const struct secret *secret, char **path_r,
                       struct err *err)
{
    const char *directory = getenv("CREDENTIALS_DIRECTORY");

    if (secret->source == SECRET_NONE)
        return err_set(err, ERR_INVALID, "no secret is set");
    if (secret->source == SECRET_FILE) {
        *path_r = str_copy(secret->name);
        return 0;
    }
    if (str_empty(directory))
        return err_set(err, ERR_NOT_FOUND,
                       "credential \"%s\": $CREDENTIALS_DIRECTORY is not set; "
                       "the unit needs LoadCredential=%s:PATH",
                       secret->name, secret->name);
    *path_r = str_format("%s/%s", directory, secret->name);
    return 0;
}

/* Is it a file that only its owner can read?  A credential's directory is
 * guarded by systemd, which may show an ACL as rights of a group. */
static int check_file(int file, const struct secret *secret, const char *path,
                      off_t *size_r, struct err *err)
{
    struct stat about;

    if (fstat(file, &about) != 0)
        return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return err_set(err, ERR_INVALID, "%s: not a file", path);
    if (secret->source == SECRET_FILE && about.st_mode & (S_IRWXG | S_IRWXO))
        return err_set(err, ERR_INVALID,
                       "%s: others may use this secret (mode %04o); chmod 0600 "
                       "it",
                       path, (unsigned)(about.st_mode & 07777));
    if (about.st_size == 0 || about.st_size > SECRET_BYTES)
        return err_set(err, ERR_INVALID, "%s: %s", path,
                       about.st_size ? "too long for a secret" : "empty");
    *size_r = about.st_size;
    return 0;
}

/* Read into one piece of memory only, so that one piece must be wiped. */
static int read_whole(int file, char *text, size_t size)
{
    size_t length = 0;

    while (length < size) {
        ssize_t got = read(file, text + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    return length == size ? 0 : -1;
}

char *secret_open(const struct secret *secret, struct err *err)
{
    owned(str_free) char *path = NULL;
    off_t size = 0;

    if (secret_path(secret, &path, err) != 0)
        return NULL;
    /* Not through a link, and without waiting for the writer of a pipe. */
    owned(close_file) int file =
        open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) {
        (void)err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM,
                      "%s: %s", path,
                      errno == ELOOP ? "is a symbolic link; name the file "
                                       "itself"
                                     : strerror(errno));
        return NULL;
    }
    if (check_file(file, secret, path, &size, err) != 0)
        return NULL;
    char *text = mem_zero((size_t)size + 1, 1);
    if (read_whole(file, text, (size_t)size) != 0) {
        (void)err_set(err, ERR_SYSTEM, "%s: cannot be read", path);
        explicit_bzero(text, (size_t)size);
        str_free(&text);
        return NULL;
    }
    if (text[size - 1] == '\n')
        text[size - 1] = '\0';
    return text;
}
