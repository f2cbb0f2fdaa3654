/* series.h - recurring tasks: a series is a task that recurs and has its
 * first date, and each of its occurrences an item of its own.
 *
 *     NV-2026-012            hằng tuần, first due 26/06/2026
 *     NV-2026-012/2026-W26   due 26/06/2026
 *     NV-2026-012/2026-W27   due 03/07/2026, opened when that one is due or
 *                            done
 *
 * A day that is a day off counts as the working day before.  A series that
 * becomes known late begins with the latest of its days that has come: whether
 * those before were done nobody can say.  Later on none is left out, however
 * long nobody looked.
 */
#ifndef SERIES_SERIES_H
#define SERIES_SERIES_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "model/item.h"
#include "store/store.h"

struct series_end {
    struct strs opened;  /* codes of the occurrences that were opened */
    int64_t next_at;     /* when to look again; INSTANT_NEVER */
    int missing_year;    /* the next day needs it (R8); 0: none */
    struct date waiting; /* that day */
};
void series_end_done(struct series_end *end);

/* Open what is to be opened of a series by now, in the transaction that is
 * open; of one that is paused, closed or gone nothing is. */
int series_open(struct store *store, const struct calendar *calendar,
                const struct item *series, int64_t now,
                struct series_end *end_r, struct err *err);

/* When an occurrence on a day of the cycle is due: the end of the last session
 * of that day or of the working day before.  ERR_NO_YEAR, with its number. */
int series_due(const struct calendar *calendar, struct date day, int64_t *due_r,
               int *missing_year_r, struct err *err);

#endif
