/* decided.h - what the ledger says, in words. */
#ifndef CLI_DECIDED_H
#define CLI_DECIDED_H

#include "cli/cli.h"
#include "model/alert.h"

/* Why something is not told; static. */
const char *decided_reason(const struct cli *cli, enum alert_reason reason);

/* "sent, notice 17", "waits until 13:30", "not told: ...".  Yours. */
char *decided_state(const struct cli *cli, const struct alert *alert);

/* "ho-so/overdue +2": the rule, its step and the slot.  Yours. */
char *decided_step(const struct alert *alert);

/* "Nguyễn Văn An (an)", or the code of somebody who is no more.  Yours. */
char *decided_person(const struct cli *cli, const char *code);

/* " in place of Nguyễn Văn An"; "" for a code that is empty.  Yours. */
char *decided_instead(const struct cli *cli, const char *code);

#endif
