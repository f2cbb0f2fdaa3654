/* scan.h - the small steps by which dates, times and spans are read. */
#ifndef CALENDAR_SCAN_H
#define CALENDAR_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Each step moves *text on and returns true, or leaves everything alone. */

/* Exactly count decimal digits. */
bool scan_digits(const char **text, int count, int *number_r);

/* This one byte. */
bool scan_byte(const char **text, char wanted);

/* One of these bytes. */
bool scan_any(const char **text, const char *wanted);

/* Refuse text: '"TEXT" is not WHAT', shortened and fit for a terminal.
 * Returns -1. */
int scan_refuse(const char *text, const char *what, struct err *err);

#endif
