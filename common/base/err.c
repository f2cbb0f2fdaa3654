#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Format into a buffer of room bytes, cutting between characters. */
__attribute__((format(printf, 3, 0))) static void
format_to_fit(char *to, size_t room, const char *format, va_list args)
{
    char whole[2048] = "";
    (void)vsnprintf(whole, sizeof(whole), format, args);

    size_t kept = utf8_fit(whole, strlen(whole), room - 1);
    memcpy(to, whole, kept);
    to[kept] = '\0';
}

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
    va_list args;

    err->code = code;
    va_start(args, format);
    format_to_fit(err->text, sizeof(err->text), format, args);
    va_end(args);
    return -1;
}

int err_wrap(struct err *err, const char *format, ...)
{
    const struct err inner = *err;
    char context[sizeof(inner.text)];
    va_list args;

    va_start(args, format);
    format_to_fit(context, sizeof(context), format, args);
    va_end(args);
    return err_set(err, inner.code, "%s: %s", context, inner.text);
}
