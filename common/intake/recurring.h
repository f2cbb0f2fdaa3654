/* recurring.h - what a change of a recurring task does to its occurrences. */
#ifndef INTAKE_RECURRING_H
#define INTAKE_RECURRING_H

#include "base/str.h"
#include "intake/changes.h"

/* After an item was written (known NULL: a new one): of a series the open
 * occurrences follow it in unit and holder, as far as nobody gave them
 * others, and what is to be opened is opened; an occurrence that is over lets
 * the next one be opened.  Codes of what was opened are added to opened. */
int recurring_settle(const struct change *change, const struct item *known,
                     const struct item *item, struct strs *opened,
                     struct err *err);

#endif
