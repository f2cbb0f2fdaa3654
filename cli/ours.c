#include "cli/ours.h"

#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/change.h"
#include "cli/moment.h"

struct json *ours_json(const struct cli *cli, const struct overrides *overrides)
{
    const struct zone *zone = office_zone(cli->office);
    struct json *array = json_new_array();

    for (size_t i = 0; i < overrides->count; i++) {
        const struct override *override = &overrides->items[i];
        if (!*override->theirs)
            continue;
        struct json *row = json_new_object();
        json_put_text(row, "field", override->field);
        json_put_text(row, "source_says", override->theirs);
        moment_put(row, "since", zone, override->at);
        moment_put(row, "told", zone, override->learnt_at);
        json_put_text(row, "by", override->by);
        json_put_text(row, "login", override->login);
        json_put_text(row, "why", override->why);
        json_put_text(row, "document", override->document);
        json_add(array, &row);
    }
    return array;
}

static void print_one(const struct cli *cli, enum item_kind kind,
                      const struct override *override)
{
    const char *label = NULL;
    owned(str_free) char *theirs =
        change_value(cli, kind, override->field, override->theirs, &label);
    owned(str_free) char *when =
        moment_text(office_zone(cli->office), override->learnt_at);
    owned(str_free) char *said = text_fill(
        TEXT_CLI_OURS_LINE, cli->language, "field", label, "theirs", theirs,
        "by", override->by, "login", override->login, "when", when, NULL);

    (void)printf("%s%s%s%s%s\n", said, *override->why ? "; " : "",
                 override->why, *override->document ? "; " : "",
                 override->document);
}

void ours_print(const struct cli *cli, const struct item *item,
                const struct overrides *overrides)
{
    if (item->ours)
        (void)printf("\n%s\n", cli_text(cli, TEXT_CLI_OURS));
    for (size_t i = 0; i < overrides->count; i++)
        if (*overrides->items[i].theirs)
            print_one(cli, item->kind, &overrides->items[i]);
}
