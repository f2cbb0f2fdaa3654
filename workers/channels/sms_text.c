#include "workers/channels/sms_text.h"

#include <string.h>

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "workers/channels/size.h"

enum { GSM_ONE = 160, GSM_EACH = 153, UNICODE_ONE = 70, UNICODE_EACH = 67 };
enum { NUMBER_LEAST = 8, NUMBER_MOST = 10 }; /* digits after 0 or 84 */

/* Not in the alphabet but by an escape before them: two places each. */
static const char escaped[] = "^{}\\[~]|";

bool sms_is_gsm(const char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x7F || (byte < ' ' && byte != '\n') || byte == '`')
            return false;
    }
    return true;
}

/* Signs that templates and titles have, in the order of their bytes. */
static const struct {
    const char *sign;
    const char *ascii;
} signs[] = {
    {"\xC2\xA0", " "},     /* no-break space */
    {"\xC2\xB7", "-"},     /* middle dot */
    {"\xE2\x80\x8B", ""},  /* zero-width space */
    {"\xE2\x80\x93", "-"}, /* en dash */
    {"\xE2\x80\x94", "-"}, /* em dash */
    {"\xE2\x80\x98", "'"},   {"\xE2\x80\x99", "'"},
    {"\xE2\x80\x9C", "\""},  {"\xE2\x80\x9D", "\""},
    {"\xE2\x80\xA2", "-"}, /* bullet */
    {"\xE2\x80\xA6", "..."}, {"`", "'"},
};

/* The ASCII of what stands at text, and how long it is there. */
static const char *ascii_of(const char *text, size_t *length_r)
{
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        size_t length = strlen(signs[i].sign);
        if (strncmp(text, signs[i].sign, length) == 0) {
            *length_r = length;
            return signs[i].ascii;
        }
    }
    *length_r = 1;
    while (((unsigned char)text[*length_r] & 0xC0U) == 0x80U)
        ++*length_r;
    return "?";
}

char *sms_unaccented(const char *text)
{
    owned(str_free) char *bare = utf8_unaccented(text);
    struct buf out = {0};

    for (const char *at = str_or_empty(bare); *at;) {
        bool plain = (unsigned char)*at < 0x7F && *at != '`';
        size_t length = 1;
        if (plain)
            buf_add_bytes(&out, *at < ' ' ? " " : at, 1);
        else
            buf_add(&out, ascii_of(at, &length));
        at += length;
    }
    return buf_take(&out);
}

static size_t gsm_places(const char *text)
{
    size_t places = 0;

    for (; *text; text++)
        places += strchr(escaped, *text) ? 2 : 1;
    return places;
}

size_t sms_segments(const char *text)
{
    bool gsm = sms_is_gsm(text);
    size_t places = gsm ? gsm_places(text) : size_utf16(text);
    size_t each = gsm ? GSM_EACH : UNICODE_EACH;

    if (places <= (gsm ? GSM_ONE : UNICODE_ONE))
        return 1;
    return (places + each - 1) / each;
}

char *sms_number(const char *text, const char *prefix)
{
    struct buf digits = {0};

    for (; *text; text++)
        if (*text >= '0' && *text <= '9')
            buf_add_bytes(&digits, text, 1);
        else if (!strchr("+ .-()", *text))
            buf_add(&digits, "x");
    owned(str_free) char *number = buf_take(&digits);
    const char *rest = number;
    if (str_starts(number, "84"))
        rest = number + 2;
    else if (*number == '0')
        rest = number + 1;
    else
        return NULL;
    size_t length = strlen(rest);
    if (length < NUMBER_LEAST || length > NUMBER_MOST || strchr(rest, 'x'))
        return NULL;
    return str_format("%s%s", prefix, rest);
}
