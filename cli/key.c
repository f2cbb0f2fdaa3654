/* kiphan key FILE: the keys by which daemon and workers know each other over
 * TCP. */
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/verbs.h"
#include "wire/key.h"

int verb_key(struct cli *cli, int argc, char **argv)
{
    struct err err = {0};

    (void)argc;
    if (wire_key_make(argv[0], &err))
        return cli_fail(&err);
    owned(str_free) char *secret = str_format("%s_secret", argv[0]);
    if (cli->json) {
        struct json *made = json_new_object();
        json_put_text(made, "public", argv[0]);
        json_put_text(made, "secret", secret);
        return cli_print_json(&made);
    }
    owned(str_free) char *said =
        text_fill(TEXT_CLI_KEY_MADE, cli->language, "public", argv[0], "secret",
                  secret, NULL);
    (void)puts(said);
    return CLI_DONE;
}
