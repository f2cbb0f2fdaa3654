/* numbers.h - numbers, shares and moments as reports write them: a decimal
 * comma in Vietnamese, "–" for what there is none of (R19).  Every text
 * returned is yours. */
#ifndef REPORTS_NUMBERS_H
#define REPORTS_NUMBERS_H

#include <stdint.h>

#include "calendar/zone.h"
#include "reports/counts.h"
#include "texts/texts.h"

/* "1.234". */
char *number_text(int64_t number, enum text_language language);

/* Tenths: "98,5"; "–" below 0. */
char *tenths_text(int64_t tenths, enum text_language language);

/* "98,5%", or "–" of nothing. */
char *share_text(struct share share, enum text_language language);

/* What changed against an earlier share: "+1,5", "-0,3", "0,0" (in
 * percentage points); "–" where either is none. */
char *share_change_text(struct share now, struct share before,
                        enum text_language language);

/* "+3", "-2", "0". */
char *count_change_text(int64_t change, enum text_language language);

/* Hours of working time: "37,5". */
char *hours_text(int64_t seconds, enum text_language language);

/* "07:10 22/06/2026"; "–" for none. */
char *moment_written(const struct zone *zone, int64_t instant);

/* "22/06/2026"; "–" for none. */
char *day_written(const struct zone *zone, int64_t instant);

/* "2026-06-22T07:10:00+07:00"; NULL for none. */
char *moment_iso(const struct zone *zone, int64_t instant);

#endif
