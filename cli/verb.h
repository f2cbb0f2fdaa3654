/* verb.h - what the command understands: verbs, their arguments and options,
 * as tables. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include <stddef.h>

#include "texts/texts.h"

struct cli;

enum { VERB_OPTIONS = 16 };

struct verb_option {
    const char *name;     /* without dashes; NULL ends a table */
    const char *argument; /* as help shows it; NULL: a switch */
    enum text_id help;
};

struct verb {
    const char *name;
    int (*run)(struct cli *cli, int argc, char **argv); /* an enum cli_exit */
    const char *arguments; /* as help shows them, "" for none */
    int least;             /* how many words they are */
    int most;
    enum text_id summary;
    enum text_id help; /* what else is to be said; TEXT_COUNT: nothing */
    struct verb_option options[VERB_OPTIONS];
};

/* Do what the words of the command line say.  Returns the exit code. */
int verbs_run(const struct verb *verbs, size_t count, int argc, char **argv);

#endif
