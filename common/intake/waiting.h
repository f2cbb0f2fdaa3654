/* waiting.h - what waited for a year to be entered is made up for: pauses
 * that could not be given back, the citizen's limit (R8, R9). */
#ifndef INTAKE_WAITING_H
#define INTAKE_WAITING_H

#include "intake/changes.h"

/* The calendar that counts an item. */
typedef const struct calendar *item_calendar(void *context,
                                             const struct item *item);

/* Settle all items that wait, as far as their calendars now go, in one
 * transaction of its own; like says where the change comes from, its calendar
 * is not looked at. */
int waiting_settle(const struct change *like, item_calendar *calendar_of,
                   void *context, struct err *err);

#endif
