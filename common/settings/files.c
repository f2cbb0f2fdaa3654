#include "settings/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/own.h"

/* "conf.d" in the directory of path; yours. */
static char *parts_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    owned(str_free) char *beside = str_copy_bytes(path, length);

    return str_format("%sconf.d", beside);
}

static bool is_part(const char *name)
{
    static const char end[] = ".yaml";
    size_t length = strlen(name);

    return *name != '.' && length > strlen(end) &&
           str_equal(name + length - strlen(end), end);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_names(DIR *directory, const char *path, struct strs *names)
{
    for (const struct dirent *entry; (entry = readdir(directory));) {
        if (!is_part(entry->d_name))
            continue;
        owned(str_free) char *name = str_format("%s/%s", path, entry->d_name);
        strs_give(names, &name);
    }
}

int files_list(const char *path, struct strs *files, struct err *err)
{
    owned(str_free) char *parts = parts_directory(path);
    size_t first = files->count + 1;
    DIR *directory = opendir(parts);

    if (!directory && errno != ENOENT)
        return err_set(err, ERR_SYSTEM, "%s: %s", parts, strerror(errno));
    strs_add(files, path);
    if (!directory)
        return 0;
    add_names(directory, parts, files);
    (void)closedir(directory);
    qsort(files->items + first, files->count - first, sizeof(*files->items),
          by_name);
    if (files->count - first > FILES_MOST)
        return err_set(err, ERR_INVALID, "%s: more than %d files", parts,
                       FILES_MOST);
    return 0;
}

static void close_file(const int *file)
{
    if (*file >= 0)
        (void)close(*file);
}

static int open_plain(const char *path, int *file_r, struct err *err)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0)
        return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM, "%s",
                       strerror(errno));
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        (void)close(file);
        return err_set(err, ERR_INVALID, "is not a file");
    }
    *file_r = file;
    return 0;
}

int file_read(const char *path, size_t most, char **bytes_r, size_t *length_r,
              struct err *err)
{
    owned(close_file) int file = -1;
    size_t length = 0;
    ssize_t got = 1;

    if (open_plain(path, &file, err) != 0)
        return -1;
    owned(str_free) char *bytes = mem_zero(most + 2, 1);
    while (got > 0 && length <= most) {
        got = read(file, bytes + length, most + 1 - length);
        if (got < 0 && errno != EINTR)
            return err_set(err, ERR_SYSTEM, "%s", strerror(errno));
        length += got > 0 ? (size_t)got : 0;
        got = got < 0 ? 1 : got; /* a signal came: read again */
    }
    *length_r = length;
    *bytes_r = give(bytes);
    return 0;
}
