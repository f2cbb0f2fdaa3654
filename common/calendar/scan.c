#include "calendar/scan.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"

bool scan_digits(const char **text, int count, int *number_r)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        char digit = (*text)[i];
        if (digit < '0' || digit > '9')
            return false;
        number = 10 * number + (digit - '0');
    }
    *text += count;
    *number_r = number;
    return true;
}

bool scan_byte(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    (*text)++;
    return true;
}

bool scan_any(const char **text, const char *wanted)
{
    if (**text == '\0' || !strchr(wanted, **text))
        return false;
    (*text)++;
    return true;
}

int scan_refuse(const char *text, const char *what, struct err *err)
{
    owned(str_free) char *clean = utf8_one_line(text);
    owned(str_free) char *brief = clean ? utf8_shorten(clean, 40) : NULL;

    return err_set(err, ERR_INVALID, "\"%s\" is not %s", str_or_empty(brief),
                   what);
}
