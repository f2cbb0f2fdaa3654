/* cli.h - one run of the admin's command: its options, and what it opened.
 *
 * Settings, store and office are opened when a verb first needs them.  A
 * function that returns an exit code has already said what was wrong; its
 * caller only passes the code on.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "cli/verb.h"
#include "policy/office.h"
#include "settings/nearest.h"
#include "settings/settings.h"
#include "store/store.h"
#include "texts/texts.h"

/* Exit codes, as kiphan(1) promises them. */
enum cli_exit {
    CLI_DONE = 0,
    CLI_REFUSED = 1, /* the input was refused */
    CLI_USAGE = 2,
    CLI_PARTLY = 3, /* some of it was done */
    CLI_STORE = 4,  /* the store is busy or broken */
};

struct cli {
    const char *settings_path;
    bool json;
    bool colour; /* standard output is a terminal that wants it */
    enum text_language language;
    bool language_given; /* by --lang */
    char *login;         /* who gave the command */
    int64_t now;
    const struct verb *verb;
    const char *given[VERB_OPTIONS]; /* by the verb's table of options */
    struct settings *settings;
    struct store *store;
    struct office *office;
};

/* What was given for an option of the verb: "" for a switch, NULL when it was
 * not given. */
const char *cli_option(const struct cli *cli, const char *name);

/* A whole number given for an option, or the fallback; a usage error is said
 * when it lies outside. */
int cli_option_number(const struct cli *cli, const char *name, long long least,
                      long long most, long long *number_io);

/* What to say when there is no file of settings, NULL when there is one;
 * yours. */
char *cli_no_settings(const struct cli *cli);

/* Speak the settings' language, if they can be read. */
void cli_take_language(struct cli *cli);

/* Read the settings. */
int cli_need_settings(struct cli *cli);

/* Settings and store.  Run by root, the process becomes the store's owner
 * here, for good: whatever only root can read is to be opened before. */
int cli_need_store(struct cli *cli, enum store_mode mode);

/* Settings, store (for reading, unless it is open) and office. */
int cli_need_office(struct cli *cli);

/* Start a change of the store: what is done until cli_commit() is one
 * transaction, which no signal suspends or ends. */
int cli_begin(struct cli *cli);
int cli_commit(struct cli *cli);
void cli_rollback(struct cli *cli);

/* Write down who did what, inside a transaction. */
int cli_record(struct cli *cli, const char *verb, const char *detail,
               struct err *err);

/* Tell the daemon that something changed; when it does not run it will see
 * for itself.  Does one run? */
bool cli_poke(const struct cli *cli);

/* Say what went wrong on standard error, and which exit code that is. */
int cli_fail(const struct err *err);
int cli_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
int cli_usage(const struct cli *cli, const char *text);

/* A usage error about a name, with the one that may have been meant. */
int cli_unknown(const struct cli *cli, enum text_id text,
                const struct nearest *nearest);

/* Print a line; what it holds of others' texts is freed of control
 * characters. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Worth knowing; on standard error too. */
void cli_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Write out a value for programs and free it. */
int cli_print_json(struct json **value);

/* A text of the table in the run's language; static. */
const char *cli_text(const struct cli *cli, enum text_id id);
enum languages cli_languages(const struct cli *cli);

void cli_done(struct cli *cli);

#endif
