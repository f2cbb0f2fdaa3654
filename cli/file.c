#include "cli/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/own.h"
#include "base/str.h"

static void close_file(FILE **file)
{
    if (*file && *file != stdin)
        (void)fclose(*file);
    *file = NULL;
}

int file_bytes(const char *path, size_t most, char **bytes_r, size_t *length_r,
               struct err *err)
{
    owned(close_file) FILE *file =
        str_equal(path, "-") ? stdin : fopen(path, "rbe");
    struct buf bytes = {0};
    char part[65536];

    if (!file)
        return err_set(err, ERR_INVALID, "%s: %s", path, strerror(errno));
    for (size_t length; (length = fread(part, 1, sizeof(part), file)) > 0;) {
        if (length > most - bytes.length) {
            buf_done(&bytes);
            return err_set(err, ERR_INVALID, "%s: more than %zu bytes", path,
                           most);
        }
        buf_add_bytes(&bytes, part, length);
    }
    if (ferror(file)) {
        buf_done(&bytes);
        return err_set(err, ERR_INVALID, "%s: %s", path, strerror(errno));
    }
    *length_r = bytes.length;
    *bytes_r = buf_take(&bytes);
    return 0;
}

int64_t file_written_at(const char *path, int64_t now)
{
    struct stat file = {0};

    return !str_equal(path, "-") && stat(path, &file) == 0 ? file.st_mtime
                                                           : now;
}
