/* sms_text.h - a text as a short message: without accents where that is
 * wanted, and how many messages of 160 or 70 characters it takes. */
#ifndef WORKERS_CHANNELS_SMS_TEXT_H
#define WORKERS_CHANNELS_SMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* One line of ASCII for it: Vietnamese letters without their marks, other
 * signs by the nearest, what has none as "?".  Yours. */
char *sms_unaccented(const char *text);

/* Is it in GSM's own alphabet (3GPP TS 23.038)?  Only its ASCII part is
 * taken for that: of the few accents that it has, networks make this and
 * that. */
bool sms_is_gsm(const char *text);

/* How many messages a phone gets: of GSM's alphabet 160 characters or 153 in
 * each of several, else 70 or 67 units of UTF-16. */
size_t sms_segments(const char *text);

/* A Vietnamese number as "0901234567" or "84901234567"; yours, NULL when text
 * is none. */
char *sms_number(const char *text, const char *prefix);

#endif
