/* file.h - whole files that the admin names. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* All bytes of a file, at most most of them, with a NUL behind; "-" is
 * standard input.  Yours (str_free). */
int file_bytes(const char *path, size_t most, char **bytes_r, size_t *length_r,
               struct err *err);

/* When the file was last written to; now for standard input. */
int64_t file_written_at(const char *path, int64_t now);

#endif
