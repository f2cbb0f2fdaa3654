#include "cli/named.h"

#include "base/own.h"
#include "base/str.h"
#include "base/utf8.h"
#include "store/items.h"

/* A name that nothing bears; with the one that may have been meant. */
static int refuse(const struct cli *cli, const char *wrong, const char *near)
{
    if (!near)
        return cli_refuse("%s", wrong);
    owned(str_free) char *hint =
        text_fill(TEXT_CLI_DID_YOU_MEAN, cli->language, "name", near, NULL);
    return cli_refuse("%s%s", wrong, hint);
}

/* ---- items ---- */

struct search {
    struct nearest nearest;
    char *best; /* of nearest, in memory of our own */
};

static int offer_item(void *context, const struct item *item, struct err *err)
{
    struct search *search = context;
    const char *before = search->nearest.best;

    (void)err;
    nearest_offer(&search->nearest, item->code);
    if (search->nearest.best != before) {
        char *copy = str_copy(item->code);
        str_free(&search->best);
        search->nearest.best = search->best = copy;
    }
    return 0;
}

static int no_item(const struct cli *cli, const char *code)
{
    const struct item_filter any = {.kind = -1};
    struct search search = {.nearest.word = code};
    struct err unused = {0};

    (void)store_visit_items(cli->store, &any, offer_item, &search, &unused);
    owned(str_free) char *best = search.best;
    owned(str_free) char *wrong =
        text_fill(TEXT_CLI_NO_ITEM, cli->language, "code", code, NULL);
    return refuse(cli, wrong, best);
}

int named_item(const struct cli *cli, const char *code, struct item *item_r)
{
    owned(str_free) char *wanted = utf8_nfc(code);
    struct err err = {0};

    if (store_get_item(cli->store, wanted, item_r, &err) == 0)
        return CLI_DONE;
    return err.code == ERR_NOT_FOUND ? no_item(cli, wanted) : cli_fail(&err);
}

/* ---- people ---- */

static const char *near_person(const struct directory *directory,
                               const char *text)
{
    struct nearest nearest = {.word = text};

    for (size_t i = 0; i < directory->person_count; i++)
        nearest_offer(&nearest, directory->people[i].code);
    if (nearest.best)
        return nearest.best;
    int person = directory_near_person(directory, text);
    return person == NOBODY ? NULL : directory->people[person].code;
}

int named_person(const struct cli *cli, const char *text, int *person_r)
{
    const struct directory *directory = office_directory(cli->office);
    bool several = false;

    *person_r = directory_find_person(directory, text, &several);
    if (*person_r != NOBODY)
        return CLI_DONE;
    owned(str_free) char *wrong =
        text_fill(several ? TEXT_CLI_TWO_PEOPLE : TEXT_CLI_NO_PERSON,
                  cli->language, "name", text, NULL);
    return refuse(cli, wrong, several ? NULL : near_person(directory, text));
}
