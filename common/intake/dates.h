/* dates.h - instants as lists write them, days without a time too (R2). */
#ifndef INTAKE_DATES_H
#define INTAKE_DATES_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"
#include "texts/texts.h"

/* What a day without a time stands for. */
enum day_means {
    DAY_MEANS_START,    /* of its first session: a receipt */
    DAY_MEANS_END,      /* of its last session, 23:59:59 on a rest day */
    DAY_MEANS_MIDNIGHT, /* the date and no more: when work was finished */
};

/* "" is INSTANT_NONE.  The day of an instant that is known already says
 * nothing against the time that is known: known stays then, and by_date_r is
 * left alone.  TEXT_NONE, or what is wrong. */
enum text_id date_read(const struct calendar *calendar, const char *text,
                       enum day_means means, int64_t known, int64_t *instant_r,
                       bool *by_date_r);

/* Local "2026-06-25T17:00:00", "" for none, as history keeps it; yours. */
char *date_kept(const struct calendar *calendar, int64_t instant);

#endif
