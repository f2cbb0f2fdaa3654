/* findings.h - what kiphan check finds in settings, store and channels. */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/cli.h"

enum finding_state {
    FINDING_OK,
    FINDING_UNKNOWN, /* could not be tried */
    FINDING_SEE_TO,  /* works, but somebody should look */
    FINDING_WRONG,
};

struct finding {
    const char *area; /* "settings", "people", or a channel's name */
    enum finding_state state;
    char *text;
};

struct findings {
    struct finding *items;
    size_t count;
};

/* Append, taking *text; area is borrowed. */
void found_give(struct findings *list, const char *area,
                enum finding_state state, char **text);
void found_done(struct findings *list);

/* Is nothing of it wrong? */
bool found_good(const struct findings *list);

/* "ok", "unknown", "see-to", "wrong". */
const char *finding_state_name(enum finding_state state);

/* The key that seals the history; to be asked before the command becomes the
 * store's owner, who has it not. */
void found_of_history(const struct cli *cli, struct findings *list);

/* Names in the settings, calendars, people, rules, channels.  Returns an exit
 * code: whether it could look. */
int found_in_office(struct cli *cli, struct findings *list);

#endif
