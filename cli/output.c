#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int fail(const struct output *output, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "%s: %s",
                   output->path ? output->path : "stdout", strerror(errno));
}

int output_open(struct output *output_r, const char *path, struct err *err)
{
    struct output output = {.path = path, .file = stdout};

    if (!path) {
        *output_r = output;
        return 0;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file >= 0)
        output.file = fdopen(file, "wb");
    if (file < 0 || !output.file) {
        int result = err_set(err, ERR_INVALID, "%s: %s", path, strerror(errno));
        if (file >= 0)
            (void)close(file);
        return result;
    }
    *output_r = output;
    return 0;
}

int output_write(struct output *output, const char *bytes, size_t length,
                 struct err *err)
{
    /* What is no plain file, a pipe for one, cannot be cut, nor need be. */
    if (output->path && ftruncate(fileno(output->file), 0) != 0 &&
        errno != EINVAL)
        return fail(output, err);
    if (fwrite(bytes, 1, length, output->file) != length ||
        fflush(output->file) != 0)
        return fail(output, err);
    return 0;
}

void output_done(struct output *output)
{
    if (output->path && output->file)
        (void)fclose(output->file);
    *output = (struct output){0};
}

bool output_is_terminal(const struct output *output)
{
    return isatty(fileno(output->file)) == 1;
}
