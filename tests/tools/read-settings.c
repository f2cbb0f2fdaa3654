/* Reads settings and says what the reader says: for tests that are not in C.
 *
 *   read-settings FILE           problems a line each; exit 1 when any
 *   read-settings --print FILE   and the fingerprint when all is well
 *   read-settings --keys         all keys that settings can have
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/own.h"
#include "settings/settings.h"

static int print_keys(void)
{
    struct strs paths = {0};

    settings_keys(&paths);
    for (size_t i = 0; i < paths.count; i++)
        (void)puts(paths.items[i]);
    strs_done(&paths);
    return EXIT_SUCCESS;
}

static void print_fingerprint(const struct settings *settings)
{
    owned(str_free) char *text = settings_fingerprint(settings);
    (void)puts(text);
}

static int read_file(const char *path, bool print)
{
    struct problems problems = {0};
    owned(settings_free) struct settings *settings =
        settings_read(path, &problems);

    for (size_t i = 0; i < problems.count; i++) {
        owned(str_free) char *line = problem_format(&problems.items[i]);
        (void)puts(line);
    }
    problems_done(&problems);
    if (settings && print)
        print_fingerprint(settings);
    return settings ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int count, char **arguments)
{
    if (count == 2 && str_equal(arguments[1], "--keys"))
        return print_keys();
    if (count == 3 && str_equal(arguments[1], "--print"))
        return read_file(arguments[2], true);
    if (count == 2)
        return read_file(arguments[1], false);
    (void)fputs("usage: read-settings [--print] FILE | --keys\n", stderr);
    return 2;
}
