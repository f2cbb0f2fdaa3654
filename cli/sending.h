/* sending.h - whether messages leave, and to whom, as several verbs say. */
#ifndef CLI_SENDING_H
#define CLI_SENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "telling/delivery.h"

struct sending {
    const struct delivery_setting *delivery; /* borrowed of the settings */
    struct delivery_hold hold;
    int64_t rehearsed_today; /* that left, or will */
    int64_t unsent_today;    /* that a rehearsal did not send */
};

/* Look at settings and store; the office is open. */
int sending_take(const struct cli *cli, struct sending *sending_r,
                 struct err *err);
void sending_done(struct sending *sending);

/* Does nothing leave now? */
bool sending_stopped(const struct sending *sending);

/* In words: "live", "REHEARSAL: ...", "live, held since ...".  Yours. */
char *sending_text(const struct cli *cli, const struct sending *sending);

/* An object with mode, to, most_a_day, rehearsed_today, unsent_today, held;
 * yours. */
struct json *sending_json(const struct cli *cli, const struct sending *sending);

/* "held since 07:00 by root (why)".  Yours. */
char *sending_hold_text(const struct cli *cli, const struct delivery_hold *hold,
                        enum text_id text);

#endif
