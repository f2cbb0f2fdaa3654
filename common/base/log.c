#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

static bool debugging;

__attribute__((format(printf, 2, 0))) static void
log_line(int priority, const char *format, va_list args)
{
    struct buf raw = {0};

    buf_vaddf(&raw, format, args);
    owned(str_free) char *whole = buf_take(&raw);
    owned(str_free) char *line = utf8_one_line(whole);
    if (isatty(STDERR_FILENO))
        (void)fprintf(stderr, "%s\n", line);
    else
        (void)fprintf(stderr, "<%d>%s\n", priority, line);
}

#define LOG_AT(priority)                                                       \
    do {                                                                       \
        va_list args;                                                          \
        va_start(args, format);                                                \
        log_line(priority, format, args);                                      \
        va_end(args);                                                          \
    } while (0)

void log_error(const char *format, ...)
{
    LOG_AT(LOG_ERR);
}

void log_warning(const char *format, ...)
{
    LOG_AT(LOG_WARNING);
}

void log_info(const char *format, ...)
{
    LOG_AT(LOG_INFO);
}

void log_debug(const char *format, ...)
{
    if (debugging)
        LOG_AT(LOG_DEBUG);
}

void log_debug_set(bool on)
{
    debugging = on;
}
