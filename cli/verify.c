/* kiphan verify: is the history of items as it was written? */
#include <stdio.h>

#include "base/own.h"
#include "base/str.h"
#include "cli/change.h"
#include "cli/history_key.h"
#include "cli/moment.h"
#include "cli/progress.h"
#include "cli/verbs.h"
#include "store/seal.h"

enum { PIECE = 10000 }; /* rows between two looks at the progress */

enum seal_state {
    SEAL_GOOD,
    SEAL_NO_KEY,    /* the settings name none */
    SEAL_UNCHECKED, /* the key cannot be had */
    SEAL_NONE,      /* there is a key, and nothing is sealed yet */
    SEAL_WRONG,
};

/* What was found. */
struct verified {
    struct cli *cli;
    struct seal_key key;
    enum seal_state state;
    struct err seal_err; /* why it is unchecked, or wrong */
    struct seal seal;    /* without marks when there is none */
    struct chain_place place;
    struct chain_fault fault;
};

static void verified_done(struct verified *verified)
{
    seal_key_wipe(&verified->key);
    chain_fault_done(&verified->fault);
}

static void take_key(struct verified *verified)
{
    const struct settings *settings = verified->cli->settings;

    if (settings->history_key.source == SECRET_NONE)
        verified->state = SEAL_NO_KEY;
    else if (history_key_take(settings, &verified->key, &verified->seal_err))
        verified->state = SEAL_UNCHECKED;
}

/* A seal that no key proves is compared all the same: who only removed rows
 * did not think of it. */
static void take_seal(struct verified *verified)
{
    const char *store = verified->cli->settings->store_path;
    bool has_key = verified->state == SEAL_GOOD;
    struct err err = {0};

    if (seal_read(store, has_key ? &verified->key : NULL, &verified->seal,
                  &err) == 0 ||
        !has_key)
        return;
    verified->state = err.code == ERR_NOT_FOUND ? SEAL_NONE : SEAL_WRONG;
    verified->seal_err = err;
}

static int walk(struct verified *verified, struct err *err)
{
    struct store *store = verified->cli->store;
    struct progress progress = {0};
    struct chain_place end = {0};
    bool more = true;

    if (store_chain_end(store, &end, err))
        return -1;
    progress_start(&progress, verified->cli->verb->name);
    while (more) {
        if (store_verify_chain(store, &verified->seal, &verified->place, PIECE,
                               &verified->fault, &more, err))
            return -1;
        if (end.rows > PIECE)
            progress_draw(&progress, (size_t)verified->place.rows,
                          (size_t)end.rows);
    }
    if (end.rows > PIECE)
        progress_end(&progress, (size_t)verified->place.rows, (size_t)end.rows);
    return 0;
}

static bool is_good(const struct verified *verified)
{
    return verified->fault.kind == CHAIN_FITS && verified->state != SEAL_WRONG;
}

static int exit_code(const struct verified *verified)
{
    if (!is_good(verified))
        return CLI_REFUSED;
    return verified->state == SEAL_GOOD ? CLI_DONE : CLI_PARTLY;
}

/* Rows behind the sealed ones; none when even those are not there. */
static int64_t awaiting(const struct verified *verified)
{
    int64_t sealed = seal_end(&verified->seal).rows;

    return verified->place.rows > sealed ? verified->place.rows - sealed : 0;
}

/* ---- for programs ---- */

static struct json *fault_json(const struct verified *verified)
{
    const struct zone *zone = office_zone(verified->cli->office);
    const struct chain_fault *fault = &verified->fault;
    const struct history *found = &fault->found;
    bool is_there = fault->code != NULL;

    if (fault->kind == CHAIN_FITS)
        return json_new_text(NULL);
    struct json *object = json_new_object();
    json_put_text(object, "kind", chain_fault_name(fault->kind));
    json_put_int(object, "row", fault->row);
    json_put_int(object, "fits_until", fault->fits_until);
    json_put_text(object, "code", fault->code);
    moment_put(object, "happened", zone,
               is_there ? found->happened_at : INSTANT_NONE);
    moment_put(object, "learnt", zone,
               is_there ? found->learnt_at : INSTANT_NONE);
    json_put_text(object, "field", found->field);
    json_put_text(object, "before", found->before);
    json_put_text(object, "after", found->after);
    json_put_text(object, "source", found->source);
    json_put_text(object, "by", found->by);
    json_put_text(object, "why", found->why);
    return object;
}

static struct json *seal_json(const struct verified *verified)
{
    static const char *const states[] = {
        [SEAL_GOOD] = "good",           [SEAL_NO_KEY] = "no-key",
        [SEAL_UNCHECKED] = "unchecked", [SEAL_NONE] = "none",
        [SEAL_WRONG] = "wrong",
    };
    const struct zone *zone = office_zone(verified->cli->office);
    const struct seal *seal = &verified->seal;
    bool is_there = seal->mark_count > 0;
    struct json *object = json_new_object();

    json_put_text(object, "state", states[verified->state]);
    json_put_text(object, "detail",
                  *verified->seal_err.text ? verified->seal_err.text : NULL);
    json_put_int(object, "rows", seal_end(seal).rows);
    json_put_int(object, "awaiting", awaiting(verified));
    json_put_int(object, "sequence", seal->sequence);
    moment_put(object, "since", zone, is_there ? seal->since : INSTANT_NONE);
    moment_put(object, "sealed", zone,
               is_there ? seal->sealed_at : INSTANT_NONE);
    return object;
}

static void print_json(const struct verified *verified)
{
    owned(str_free) char *head = chain_head_format(&verified->place);
    struct json *whole = json_new_object();
    struct json *seal = seal_json(verified);
    struct json *fault = fault_json(verified);

    json_put_bool(whole, "good", is_good(verified));
    json_put_int(whole, "rows", verified->place.rows);
    json_put_text(whole, "head", head);
    json_put(whole, "seal", &seal);
    json_put(whole, "fault", &fault);
    (void)cli_print_json(&whole);
}

/* ---- for people ---- */

static char *number_text(int64_t number)
{
    return str_format("%lld", (long long)number);
}

/* What the row is about: its item, when it was learnt, the change. */
static void print_found(const struct verified *verified)
{
    const struct cli *cli = verified->cli;
    const struct chain_fault *fault = &verified->fault;
    struct item item = {0};
    struct err unused = {0};

    if (!fault->code)
        return;
    bool known = store_get_item(cli->store, fault->code, &item, &unused) == 0;
    owned(str_free) char *change =
        change_text(cli, known ? item.kind : KIND_DOSSIER, &fault->found);
    owned(str_free) char *learnt =
        moment_text(office_zone(cli->office), fault->found.learnt_at);
    (void)printf("  %s · %s · %s · %s · %s\n", fault->code, learnt, change,
                 fault->found.source, fault->found.by);
    item_done(&item);
}

static void print_fault(const struct verified *verified)
{
    static const enum text_id texts[] = {
        [CHAIN_FITS] = TEXT_CLI_VERIFY_FITS,
        [CHAIN_MISSING] = TEXT_CLI_VERIFY_MISSING,
        [CHAIN_EXTRA] = TEXT_CLI_VERIFY_EXTRA,
        [CHAIN_CHANGED] = TEXT_CLI_VERIFY_CHANGED,
        [CHAIN_OTHER_ITEM] = TEXT_CLI_VERIFY_OTHER_ITEM,
        [CHAIN_REWRITTEN] = TEXT_CLI_VERIFY_REWRITTEN,
    };
    const struct chain_fault *fault = &verified->fault;
    bool fits = fault->kind == CHAIN_FITS;
    owned(str_free) char *count = number_text(verified->place.rows);
    owned(str_free) char *row = number_text(fault->row);
    owned(str_free) char *from = number_text(fault->fits_until + 1);
    owned(str_free) char *until = number_text(fault->fits_until);
    owned(str_free) char *said =
        text_fill(texts[fault->kind], verified->cli->language, "count", count,
                  "row", row, "from", from, NULL);
    owned(str_free) char *good = text_fill(
        TEXT_CLI_VERIFY_UNTIL, verified->cli->language, "row", until, NULL);

    (void)puts(said);
    if (fits)
        return;
    print_found(verified);
    if (fault->fits_until > 0)
        (void)puts(good);
}

static void print_sealed(const struct verified *verified)
{
    const struct cli *cli = verified->cli;
    const struct zone *zone = office_zone(cli->office);
    const struct seal *seal = &verified->seal;
    owned(str_free) char *count = number_text(seal_end(seal).rows);
    owned(str_free) char *sequence = number_text(seal->sequence);
    owned(str_free) char *when = moment_text(zone, seal->sealed_at);
    owned(str_free) char *since = moment_text(zone, seal->since);
    owned(str_free) char *wait = number_text(awaiting(verified));
    owned(str_free) char *said = text_fill(
        TEXT_CLI_VERIFY_SEALED, cli->language, "count", count, "sequence",
        sequence, "when", when, "since", since, "awaiting", wait, NULL);

    (void)puts(said);
}

static void print_seal(const struct verified *verified)
{
    static const enum text_id texts[] = {
        [SEAL_GOOD] = TEXT_CLI_VERIFY_SEALED,
        [SEAL_NO_KEY] = TEXT_CLI_VERIFY_NO_KEY,
        [SEAL_UNCHECKED] = TEXT_CLI_VERIFY_UNCHECKED,
        [SEAL_NONE] = TEXT_CLI_VERIFY_NO_SEAL,
        [SEAL_WRONG] = TEXT_CLI_VERIFY_SEAL_WRONG,
    };

    if (verified->state == SEAL_GOOD) {
        print_sealed(verified);
        return;
    }
    owned(str_free) char *said =
        text_fill(texts[verified->state], verified->cli->language, "why",
                  verified->seal_err.text, NULL);
    (void)puts(said);
}

static int verify(struct verified *verified)
{
    struct err err = {0};

    take_seal(verified);
    if (walk(verified, &err))
        return cli_fail(&err);
    if (verified->cli->json) {
        print_json(verified);
    } else {
        print_fault(verified);
        print_seal(verified);
    }
    return exit_code(verified);
}

int verb_verify(struct cli *cli, int argc, char **argv)
{
    owned(verified_done) struct verified verified = {.cli = cli};
    int code = cli_need_settings(cli);

    (void)argc, (void)argv;
    if (code)
        return code;
    /* The key first, by the right of who asks; then as the store's owner. */
    take_key(&verified);
    code = cli_need_office(cli);
    return code ? code : verify(&verified);
}
