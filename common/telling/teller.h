/* teller.h - one person's held alerts become a notice (R10-R12). */
#ifndef TELLING_TELLER_H
#define TELLING_TELLER_H

#include <stdbool.h>

#include "base/err.h"
#include "model/notice.h"
#include "policy/office.h"
#include "rules/decide.h"
#include "settings/settings.h"
#include "store/store.h"

/* What telling needs; all borrowed. */
struct teller {
    const struct office *office;
    const struct settings *settings;
    struct store *store;
    struct moment moment;
    bool bodiless; /* no facts: nobody will render them */
};

enum telling_end {
    TOLD_SENT,    /* a notice was queued, or alerts were put off or dropped */
    TOLD_BLOCKED, /* an earlier notice is still under way: wait for it */
};

/* Bundle what is held for a person and open by now; inside a transaction. */
int teller_tell(const struct teller *teller, const char *person,
                enum telling_end *end_r, struct err *err);

/* Does every line of the notice still belong on its recipient's list? */
int teller_still_good(const struct teller *teller, const struct notice *notice,
                      bool *good_r, struct err *err);

#endif
