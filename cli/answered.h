/* answered.h - whether a person was told of an item, and what stands between
 * them, with what the store knows beyond the ledger. */
#ifndef CLI_ANSWERED_H
#define CLI_ANSWERED_H

#include "cli/cli.h"
#include "rules/why.h"
#include "store/notices.h"

struct answered {
    const struct item *item; /* borrowed, as are the notices */
    int person;
    struct why why;
    int64_t times;               /* how often it was listed in what was sent */
    const struct notice *last;   /* the last such notice; NULL */
    const struct notice *on_way; /* queued or in flight; NULL */
    char *stopped;               /* why nothing leaves at all; NULL: it does */
};

/* notices: all that list the item, to whomever.  Everything is borrowed and
 * must outlive the answer. */
void answered_take(const struct cli *cli, const struct item *item, int person,
                   const struct alerts *alerts, const struct notices *notices,
                   struct answered *answered_r);
void answered_done(struct answered *answered);

/* When a next message may leave by what is known now; INSTANT_NEVER. */
int64_t answered_comes_at(const struct answered *answered);

/* The same in a sentence; yours. */
char *answered_comes(const struct cli *cli, const struct answered *answered);

/* One line of the answer in words; yours. */
char *answered_line(const struct cli *cli, const struct answered *answered,
                    const struct why_line *line);

#endif
