/* files.h - which files the settings are in, and their bytes. */
#ifndef SETTINGS_FILES_H
#define SETTINGS_FILES_H

#include "base/err.h"
#include "base/str.h"

enum { FILES_MOST = 64 };

/* Append path and, when there is a directory conf.d beside it, the files
 * *.yaml in it in name order. */
int files_list(const char *path, struct strs *files, struct err *err);

/* All bytes of a file, yours; at most one more than most, so that the caller
 * sees that there are too many. */
int file_read(const char *path, size_t most, char **bytes_r, size_t *length_r,
              struct err *err);

#endif
